"""Rounds of a checklist: open one, let people answer, close it, read what it says and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.findings import (
    Contradiction,
    Point,
    Risen,
    agenda,
    contradictions,
    progress,
    weakest,
)
from checklists.loading import load_checklists
from checklists.model import Checklist, Dimension, Levels
from checklists.plan import Plan, plan
from checklists.scoring import DimensionScore, Score, score
from cockpit.evaluation import evaluate
from cockpit.maturity import FOLDER, checklist_of
from cockpit.workspace import Workspace
from core.catalog import Catalog
from core.errors import UsageFault
from core.text import Text
from core.view import View
from journeys.model import JourneyModel
from metrics.result import KpiResult
from store.state.rounds import Closed, Invitation, Own, Remark, Round, Seat


@dataclass(frozen=True, kw_only=True)
class Line:
    """A dimension of the profile. `target` is a gated level; `before` that of the team's last round, `others`
    the continuous levels of other teams' latest rounds, `kpi` the phase's headline KPI where there is one."""

    dimension: Dimension
    score: DimensionScore
    target: int | None
    before: DimensionScore | None
    others: Mapping[str, float]
    kpi: KpiResult | None

    @property
    def gap(self) -> int:
        """Levels still missing to the target."""
        if self.target is None or self.score.gated is None:
            return 0
        return max(0, self.target - self.score.gated)


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """What a round that is over says. `plan` is None where the checklist allows none or no target is set."""

    round: Round
    respondents: int
    score: Score
    lines: tuple[Line, ...]
    agenda: tuple[Point, ...]
    hidden: frozenset[str]
    contradictions: tuple[Contradiction, ...]
    plan: Plan | None
    progress: tuple[Risen, ...]
    remarks: tuple[Remark, ...]

    @property
    def weakest(self) -> Dimension | None:
        """The dimension with the lowest continuous level."""
        name = weakest([(line.dimension.id, line.score.continuous) for line in self.lines])
        return next((line.dimension for line in self.lines if line.dimension.id == name), None)


def checklists(ws: Workspace) -> Catalog[Checklist]:
    """The checklists that a round can be opened with, the workspace's own among them."""
    return load_checklists(ws.root / FOLDER)


def open_round(
    ws: Workspace,
    checklist: str,
    *,
    team: str,
    closes_on: dt.date,
    person: str,
    scope: str = "",
    minimum: int = 3,
    is_open: bool = False,
    targets: Mapping[str, int] | None = None,
) -> Round:
    """A round over a checklist as it is now. UsageFault for a team without a name or a day that is past."""
    now = ws.now()
    if not team.strip():
        raise UsageFault(Text(de="Bitte nennen Sie das Team.", en="Please name the team."))
    if closes_on < now.date():
        raise UsageFault(
            Text(
                de="Der Schlusstag {day} liegt in der Vergangenheit.",
                en="The closing date {day} lies in the past.",
            ).fill(day=closes_on)
        )
    return ws.state.rounds.begin(
        checklist_of(ws.root, checklist),
        team=team.strip(), scope=scope.strip(), closes_on=closes_on, person=person, at=now,
        minimum=minimum, is_open=is_open, targets=targets,
    )  # fmt: skip


def invite(ws: Workspace, round_id: str, people: Sequence[tuple[str, str]], person: str) -> list[Invitation]:
    """A link's token for each (name, role); told once."""
    return ws.state.rounds.invite(round_id, people, person=person, at=ws.now())


def seat(ws: Workspace, token: str) -> Seat:
    """What a respondent has answered so far."""
    return ws.state.rounds.seat(token)


def answer(ws: Workspace, token: str, own: Own) -> Own:
    """Keeps an answer at once; what comes back is stored for good."""
    return ws.state.rounds.save(token, own, ws.now())


def submit(ws: Workspace, token: str) -> Seat:
    """Says that one is done; answers can still be changed until the round is over."""
    return ws.state.rounds.submit(token, ws.now())


def close_round(ws: Workspace, round_id: str, person: str) -> Round:
    """Ends a round before its closing date."""
    return ws.state.rounds.close(round_id, person=person, at=ws.now())


