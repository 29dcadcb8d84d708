"""Rounds in their order, targets that two people set at once, and rounds that begin again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.roundhistory import history, stages
from cockpit.roundresults import round_view
from cockpit.rounds import aim, begin_again, check_people, declare_open, mark, over, rounds, seat
from cockpit.workspace import open_workspace
from core.errors import UsageFault, WegmarkeError
from store.state.database import ChangedMeanwhile
from tests.roundmaking import UNTIL, held


def test_courses_hold_each_teams_rounds_of_one_checklist_the_oldest_first(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    first = held(ws, lambda *_: 0.0)
    held(ws, lambda *_: 1.0, team="Service")
    last = held(ws, lambda *_: 0.5)
    held(ws, lambda *_: 0.5, checklist="journey_maturity")
    held(ws, lambda *_: 0.5, closed=False)
    gone = history(ws, last.id)
    assert [course.team for course in gone.courses] == ["Vertrieb", "Service"]
    own = gone.courses[0].stages
    assert [stage.round.id for stage in own] == [first.id, last.id]
    assert [stage.level("winning") for stage in own] == [0.0, 2.5]
    assert own[0].level("nowhere") is None
    assert len(stages(ws)) == len(over(ws)) == 4
    assert len(rounds(ws)) == 5


def test_targets_change_the_plan_and_no_score_and_the_second_to_set_them_is_told(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = held(ws, lambda *_: 0.5)
    before, marked = round_view(ws, made.id), mark(ws)
    assert (before.proposed, set(before.targets.values())) == (True, {1})
    aim(ws, made.id, {"winning": 3}, made.version, "Lena")
    after = round_view(ws, made.id)
    assert (after.proposed, dict(after.targets)) == (False, {"winning": 3})
    assert after.score == before.score
    assert after.plan is not None
    assert {step.dimension for step in after.plan.steps} >= {"winning"}
    assert mark(ws) != marked
    with pytest.raises(ChangedMeanwhile):
        aim(ws, made.id, {"winning": 1}, made.version, "Ben")
    for odd in ({"winning": 9}, {"nowhere": 1}):
        with pytest.raises(UsageFault):
            aim(ws, made.id, odd, after.round.version, "Ben")


def test_a_round_begins_again_wholly_or_in_part_and_never_with_what_it_does_not_have(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = held(ws, lambda *_: 0.5)
    again, links = begin_again(ws, made.id, closes_on=UNTIL, person="Lena", asked=["quick_origin"])
    assert (again.asked, again.parent, len(links)) == (("quick_origin",), made.id, 3)
    assert seat(ws, links[0].token).answers["quick_origin"].answer == 0.5
    for asked in ([], ["nowhere"]):
        with pytest.raises(UsageFault):
            begin_again(ws, made.id, closes_on=UNTIL, person="Lena", asked=asked)
    with pytest.raises(WegmarkeError):
        begin_again(ws, again.id, closes_on=UNTIL, person="Lena")


def test_a_round_is_declared_open_before_the_first_answer_alone(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    fresh, answered = held(ws, lambda *_: None, closed=False), held(ws, lambda *_: 0.5, closed=False)
    assert declare_open(ws, fresh.id, "Lena").open
    with pytest.raises(UsageFault):
        declare_open(ws, answered.id, "Lena")


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_who_may_be_asked_depends_on_the_minimum_unless_the_round_is_open(count: int) -> None:
    people = [(f"P{number}", "") for number in range(count)]
    check_people(people, 3, is_open=True)
    if count >= 3:
        check_people(people, 3, is_open=False)
    else:
        with pytest.raises(UsageFault):
            check_people(people, 3, is_open=False)
