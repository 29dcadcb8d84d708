"""The overview: what the stations say, what changed, what happened since the last visit. Pure data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cockpit.evaluation import evaluate
from cockpit.findings import Change, charted, finding, leading, ranked
from cockpit.leaks import Leak, leak_sentence, leaks
from cockpit.ledger import ledger
from cockpit.news import News, Seen, Told, news, orders_since, span
from cockpit.notes import Note, dated_notes
from cockpit.scope import count_journeys, data_end_of, period_of
from cockpit.workspace import Workspace
from core.period import Period
from core.text import Text
from core.view import View
from journeys.model import JourneyModel, Phase
from metrics.result import KpiResult
from metrics.signals import expected_false_signals
from metrics.wording import joined, need_words, tone
from store.warehouse.manifest import Manifest

# What customers say beside what they pay; the first two of each that have a value.
EFFORT = ("ces", "csat", "nps")
MONEY = ("order_intake", "revenue", "order_value")


@dataclass(frozen=True, kw_only=True)
class Flow:
    """How many of a phase's ended visits went on: (advanced + skipped + completed) / (visits - open)."""

    onward: int
    ended: int

    @property
    def percent(self) -> float:
        return 100 * self.onward / self.ended


@dataclass(frozen=True, kw_only=True)
class Station:
    """One phase with its headline KPI. `flow` stands between this station and the next."""

    number: int
    phase: Phase
    result: KpiResult | None
    flow: Flow | None

    @property
    def hot(self) -> bool:
        return self.result is not None and tone(self.result) == "bad"


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything the overview shows. `checked` counts the KPIs whose chart could have shown a signal.

    `leak` is the costliest of the twelve months up to the period's end, `leak_said` its sentence; None where
    no phase has enough cases for a figure.
    """

    title: Text
    lead: KpiResult | None
    notes: tuple[Note, ...]
    sample: bool
    period: Period
    whole: bool
    data_end: dt.datetime
    snapshot: str
    journeys: int
    model: JourneyModel
    currency: str
    stations: tuple[Station, ...]
    effort: tuple[KpiResult, ...]
    money: tuple[KpiResult, ...]
    changes: tuple[Change, ...]
    checked: int
    expected_false: float
    news: News
    leak: Leak | None
    leak_said: Text | None
    hints: tuple[Text, ...]


def overview(ws: Workspace, view: View, seen: Seen | None = None) -> Overview | None:
    """The overview in a view; None while the workspace has no contacts.

    `seen` is what the sentences start from. Raises UsageFault for an unknown model or period.
    """
    head = ws.warehouse.head()
    data_end = data_end_of(head) if head else None
    if head is None or data_end is None:
        return None
    model = ws.models[view.model]
    period = period_of(ws, view, head)
    currency = ws.settings.currency
    before = _seen_before(ws, seen)
    with ws.reading(view.model) as reading, reading.open() as snapshot:
        results = evaluate(reading, view)
        notes = dated_notes(ws, snapshot)
        journeys = count_journeys(ws, snapshot, view)
        changes = ranked(results)
        orders = orders_since(ws, snapshot, view, span(head, before, period))
        flows = _flows(reading, view, period)
        found = leaks(reading, replace(view, period=f"r12:{period.last}", by=None))
    leak = found.costliest if found else None
    stations = tuple(
        Station(number=number, phase=phase, result=headline(phase, results), flow=flows.get(phase.id))
        for number, phase in enumerate(model.phases, 1)
    )
    phases = {phase.id: phase.name for phase in model.phases}
    shown = [station.result for station in stations if station.result]
    told = Told(orders=orders, results=results, changes=changes)
    lead = leading(shown, changes)
    return Overview(
        title=finding(lead, results, phases, currency),
        lead=lead.result if lead else None,
        notes=notes,
        sample=head.sample,
        period=period,
        whole=period.whole(data_end),
        data_end=data_end,
        snapshot=head.id,
        journeys=journeys,
        model=model,
        currency=currency,
        stations=stations,
        effort=_first_two(results, EFFORT),
        money=_first_two(results, MONEY),
        changes=changes,
        checked=sum(charted(result) for result in results),
        expected_false=expected_false_signals(sum(charted(result) for result in results)),
        news=news(head, before=before, seen=seen, period=period, told=told, currency=currency),
        leak=leak,
        leak_said=leak_sentence(leak, found) if leak and found else None,
        hints=_hints(head, stations),
    )


def _seen_before(ws: Workspace, seen: Seen | None) -> Manifest | None:
    """The snapshot of the last visit, where it has not been pruned since."""
    if seen is None or seen.snapshot is None or not ws.warehouse.is_kept(seen.snapshot):
        return None
    return ws.warehouse.manifest(seen.snapshot)


def headline(phase: Phase, results: Sequence[KpiResult]) -> KpiResult | None:
    """The phase's headline KPI: its own where the definition stands once for every phase."""
    found = [result for result in results if result.kpi == phase.headline]
    return next((result for result in found if result.phase == phase.id), found[0] if found else None)


def _first_two(results: Sequence[KpiResult], wanted: Sequence[str]) -> tuple[KpiResult, ...]:
    known = {result.kpi: result for result in results if result.status == "ok"}
    return tuple(known[kpi] for kpi in wanted if kpi in known)[:2]


def _flows(ws: Workspace, view: View, period: Period) -> dict[str, Flow]:
    """How each phase's visits of the twelve months up to the period's end went on; a month is too short."""
    found = ledger(ws, replace(view, period=f"r12:{period.last}", by=None))
    if found is None:
        return {}
    return {
        row.phase: Flow(onward=row.advanced + row.skipped + row.completed, ended=row.visits - row.open)
        for row in found.rows
        if row.visits > row.open
    }


def _hints(head: Manifest, stations: Sequence[Station]) -> tuple[Text, ...]:
    """What is not in the picture: contacts without a phase, stations without data."""
    hints = []
    if head.unassigned:
        hints.append(
            Text(
                de="{n} Kontakte haben keine Phase, vor allem: {names}.",
                en="{n} contacts have no phase, above all: {names}.",
            ).fill(
                n=sum(head.unassigned.values()),
                names=", ".join(sorted(head.unassigned, key=lambda name: -head.unassigned[name])[:3]),
            )
        )
    for station in stations:
        result = station.result
        if result is not None and result.status == "missing":
            hints.append(
                Text(
                    de="{phase}: „{kpi}“ wird sichtbar mit {needs}.",
                    en="{phase}: “{kpi}” becomes visible with {needs}.",
                ).fill(
                    phase=station.phase.name,
                    kpi=result.name,
                    needs=joined([need_words(need) for need in result.needs]),
                )
            )
    return tuple(hints)
