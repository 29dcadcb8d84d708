"""What may be shown to others: figures behind which too few customers stand are suppressed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cockpit.scene import Key, Scene
from core.period import Period
from metrics.compile import Measure, customers_measure, period_query, prepared_query
from metrics.facts import facts
from metrics.model import Kpi
from metrics.result import KpiResult, Point


def suppressed(scene: Scene, kpis: Sequence[Kpi], results: Sequence[KpiResult]) -> list[KpiResult]:
    """The results without the figures and months behind which fewer customers stand than may be shown."""
    customers = _customers(scene, kpis)
    per_phase = {kpi.id for kpi in kpis if kpi.per == "phase"}
    kept = []
    for result in results:
        key = (result.kpi, result.phase if result.kpi in per_phase else None, result.group)
        few = {span for span, n in customers.get(key, {}).items() if 0 < n < scene.settings.suppress_below}
        kept.append(_without(result, few) if few else result)
    return kept


def _customers(scene: Scene, kpis: Sequence[Kpi]) -> Mapping[Key, Mapping[Period, int]]:
    """How many customers stand behind each figure, by month and for the view's period."""
    spans = [*(Period(month, month) for month in scene.frame.months)]
    spans += [scene.period, scene.period.previous(), scene.period.last_year()]
    bundles: dict[tuple[str, bool], list[Measure]] = defaultdict(list)
    for kpi in kpis:
        measure = customers_measure(kpi)
        if measure is not None and scene.allows(kpi):
            bundles[measure.fact.id, kpi.per == "phase"].append(measure)
    found: dict[Key, dict[Period, int]] = defaultdict(dict)
    for (fact, per_phase), bundle in bundles.items():
        columns = {column for measure in bundle for column in measure.columns}
        columns |= {"phase"} if per_phase else set()
        prepared = prepared_query(facts()[fact], columns, scene.frame, scene.cut.dimensions)
        query = period_query(prepared, [m.sql for m in bundle], scene.cut, spans, per_phase=per_phase)
        for place, phase, group, *counts in scene.snapshot.rows(query):
            for measure, count in zip(bundle, counts, strict=True):
                found[measure.kpi, phase, group][spans[place]] = count
    return found


def _without(result: KpiResult, few: set[Period]) -> KpiResult:
    """The result with every cell emptied that rests on one of these periods."""
    months = {span.first for span in few if span.first == span.last}
    period = result.period
    if result.chart is not None and months:
        points = tuple(_emptied(point) if point.month in months else point for point in result.chart.points)
        result = replace(result, chart=replace(result.chart, points=points, limits=(), signals=()))
    if period.previous() in few:
        result = replace(result, previous=None)
    if period.last_year() in few:
        result = replace(result, last_year=None)
    if period in few:
        result = replace(
            result, status="suppressed", value=None, numerator=None, denominator=None, n=0, target=None,
            estimate=None, note=None if result.estimate else result.note,
        )  # fmt: skip
    return result


def _emptied(point: Point) -> Point:
    return replace(point, value=None, numerator=None, denominator=None, n=0)
