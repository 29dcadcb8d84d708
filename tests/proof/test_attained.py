"""Target against actual: what is reached, what is open, and when chance may have decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from proof.attained import attained, is_met, periods_in
from proof.measured import Measured, measured
from proof.project import Better
from proof.window import Window

LIVE = dt.date(2025, 1, 1)
YEAR = Window(first=LIVE, last=dt.date(2025, 12, 31))
levels = st.floats(1, 1000)


def of_values(values: Sequence[float], better: Better = "lower") -> Measured:
    frame = pd.DataFrame(
        {"period": pd.date_range("2025-01-01", periods=len(values), freq="MS"), "value": values}
    )
    return measured(
        frame, kpi="days", go_live=LIVE, better=better, unit_name="days", grain="month", after=YEAR
    )


@given(st.lists(levels, min_size=3, max_size=12), levels, st.sampled_from(["higher", "lower"]))
def test_the_interval_of_the_actual_figure_is_students(
    values: list[float], target: float, better: Better
) -> None:
    held = attained(of_values(values, better), target, actual=None, over=True)
    mean = float(np.mean(values))
    assert held.actual == pytest.approx(mean)
    assert (held.standing == "reached") == is_met(mean, target, better)
    if not np.std(values):
        assert (held.low, held.high, held.clear) == (None, None, None)
        return
    assert held.low is not None
    assert held.high is not None
    if np.std(values) > 1e-6:
        low, high = stats.t.interval(0.95, len(values) - 1, loc=mean, scale=stats.sem(values))
        assert held.low == pytest.approx(low)
        assert held.high == pytest.approx(high)
    assert held.clear == (not held.low <= target <= held.high)


def test_until_the_window_is_over_nothing_is_reached_or_missed() -> None:
    held = attained(of_values([5.0, 6.0, 7.0]), 10.0, actual=None, over=False)
    assert (held.standing, held.actual, held.periods, held.wanted) == ("open", 6.0, 3, 12)


def test_a_rate_is_the_quotient_of_the_sums_with_wilsons_interval() -> None:
    frame = pd.DataFrame(
        {
            "period": pd.date_range("2025-01-01", periods=2, freq="MS"),
            "numerator": [1, 30],
            "denominator": [10, 90],
        }
    )
    table = measured(
        frame, kpi="q", go_live=LIVE, kind="rate", unit_name="percent", grain="month", after=YEAR
    )
    held = attained(table, 40.0, actual=None, over=True)
    assert held.actual == pytest.approx(31.0)
    wilson = stats.binomtest(31, 100).proportion_ci(method="wilson")
    assert held.low == pytest.approx(100 * wilson.low)
    assert held.high == pytest.approx(100 * wilson.high)
    assert held.standing == "missed"
    assert held.clear == (wilson.high < 0.4)


def test_two_periods_say_nothing_about_chance() -> None:
    held = attained(of_values([5.0, 6.0]), 5.5, actual=None, over=True)
    assert (held.low, held.high, held.clear, held.standing) == (None, None, None, "reached")


@given(st.integers(1, 36))
def test_a_window_holds_as_many_months_as_it_was_made_of(months: int) -> None:
    last = (pd.Timestamp(LIVE) + pd.DateOffset(months=months) - pd.Timedelta(days=1)).date()
    assert periods_in(Window(first=LIVE, last=last), "month") == months
