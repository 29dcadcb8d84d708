"""Maturity beside performance: KPIs of any unit on one scale, in percent of what was to be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metrics.result import KpiResult

Against = Literal["target", "last_year", "baseline"]

MIDDLE = 2.5
"""Half of the continuous level: below it a dimension counts as not mature yet."""

WEAK = 95.0
"""Percent: below it a KPI counts as weak; a target missed by less is no reason to act here first."""


@dataclass(frozen=True, kw_only=True)
class Footing:
    """A KPI in percent of what it is held against; 100: just reached, more is better whatever its direction.

    `against` is its target; without one, where the KPI is seasonal its value a year before, else the mean of
    its own frozen baseline. `reference` is that value in the KPI's unit.
    """

    result: KpiResult
    percent: float
    reference: float
    against: Against

    @property
    def weak(self) -> bool:
        return self.percent < WEAK


def footing(result: KpiResult) -> Footing | None:
    """Where a KPI stands; None where it has no direction, nothing to be held against, or a value or
    reference that is not positive, so that no ratio means anything."""
    found = _reference(result)
    if result.direction == "none" or result.value is None or found is None:
        return None
    reference, against = found
    if result.value <= 0 or reference <= 0:
        return None
    part = result.value / reference if result.direction == "up" else reference / result.value
    return Footing(result=result, percent=100 * part, reference=reference, against=against)


def _reference(result: KpiResult) -> tuple[float, Against] | None:
    if result.target is not None:
        return result.target.value, "target"
    if result.chart is not None and result.chart.seasonal:
        # The chart of a seasonal KPI holds changes; its mean is no level to be held against.
        return (result.last_year, "last_year") if result.last_year is not None else None
    if result.chart is not None and result.chart.limits:
        return result.chart.limits[-1].mean, "baseline"
    return None
