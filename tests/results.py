"""Hand-made KPI results, for tests of what is said and drawn about them."""

from __future__ import annotations

from collections.abc import Sequence

from core.period import Month, Period
from core.text import Text
from metrics.result import Direction, KpiResult, Point, Target, Unit
from metrics.signals import xmr

LAST = Month(2026, 10)


def points(values: Sequence[float | None], last: Month = LAST, n: int = 100) -> list[Point]:
    """One whole point a month, the last one in `last`."""
    first = last - (len(values) - 1)
    return [
        Point(month=first + place, value=value, numerator=value, denominator=100, n=n, whole=True)
        for place, value in enumerate(values)
    ]


def result(
    values: Sequence[float | None] = (),
    *,
    kpi: str = "win_rate",
    name: Text | None = None,
    phase: str | None = None,
    unit: Unit = "percent",
    direction: Direction = "up",
    target: Target | None = None,
    seasonal: bool = False,
) -> KpiResult:
    """A result whose series and chart are those of the values; without values it has no chart."""
    series = points(values)
    value = values[-1] if values else 42.0
    return KpiResult(
        kpi=kpi,
        name=name or Text(de="Erfolgsquote", en="Win rate"),
        phase=phase,
        unit=unit,
        direction=direction,
        status="ok",
        value=value,
        numerator=value,
        denominator=100,
        n=100,
        period=Period(LAST, LAST),
        previous=values[-2] if len(values) > 1 else None,
        last_year=values[-13] if len(values) > 12 else None,
        target=target,
        chart=xmr(series, seasonal=seasonal) if series else None,
        snapshot="s",
        version="v",
        data_end="2026-10-31T23:59:59",
    )


# Two years of ordinary variation around 35, and the same with a drop in the last four months.
STEADY = [35.0, 36.0, 34.5, 35.5, 34.0, 35.2, 36.1, 34.8, 35.4, 34.6, 35.1, 35.9] * 2
DROPPED = [*STEADY[:-4], 26.0, 27.0, 25.5, 26.4]
