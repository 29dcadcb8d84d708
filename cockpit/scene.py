"""An open snapshot seen through a view: period, filters, calendar and sources, resolved once for all KPIs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cockpit.kept import Keeper, kept_rows
from cockpit.scope import data_end_of, data_start, latest_month, offered
from cockpit.workspace import Workspace
from core.errors import UsageFault, did_you_mean
from core.period import Month, Period, parse_period
from core.query import Query
from core.settings import Settings
from core.text import Text
from core.view import View
from journeys.model import JourneyModel
from metrics.availability import Feed, missing, reaches
from metrics.compile import Slice, shared_query
from metrics.facts import CONTACT_DIMENSIONS, Frame, facts
from metrics.model import Kpi
from metrics.targets import TARGETS, Plan, plan
from store.warehouse.manifest import Manifest
from store.warehouse.snapshot import Snapshot

Key = tuple[str, str | None, str | None]  # KPI, phase, group

LONGEST_HISTORY = 240  # months; a stray date of 1900 must not make every query a century wide
MOST_APART = 8  # dimensions that counts are kept apart by: with each one cells multiply
DATED = ("contacts", "reach", "spend", "surveys")  # tables whose rows say until when something is known


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An open snapshot seen through a view: what every KPI of the view is evaluated with."""

    ws: Workspace
    snapshot: Snapshot
    settings: Settings
    model: JourneyModel
    view: View
    period: Period
    frame: Frame
    feeds: tuple[Feed, ...]
    dimensions: tuple[str, ...]
    plans: tuple[Plan, ...]
    rebased: Mapping[str, Mapping[Month, str]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def keeper(self) -> Keeper:
        return Keeper(self.ws.warehouse, self.snapshot)

    @property
    def cut(self) -> Slice:
        return Slice(frame=self.frame, by=self.view.by, where=self.view.where)

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """The dimensions that people are offered to filter by: counts are kept apart by them."""
        return tuple(found.column for found in offered(self.ws, self.snapshot))[:MOST_APART]

    @cached_property
    def counted(self) -> tuple[Kpi, ...]:
        """Every KPI that the data have all for: what is counted of a fact is counted for all of them."""
        return tuple(kpi for kpi in self.ws.kpis.entries.values() if not missing(kpi, self.feeds))

    def shared(self, place: str, dims: Sequence[str]) -> str:
        """The name of the table with a relation that several facts read."""
        return self._table(shared_query(place, self.frame, dims))

    def kept(self, name: Query, make: Callable[[], Query]) -> Query:
        """A relation kept beside the snapshot under its plain query; made by a cheaper one if it is not."""
        key = "\n".join([name.sql, *map(repr, sorted(name.values.items()))])
        relation = self.snapshot.table(key) or self.snapshot.keep_table(key, make())
        return Query(sql=f"SELECT * FROM {relation}")

    def made(self, query: Query) -> Query:
        """The query's rows from a table that is made when they are first asked for."""
        return Query(sql=f"SELECT * FROM {self._table(query)}")

    def _table(self, query: Query) -> str:
        if query.sql not in self.tables:
            self.tables[query.sql] = self.snapshot.make(query)
        return self.tables[query.sql]

    def covered(self, kpi: Kpi) -> dt.datetime:
        """Until when a KPI's sources tell everything; what is followed is seen to the data end that decides
        what is open."""
        known = reaches(kpi, self.feeds) or self.frame.horizon
        return min(known, self.frame.data_end) if kpi.kind == "survival" else known

    def settling(self, kpi: Kpi, phase: str | None) -> dt.timedelta:
        """How long the rows of a month still change after it has ended."""
        days = kpi.horizon_days or 0
        if kpi.settles is not None:
            days = self.settings.window_days
        if kpi.settles == "patience" and phase is not None:
            days = self.model.phase(phase).patience_days or days
        return dt.timedelta(days=days)

    def allows(self, kpi: Kpi) -> bool:
        """Whether all facts of the KPI have the dimensions of the view."""
        return all(
            fact.has_dimension(name, self.dimensions)
            for fact in kpi.used_facts
            for name in self.cut.dimensions
        )


def set_scene(ws: Workspace, snapshot: Snapshot, view: View) -> Scene:
    """The view resolved against an open snapshot of the workspace."""
    settings, models = ws.settings, ws.models.entries
    manifest = snapshot.manifest
    model = known_model(models, view.model)
    feeds = feeds_of(manifest)
    own = tuple(manifest.dimensions)
    _check_dimensions(view, own)
    first = data_start(ws, snapshot)
    data_end = data_end_of(manifest) or manifest.made_at
    period = parse_period(view.period, latest=latest_month(data_end), fiscal_start=settings.fiscal_year_start)
    newest = max([end for feed in feeds if feed.table in DATED and (end := feed.data_end)] or [data_end])
    start = first or dt.datetime.combine(period.first.start, dt.time())
    earliest = max(Month.of(start), min(Month.of(newest), period.last) - LONGEST_HISTORY)
    frame = Frame(
        months=tuple(earliest.until(max(Month.of(newest), earliest))),
        data_start=start,
        data_end=data_end,
        horizon=newest,
        settings=settings,
        phases=model.phase_ids,
        after_purchase=tuple(phase.id for phase in model.phases if phase.after_purchase),
    )
    return Scene(
        snapshot=snapshot, settings=settings, model=model, view=view, period=period, frame=frame,
        feeds=feeds, dimensions=own, ws=ws,
        plans=tuple(plan(row) for row in kept_rows(ws, snapshot, TARGETS)),
    )  # fmt: skip


def feeds_of(manifest: Manifest) -> tuple[Feed, ...]:
    """What each source of a snapshot offers to KPIs."""
    return tuple(
        Feed(
            table=source.table,
            data_end=source.data_end,
            rows=profile.rows,
            columns=profile.columns,
            events=profile.events,
        )
        for name, source in manifest.sources.items()
        if (profile := manifest.profile.get(name)) is not None
    )


def known_model(entries: Mapping[str, JourneyModel], model: str) -> JourneyModel:
    """The journey model of that id, or a UsageFault that names the nearest one."""
    if model not in entries:
        raise _unknown(Text(de="Das Modell", en="The journey model"), model, list(entries))
    return entries[model]


def _unknown(what: Text, word: str, words: list[str]) -> UsageFault:
    close = did_you_mean(word, words)
    if close:
        text = Text(
            de="{what} „{word}“ gibt es nicht. Meinten Sie „{close}“?",
            en="{what} “{word}” does not exist. Did you mean “{close}”?",
        )
    else:
        text = Text(
            de="{what} „{word}“ gibt es nicht. Bekannt sind: {all}.",
            en="{what} “{word}” does not exist. Known are: {all}.",
        )
    return UsageFault(text.fill(what=what, word=word, close=close, all=", ".join(words)))


def known_kpi(entries: Mapping[str, Kpi], kpi: str) -> Kpi:
    """The KPI of that id, or a UsageFault that names the nearest one."""
    if kpi not in entries:
        raise _unknown(Text(de="Die Kennzahl", en="The KPI"), kpi, list(entries))
    return entries[kpi]


def _check_dimensions(view: View, own: Sequence[str]) -> None:
    tables = {name for fact in facts().values() if isinstance(fact.dims, tuple) for name in fact.dims}
    words = sorted({*CONTACT_DIMENSIONS, *own, *tables})
    for name in [*view.where, *([view.by] if view.by else [])]:
        if name not in words:
            raise _unknown(Text(de="Das Merkmal", en="The dimension"), name, words)
