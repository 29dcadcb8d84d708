"""What a funnel says, put together from the counts that the queries of a course give.

Words and rules are those of the data design ("Funnel", "Open is not lost") and docs/adr/0080-funnel.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from journeys.course import CONVERTED, DAY, LOST, Attribution, Counting, Course
from journeys.incidence import Incidence, incidence, wilson

MOST_GROUPS = 24  # a breakdown into more is a list, not a picture
MOST_POINTS = 200
FEW_CASES = 30
FEW_SHARE = 0.2  # of the entries; below it the closed windows are those of the oldest journeys alone


@dataclass(frozen=True, kw_only=True)
class Route:
    """What a funnel counts: from which phase to which, how, within how many days (inclusive).

    `start` None is the earliest phase with data; `end` None the phase that an order completes if it has data
    and lies after the start, else the last phase with data. `window_days` None is no window. `attribution`
    says whose value a breakdown takes: that of the journey's first contact, of the contact that entered
    `start`, or of the last one until conversion, the end of the window or the data end.
    """

    counting: Counting = "reached"
    start: str | None = None
    end: str | None = None
    window_days: int | None = None
    attribution: Attribution = "first"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A rate in percent with its 95 % interval (Wilson score)."""

    value: float
    lower: float
    upper: float
    numerator: int
    denominator: int


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The expected rate (Aalen-Johansen) in percent after `days`, with its 95 % interval (log-log).

    `at_risk` were still under observation just before, neither converted nor lost: few of them mean that the
    end of the curve rests on few.
    """

    days: float
    value: float
    lower: float
    upper: float
    at_risk: int


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """A point of the expected rate over time: days after the entry, percent, 95 % interval.

    The curve is a staircase: the value holds from these days until those of the next point.
    """

    days: float
    value: float
    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True)
class Step:
    """Journeys seen in a step by the window's end. `at_least` is the lower bound by ties: strictly later.

    `of_start` and `of_previous` are in percent of the journeys that entered and of the step before; None
    without any. They count journeys whose window still runs, too: what has been seen so far. `waiting` are
    not in the step and still may come: their window runs or, without a window, they have not been lost.
    """

    phase: str
    journeys: int
    at_least: int
    waiting: int
    of_start: float | None
    of_previous: float | None


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """One funnel: of all journeys (`group` None) or of one value of the breakdown ("" where it is missing).

    `entered` = `closed` + `running` (window running: it reaches past the data end). `headline` is converted
    within the window of those whose window closed: None without a window and while none is closed; `few` says
    that it rests on fewer than FEW_CASES, or on less than FEW_SHARE of the entries (the oldest alone).
    Converted is whoever reaches the end within the window before any explicit loss. `ended_lost` were lost
    explicitly within the window and before any conversion, `won_back` are those of them that reached the end
    after all, still within the window. `to_convert_days` is the smallest time at which half of the expected
    rate is reached; `median_days` that at which half of all have converted, None where fewer ever do.
    """

    group: str | None
    entered: int
    steps: tuple[Step, ...]
    closed: int
    running: int
    converted_closed: int
    headline: Rate | None
    few: bool
    expected: Expected | None
    curve: tuple[CurvePoint, ...]
    to_convert_days: float | None
    median_days: float | None
    ended_lost: int
    won_back: int


@dataclass(kw_only=True)
class Tally:
    """What the rows of counts_query say of one group, or of all: plain counts, by step from the entry on."""

    made: list[int]
    strictly: list[int]
    waiting: list[int]
    windowed: bool
    closed: int = 0
    converted_closed: int = 0
    lost: int = 0
    won_back: int = 0

    def add(self, made: int, strictly: int, closed: bool, outcome: int, journeys: int) -> None:
        for place in range(made + 1):
            self.made[place] += journeys
        for place in range(strictly + 1):
            self.strictly[place] += journeys
        if not closed and (self.windowed or outcome != LOST):
            for place in range(made + 1, len(self.made)):
                self.waiting[place] += journeys
        self.closed += closed * journeys
        self.converted_closed += (closed and outcome == CONVERTED) * journeys
        self.lost += (outcome == LOST) * journeys
        self.won_back += (outcome == LOST and 0 < made == len(self.made) - 1) * journeys


def tallies(course: Course, counts: Sequence[Sequence[Any]]) -> dict[str | None, Tally]:
    """The counts of all journeys (None) and, in a breakdown, of each group, from frequent to rare."""
    found: dict[str | None, Tally] = defaultdict(lambda: _empty(course))
    for group, *count in counts:
        found[None].add(*count)
        if course.by is not None:
            found[group].add(*count)
    everyone = found.pop(None, _empty(course))
    return {None: everyone, **dict(sorted(found.items(), key=lambda item: (-item[1].made[0], item[0])))}


def _empty(course: Course) -> Tally:
    made, strictly, waiting = ([0] * len(course.steps) for _ in range(3))
    return Tally(made=made, strictly=strictly, waiting=waiting, windowed=course.window_days is not None)


def funnels(course: Course, counted: Mapping[str | None, Tally], endings: pd.DataFrame) -> tuple[Funnel, ...]:
    """All journeys together, then in the order of `counted` those groups that `endings` tells apart.

    `endings` is the table of endings_query. Without a course's end, or without any journeys, the figures that
    need them are None.
    """
    if course.by is None:
        return (_funnel(course, None, counted[None], endings),)
    groups = {str(group): ends for group, ends in endings.groupby("in_group")}
    return (
        _funnel(course, None, counted[None], endings),
        *(
            _funnel(course, group, tally, groups[group])
            for group, tally in counted.items()
            if group is not None and group in groups
        ),
    )


def _funnel(course: Course, group: str | None, tally: Tally, endings: pd.DataFrame) -> Funnel:
    entered, closed = tally.made[0], tally.closed
    curve = _curve(endings) if course.later and entered else None
    horizon = _horizon(course, closed, curve) if curve else 0
    expected = _expected(curve, horizon) if curve else None
    half = curve.until(expected.value / 200) if curve and expected and expected.value > 0 else None
    middle = curve.until(0.5) if curve else None
    return Funnel(
        group=group,
        entered=entered,
        steps=_steps(course, tally),
        closed=closed,
        running=entered - closed,
        converted_closed=tally.converted_closed,
        headline=_rate(tally.converted_closed, closed) if course.later and closed else None,
        few=course.window_days is not None and closed < max(FEW_CASES, FEW_SHARE * entered),
        expected=expected,
        curve=_points(curve, horizon) if curve else (),
        to_convert_days=None if half is None else half / DAY,
        median_days=None if middle is None else middle / DAY,
        ended_lost=tally.lost,
        won_back=tally.won_back,
    )


def _steps(course: Course, tally: Tally) -> tuple[Step, ...]:
    entered, *_ = tally.made
    return tuple(
        Step(
            phase=phase,
            journeys=here,
            at_least=strictly,
            waiting=waiting,
            of_start=100 * here / entered if entered else None,
            of_previous=100 * here / before if before else None,
        )
        for (_, phase), here, strictly, waiting, before in zip(
            course.steps, tally.made, tally.strictly, tally.waiting, [entered, *tally.made[:-1]], strict=True
        )
    )


def _rate(numerator: int, denominator: int) -> Rate:
    lower, upper = wilson(np.array([numerator]), np.array([denominator]))
    return Rate(
        value=100 * numerator / denominator,
        lower=100 * float(lower[0]),
        upper=100 * float(upper[0]),
        numerator=numerator,
        denominator=denominator,
    )


def _curve(endings: pd.DataFrame) -> Incidence:
    """From rows of endings_query in any order, of one group or of several together."""
    seconds, outcome, journeys = (
        endings[name].to_numpy(dtype=np.int64) for name in ("seconds", "outcome", "journeys")
    )
    order = np.argsort(seconds)
    seconds, outcome, journeys = seconds[order], outcome[order], journeys[order]
    begins = np.flatnonzero(np.diff(seconds, prepend=-1))
    converted, lost, leaving = (
        np.add.reduceat(counted, begins)
        for counted in (journeys * (outcome == CONVERTED), journeys * (outcome == LOST), journeys)
    )
    return incidence(seconds[begins], converted, lost, leaving)


def _horizon(course: Course, closed: int, curve: Incidence) -> int:
    """Until when the data can tell: the window's end where a journey was seen to it, else the last sight."""
    return course.window if closed and course.window_days is not None else int(curve.at[-1])


def _expected(curve: Incidence, horizon: int) -> Expected:
    place = curve.place(horizon)
    return Expected(
        days=horizon / DAY,
        value=100 * float(curve.value[place]),
        lower=100 * float(curve.lower[place]),
        upper=100 * float(curve.upper[place]),
        at_risk=int(curve.at_risk[place]) if curve.at[place] == horizon else 0,
    )


def _points(curve: Incidence, horizon: int) -> tuple[CurvePoint, ...]:
    """The steps of the staircase where they are few, else its height at evenly spaced times."""
    times = curve.at[np.flatnonzero(np.diff(curve.value, prepend=0.0) > 0)]
    if len(times) > MOST_POINTS - 2:
        times = np.linspace(0, horizon, MOST_POINTS).astype(np.int64)
    points = []
    for time in sorted({0, *times.tolist(), horizon}):
        place = curve.place(time)
        value, lower, upper = (
            (100 * float(side[place]) for side in (curve.value, curve.lower, curve.upper))
            if place >= 0
            else (0.0, 0.0, 0.0)
        )
        points.append(CurvePoint(days=time / DAY, value=value, lower=lower, upper=upper))
    return tuple(points)
