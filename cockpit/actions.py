"""Actions: write one down, carry a plan over, change one, see what is due and what its KPI did since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from actions.effect import Baseline, Since, baseline_of
from actions.effect import since as since_baseline
from actions.listing import AHEAD_DAYS, Counts, JourFixe, Wanted, counts, jour_fixe, ordered
from actions.model import Action, Changes, Draft, Event
from actions.roadmap import Roadmap, roadmap
from checklists.model import Advice, Checklist, Dimension
from cockpit.evaluation import evaluate
from cockpit.scene import known_kpi
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.period import period_text
from core.text import Text
from core.view import View
from metrics.result import KpiResult
from store.state.actions import New
from store.state.rounds import Round

_LAST_JOUR_FIXE = "jour_fixe"

Step = tuple[str, str, dt.date | None]
"""A statement whose advice is carried over, its owner, its day."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The actions that a filter lets through, in order, and the counts over all."""

    actions: tuple[Action, ...]
    counts: Counts
    owners: tuple[str, ...]
    today: dt.date


def add(ws: Workspace, draft: Draft, person: str) -> Action:
    """Keeps an action, and its KPI's figure as it stands. UsageFault for what cannot be meant."""
    return _added(ws, [draft], person)[0]


def change(ws: Workspace, action_id: int, version: int, changes: Changes, person: str) -> Action:
    """Changes what is named. ChangedMeanwhile where someone was faster than `version`; nothing is lost."""
    baseline = None
    if kpi := changes.get("kpi"):
        known_kpi(ws.kpis.entries, kpi)
        key = (kpi, changes.get("phase", ws.state.actions.get(action_id).phase))
        baseline = baselines(ws, {key}).get(key)
    return ws.state.actions.change(action_id, version, changes, person=person, at=ws.now(), baseline=baseline)


def listed(ws: Workspace, wanted: Wanted | None = None) -> Listing:
    """Overdue first, then by due date; what is done or dropped last."""
    today, everything = ws.now().date(), ws.state.actions.all()
    chosen = [one for one in everything if wanted is None or wanted.lets_through(one, today)]
    return Listing(
        actions=tuple(ordered(chosen, today)),
        counts=counts(everything, today),
        owners=tuple(sorted({one.owner for one in everything if one.owner}, key=str.casefold)),
        today=today,
    )


def action(ws: Workspace, action_id: int) -> Action:
    """UsageFault where there is none of that number."""
    return ws.state.actions.get(action_id)


def history(ws: Workspace, action_id: int) -> list[Event]:
    """Every change of an action, the newest first."""
    return ws.state.actions.history(action_id)


def count(ws: Workspace) -> Counts:
    """How many actions are running and overdue today."""
    return counts(ws.state.actions.all(), ws.now().date())


def from_plan(ws: Workspace, round_id: str, steps: Sequence[Step], person: str) -> list[Action]:
    """The advice of these (statement, owner, due) of a round as actions, in the same order.

    What runs already for a statement of that team and checklist, from this round or another, is returned as
    it is: carrying a plan over twice doubles nothing. UsageFault for a statement without advice.
    """
    round_ = ws.state.rounds.get(round_id)
    mine = _of_team(ws, round_id)
    there = {
        _statement(one): one
        for one in mine
        if one.running or _ref(round_id, _statement(one)) == one.origin_ref
    }
    drafts = {step[0]: advised(ws, round_, step) for step in steps if step[0] not in there}
    made = dict(zip(drafts, _added(ws, list(drafts.values()), person), strict=True))
    return [there.get(statement) or made[statement] for statement, _, _ in steps]


def carried_over(ws: Workspace, round_id: str) -> dict[str, Action]:
    """By statement: the actions of the team's plans that run, or that this round's plan became."""
    return {
        _statement(one): one
        for one in _of_team(ws, round_id)
        if one.running or one.origin_ref.startswith(f"{round_id}/")
    }


def done_statements(ws: Workspace, round_id: str) -> tuple[str, ...]:
    """The statements whose actions were done since the round was opened, in the checklist's order.

    A partial round asks these again. Actions count that came from any plan of that team and checklist.
    """
    round_ = ws.state.rounds.get(round_id)
    done = {
        _statement(one)
        for one in _of_team(ws, round_id)
        if one.status == "done" and one.closed_at is not None and one.closed_at >= round_.opened_at
    }
    return tuple(one.id for one in round_.checklist.statements if one.id in done)


def since(ws: Workspace, action: Action) -> Since | None:
    """What the action's KPI did since it was set; None where the action has no KPI."""
    return sinces(ws, [action]).get(action.id)


def sinces(ws: Workspace, actions: Iterable[Action]) -> dict[int, Since]:
    """The same for many, by the action's id, from one evaluation."""
    wanted = [(one, one.baseline) for one in actions if one.baseline is not None]
    now = _results(ws, {baseline.kpi for _, baseline in wanted})
    return {
        one.id: since_baseline(baseline, _of(now, baseline.kpi, baseline.phase), one.expected)
        for one, baseline in wanted
    }


