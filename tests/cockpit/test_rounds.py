"""A round from its opening to its plan, as a team goes through it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cockpit.roundresults import round_view
from cockpit.rounds import (
    answer,
    checklists,
    close_round,
    invite,
    open_round,
    rounds,
    seat,
    submit,
)
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from store.state.rounds import Own, Round

UNTIL = dt.date(2999, 1, 1)


def held(ws: Workspace, team: str, *answers: float, targets: dict[str, int] | None = None) -> Round:
    """A closed round of the quick checklist in which each respondent gives one answer to everything."""
    made = open_round(ws, "journey_quick", team=team, closes_on=UNTIL, person="Lena", targets=targets)
    places = invite(ws, made.id, [(f"P{number}", "") for number in range(len(answers))], "Lena")
    for place, value in zip(places, answers, strict=True):
        for statement in made.checklist.statements:
            answer(ws, place.token, Own(statement=statement.id, answer=value))
        submit(ws, place.token)
    return close_round(ws, made.id, "Lena")


def test_a_team_goes_from_answers_to_a_plan_that_reaches_its_target(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = held(ws, "Vertrieb", 0.5, 0.5, 0.5, targets={"selling": 1})
    found = round_view(ws, made.id)
    assert (found.respondents, found.round.submitted) == (3, 3)
    assert {line.score.gated for line in found.lines} == {0}
    assert [line.gap for line in found.lines] == [0, 1, 0, 0]
    assert found.plan is not None
    assert [step.statement for step in found.plan.steps] == ["quick_difference"]
    assert found.agenda == ()


def test_a_round_stands_beside_the_one_before_and_beside_other_teams(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    held(ws, "Vertrieb", 0.5, 0.5, 0.5)
    held(ws, "Service", 1.0, 1.0, 1.0)
    latest = held(ws, "Vertrieb", 1.0, 1.0, 0.5)
    found = round_view(ws, latest.id)
    assert [line.before.continuous for line in found.lines if line.before] == [2.5] * 4
    assert [dict(line.others) for line in found.lines] == [{"Service": 5.0}] * 4
    assert {len(one.changed) for one in found.progress} == {3}
    assert [one.team for one in rounds(ws)] == ["Vertrieb", "Service", "Vertrieb"]


def test_a_running_round_tells_nothing(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = open_round(ws, "journey_quick", team="Vertrieb", closes_on=UNTIL, person="Lena")
    (place,) = invite(ws, made.id, [("P", "")], "Lena")
    answer(ws, place.token, Own(statement="quick_origin", answer=1.0))
    assert seat(ws, place.token).answers["quick_origin"].answer == 1.0
    with pytest.raises(UsageFault):
        round_view(ws, made.id)


@pytest.mark.parametrize(
    ("checklist", "team", "closes_on"),
    [
        ("journey_quik", "Vertrieb", UNTIL),
        ("journey_quick", " ", UNTIL),
        ("journey_quick", "A", dt.date(2020, 1, 1)),
    ],
)
def test_a_round_that_makes_no_sense_is_not_opened(
    tmp_path: Path, checklist: str, team: str, closes_on: dt.date
) -> None:
    ws = open_workspace(tmp_path)
    with pytest.raises(UsageFault):
        open_round(ws, checklist, team=team, closes_on=closes_on, person="Lena")
    assert rounds(ws) == []


def test_the_shipped_checklists_are_on_offer(tmp_path: Path) -> None:
    assert set(checklists(open_workspace(tmp_path)).entries) == {"journey_maturity", "journey_quick"}


def test_a_claim_stands_against_what_the_sample_measures(own_sample: Path) -> None:
    ws = open_workspace(own_sample)
    made = open_round(ws, "journey_maturity", team="Vertrieb", closes_on=UNTIL, person="Lena")
    places = invite(ws, made.id, [(f"P{number}", "") for number in range(3)], "Lena")
    for place in places:
        for statement in made.checklist.statements:
            answer(ws, place.token, Own(statement=statement.id, answer=1.0))
    close_round(ws, made.id, "Lena")
    found = round_view(ws, made.id)
    for one in found.contradictions:
        assert not one.check.holds(one.measured)
    assert found.contradictions
    assert [line.kpi is not None for line in found.lines] == [True] * 7 + [False] * 5
