"""Funnels over the compact rows of `journeys`: one grouped scan counts, one sorted query feeds the estimate.

Words and rules are those of the data design ("Funnel", "Open is not lost") and docs/adr/0080-funnel.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Counting = Literal["ordered", "reached"]
Attribution = Literal["first", "entry", "last"]


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

    `at_risk` are the journeys still under observation then, neither converted nor lost: few of them mean
    that the end of the curve rests on few.
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
    without any. They count journeys whose window still runs, too: what has been seen so far.
    """

    phase: str
    journeys: int
    at_least: int
    of_start: float | None
    of_previous: float | None


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """One funnel: of all journeys (`group` None) or of one value of the breakdown ("" where it is missing).

    `entered` = `closed` + `running` (window running: it reaches past the data end). `headline` is converted
    within the window of those whose window closed: None without a window and while none is closed; `few` says
    that too small a part of the entries is closed for it to mean much. Converted is whoever reaches the end
    within the window before any explicit loss. `ended_lost` were lost explicitly within the window and before
    any conversion, `won_back` are those of them that reached the end after all, and still within the window.
    `to_convert_days` is the smallest time at which half of the expected rate is reached; `median_days` the
    time at which half of all have converted, None where less than half ever do.
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
