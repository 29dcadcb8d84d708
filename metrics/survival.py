"""What became of it: the share that has come to its end by an age, while part of it is still open.

Aalen-Johansen over counts by whole days (journeys.incidence): a competing end is not the end and takes its
row out, an open row counts for as long as it was seen. Nothing is said about days that too few were seen to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from journeys.incidence import ROUNDING, Counts, Incidence, incidence
from metrics.ages import COMPETED, ENDED, OPEN
from metrics.model import Kpi
from metrics.regroup import NOTHING, Count
from metrics.result import Estimate


@dataclass(frozen=True, kw_only=True)
class Age:
    """A day of the course: until and with it `share` have come to their end (percent, with 95 % interval) and
    `competing` to another; `at_risk` were still under observation on that day."""

    day: int
    share: float
    lower: float
    upper: float
    competing: float
    at_risk: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Ages:
    """Counts of one period, phase and group by day, from 0 to the horizon.

    `ended`, `competed`, `left`: how many came to their end, to a competing one, or out of sight on that day;
    `seen`: how many began that many days before the data end (the last: or earlier).
    """

    ended: Counts
    competed: Counts
    left: Counts
    seen: Counts

    @classmethod
    def of(cls, kpi: Kpi, rows: Iterable[tuple[int, int, int, int]]) -> Ages:
        """From (seen, age, outcome, alike)."""
        days = (kpi.horizon_days or 0) + 1
        seen, age, outcome, alike = np.array(list(rows), dtype=np.int64).reshape(-1, 4).T

        def on_day(day: Counts, many: Counts) -> Counts:
            counted = np.zeros(days, dtype=np.int64)
            np.add.at(counted, day, many)
            return counted

        return cls(
            ended=on_day(age, alike * (outcome == ENDED)),
            competed=on_day(age, alike * (outcome == COMPETED)),
            left=on_day(age, alike * (outcome == OPEN)),
            seen=on_day(seen, alike),
        )

    @property
    def leaving(self) -> Counts:
        return self.ended + self.competed + self.left

    @property
    def starts(self) -> int:
        return int(self.seen.sum())

    def observed(self, fewest: int) -> int:
        """The last day to which at least so many were seen, whatever became of them before."""
        reaching = self.seen[::-1].cumsum()[::-1]
        return int(np.flatnonzero(reaching >= min(max(fewest, 1), self.starts))[-1])


def followed(kpi: Kpi, ages: Ages) -> Count:
    """What a survival KPI counts: ended, starts, and the estimate of both together."""
    if not ages.starts:
        return NOTHING
    at, curve, _ = _curves(ages)
    horizon, days = kpi.horizon_days or 0, ages.observed(kpi.minimum_n)
    place = curve.place(days)
    risk = ages.leaving[::-1].cumsum()[::-1]
    quantile = kpi.quantile

    def reached(heights: Iterable[float]) -> int | None:
        if quantile is None:
            return None
        found = np.flatnonzero(np.asarray(heights)[: place + 1] >= quantile - ROUNDING)
        return int(at[found[0]]) if len(found) else None

    estimate = Estimate(
        share=100 * float(curve.value[place]),
        lower=100 * float(curve.lower[place]),
        upper=100 * float(curve.upper[place]),
        days=days,
        horizon=horizon,
        starts=ages.starts,
        followed=int(ages.seen[horizon]),
        ended=int(ages.ended.sum()),
        competed=int(ages.competed.sum()),
        at_risk=int(risk[days]),
        until=reached(curve.value),
        until_lower=reached(curve.upper),
        until_upper=reached(curve.lower),
    )
    return Count(float(estimate.ended), float(estimate.starts), estimate.starts, estimate)


def course(kpi: Kpi, ages: Ages) -> tuple[Age, ...]:
    """The staircase from day 0 to the last that enough were seen to: a point for each day on which somebody
    leaves, the first and the last. A share holds from its point's day until the next one's."""
    if not ages.starts:
        return ()
    days = ages.observed(kpi.minimum_n)
    at, curve, other = _curves(ages)
    risk = ages.leaving[::-1].cumsum()[::-1]
    points = []
    for day in sorted({0, days, *at[at <= days].tolist()}):
        place = curve.place(day)
        share, lower, upper, competing = (
            100 * float(side[place]) if place >= 0 else 0.0
            for side in (curve.value, curve.lower, curve.upper, other.value)
        )
        points.append(
            Age(
                day=day, share=share, lower=lower, upper=upper, competing=competing, at_risk=int(risk[day])
            )
        )  # fmt: skip
    return tuple(points)


def _curves(ages: Ages) -> tuple[Counts, Incidence, Incidence]:
    """The days on which somebody leaves, and the incidences of the end and of the competing ones by them."""
    at = np.flatnonzero(ages.leaving)
    ended, competed, leaving = ages.ended[at], ages.competed[at], ages.leaving[at]
    return at, incidence(at, ended, competed, leaving), incidence(at, competed, ended, leaving)
