"""One phase in depth: what it is for, its KPIs, how visits end, whence and where to, what happens in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cockpit.evaluation import evaluate
from cockpit.ledger import LedgerRow, ledger
from cockpit.notes import Note, dated_notes
from cockpit.scope import data_end_of, period_of, where_sql
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.period import Period
from core.query import Query, identifier
from core.text import Text
from core.view import View
from journeys.model import JourneyModel, MustDo, Phase
from metrics.result import KpiResult
from store.warehouse.snapshot import Snapshot

What = Literal["touchpoint", "channel", "content"]
WHATS: tuple[What, ...] = ("touchpoint", "channel", "content")
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
    met: dict[What, tuple[Met, ...]]
    notes: tuple[Note, ...]
    unassigned: dict[str, int]


def phase_view(ws: Workspace, view: View, phase_id: str) -> PhaseView | None:
    """The phase in a view; None while there are no contacts.

    Raises UsageFault for a phase that the model does not have, an unknown model, dimension or period.
    """
    head = ws.warehouse.head()
    data_end = data_end_of(head) if head else None
    counted = ledger(ws, view)
    if head is None or data_end is None or counted is None:
        return None
    model = ws.models[view.model]
    if phase_id not in model.phase_ids:
        raise UsageFault(
            Text(
                de="Das Modell „{model}“ hat keine Phase „{phase}“.",
                en="The model “{model}” has no phase “{phase}”.",
            ).fill(model=model.name, phase=phase_id)
        )
    phase = model.phase(phase_id)
    period = period_of(ws, view, head)
    with ws.warehouse.open(model=view.model) as snapshot:
        seen = _Seen(snapshot=snapshot, view=view, phase=phase_id, period=period)
        names = {other.id: other.name for other in model.phases}
        return PhaseView(
            model=model,
            phase=phase,
            number=model.phase_ids.index(phase_id) + 1,
            period=period,
            data_end=data_end,
            snapshot=head.id,
            currency=ws.settings.currency,
            results=_of_phase(ws, view, phase),
            ends=next(row for row in counted.rows if row.phase == phase_id),
            steps=tuple(seen.step(must_do) for must_do in phase.must_do),
            came_from=seen.passages("entered_from", names, START),
            went_to=seen.passages("next_phase", names, NOWHERE),
            met={what: seen.met(what) for what in WHATS},
            notes=dated_notes(snapshot),
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
    """An open snapshot, a view and a phase: visits that began, and contacts that happened, in the period."""

    snapshot: Snapshot
    view: View
    phase: str
    period: Period

    def _query(self, sql: str, **values: object) -> Query:
        midnight = dt.time.min
        bound = {
            "phase": self.phase,
            "start": dt.datetime.combine(self.period.start, midnight),
            "end": dt.datetime.combine(self.period.end, midnight),
        }
        return Query(sql=sql, values={**where_sql(self.view)[1], **bound, **values})

    @property
    def _where(self) -> str:
        return where_sql(self.view)[0]

    def passages(self, column: str, names: dict[str, Text], none: Text) -> tuple[Passage, ...]:
        """Visits by the phase in `column` (`entered_from` or `next_phase`), the most first."""
        rows = self.snapshot.rows(
            self._query(
                f"SELECT {identifier(column)} AS other, count(*) AS n FROM visits WHERE phase = $phase "
                f"AND first_at >= $start AND first_at < $end AND {self._where} "
                "GROUP BY other ORDER BY n DESC, other"
            )
        )
        return tuple(
            Passage(phase=other, name=names[other] if other else none, visits=count) for other, count in rows
        )

    def met(self, what: What) -> tuple[Met, ...]:
        """Contacts of the phase in the period by touchpoint, channel or content, the most first."""
        rows = self.snapshot.rows(
            self._query(
                f"SELECT CAST({identifier(what)} AS VARCHAR) AS name, count(*) AS n, "
                "count(DISTINCT customer) AS customers FROM contacts WHERE phase = $phase "
                f"AND occurred_at >= $start AND occurred_at < $end AND {self._where} "
                f"AND {identifier(what)} IS NOT NULL "
                f"GROUP BY name ORDER BY n DESC, name LIMIT {LONGEST_TABLE}"
            )
        )
        return tuple(Met(name=name, contacts=count, customers=people) for name, count, people in rows)

    def step(self, must_do: MustDo) -> Step:
        """How many of the visits hold the event that shows the step, up to their last sign of life."""
        if must_do.event is None:
            return Step(must_do=must_do, done=None)
        rows = self.snapshot.rows(
            self._query(
                "SELECT count(DISTINCT v.visit) FROM "
                f"(SELECT visit, journey, first_at, last_at FROM visits WHERE phase = $phase "
                f"AND first_at >= $start AND first_at < $end AND {self._where}) AS v "
                "JOIN contacts AS c ON c.journey = v.journey AND c.event = $event "
                "AND c.occurred_at >= v.first_at AND c.occurred_at <= v.last_at",
                event=must_do.event,
            )
        )
        return Step(must_do=must_do, done=int(rows[0][0]))
