"""What the KPIs of a scene count: by month, and by period what does not add up. In few scans.

The counts of a view without filters are kept beside the snapshot: they depend on nothing that changes with
the view's period, with baselines taken anew or with targets, and they are small however long the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field, fields
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from cockpit.scene import Key, Scene
from core.period import Month, Period
from core.query import Query
from metrics.ages import age_cells, ages_query
from metrics.cells import adding_cells, different_rows, value_cells
from metrics.compile import (
    Measure,
    columns_counted,
    measures,
    monthly_query,
    over,
    period_query,
    prepared_query,
    ranked_query,
)
from metrics.facts import Fact, month_number, month_of, places
from metrics.model import Kpi
from metrics.regroup import NOTHING, Count
from metrics.result import Estimate
from metrics.survival import Ages, followed

RECOMPUTED = ("median", "distinct", "survival")
"""Kinds of KPI that no sum of months gives."""

Row = tuple[str | None, str | None, Period, Count]  # phase, group, period, what was counted
Rows = dict[str, list[Row]]  # by KPI


@dataclass(frozen=True)
class Counted:
    """Counts by KPI, phase and group: of each month, and of longer periods where months do not add up."""

    months: dict[Key, dict[Month, Count]] = field(default_factory=lambda: defaultdict(dict))
    longer: dict[Key, dict[Period, Count]] = field(default_factory=lambda: defaultdict(dict))

    def recomputed(self, key: Key, period: Period) -> Count:
        """The own count of a period that no sum of months gives."""
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
            None if count.estimate is None else astuple(count.estimate),
        ]
        for phase, group, p, count in rows
    ]


def _unpacked(rows: Iterable[Sequence[Any]]) -> list[Row]:
    return [
        (phase, group, Period(month_of(first), month_of(last)), Count(above, below, n, _estimate(found)))
        for phase, group, first, last, above, below, n, found in rows
    ]


def _estimate(found: Sequence[Any] | None) -> Estimate | None:
    if found is None:
        return None
    return Estimate(**{field.name: value for field, value in zip(fields(Estimate), found, strict=True)})


def _tally(scene: Scene, kpis: Sequence[Kpi], periods: Sequence[Period]) -> Rows:
    """Counts the KPIs: one query for all that count the same fact in the same way, one for each median
    or survival."""
    rows: dict[tuple[str, str | None, str | None, Period], Count] = {}

    def add(bundle: Sequence[Measure], query: Query, spans: Callable[[int], Period]) -> None:
        for place, phase, group, *values in scene.snapshot.rows(query):
            for measure, value in zip(bundle, values, strict=True):
                key = (measure.kpi, phase, group, spans(int(place)))
                rows[key] = rows.get(key, NOTHING) + _count(measure, value)

    for fact in {fact.id: fact for kpi in kpis for fact in kpi.used_facts}.values():
        here = [kpi for kpi in kpis if fact in kpi.used_facts]
        cells = CellsOf(scene, fact)
        for per_phase in (False, True):
            counted = [m for kpi in here if (kpi.per == "phase") == per_phase for m in _counted_in(kpi, fact)]
            adding = [m for m in counted if m.adds_up]
            if adding:
                relation, aggregates = cells.adding(per_phase=per_phase)
                columns = [over(m, aggregates) for m in adding]
                add(adding, monthly_query(relation, columns, scene.cut, per_phase=per_phase), _month)
            if apart := [m for m in counted if not m.adds_up]:
                columns = [m.sql for m in apart]
                add(apart, monthly_query(cells.prepared, columns, scene.cut, per_phase=per_phase), _month)
        for kpi in here:
            per_phase = kpi.per == "phase"
            if kpi.kind == "distinct":
                bundle = measures(kpi)
                relation = cells.different(kpi)
                columns = [m.sql for m in bundle]
                query = period_query(relation, columns, scene.cut, periods, per_phase=per_phase)
                add(bundle, query, periods.__getitem__)
            elif kpi.kind == "median":
                query = ranked_query(cells.values(kpi), kpi, scene.cut, periods)
                for place, phase, group, value, n in scene.snapshot.rows(query):
                    rows[kpi.id, phase, group, periods[place]] = Count(numerator=value, n=int(n))
            elif kpi.kind == "survival":
                query = ages_query(cells.ages(kpi), kpi, scene.cut, periods)
                told = groupby(scene.snapshot.rows(query), key=itemgetter(0, 1, 2))
                for (place, phase, group), ages in told:
                    count = followed(kpi, Ages.of(kpi, (row[3:] for row in ages)))
                    rows[kpi.id, phase, group, periods[place]] = count
    found: Rows = defaultdict(list)
    for (kpi_id, phase, group, period), count in rows.items():
        found[kpi_id].append((phase, group, period, count))
    return found


def _counted_in(kpi: Kpi, fact: Fact) -> list[Measure]:
    """What adding up months needs of a fact."""
    if kpi.kind in RECOMPUTED:
        return []
    return [measure for measure in measures(kpi) if measure.fact.id == fact.id]


def _month(number: int) -> Period:
    month = month_of(number)
    return Period(month, month)


def _count(measure: Measure, value: float | None) -> Count:
    number = None if value is None else float(value)
    match measure.role:
        case "numerator":
            return Count(numerator=number)
        case "denominator":
            return Count(denominator=number)
    return Count(n=int(number or 0))


class CellsOf:
    """A fact's cells in a scene. Kept beside the snapshot by the dimensions that people are offered to filter
    by; a view of another dimension has its own, gone with it."""

    def __init__(self, scene: Scene, fact: Fact) -> None:
        self._scene = scene
        self._fact = fact
        offered = tuple(dim for dim in scene.offered if fact.has_dimension(dim, scene.dimensions))
        self._lasting = set(scene.cut.dimensions) <= set(offered)
        self._dims = offered if self._lasting else scene.cut.dimensions
        self._known = [kpi for kpi in scene.counted if fact in kpi.used_facts]
        self._columns = {column for kpi in self._known for column in columns_counted(kpi, fact)}

    def adding(self, *, per_phase: bool) -> tuple[Query, tuple[str, ...]]:
        """The cells of everything that adds up, and the aggregates that they hold."""
        held = [
            aggregate
            for kpi in self._known
            if (kpi.per == "phase") == per_phase
            for measure in _counted_in(kpi, self._fact)
            if measure.adds_up
            for aggregate in measure.aggregates
        ]
        aggregates = tuple(dict.fromkeys(held))
        made = self._made(lambda rows: adding_cells(rows, aggregates, self._dims, per_phase=per_phase))
        return made, aggregates

    def values(self, kpi: Kpi) -> Query:
        """The values of a median."""
        return self._made(lambda rows: value_cells(rows, kpi, self._dims))

    def ages(self, kpi: Kpi) -> Query:
        """What a survival follows, by age."""
        return self._made(lambda rows: age_cells(rows, kpi, self._dims))

    def different(self, kpi: Kpi) -> Query:
        """Rows in which a distinct count finds what differs."""
        if "n" in kpi.trees:  # cases need every row
            return self.prepared
        columns, per_phase = columns_counted(kpi, self._fact) - {"phase"}, kpi.per == "phase"
        return self._made(lambda rows: different_rows(rows, columns, self._dims, per_phase=per_phase))

    @cached_property
    def prepared(self) -> Query:
        """The fact's rows; made once as a table where that takes joins or windows."""
        shared = {place: self._scene.shared(place, self._dims) for place in sorted(places(self._fact))}
        query = prepared_query(self._fact, self._columns, self._scene.frame, self._dims, shared)
        several = sum(kpi.kind in RECOMPUTED for kpi in self._known) > 0
        return self._scene.made(query) if several and self._fact.worked_out else query

    def _made(self, shape: Callable[[Query], Query]) -> Query:
        """Cells of the shape, under the name of the query that makes them from nothing but the snapshot."""
        if not self._lasting:
            return shape(self.prepared)
        plain = shape(prepared_query(self._fact, self._columns, self._scene.frame, self._dims))
        return self._scene.kept(plain, lambda: shape(self.prepared))
