"""How teams went from round to round of one checklist."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from checklists.model import Dimension
from checklists.scoring import DimensionScore, Score
from cockpit.roundresults import score_of
from cockpit.workspace import Workspace
from store.state.rounds import Round


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A round that is over with what it came to. `day` is when it ended."""

    round: Round
    day: dt.date
    respondents: int
    score: Score

    def level(self, dimension: str) -> float | None:
        """The continuous level of a dimension, None where the round does not have it."""
        found = self._of(dimension)
        return found.continuous if found else None

    def _of(self, dimension: str) -> DimensionScore | None:
        return next((one for one in self.score.dimensions if one.dimension == dimension), None)


@dataclass(frozen=True, kw_only=True)
class Course:
    """The rounds of a team that are over, the oldest first."""

    team: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, kw_only=True)
class History:
    """`dimensions` as this round has them; `courses` with the team of that round first."""

    dimensions: tuple[Dimension, ...]
    courses: tuple[Course, ...]


def ended_on(round_: Round) -> dt.date:
    """When nobody could answer any more."""
    return round_.closed_at.date() if round_.closed_at is not None else round_.closes_on


def stages(ws: Workspace) -> list[Stage]:
    """Every round that is over, of any checklist, the newest first."""
    now = ws.now()
    return [
        Stage(
            round=closed.round,
            day=ended_on(closed.round),
            respondents=closed.respondents,
            score=score_of(closed),
        )
        for one in ws.state.rounds.all()
        if one.over(now)
        for closed in [ws.state.rounds.results(one.id, now)]
    ]


def history(ws: Workspace, round_id: str) -> History:
    """The rounds of the same checklist by team, with this round's team first."""
    round_ = ws.state.rounds.get(round_id)
    by_team: dict[str, list[Stage]] = {round_.team: []}
    for stage in reversed(stages(ws)):
        if stage.round.checklist.id == round_.checklist.id:
            by_team.setdefault(stage.round.team, []).append(stage)
    return History(
        dimensions=round_.checklist.dimensions,
        courses=tuple(Course(team=team, stages=tuple(found)) for team, found in by_team.items() if found),
    )
