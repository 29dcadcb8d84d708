"""Rounds as tests need them: closed, with answers made by a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from checklists.scoring import Answer
from cockpit.rounds import answer, close_round, invite, open_round, submit
from cockpit.workspace import Workspace
from store.state.round import Own, Round

UNTIL = dt.date(2999, 1, 1)

Says = Callable[[str, str], Answer | None]
"""What a person of a role answers to a statement; None: nothing."""


def held(
    ws: Workspace,
    says: Says,
    *,
    roles: Sequence[str] = ("", "", ""),
    checklist: str = "journey_quick",
    team: str = "Vertrieb",
    minimum: int = 3,
    is_open: bool = False,
    targets: Mapping[str, int] | None = None,
    remark: str = "",
    closed: bool = True,
) -> Round:
    """A round in which everybody answered; `remark` is what each lets be shown about each statement."""
    made = open_round(
        ws, checklist, team=team, closes_on=UNTIL, person="Lena", minimum=minimum, is_open=is_open,
        targets=targets,
    )  # fmt: skip
    people = [(f"Person {number}", role) for number, role in enumerate(roles)]
    for place, role in zip(invite(ws, made.id, people, "Lena"), roles, strict=True):
        for statement in made.checklist.statements:
            said = says(role, statement.id)
            if said is not None:
                own = Own(statement=statement.id, answer=said, evidence_for=remark, may_be_shown=bool(remark))
                answer(ws, place.token, own)
        submit(ws, place.token)
    return close_round(ws, made.id, "Lena") if closed else made
