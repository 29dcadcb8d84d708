"""What a round that is over says: its profile, what to talk about, contradictions, the plan, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.disclosure import Disclosure
from checklists.findings import (
    Contradiction,
    Point,
    Risen,
    agenda,
    contradictions,
    progress,
    weakest,
)
from checklists.model import Checklist, Dimension
from checklists.performance import MIDDLE, Footing, footing
from checklists.plan import Plan, plan
from checklists.scoring import DimensionScore, Score, score
from cockpit.evaluation import evaluate
from cockpit.workspace import Workspace
from core.errors import InputFault
from core.text import Text
from core.view import View
from journeys.model import JourneyModel
from metrics.result import KpiResult
from store.state.rounds import Closed, Remark, Round


@dataclass(frozen=True, kw_only=True)
class Line:
    """A dimension of the profile. `target` is a gated level; `before` that of the team's last round, `others`
    the continuous levels of other teams' latest rounds, `kpi` the phase's headline KPI where there is one,
    `footing` what it reaches of what it is held against."""

    dimension: Dimension
    score: DimensionScore
    target: int | None
    before: DimensionScore | None
    others: Mapping[str, float]
    kpi: KpiResult | None

    @property
    def footing(self) -> Footing | None:
        return footing(self.kpi) if self.kpi is not None else None

    @property
    def first_here(self) -> bool:
        """Weak in its KPI and not mature: where to act first."""
        found, level = self.footing, self.score.continuous
        return found is not None and found.weak and level is not None and level < MIDDLE

    @property
    def urgency(self) -> float:
        """How far both fall short together; 0 where it is not the place to act first."""
        found, level = self.footing, self.score.continuous
        if not self.first_here or found is None or level is None:
            return 0.0
        return (100 - found.percent) * (MIDDLE - level)

    @property
    def gap(self) -> int:
        """Levels still missing to the target."""
        if self.target is None or self.score.gated is None:
            return 0
        return max(0, self.target - self.score.gated)


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """What a round that is over says.

    `disclosure` is all that may be seen of the answers. `measured` are the KPIs that checks name, those with
    a value. `targets` are the team's own, or where it has none yet (`proposed`) the next level everywhere;
    `plan` reaches them, and is None where the checklist knows no plans, which `no_plan` says in words.
    """

    round: Round
    respondents: int
    score: Score
    lines: tuple[Line, ...]
    agenda: tuple[Point, ...]
    disclosure: Disclosure
    contradictions: tuple[Contradiction, ...]
    measured: Mapping[str, KpiResult]
    targets: Mapping[str, int]
    proposed: bool
    plan: Plan | None
    no_plan: Text | None
    progress: tuple[Risen, ...]
    remarks: tuple[Remark, ...]
    model: JourneyModel
    currency: str

    @property
    def weakest(self) -> Dimension | None:
        """The dimension with the lowest continuous level."""
        name = weakest([(line.dimension.id, line.score.continuous) for line in self.lines])
        return next((line.dimension for line in self.lines if line.dimension.id == name), None)


def round_view(ws: Workspace, round_id: str) -> RoundView:
    """What a round says. UsageFault while it is running, or where there is none of that id."""
    now = ws.now()
    closed = ws.state.rounds.results(round_id, now)
    checklist = closed.round.checklist
    found = score_of(closed)
    earlier = _latest(ws, closed.round, now, same_team=True)
    before = score_of(earlier[0]) if earlier else None
    others = {
        one.round.team: score_of(one) for one in reversed(_latest(ws, closed.round, now, same_team=False))
    }
    model = ws.models[ws.settings.base_model]
    results = _results(ws, checklist, model)
    targets = dict(closed.round.targets) or _next_levels(closed.round, found)
    reaching, refused = _plan(closed.round, found, targets)
    return RoundView(
        round=closed.round,
        respondents=closed.respondents,
        score=found,
        lines=_lines(closed.round, found, before=before, others=others, model=model, results=results),
        agenda=agenda(checklist, closed.disclosure),
        disclosure=closed.disclosure,
        contradictions=contradictions(
            checklist,
            found.values,
            {one.kpi: one.value for one in results if one.value is not None},
        ),
        measured={one.kpi: one for one in results if one.value is not None},
        targets=targets,
        proposed=not closed.round.targets,
        plan=reaching,
        no_plan=refused,
        progress=progress(checklist, before, found) if before and found.dimensions else (),
        remarks=closed.remarks,
        model=model,
        currency=ws.settings.currency,
    )


def score_of(closed: Closed) -> Score:
    """What may be seen of a round comes to this; hidden statements count as not answered."""
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


def _next_levels(round_: Round, found: Score) -> dict[str, int]:
    """A first aim for every dimension: one level more than holds, up to the highest there is."""
    gated = {one.dimension: one.gated for one in found.dimensions}
    return {
        one.id: min(level + 1, max(one.levels))
        for one in round_.checklist.dimensions
        if (level := gated.get(one.id)) is not None
    }


def _plan(round_: Round, found: Score, targets: Mapping[str, int]) -> tuple[Plan | None, Text | None]:
    """The cheapest way to the targets, or why the checklist knows none."""
    try:
        return plan(round_.checklist, found.values, targets), None
    except InputFault as fault:
        return None, fault.text
