"""What a KPI evaluates to. A result is never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.period import Month, Period
from core.text import Text

Unit = Literal[
    "percent", "points", "eur", "count", "days", "hours", "minutes", "score5", "score7", "ratio",
]  # fmt: skip
Direction = Literal["up", "down", "none"]
Status = Literal[
    "ok", "too_few", "missing", "not_for_filter", "no_data", "suppressed", "unobserved", "not_reached",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What was followed from its beginning: the share that has come to its end by day `days`, in percent.

    `lower` and `upper` bound it with 95 % confidence. `days` is the `horizon`, or less where not enough was
    seen for longer. Of the `starts` at day 0 `followed` began a horizon or more before the data end,
    `ended` came to their end by the horizon as far as it was seen, `competed` to a competing one; `at_risk`
    were still under observation at day `days`. `until` with its interval is the day by which the quantile
    asked for had come to its end; None: not by `days`.
    """

    share: float
    lower: float
    upper: float
    days: int
    horizon: int
    starts: int
    followed: int
    ended: int
    competed: int
    at_risk: int
    until: int | None = None
    until_lower: int | None = None
    until_upper: int | None = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One month (or cohort) of a series. `value` is None where the denominator is 0 or n is below minimum."""

    month: Month
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    whole: bool


SignalKind = Literal["outside_limits", "run_of_eight", "three_of_four"]


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A signal at the last whole point of a series, as the XmR chart's rules find it."""

    kind: SignalKind
    side: Literal["high", "low"]
    at: Month
    since: Month


@dataclass(frozen=True, kw_only=True)
class Limits:
    """One stretch of an XmR chart with a frozen baseline: mean and natural limits in the KPI's unit."""

    first: Month
    last: Month
    mean: float
    lower: float
    upper: float
    reason: Literal["baseline", "rebased", "by_hand"]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """An XmR chart. `seasonal`: the points are changes from the same month a year before.

    `verdict` says in one word what a tile may show; arrows belong to `signal` alone. `untested`: the
    months say nothing about chance (rolling figures, lengths of journeys that still run), so no limits.
    """

    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    signals: tuple[Signal, ...]
    seasonal: bool
    verdict: Literal["signal", "normal", "too_short", "season_unknown", "untested"]

    @property
    def latest(self) -> Signal | None:
        """The signal at the last whole point, if there is one."""
        if not self.signals or not self.points:
            return None
        last = self.points[-1].month
        return next((signal for signal in self.signals if signal.at == last), None)


@dataclass(frozen=True, kw_only=True)
class Target:
    """What was planned, by whom."""

    value: float
    owner: str
    met: bool | None


@dataclass(frozen=True, kw_only=True)
class KpiResult:
    """A KPI in one view.

    value is in `unit` (percent as 0-100); numerator and denominator as counted, n the cases behind it.
    `needs` says which columns or events would light the KPI up when status is "missing";
    `note` says in words why a value is not shown, or what it rests on.
    `data_end` is ISO text of the earliest data end of the sources that feed it.
    `mature`: the cases of the period have had their time; before that the figure still changes and is no
    signal, whatever the chart's last mature month says.
    `estimate` is there for what is followed (survival): then numerator is what has come to its end so far,
    denominator what began, and `value` is not their quotient while some are still open. Its status is
    "unobserved" where the period is too young for the horizon, "not_reached" where the quantile is not.
    """

    kpi: str
    name: Text
    phase: str | None
    unit: Unit
    direction: Direction
    status: Status
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    period: Period
    previous: float | None
    last_year: float | None
    target: Target | None
    chart: Chart | None
    snapshot: str
    version: str
    data_end: str
    needs: tuple[str, ...] = ()
    note: Text | None = None
    group: str | None = None
    mature: bool = True
    estimate: Estimate | None = None

    @property
    def signal(self) -> Signal | None:
        """The signal that holds for the figure shown, if there is one."""
        if not self.mature or self.chart is None or self.chart.verdict != "signal":
            return None
        return self.chart.latest
