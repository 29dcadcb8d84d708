"""From monthly counts to figures: numerators and denominators add up, averages never do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.period import Month, Period
from metrics.facts import Regroup
from metrics.model import Kpi
from metrics.result import Estimate


@dataclass(frozen=True)
class Count:
    """What was counted: numerator, denominator (None where the kind has none), cases; what a survival's
    cases say together."""

    numerator: float | None = None
    denominator: float | None = None
    n: int = 0
    estimate: Estimate | None = None

    def __add__(self, other: Count) -> Count:
        return Count(
            _plus(self.numerator, other.numerator),
            _plus(self.denominator, other.denominator),
            self.n + other.n,
        )


NOTHING = Count()


def _plus(first: float | None, second: float | None) -> float | None:
    if first is None or second is None:
        return second if first is None else first
    return first + second


def figure(kpi: Kpi, count: Count) -> float | None:
    """The value in the KPI's unit; None where it cannot be formed or rests on fewer cases than the minimum.

    For a median or distinct count the numerator is the value, recomputed for its own period. A survival has
    one where its period was seen for long enough.
    """
    if count.n < kpi.minimum_n:
        return None
    if kpi.kind == "survival":
        return _followed(kpi, count.estimate)
    if kpi.kind in ("ratio", "mean"):
        if not count.denominator:
            return None
        return (count.numerator or 0.0) / count.denominator * kpi.scale
    if kpi.kind in ("sum", "distinct"):
        return count.numerator or 0.0
    return count.numerator


def _followed(kpi: Kpi, found: Estimate | None) -> float | None:
    if found is None:
        return None
    if kpi.quantile is not None:
        return None if found.until is None else float(found.until)
    return found.share if found.days == found.horizon else None


def months_for(regroup: Regroup, period: Period, first: Month) -> list[Month]:
    """The months whose counts make a period's count."""
    if regroup == "stock":
        return [period.last]
    start = min(first, period.last) if regroup == "cumulative" else period.first
    return start.until(period.last)


def regrouped(kpi: Kpi, months: Mapping[Month, Count], period: Period, first: Month) -> Count:
    """A period's count from those of its months; numerator and denominator each by its own fact's way."""
    above = [months.get(m, NOTHING) for m in months_for(kpi.fact.regroup, period, first)]
    below = [months.get(m, NOTHING) for m in months_for(kpi.denominator_fact.regroup, period, first)]
    return Count(
        total(above).numerator,
        total(below).denominator,
        total(below).n,
    )


def monthly(kpi: Kpi, months: Mapping[Month, Count], first: Month, last: Month) -> list[tuple[Month, Count]]:
    """Each month's own count from `first` to `last`; a cumulative figure's is everything up to the month."""
    if kpi.kind in ("median", "distinct", "survival") or "cumulative" not in {
        fact.regroup for fact in kpi.used_facts
    }:
        return [(month, months.get(month, NOTHING)) for month in first.until(last)]
    return [(month, regrouped(kpi, months, Period(month, month), first)) for month in first.until(last)]


def total(counts: Iterable[Count]) -> Count:
    result = NOTHING
    for count in counts:
        result = result + count
    return result
