"""The sample's maturity rounds: what the invented firm's people answered, held as a team would hold them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.answers import read_answers
from checklists.loading import load_checklists
from checklists.model import Checklist
from checklists.scoring import Answer
from cockpit.workspace import Workspace
from store.state.rounds import Invitation, Own, Round, Rounds

FOLDER = Path(__file__).resolve().parent.parent / "sample_data" / "rounds"


@dataclass(frozen=True, kw_only=True)
class _Held:
    """A team's sitting: who took part, when, and the file with what they answered."""

    team: Mapping[str, Any]
    round: Mapping[str, Any]
    remarks: Mapping[tuple[str, str], Mapping[str, Any]]

    @property
    def people(self) -> list[tuple[str, str]]:
        return [(one["name"], one["role"]) for one in self.team["people"]]

    @property
    def answers(self) -> str:
        file = FOLDER / f"{self.team['slug']}-{self.round['slug']}.csv"
        return file.read_text(encoding="utf-8")


def load_rounds(ws: Workspace) -> list[Round]:
    """Holds the sample's rounds anew, in place of those of an earlier load; the earliest first."""
    plan = tomllib.loads((FOLDER / "rounds.toml").read_text(encoding="utf-8"))
    checklist = load_checklists()[plan["checklist"]]
    ws.state.rounds.remove_sample()
    made: list[Round] = []
    for team in plan["teams"]:
        before: Round | None = None
        for round_ in plan["rounds"]:
            remarks = {
                (one["person"], one["statement"]): one
                for one in plan["remarks"]
                if (one["team"], one["round"]) == (team["slug"], round_["slug"])
            }
            held = _Held(team=team, round=round_, remarks=remarks)
            before = _hold(ws.state.rounds, checklist, held, before, plan["opened_by"])
            made.append(before)
    made += [_answered(ws.state.rounds, said, plan["opened_by"]) for said in plan["prospects"]]
    return sorted(made, key=lambda one: (one.opened_at, one.team))


def _hold(rounds: Rounds, checklist: Checklist, held: _Held, before: Round | None, leader: str) -> Round:
    later = dt.timedelta(minutes=held.team["minutes_later"])
    opened_at = held.round["opened_at"] + later
    made = rounds.begin(
        checklist, team=held.team["name"], scope=held.team["scope"], closes_on=held.round["closes_on"],
        person=leader, at=opened_at, targets=held.team["targets"], parent=before.id if before else None,
        sample=True,
    )  # fmt: skip
    places = rounds.invite(made.id, held.people, person=leader, at=opened_at)
    given = read_answers(checklist, held.answers)
    for number, place in enumerate(places, 1):
        at = opened_at + dt.timedelta(days=number, minutes=17 * number)
        own = [
            _own(place, statement, answer, held.remarks) for statement, answer in given[place.person].items()
        ]
        rounds.save_all(place.token, own, at)
        rounds.submit(place.token, at)
    return rounds.close(made.id, person=leader, at=held.round["closed_at"] + later)


def _answered(rounds: Rounds, said: Mapping[str, Any], leader: str) -> Round:
    """The quick check of a prospect, whose one answer lies open."""
    made = rounds.begin(
        load_checklists()[said["checklist"]], team=said["team"], scope="", closes_on=said["closes_on"],
        person=leader, at=said["opened_at"], is_open=True, sample=True,
    )  # fmt: skip
    who = said["person"]
    (place,) = rounds.invite(made.id, [(who["name"], who["role"])], person=leader, at=said["opened_at"])
    own = [Own(statement=statement, answer=value) for statement, value in said["answers"].items()]
    rounds.save_all(place.token, own, said["answered_at"])
    rounds.submit(place.token, said["answered_at"])
    return rounds.close(made.id, person=leader, at=said["closed_at"])


def _own(
    place: Invitation,
    statement: str,
    answer: Answer,
    remarks: Mapping[tuple[str, str], Mapping[str, Any]],
) -> Own:
    said = remarks.get((place.person, statement), {})
    return Own(
        statement=statement,
        answer=answer,
        confidence=3 if said else None,
        evidence_for=said.get("for", ""),
        evidence_against=said.get("against", ""),
        link=said.get("link", ""),
        may_be_shown=said.get("shown", False),
    )
