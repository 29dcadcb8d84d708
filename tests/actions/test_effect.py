"""What a KPI did since: a signal only where one holds now that began after the action was set on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from actions.effect import Baseline, since
from core.period import Month, Period
from metrics.result import KpiResult
from tests.results import DROPPED, LAST, STEADY, result

CALM = result(STEADY)


def before(months: int, of: KpiResult = CALM) -> Baseline:
    """A figure frozen so many months before the last one."""
    return Baseline(
        kpi=of.kpi, phase=None, value=35.0, unit=of.unit, n=100, period=str(LAST - months),
        month=str(LAST - months), snapshot="s", version=of.version,
    )  # fmt: skip


def test_ordinary_variation_is_told_as_such() -> None:
    assert since(before(3), CALM, "up").verdict == "normal"


@pytest.mark.parametrize(("expected", "as_expected"), [("down", True), ("up", False), (None, None)])
def test_a_signal_that_began_after_is_told_with_whether_it_was_wanted(
    expected: Literal["up", "down"] | None, as_expected: bool | None
) -> None:
    dropped = result(DROPPED)
    found = since(before(5), dropped, expected)
    assert (found.verdict, found.as_expected) == ("signal", as_expected)
    assert (found.side, found.begun) == ("low", LAST - 3)


def test_a_signal_that_was_there_before_is_not_told_as_since() -> None:
    found = since(before(2), result(DROPPED), "down")
    assert (found.verdict, found.as_expected, found.begun) == ("began_before", None, LAST - 3)


def test_a_new_mean_since_is_a_signal_although_every_month_varies_around_it_as_usual() -> None:
    moved = result([*STEADY[:11], 34.6, *(value + 20 for value in STEADY[:16])])
    assert moved.signal is None
    found = since(before(20, moved), moved, "up")
    assert (found.verdict, found.side, found.begun, found.as_expected) == ("signal", "high", LAST - 15, True)
    assert since(before(10, moved), moved, "up").verdict == "normal"


def test_where_nothing_can_be_compared_it_says_why() -> None:
    assert since(before(3), None, "up").verdict == "no_figure"
    assert since(before(3), replace(CALM, status="too_few", value=None), "up").verdict == "no_figure"
    assert since(before(3), replace(CALM, version="w"), "up").verdict == "redefined"
    assert since(before(0), CALM, "up").verdict == "no_new_month"
    assert since(before(3), result(STEADY[:6]), "up").verdict == "untested"
    assert since(before(3), replace(CALM, mature=False), "up").verdict == "untested"
    older = replace(CALM, period=Period(Month(2026, 1), Month(2026, 1)))
    assert since(before(3), older, "up").verdict == "no_new_month"
