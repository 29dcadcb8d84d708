"""The KPI handbook: what each KPI means, how it is computed, and the rows behind its figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import sqlglot

from cockpit.evaluation import evaluate, evaluate_scene
from cockpit.scene import Scene, known_kpi, known_model, set_scene
from cockpit.workspace import Workspace
from core.catalog import Fault
from core.errors import UsageFault
from core.period import Period
from core.query import Query
from core.text import Text
from core.view import View
from metrics.availability import needs
from metrics.behind import chosen_query, figure_query, rows_query
from metrics.model import Kpi
from metrics.regroup import Count, figure
from metrics.result import KpiResult
from metrics.survival import Age, Ages, course, followed

FIRST_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A KPI of the handbook. `results` has one result, or one for each phase; none in an empty workspace.

    `needs` is everything the KPI reads (`contacts.value`, `event:won`, a table; `|` joins alternatives);
    `own` is true for a definition from the workspace's own folder.
    """

    kpi: Kpi
    needs: tuple[str, ...]
    own: bool
    results: tuple[KpiResult, ...]


@dataclass(frozen=True, kw_only=True)
class Feeding:
    """A source that the snapshot holds and how far it reaches."""

    name: str
    table: str
    data_end: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How one figure came about.

    `sql` with `values` is what was run; it returned `numerator`, `denominator` and `n`, and `value` follows
    from them. `rows` are the first 100 rows of the fact behind the numerator, `below` those behind the
    denominator where it counts others; `count` and `count_below` are how many there are. `course` is that of
    a survival, from day 0.
    """

    kpi: Kpi
    phase: str | None
    period: Period
    facts: tuple[Text, ...]
    sql: str
    values: Mapping[str, object]
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    rows: pd.DataFrame
    count: int
    below: pd.DataFrame | None
    count_below: int
    snapshot: str
    made_at: dt.datetime
    version: str
    data_end: str
    sources: tuple[Feeding, ...]
    result: KpiResult
    course: tuple[Age, ...] = ()


def handbook(ws: Workspace, view: View) -> list[Entry]:
    """Every KPI in catalog order with its results in a view."""
    results: dict[str, list[KpiResult]] = {}
    for result in evaluate(ws, replace(view, by=None)):
        results.setdefault(result.kpi, []).append(result)
    own = {path.name for path in (ws.root / "kpis").glob("*.toml")}
    return [
        Entry(
            kpi=kpi,
            needs=needs(kpi),
            own=ws.kpis.origins[kpi.id] in own,
            results=tuple(results.get(kpi.id, ())),
        )
        for kpi in ws.kpis.entries.values()
    ]


def broken_kpis(ws: Workspace) -> tuple[Fault, ...]:
    """The entries that could not be loaded: file, field and reason. Nothing else is touched by them."""
    return ws.kpis.faults


def explain(ws: Workspace, kpi_id: str, view: View, phase: str | None = None) -> Explanation:
    """How a KPI's figure in a view came about. A KPI that stands for every phase needs the phase.

    Raises UsageFault for an unknown KPI, model, dimension, period or phase, or an empty workspace.
    """
    kpi = known_kpi(ws.kpis.entries, kpi_id)
    model = known_model(ws.models.entries, view.model)
    _check_phase(kpi, phase, model.phase_ids)
    if ws.warehouse.head() is None:
        raise UsageFault(
            Text(
                de="Es gibt noch keine Daten. Bitte importieren Sie zuerst eine Datei.",
                en="There are no data yet. Please import a file first.",
            )
        )
    with ws.open(model.id) as snapshot:
        scene = set_scene(ws, snapshot, replace(view, by=None))
        result = next(r for r in evaluate_scene(scene, [kpi]) if phase is None or r.phase == phase)
        if result.status in ("missing", "not_for_filter"):
            return _unexplained(scene, kpi, phase, result)
        return _explained(scene, kpi, phase, result)


def all_rows(
    ws: Workspace, kpi_id: str, view: View, phase: str | None = None, *, below: bool = False
) -> pd.DataFrame:
    """Every row behind the figure (`below`: behind the denominator), for the download."""
    kpi = known_kpi(ws.kpis.entries, kpi_id)
    model = known_model(ws.models.entries, view.model)
    _check_phase(kpi, phase, model.phase_ids)
    with ws.open(model.id) as snapshot:
        scene = set_scene(ws, snapshot, replace(view, by=None))
        chosen = chosen_query(kpi, scene.cut, scene.period, phase=phase, below=below)
        return snapshot.frame(rows_query(kpi, scene.cut, chosen, below=below, limit=None))


def _check_phase(kpi: Kpi, phase: str | None, phases: tuple[str, ...]) -> None:
    if kpi.per == "phase" and phase not in phases:
        raise UsageFault(
            Text(
                de="„{kpi}“ gibt es je Phase. Bitte nennen Sie eine: {phases}.",
                en="“{kpi}” exists for each phase. Please name one: {phases}.",
            ).fill(kpi=kpi.name, phases=", ".join(phases))
        )
    if kpi.per is None and phase is not None:
        raise UsageFault(
            Text(de="„{kpi}“ ist nicht nach Phasen unterteilt.", en="“{kpi}” is not divided by phase.").fill(
                kpi=kpi.name
            )
        )


def _explained(scene: Scene, kpi: Kpi, phase: str | None, result: KpiResult) -> Explanation:
    query = figure_query(kpi, scene.cut, scene.period, phase=phase)
    shown = Query(sql=_pretty(query.sql), values=query.values)
    count, ages = _counted(scene, kpi, shown)
    rows, of_all = _behind(scene, kpi, phase, below=False)
    below, of_all_below = None, 0
    if kpi.fact.id != kpi.denominator_fact.id or kpi.kind == "survival":
        below, of_all_below = _behind(scene, kpi, phase, below=True)
    return Explanation(
        kpi=kpi, phase=phase, period=scene.period, facts=tuple(fact.about for fact in kpi.used_facts),
        sql=shown.sql, values=shown.values, value=figure(kpi, count), numerator=count.numerator,
        denominator=count.denominator, n=count.n, rows=rows, count=of_all, below=below,
        count_below=of_all_below, snapshot=scene.snapshot.id,
        made_at=scene.snapshot.manifest.made_at, version=kpi.version, data_end=result.data_end,
        sources=_sources(scene), result=result, course=ages,
    )  # fmt: skip


def _counted(scene: Scene, kpi: Kpi, shown: Query) -> tuple[Count, tuple[Age, ...]]:
    """What the shown query says: the count, and the course of a survival."""
    if kpi.kind == "survival":
        ages = Ages.of(kpi, (row[3:] for row in scene.snapshot.rows(shown)))
        return followed(kpi, ages), course(kpi, ages)
    found = scene.snapshot.frame(shown)
    counted = {name: _number(found, name) for name in ("numerator", "denominator", "n")}
    return Count(counted["numerator"], counted["denominator"], int(counted["n"] or 0)), ()


def _unexplained(scene: Scene, kpi: Kpi, phase: str | None, result: KpiResult) -> Explanation:
    """A KPI without data still shows its definition and its SQL."""
    query = figure_query(kpi, replace(scene.cut, where={}), scene.period, phase=phase)
    return Explanation(
        kpi=kpi, phase=phase, period=scene.period, facts=tuple(fact.about for fact in kpi.used_facts),
        sql=_pretty(query.sql), values=query.values,
        value=None, numerator=None, denominator=None, n=0, rows=pd.DataFrame(), count=0, below=None,
        count_below=0, snapshot=scene.snapshot.id, made_at=scene.snapshot.manifest.made_at,
        version=kpi.version, data_end=result.data_end, sources=_sources(scene), result=result,
    )  # fmt: skip


def _pretty(sql: str) -> str:
    """The SQL laid out to be read: it is this text that is run and shown."""
    return sqlglot.transpile(sql, read="duckdb", write="duckdb", pretty=True)[0]


def _number(found: pd.DataFrame, column: str) -> float | None:
    """A number of the figure's only row; None where the kind has no such column or nothing was counted."""
    if found.empty or column not in found or pd.isna(found[column].iloc[0]):
        return None
    return float(found[column].iloc[0])


def _behind(scene: Scene, kpi: Kpi, phase: str | None, *, below: bool) -> tuple[pd.DataFrame, int]:
    """The first rows behind a figure and how many there are; the fact is worked out once for both."""
    chosen = scene.made(chosen_query(kpi, scene.cut, scene.period, phase=phase, below=below))
    counted = Query(sql=f"SELECT COUNT(*) FROM ({chosen.sql}) AS chosen", values=chosen.values)
    first = rows_query(kpi, scene.cut, chosen, below=below, limit=FIRST_ROWS)
    return scene.snapshot.frame(first), int(scene.snapshot.rows(counted)[0][0])


def _sources(scene: Scene) -> tuple[Feeding, ...]:
    return tuple(
        Feeding(name=name, table=source.table, data_end=source.data_end)
        for name, source in scene.snapshot.manifest.sources.items()
    )
