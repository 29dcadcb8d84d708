"""What an executive should not miss beside the figures: the weakest dimension of maturity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from checklists.findings import weakest
from checklists.model import Dimension
from cockpit.roundhistory import ended_on
from cockpit.roundresults import score_of
from cockpit.workspace import Workspace
from store.state.round import Closed, Round


@dataclass(frozen=True, kw_only=True)
class Weak:
    """The lowest continuous level (0 to 5) among the teams' latest rounds that are over."""

    dimension: Dimension
    level: float
    team: str
    respondents: int
    day: dt.date
    round_id: str


def weakest_of(ws: Workspace) -> Weak | None:
    """The weakest dimension among the latest rounds of all teams. No KPI is evaluated.

    A round declared open, as that of a prospect is, counts only where there is no other.
    """
    now = ws.now()
    over = [one for one in ws.state.rounds.all() if one.over(now)]
    teams = [one for one in over if not one.open] or over
    levels: dict[str, tuple[Closed, Dimension, float]] = {}
    for round_ in _latest(teams):
        closed = ws.state.rounds.results(round_.id, now)
        found = score_of(closed)
        for dimension, scored in zip(round_.checklist.dimensions, found.dimensions, strict=False):
            if scored.continuous is not None:
                levels[f"{dimension.id}/{round_.id}"] = (closed, dimension, scored.continuous)
    name = weakest([(name, level) for name, (_, _, level) in levels.items()])
    if name is None:
        return None
    closed, dimension, level = levels[name]
    return Weak(
        dimension=dimension,
        level=level,
        team=closed.round.team,
        respondents=closed.respondents,
        day=ended_on(closed.round),
        round_id=closed.round.id,
    )


def _latest(rounds: Iterable[Round]) -> list[Round]:
    """The newest round of each team and checklist; `rounds` come newest first."""
    found: dict[tuple[str, str], Round] = {}
    for one in rounds:
        found.setdefault((one.team, one.checklist.id), one)
    return list(found.values())
