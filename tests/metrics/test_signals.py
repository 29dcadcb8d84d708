"""XmR charts: a published example, the rules, and a second computation that knows none of our code."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.period import Month
from metrics.result import Chart, Point
from metrics.signals import BASELINE, FALSE_SIGNAL_RATE, expected_false_signals, natural_limits, xmr

START = Month(2022, 1)


def points(values: Sequence[float | None], *, open_months: int = 0) -> list[Point]:
    return [
        Point(
            month=START + place, value=value, numerator=None, denominator=None, n=10,
            whole=place < len(values) - open_months,
        )
        for place, value in enumerate(values)
    ]  # fmt: skip


def kinds(chart: Chart, place: int) -> set[str]:
    return {signal.kind for signal in chart.signals if signal.at == START + place}


def test_limits_are_those_of_the_flowrate_example_of_the_nist_handbook() -> None:
    # NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.1, Individuals control charts:
    # mean 50.81, mean moving range 1.8778, limits 45.8159 and 55.8041 (with 3/1.128 where we take 2.66).
    flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    mean, lower, upper = natural_limits(flow)
    assert mean == pytest.approx(50.81)
    assert lower == pytest.approx(45.8159, abs=0.002)
    assert upper == pytest.approx(55.8041, abs=0.002)
    assert not xmr(points(list(flow))).signals


def test_the_baseline_is_frozen_after_twelve_months() -> None:
    steady = [10.0, 12.0] * 6
    chart = xmr(points([*steady, 11.0, 30.0]))
    assert chart.limits[0].mean == 11.0
    assert chart.limits[0].upper == pytest.approx(11 + 2.66 * 2)
    assert kinds(chart, 13) == {"outside_limits"}
    assert chart.verdict == "signal"
    assert chart.latest is not None
    assert chart.latest.side == "high"


def test_a_signal_of_last_month_is_no_signal_of_this_month() -> None:
    chart = xmr(points([*[10.0, 12.0] * 6, 30.0, 11.0]))
    assert kinds(chart, 12) == {"outside_limits"}
    assert chart.latest is None
    assert chart.verdict == "normal"


def test_eight_in_a_row_on_one_side_signal_at_the_eighth_and_move_the_baseline() -> None:
    level = [12.0, 10.0] * 6
    chart = xmr(points([*level, *[12.5, 11.5] * 6]))
    assert {s.at for s in chart.signals if s.kind == "run_of_eight"} == {START + 19}
    run = next(s for s in chart.signals if s.kind == "run_of_eight")
    assert (run.side, run.since) == ("high", START + 12)
    assert [limits.reason for limits in chart.limits] == ["baseline", "rebased"]
    assert chart.limits[0].last == START + 11
    assert chart.limits[1].first == START + 12
    assert chart.limits[1].mean == 12.0
    assert chart.verdict == "normal"  # the new level is the usual one by now


def test_seven_in_a_row_and_a_point_on_the_mean_are_no_run() -> None:
    level = [12.0, 10.0] * 6
    assert not xmr(points([*level, *[11.5] * 7])).signals
    assert not xmr(points([*level, *[11.5] * 7, 11.0, *[11.5] * 7])).signals


def test_three_of_four_near_the_same_limit_signal_only_at_a_point_that_is_near_itself() -> None:
    level = [12.0, 10.0] * 6  # limits 5.68 and 16.32, half way at 13.66
    chart = xmr(points([*level, 14.0, 14.0, 10.0, 14.0, 10.0]))
    assert kinds(chart, 15) == {"three_of_four"}
    assert kinds(chart, 16) == set()
    three = next(s for s in chart.signals if s.kind == "three_of_four")
    assert (three.since, three.side) == (START + 12, "high")
    assert not xmr(points([*level, 14.0, 8.0, 14.0, 8.0, 14.0, 8.0])).signals


def test_under_eight_months_there_is_no_chart() -> None:
    chart = xmr(points([1.0, 99.0, 1.0, 99.0, 1.0, 99.0, 500.0]))
    assert (chart.verdict, chart.limits, chart.signals) == ("too_short", (), ())


def test_months_that_are_not_whole_or_have_no_value_are_left_out() -> None:
    level: list[float | None] = [10.0, 12.0] * 6
    unfinished = xmr(points([*level, 99.0], open_months=1))
    assert unfinished.verdict == "normal"
    assert len(unfinished.points) == 12
    gap = xmr(points([*level[:6], None, *level[6:]]))
    assert gap.limits[0].mean == 11.0
    assert gap.verdict == "normal"


def test_a_seasonal_figure_is_charted_as_change_and_its_swing_is_no_signal() -> None:
    swing = [100.0 + 40 * (month % 12 in (10, 11)) + month % 3 for month in range(36)]
    assert xmr(points([*swing])).signals
    seasonal = xmr(points([*swing]), seasonal=True)
    assert seasonal.points[0].month == START + 12
    assert seasonal.points[0].value == 0.0
    assert (seasonal.verdict, seasonal.signals) == ("normal", ())
    assert xmr(points([*swing[:-1], swing[-1] - 40]), seasonal=True).verdict == "signal"


def test_a_season_needs_twenty_four_months_to_be_known() -> None:
    values: Sequence[float | None] = [100.0, 140.0] * 11 + [500.0]
    assert xmr(points(values), seasonal=True).verdict == "season_unknown"
    assert not xmr(points(values), seasonal=True).signals
    assert xmr(points([*values, 140.0]), seasonal=True).verdict != "season_unknown"


def test_a_baseline_taken_anew_by_hand_carries_its_note() -> None:
    values: list[float | None] = [*[10.0, 12.0] * 6, *[20.0, 22.0] * 6]
    assert xmr(points(values)).signals
    chart = xmr(points(values), rebased={START + 12: "Neues Formular"})
    assert not chart.signals
    assert [(limits.reason, limits.note) for limits in chart.limits] == [
        ("baseline", ""),
        ("by_hand", "Neues Formular"),
    ]
    assert chart.limits[1].mean == 21.0


def test_rolling_figures_are_drawn_without_limits() -> None:
    chart = xmr(points([float(month) for month in range(30)]), tested=False)
    assert (chart.verdict, chart.limits, chart.signals) == ("untested", (), ())


def test_a_constant_series_is_no_signal_until_it_moves() -> None:
    assert xmr(points([0.1 + 0.2] * 12 + [0.3] * 4)).verdict == "normal"
    assert xmr(points([5.0] * 12 + [5.1])).verdict == "signal"


def plain_signals(values: list[float]) -> set[tuple[str, int]]:
    """The rules once more, told by index lists and without stretches that remember anything."""
    found: set[tuple[str, int]] = set()
    start, judged = 0, 0
    while True:
        part = values[start:]
        base = part[:BASELINE]
        mean = statistics.fmean(base)
        mr = [abs(base[i] - base[i - 1]) for i in range(1, len(base))]
        reach = 2.66 * statistics.fmean(mr) if mr else 0.0
        broken = None
        run: list[int] = []
        for i, value in enumerate(part):
            here = (value > mean) - (value < mean)
            if run and ((part[run[-1]] > mean) - (part[run[-1]] < mean)) != here:
                run = []
            run = [*run, i] if here else []
            ended = len(run) == 8
            if ended:
                run = []
            if start + i < judged:
                continue
            if abs(value - mean) > reach:
                found.add(("outside_limits", start + i))
            near = [j for j in range(max(0, i - 3), i + 1) if here * (part[j] - mean) > reach / 2]
            if here and i in near and len(near) >= 3:
                found.add(("three_of_four", start + i))
            if ended:
                found.add(("run_of_eight", start + i))
                if i >= 8:
                    broken = i
                    break
        if broken is None:
            return found
        judged = start + broken + 1
        start = start + broken - 7


@given(st.lists(st.integers(0, 40), min_size=8, max_size=60))
def test_a_second_computation_finds_the_same_signals(values: list[int]) -> None:
    series = [float(value * value) for value in values]
    chart = xmr(points([*series]))
    found = {(s.kind, (s.at.year - 2022) * 12 + s.at.month - 1) for s in chart.signals}
    assert found == plain_signals(series)


@given(st.lists(st.integers(-50, 50), min_size=8, max_size=50))
def test_stretches_follow_each_other_without_gap_or_overlap(values: list[int]) -> None:
    chart = xmr(points([float(value) for value in values]))
    assert chart.limits[0].first == START
    assert chart.limits[-1].last == START + (len(values) - 1)
    for before, after in zip(chart.limits, chart.limits[1:], strict=False):
        assert before.last + 1 == after.first


def test_the_stated_rate_of_false_signals_is_what_noise_gives() -> None:
    chance = random.Random(20261121)
    series = 3000
    flagged = sum(
        xmr(points([chance.gauss(0, 1) for _ in range(36)])).latest is not None for _ in range(series)
    )
    assert flagged / series == pytest.approx(FALSE_SIGNAL_RATE, abs=0.012)
    assert expected_false_signals(40) == pytest.approx(40 * FALSE_SIGNAL_RATE)
