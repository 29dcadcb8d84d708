"""One phase in depth: what it is for, its KPIs, how visits end, whence and where to, what happens in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from cockpit.evaluation import evaluate
from cockpit.kept import kept_rows
from cockpit.ledger import LedgerRow, ledger, model_of, phase_of
from cockpit.notes import Note, dated_notes
from cockpit.scope import data_end_of
from cockpit.workspace import Workspace
from core.period import Period
from core.query import Query
from core.text import Text
from core.view import View
from journeys.ends import Selection, Trait, entrants_query, leavers_query, sign_query, trait_query
from journeys.model import JourneyModel, MustDo, Phase
from metrics.result import KpiResult
from store.warehouse.snapshot import Snapshot

WHATS: tuple[Trait, ...] = ("touchpoint", "channel", "content")
LONGEST_TABLE = 200

START = Text(de="Beginn der Kundenreise", en="Start of the journey")
NOWHERE = Text(de="keine weitere Phase", en="no further phase")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Visits of the phase by the phase before or after; `phase` is None where there is none."""

    phase: str | None
    name: Text
    visits: int


@dataclass(frozen=True, kw_only=True)
class Met:
    """A touchpoint, channel or content in the phase: how often and by how many customers it was met."""

    name: str
    contacts: int
    customers: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """A must-do step, and how many of the period's visits show its sign; None: there is no sign to see."""

    must_do: MustDo
    done: int | None


@dataclass(frozen=True, kw_only=True)
class PhaseView:
    """A phase in a view. `ends` is the ledger's row: six ends that add up to the visits."""

    model: JourneyModel
    phase: Phase
    number: int
    period: Period
    data_end: dt.datetime
    snapshot: str
    currency: str
    results: tuple[KpiResult, ...]
    ends: LedgerRow
    steps: tuple[Step, ...]
    came_from: tuple[Passage, ...]
    went_to: tuple[Passage, ...]
    met: dict[Trait, tuple[Met, ...]]
    notes: tuple[Note, ...]
    unassigned: dict[str, int]


def phase_view(ws: Workspace, view: View, phase_id: str) -> PhaseView | None:
    """The phase in a view; None while there are no contacts.

    Raises UsageFault for a phase that the model does not have, an unknown model, dimension or period.
    """
    head = ws.warehouse.head()
    model = model_of(ws, view.model)
    if head is None or data_end_of(head) is None:
        return None
    with ws.reading(model.id) as reading, reading.open() as snapshot:
        counted = ledger(reading, replace(view, by=None))
        if counted is None:
            return None
        phase = phase_of(model, phase_id)
        seen = _Seen(
            ws=ws,
            snapshot=snapshot,
            selection=Selection(data_end=counted.data_end, period=counted.period, where=view.where),
            phase=phase_id,
            names={other.id: other.name for other in model.phases},
        )
        return PhaseView(
            model=model,
            phase=phase,
            number=model.phase_ids.index(phase_id) + 1,
            period=counted.period,
            data_end=counted.data_end,
            snapshot=head.id,
            currency=ws.settings.currency,
            results=_of_phase(reading, view, phase),
            ends=next(row for row in counted.rows if row.phase == phase_id),
            steps=tuple(seen.step(must_do) for must_do in phase.must_do),
            came_from=seen.came_from(),
            went_to=seen.went_to(),
            met={what: seen.met(what) for what in WHATS},
            notes=dated_notes(ws, snapshot),
            unassigned=counted.unassigned,
        )


def _of_phase(ws: Workspace, view: View, phase: Phase) -> tuple[KpiResult, ...]:
    """The KPIs that the model names for the phase, the headline first; then those that name the phase."""
    named = [phase.headline, *phase.kpis]
    named += [kpi.id for kpi in ws.kpis.entries.values() if kpi.phase == phase.id]
    known = [kpi for kpi in dict.fromkeys(named) if kpi in ws.kpis.entries]
    results = evaluate(ws, view, known)
    place = {kpi: number for number, kpi in enumerate(known)}
    mine = [result for result in results if result.phase in (None, phase.id) or not _per_phase(ws, result)]
    return tuple(sorted(mine, key=lambda result: place[result.kpi]))


def _per_phase(ws: Workspace, result: KpiResult) -> bool:
    return ws.kpis[result.kpi].per == "phase"


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """An open snapshot, a selection and a phase: its visits and its contacts."""

    ws: Workspace
    snapshot: Snapshot
    selection: Selection
    phase: str
    names: dict[str, Text]

    def _rows(self, query: Query) -> list[list[Any]]:
        return kept_rows(self.ws, self.snapshot, query, unfiltered=not self.selection.where)

    def came_from(self) -> tuple[Passage, ...]:
        """Visits by the phase before, the most first."""
        rows = self._rows(entrants_query(self.selection, self.phase))
        return self._passages([(before, visits) for before, _, visits in rows], START)

    def went_to(self) -> tuple[Passage, ...]:
        """Visits by the phase after, the most first."""
        rows = self._rows(leavers_query(self.selection, self.phase))
        return self._passages([(after, visits) for _, after, visits in rows], NOWHERE)

    def _passages(self, rows: list[tuple[str | None, int]], none: Text) -> tuple[Passage, ...]:
        counts: Counter[str | None] = Counter()
        for other, visits in rows:
            counts[other] += visits
        return tuple(
            Passage(phase=other, name=self.names[other] if other else none, visits=visits)
            for other, visits in counts.most_common()
        )

    def met(self, what: Trait) -> tuple[Met, ...]:
        """Contacts of the phase in the period by touchpoint, channel or content, the most first."""
        rows = self._rows(trait_query(self.selection, self.phase, what, LONGEST_TABLE))
        return tuple(Met(name=name, contacts=count, customers=people) for name, count, people in rows)

    def step(self, must_do: MustDo) -> Step:
        """How many of the visits hold the event that shows the step, up to their last sign of life."""
        if must_do.event is None:
            return Step(must_do=must_do, done=None)
        ((done,),) = self._rows(sign_query(self.selection, self.phase, must_do.event))
        return Step(must_do=must_do, done=done)