def roadmap_of(ws: Workspace, wanted: Wanted | None = None) -> Roadmap:
    """Who works on what when, for the actions that a filter lets through."""
    found = listed(ws, wanted)
    return roadmap(found.actions, found.today)


def next_jour_fixe(ws: Workspace, days: int = AHEAD_DAYS) -> JourFixe:
    """What is overdue, due within the days ahead, waiting, and done since the last one."""
    return jour_fixe(ws.state.actions.all(), ws.now().date(), last_jour_fixe(ws), days)


def last_jour_fixe(ws: Workspace) -> dt.datetime | None:
    kept = ws.state.values.get(_LAST_JOUR_FIXE)
    return dt.datetime.fromisoformat(kept) if kept else None


def hold_jour_fixe(ws: Workspace, person: str) -> None:
    """Notes that the jour fixe was held now: what is done from here on is told at the next."""
    now = ws.now()
    ws.state.values.set(_LAST_JOUR_FIXE, now.isoformat())
    ws.state.audit.write(person, "jour_fixe_held", "", now)


def _added(ws: Workspace, drafts: Sequence[Draft], person: str) -> list[Action]:
    for draft in drafts:
        if draft.kpi is not None:
            known_kpi(ws.kpis.entries, draft.kpi)
    figures = baselines(ws, {(one.kpi, one.phase) for one in drafts if one.kpi is not None})
    new = [
        New(draft=one, baseline=figures.get((one.kpi, one.phase)) if one.kpi is not None else None)
        for one in drafts
    ]
    return ws.state.actions.add(new, person=person, at=ws.now()) if new else []


def baselines(
    ws: Workspace, wanted: Collection[tuple[str, str | None]], period: str | None = None
) -> dict[tuple[str, str | None], Baseline]:
    """The figures of KPIs by KPI and phase, frozen: of the latest whole month where no `period` is named.

    None while the workspace has no data.
    """
    results = _results(ws, {kpi for kpi, _ in wanted}, period)
    found = {(kpi, phase): _of(results, kpi, phase) for kpi, phase in wanted}
    return {key: baseline_of(one, period_text(one.period)) for key, one in found.items() if one is not None}


def _results(ws: Workspace, kpis: Collection[str], period: str | None = None) -> list[KpiResult]:
    """Those KPIs that the workspace still has, in the latest whole month where no period is named."""
    known = [kpi for kpi in ws.kpis.entries if kpi in kpis]
    return evaluate(ws, View(model=ws.settings.base_model, period=period), known) if known else []


def _of(results: Sequence[KpiResult], kpi: str, phase: str | None) -> KpiResult | None:
    """The KPI's result; the phase's own where the definition stands once for all phases."""
    found = [one for one in results if one.kpi == kpi]
    return next((one for one in found if one.phase == phase), next(iter(found), None))


def _of_team(ws: Workspace, round_id: str) -> list[Action]:
    """The actions from plans of the round's team over the same checklist, the oldest first."""
    round_ = ws.state.rounds.get(round_id)
    rounds = {
        one.id
        for one in ws.state.rounds.all()
        if one.team == round_.team and one.checklist.id == round_.checklist.id
    }
    return [
        one
        for one in ws.state.actions.all()
        if one.origin == "plan" and one.origin_ref.partition("/")[0] in rounds
    ]


def advised(ws: Workspace, round_: Round, step: Step) -> Draft:
    """A statement's advice as an action. UsageFault where the catalog has none for it."""
    statement_id, owner, due = step
    dimension, advice = _advice(round_.checklist, statement_id)
    kpi = advice.kpi if advice.kpi in ws.kpis.entries else None
    direction = ws.kpis[kpi].direction if kpi else "none"
    return Draft(
        title=advice.action,
        origin="plan",
        origin_ref=_ref(round_.id, statement_id),
        owner=owner,
        due=due,
        effort_days=advice.days,
        kpi=kpi,
        expected=direction if direction != "none" else None,
        phase=dimension.phase,
        needs_refs=tuple(_ref(round_.id, one) for one in advice.needs),
    )


def _advice(checklist: Checklist, statement_id: str) -> tuple[Dimension, Advice]:
    for dimension in checklist.dimensions:
        for statement in dimension.statements:
            if statement.id == statement_id and statement.advice is not None:
                return dimension, statement.advice
    raise UsageFault(
        Text(
            de="Zur Aussage „{id}“ kennt der Katalog keine Maßnahme.",
            en="The catalog knows no action for the statement “{id}”.",
        ).fill(id=statement_id)
    )


def _ref(round_id: str, statement_id: str) -> str:
    return f"{round_id}/{statement_id}"


def _statement(one: Action) -> str:
    return one.origin_ref.partition("/")[2]