def rounds(ws: Workspace) -> list[Round]:
    """All rounds, the newest first."""
    return ws.state.rounds.all()


def round_view(ws: Workspace, round_id: str) -> RoundView:
    """What a round says. UsageFault while it is running, or where there is none of that id."""
    now = ws.now()
    closed = ws.state.rounds.results(round_id, now)
    checklist = closed.round.checklist
    found = _score(closed)
    earlier = _latest(ws, closed.round, now, same_team=True)
    before = _score(earlier[0]) if earlier else None
    others = {
        one.round.team: _score(one) for one in reversed(_latest(ws, closed.round, now, same_team=False))
    }
    model = ws.models[ws.settings.base_model]
    results = _results(ws, checklist, model)
    return RoundView(
        round=closed.round,
        respondents=closed.respondents,
        score=found,
        lines=_lines(closed.round, found, before=before, others=others, model=model, results=results),
        agenda=agenda(checklist, closed.disclosure),
        hidden=closed.disclosure.hidden,
        contradictions=contradictions(
            checklist,
            found.values,
            {one.kpi: one.value for one in results if one.value is not None},
        ),
        plan=_plan(closed.round, found),
        progress=progress(checklist, before, found) if before and found.dimensions else (),
        remarks=closed.remarks,
    )


def _score(closed: Closed) -> Score:
    checklist = closed.round.checklist
    return score(checklist, closed.disclosure.values(checklist, closed.respondents))


def _latest(ws: Workspace, round_: Round, now: dt.datetime, *, same_team: bool) -> list[Closed]:
    """Earlier rounds that are over, of the same checklist, newest first: of the team, or of the others."""
    return [
        ws.state.rounds.results(other.id, now)
        for other in ws.state.rounds.all()
        if other.checklist.id == round_.checklist.id
        and (other.team == round_.team) == same_team
        and (other.opened_at < round_.opened_at or not same_team)
        and other.over(now)
    ]


def _results(ws: Workspace, checklist: Checklist, model: JourneyModel) -> list[KpiResult]:
    """The KPIs that checks name, and the headline KPIs of the phases, as they stand now."""
    wanted = [statement.check.kpi for statement in checklist.statements if statement.check]
    wanted += [
        model.phase(one.phase).headline for one in checklist.dimensions if one.phase in model.phase_ids
    ]
    known = [kpi for kpi in dict.fromkeys(wanted) if kpi in ws.kpis.entries]
    return [result for result in evaluate(ws, View(model=model.id), known) if result.status == "ok"]


def _headline(dimension: Dimension, model: JourneyModel, results: Sequence[KpiResult]) -> KpiResult | None:
    """The headline KPI of the dimension's phase; where it stands once for all phases, that phase's own."""
    if dimension.phase not in model.phase_ids:
        return None
    wanted = model.phase(dimension.phase).headline
    found = [result for result in results if result.kpi == wanted]
    return next((result for result in found if result.phase == dimension.phase), next(iter(found), None))


def _lines(
    round_: Round,
    found: Score,
    *,
    before: Score | None,
    others: Mapping[str, Score],
    model: JourneyModel,
    results: Sequence[KpiResult],
) -> tuple[Line, ...]:
    old = {one.dimension: one for one in before.dimensions} if before else {}
    lines: list[Line] = []
    for dimension, scored in zip(round_.checklist.dimensions, found.dimensions, strict=False):
        levels = {
            team: one.continuous
            for team, score_ in others.items()
            for one in score_.dimensions
            if one.dimension == dimension.id and one.continuous is not None
        }
        lines.append(
            Line(
                dimension=dimension,
                score=scored,
                target=round_.targets.get(dimension.id),
                before=old.get(dimension.id),
                others=levels,
                kpi=_headline(dimension, model, results),
            )
        )
    return tuple(lines)


def _plan(round_: Round, found: Score) -> Plan | None:
    """The plan for the round's targets, where its checklist has levels and efforts."""
    whole = all(one.advice and one.advice.days for one in round_.checklist.statements)
    if not round_.targets or not whole or not isinstance(round_.checklist.rule, Levels):
        return None
    return plan(round_.checklist, found.values, round_.targets)
