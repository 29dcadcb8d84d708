"""KPIs of any unit and direction on one scale: percent of what they are held against."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.performance import WEAK, footing
from metrics.result import Direction, KpiResult, Target
from tests.results import result

POSITIVE = st.floats(0.01, 1e6)


def held_against(value: float, target: float, direction: Direction) -> KpiResult:
    plan = Target(value=target, owner="", met=None)
    return replace(result((), direction=direction, target=plan), value=value)


def test_a_target_half_reached_is_half_whatever_the_direction() -> None:
    up, down = footing(held_against(20, 40, "up")), footing(held_against(40, 20, "down"))
    assert up is not None
    assert down is not None
    assert (up.percent, up.against, up.reference) == (50, "target", 40)
    assert (down.percent, down.weak) == (50, True)


@given(POSITIVE, POSITIVE, st.sampled_from(["up", "down"]))
def test_more_than_a_hundred_means_better_than_the_target(
    value: float, target: float, direction: Direction
) -> None:
    found = footing(held_against(value, target, direction))
    assert found is not None
    better = value >= target if direction == "up" else value <= target
    assert (found.percent >= 100 * (1 - 1e-12)) == better or value == pytest.approx(target)
    assert found.weak == (found.percent < WEAK)


def test_without_a_target_a_kpi_is_held_against_the_mean_of_its_own_baseline() -> None:
    values = [50.0, 52.0] * 6 + [20.4]
    found = footing(result(values))
    assert found is not None
    assert found.against == "baseline"
    assert found.reference == pytest.approx(51)
    assert found.percent == pytest.approx(40)


def test_a_seasonal_kpi_is_held_against_the_year_before_never_against_its_chart_of_changes() -> None:
    values = [float(100 + place % 12) for place in range(30)]
    seasonal = result(values, seasonal=True)
    assert footing(replace(seasonal, last_year=None)) is None
    found = footing(replace(seasonal, value=110.0, last_year=100.0))
    assert found is not None
    assert found.against == "last_year"
    assert found.percent == pytest.approx(110)


@pytest.mark.parametrize(
    "odd",
    [
        held_against(-5, 10, "up"),
        held_against(5, 0, "up"),
        held_against(0, 10, "down"),
        held_against(5, 10, "none"),
        result(()),
    ],
)
def test_where_a_ratio_means_nothing_there_is_no_place_in_the_picture(odd: KpiResult) -> None:
    assert footing(odd) is None
