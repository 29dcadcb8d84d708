"""Signal or noise: XmR charts (process behaviour charts after Shewhart and Wheeler) over monthly points.

Limits are mean +/- 2.66 x mean moving range of a frozen baseline (D. J. Wheeler, Understanding Variation,
1993; 2.66 = 3 / 1.128, see NIST/SEMATECH e-Handbook 6.3.2.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from core.period import Month
from metrics.result import Chart, Limits, Point, Signal, SignalKind

MOVING_RANGE_FACTOR = 2.66
BASELINE = 12
FEWEST = 8
RUN = 8
SEASON = 12
FEWEST_SEASONAL = 24

_Reason = Literal["baseline", "rebased", "by_hand"]

# How often the latest point of a stable process is flagged, measured over 100,000 series of 36 independent
# normal points (tests/metrics/test_signals.py repeats it smaller). Higher than the 0.3 % of known three-sigma
# limits: the limits are estimated from twelve points, and there are three rules.
FALSE_SIGNAL_RATE = 0.045


def xmr(
    points: Sequence[Point],
    *,
    seasonal: bool = False,
    tested: bool = True,
    rebased: Mapping[Month, str] | None = None,
) -> Chart:
    """The chart of a monthly series in time order. Only whole points count; those without a value are gaps.

    `seasonal`: the points become changes from the same month of the year before, and 24 periods are needed.
    `tested=False`: the months say nothing about chance (they share rows, or later ones are younger).
    `rebased`: months from which the baseline is taken anew by hand, with the note that says why.
    """
    whole = [point for point in points if point.whole]
    valued = [point for point in whole if point.value is not None]
    if not tested:
        return Chart(points=tuple(whole), limits=(), signals=(), seasonal=False, verdict="untested")
    if seasonal:
        if len(valued) < FEWEST_SEASONAL:
            return Chart(points=tuple(whole), limits=(), signals=(), seasonal=True, verdict="season_unknown")
        whole = _changes(whole)
        valued = [point for point in whole if point.value is not None]
    if len(valued) < FEWEST:
        return Chart(points=tuple(whole), limits=(), signals=(), seasonal=seasonal, verdict="too_short")
    limits, signals = _stretches(valued, dict(rebased or {}))
    chart = Chart(
        points=tuple(whole), limits=tuple(limits), signals=tuple(signals), seasonal=seasonal, verdict="normal"
    )
    return replace(chart, verdict="signal") if chart.latest else chart


def _changes(points: Sequence[Point]) -> list[Point]:
    values = {point.month: point.value for point in points}
    changed = []
    for point in points:
        before = values.get(point.month - SEASON)
        if point.month - SEASON in values:
            change = None if point.value is None or before is None else point.value - before
            changed.append(replace(point, value=change))
    return changed


def natural_limits(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean, lower and upper natural limit of the baseline: the first twelve values, or all if fewer.

    >>> natural_limits([1.0, 2.0, 1.0, 2.0])
    (1.5, -1.1600000000000001, 4.16)
    """
    baseline = values[:BASELINE]
    mean = sum(baseline) / len(baseline)
    ranges = [abs(after - before) for before, after in pairwise(baseline)]
    spread = MOVING_RANGE_FACTOR * sum(ranges) / len(ranges) if ranges else 0.0
    return mean, mean - spread, mean + spread


def _stretches(points: Sequence[Point], by_hand: Mapping[Month, str]) -> tuple[list[Limits], list[Signal]]:
    """The chart's stretches between breaks, and the signals in each against its own limits.

    A run of eight ends its stretch before the run: the next one begins with the run's first point, and only
    points after the run are judged by the new limits. A run from the very first point changes no baseline.
    """
    limits: list[Limits] = []
    signals: list[Signal] = []
    start, judged, note = 0, 0, ""
    reason: _Reason = "baseline"
    while start < len(points):
        end = next((i for i in range(start + 1, len(points)) if _rebased_at(points, i, by_hand)), len(points))
        stretch = _Stretch(points[start:end])
        run_ends = None
        for place in range(len(stretch.points)):
            found = stretch.signals_at(place)
            if start + place >= judged:
                signals += found
                if place >= RUN and any(signal.kind == "run_of_eight" for signal in found):
                    run_ends = place
                    break
        after = start + run_ends - RUN + 1 if run_ends is not None else end
        limits.append(stretch.limits(points[after - 1].month, reason, note))
        if run_ends is not None:
            judged, reason, note = start + run_ends + 1, "rebased", ""
        elif after < len(points):
            judged, reason, note = after, "by_hand", _rebased_at(points, after, by_hand) or ""
        start = after
    return limits, signals


def _rebased_at(points: Sequence[Point], place: int, by_hand: Mapping[Month, str]) -> str | None:
    """The note of a baseline taken anew by hand with this point."""
    between = [month for month in by_hand if points[place - 1].month < month <= points[place].month]
    return by_hand[max(between)] if between else None


class _Stretch:
    """Points that share a baseline. Runs are counted from its first point."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = points
        self.mean, self.lower, self.upper = natural_limits([_value(point) for point in points])
        self._run = 0
        self._side = 0

    def limits(self, last: Month, reason: _Reason, note: str) -> Limits:
        return Limits(
            first=self.points[0].month, last=last, mean=self.mean, lower=self.lower, upper=self.upper,
            reason=reason, note=note,
        )  # fmt: skip

    def signals_at(self, place: int) -> list[Signal]:
        """The signals whose last point this is. Places must be asked for in order."""
        value = _value(self.points[place])
        side = self._beyond(value, self.mean, self.mean)
        self._run = self._run + 1 if side and side == self._side else abs(side)
        self._side = side
        found: list[Signal] = []
        if outside := self._beyond(value, self.lower, self.upper):
            found.append(self._signal("outside_limits", outside, place, place))
        if self._run == RUN:
            found.append(self._signal("run_of_eight", side, place, place - RUN + 1))
            self._run = 0
        lower_half, upper_half = (self.mean + self.lower) / 2, (self.mean + self.upper) / 2
        window = range(max(place - 3, 0), place + 1)
        far = self._beyond(value, lower_half, upper_half)
        like = [i for i in window if self._beyond(_value(self.points[i]), lower_half, upper_half) == far]
        if far and len(like) >= 3:
            found.append(self._signal("three_of_four", far, place, like[0]))
        return found

    def _beyond(self, value: float, lower: float, upper: float) -> int:
        """1 above, -1 below, 0 between; what differs by rounding alone is between."""
        slack = 1e-9 * max(1.0, abs(self.mean))
        return int(value > upper + slack) - int(value < lower - slack)

    def _signal(self, kind: SignalKind, side: int, place: int, since: int) -> Signal:
        return Signal(
            kind=kind,
            side="high" if side > 0 else "low",
            at=self.points[place].month,
            since=self.points[since].month,
        )


def _value(point: Point) -> float:
    if point.value is None:
        raise ValueError("a point without a value cannot be charted")
    return point.value


def expected_false_signals(charts: int) -> float:
    """How many of so many charts flag their latest month though nothing changed."""
    return charts * FALSE_SIGNAL_RATE
