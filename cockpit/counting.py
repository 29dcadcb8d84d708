"""What the KPIs of a scene count: by month, and by period what does not add up. In few scans.

The counts of a view without filters are kept beside the snapshot: they depend on nothing that changes with
the view's period, with baselines taken anew or with targets, and they are small however long the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cockpit.scene import Key, Scene
from core.period import Month, Period
from core.query import Query
from metrics.compile import (
    Measure,
    columns_counted,
    measures,
    monthly_query,
    period_query,
    prepared_query,
    ranked_query,
)
from metrics.facts import Fact, month_number, month_of, places
from metrics.model import Kpi
from metrics.regroup import NOTHING, Count

RECOMPUTED = ("median", "distinct")
"""Kinds of KPI that no sum of months gives."""

Row = tuple[str | None, str | None, Period, Count]  # phase, group, period, what was counted
Rows = dict[str, list[Row]]  # by KPI


@dataclass(frozen=True)
class Counted:
    """Counts by KPI, phase and group: of each month, and of longer periods where months do not add up."""

    months: dict[Key, dict[Month, Count]] = field(default_factory=lambda: defaultdict(dict))
    longer: dict[Key, dict[Period, Count]] = field(default_factory=lambda: defaultdict(dict))

    def recomputed(self, key: Key, period: Period) -> Count:
        """A median's or distinct count's own count of a period."""
        if period.first == period.last:
            return self.months.get(key, {}).get(period.first, NOTHING)
        return self.longer.get(key, {}).get(_plain(period), NOTHING)


def counted(scene: Scene, kpis: Sequence[Kpi]) -> Counted:
    """The counts of the KPIs, which the scene must have the data for."""
    result = Counted()
    months = [Period(month, month) for month in scene.frame.months]
    for kpi, rows in _counts(scene, kpis, months, "months").items():
        for phase, group, period, count in rows:
            result.months[kpi, phase, group][period.first] = count
    recomputed = [kpi for kpi in kpis if kpi.kind in RECOMPUTED]
    asked = {_plain(span) for span in (scene.period, scene.period.previous(), scene.period.last_year())}
    longer = sorted((span for span in asked if span.first != span.last), key=lambda span: span.first)
    if longer and recomputed:
        name = " ".join(f"{span.first}..{span.last}" for span in longer)
        for kpi, rows in _counts(scene, recomputed, longer, name).items():
            for phase, group, period, count in rows:
                result.longer[kpi, phase, group][period] = count
    return result


def _plain(period: Period) -> Period:
    return Period(period.first, period.last)


def _counts(scene: Scene, kpis: Sequence[Kpi], periods: Sequence[Period], name: str) -> Rows:
    """The counts of the KPIs in each of the periods: those kept, and those still to be counted."""
    if scene.view.where or scene.view.by:
        return _tally(scene, kpis, periods)
    known: dict[str, list[list[Any]]] = scene.keeper.get(name, scene.frame) or {}
    fresh = [kpi for kpi in kpis if _identity(kpi) not in known]
    if fresh:
        made = _tally(scene, fresh, periods)
        known |= {_identity(kpi): _packed(made.get(kpi.id, [])) for kpi in fresh}
        scene.keeper.put(name, scene.frame, value=known)
    return {kpi.id: _unpacked(known[_identity(kpi)]) for kpi in kpis}


def _identity(kpi: Kpi) -> str:
    return f"{kpi.id} {kpi.version}"


def _packed(rows: Iterable[Row]) -> list[list[Any]]:
    return [
        [
            phase,
            group,
            month_number(p.first),
            month_number(p.last),
            count.numerator,
            count.denominator,
            count.n,
        ]
        for phase, group, p, count in rows
    ]


def _unpacked(rows: Iterable[Sequence[Any]]) -> list[Row]:
    return [
        (phase, group, Period(month_of(first), month_of(last)), Count(above, below, n))
        for phase, group, first, last, above, below, n in rows
    ]


def _tally(scene: Scene, kpis: Sequence[Kpi], periods: Sequence[Period]) -> Rows:
    """Counts the KPIs: one query for all that count the same fact in the same way, one for each median."""
    adding = _bundles(kpi for kpi in kpis if kpi.kind not in RECOMPUTED)
    distinct = _bundles(kpi for kpi in kpis if kpi.kind == "distinct")
    rows: dict[tuple[str, str | None, str | None, Period], Count] = {}

    def add(
        bundle: Sequence[Measure], phase: str | None, group: str | None, period: Period, values: Sequence[Any]
    ) -> None:
        for measure, value in zip(bundle, values, strict=True):
            key = (measure.kpi, phase, group, period)
            rows[key] = rows.get(key, NOTHING) + _count(measure, value)

    for fact in {fact.id: fact for kpi in kpis for fact in kpi.used_facts}.values():
        medians = [kpi for kpi in kpis if kpi.kind == "median" and kpi.of == fact.id]
        asked = [key for key in (*adding, *distinct) if key[0] == fact.id]
        prepared = _prepared(scene, fact, kpis, often=len(asked) + len(medians) > 1)
        for per_phase in (False, True):
            if bundle := adding.get((fact.id, per_phase)):
                query = monthly_query(prepared, bundle, per_phase=per_phase)
                for number, phase, group, *values in scene.snapshot.rows(query):
                    month = month_of(int(number))
                    add(bundle, phase, group, Period(month, month), values)
            if bundle := distinct.get((fact.id, per_phase)):
                query = period_query(prepared, bundle, periods, per_phase=per_phase)
                for place, phase, group, *values in scene.snapshot.rows(query):
                    add(bundle, phase, group, periods[place], values)
        for kpi in medians:
            for place, phase, group, value, n in scene.snapshot.rows(ranked_query(prepared, kpi, periods)):
                rows[kpi.id, phase, group, periods[place]] = Count(numerator=value, n=int(n))
    found: Rows = defaultdict(list)
    for (kpi_id, phase, group, period), count in rows.items():
        found[kpi_id].append((phase, group, period, count))
    return found


def _bundles(kpis: Iterable[Kpi]) -> dict[tuple[str, bool], list[Measure]]:
    """Measures that one query can answer: the same fact, for each phase or not."""
    bundles: dict[tuple[str, bool], list[Measure]] = defaultdict(list)
    for kpi in kpis:
        for measure in measures(kpi):
            bundles[measure.fact.id, kpi.per == "phase"].append(measure)
    return bundles


def _count(measure: Measure, value: float | None) -> Count:
    number = None if value is None else float(value)
    match measure.role:
        case "numerator":
            return Count(numerator=number)
        case "denominator":
            return Count(denominator=number)
    return Count(n=int(number or 0))


def _prepared(scene: Scene, fact: Fact, kpis: Sequence[Kpi], *, often: bool) -> Query:
    """The fact's rows with what the KPIs read of them; made once as a table where several questions ask."""
    shared = {place: scene.shared(place) for place in sorted(places(fact))}
    read = {
        c for kpi in kpis if fact in kpi.used_facts for c in columns_counted(kpi, fact) if c in fact.columns
    }
    query = prepared_query(fact, read, scene.cut, shared)
    return scene.made(query) if often and fact.worked_out else query
