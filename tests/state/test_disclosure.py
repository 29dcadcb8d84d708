"""Somebody who wants to know what one colleague answered, and tries everything that the product offers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.disclosure import Disclosure, Given, disclosed
from checklists.scoring import Answer
from cockpit.roundresults import round_view
from cockpit.rounds import answer, close_round, invite, open_round
from cockpit.workspace import open_workspace
from core.errors import UsageFault
from exports.json_text import json_text
from store.state.rounds import Invitation, Own, Round, Rounds
from store.state.state import State
from tests.state.test_rounds import IDS, LATER, NOW, answered, begun

AGAIN = NOW + dt.timedelta(days=30)
UNTIL_AGAIN = AGAIN.date() + dt.timedelta(days=14)
AFTERWARDS = AGAIN + dt.timedelta(days=20)
OF_MINE = "nur-von-mir"


def followed(
    rounds: Rounds, answers: Sequence[Answer], *, asked: Sequence[str] | None = None, **more: object
) -> tuple[Round, Round, list[Invitation]]:
    """A closed round with these answers to the first statement, and the round that starts from them."""
    made, places = begun(rounds, [""] * len(answers), **more)
    answered(rounds, places, answers)
    rounds.close(made.id, person="Lena", at=NOW)
    again, places = rounds.begin_again(made.id, closes_on=UNTIL_AGAIN, person="Lena", at=AGAIN, asked=asked)
    return rounds.get(made.id), again, places


def change(rounds: Rounds, place: Invitation, value: Answer, statement: str = IDS[0]) -> None:
    own = rounds.seat(place.token, AGAIN).answers.get(statement, Own(statement=statement))
    rounds.save(place.token, replace(own, answer=value), AGAIN)


def shown(rounds: Rounds, made: Round) -> Disclosure:
    return rounds.results(made.id, AFTERWARDS).disclosure


def test_what_one_or_two_changed_since_the_last_round_cannot_be_read_off_the_difference(
    tmp_path: Path,
) -> None:
    rounds = State(tmp_path).rounds
    before, again, places = followed(rounds, [1.0, 1.0, 0.0, 0.0])
    for place in places:
        rounds.submit(place.token, AGAIN)
    change(rounds, places[0], 0.0)
    change(rounds, places[1], 0.5)
    assert shown(rounds, again) == shown(rounds, before)


def test_what_three_changed_is_shown_with_those_who_confirmed_theirs(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    _, again, places = followed(rounds, [0.0, 0.0, 0.0, 0.5, 1.0])
    for place in places[:3]:
        change(rounds, place, 1.0)
    rounds.submit(places[3].token, AGAIN)
    # Who neither answered nor submitted would stand out as what both rounds have in common.
    assert shown(rounds, again).shown[IDS[0]].counts == ((0.5, 1), (1.0, 3))


def test_somebody_who_joins_a_second_round_is_not_the_difference_to_the_first(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    before, again, _ = followed(rounds, [1.0, 0.5, 0.5])
    (newcomer,) = rounds.invite(again.id, [("Neu", "")], person="Lena", at=AGAIN)
    change(rounds, newcomer, 0.0)
    rounds.submit(newcomer.token, AGAIN)
    assert shown(rounds, again) == shown(rounds, before)


def test_a_second_round_does_not_lift_what_the_first_kept_hidden(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    _, again, places = followed(rounds, [1.0, 0.5])
    rounds.submit(places[0].token, AGAIN)
    with pytest.raises(UsageFault):
        rounds.declare_open(again.id, person="Lena", at=AGAIN)
    assert shown(rounds, again).hidden == {IDS[0]}


def test_a_partial_round_takes_no_answer_to_what_it_does_not_ask_and_shows_that_as_before(
    tmp_path: Path,
) -> None:
    rounds = State(tmp_path).rounds
    before, again, places = followed(rounds, [1.0, 0.5, 0.5], asked=[IDS[1]])
    with pytest.raises(UsageFault):
        change(rounds, places[0], 0.0)
    for place in places:
        change(rounds, place, 1.0, IDS[1])
        rounds.submit(place.token, AGAIN)
    assert shown(rounds, again).shown[IDS[0]] == shown(rounds, before).shown[IDS[0]]
    assert shown(rounds, again).shown[IDS[1]].counts == ((1.0, 3),)


def test_a_link_shows_no_answer_any_more_once_the_round_is_over(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, [""] * 3)
    answered(rounds, places, [1.0, 0.5, 0.0])
    assert rounds.seat(places[0].token, NOW).answers
    assert not rounds.seat(places[0].token, LATER).answers
    rounds.close(made.id, person="Lena", at=NOW)
    assert not rounds.seat(places[0].token).answers


def test_who_has_read_the_results_cannot_have_anything_changed_by_putting_the_clock_back(
    tmp_path: Path,
) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, [""] * 3)
    answered(rounds, places, [1.0, 0.5, 0.0])
    rounds.results(made.id, LATER)
    assert rounds.get(made.id).over(NOW)


def test_a_remark_is_not_shown_where_too_few_answered_and_may_be_a_link_alone(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, [""] * 3)
    for place in places:
        own = Own(statement=IDS[0], answer=1.0, link="https://example.org", may_be_shown=True)
        rounds.save(place.token, own, NOW)
    for place in places[:2]:
        own = Own(statement=IDS[1], answer=0.0, evidence_against=OF_MINE, may_be_shown=True)
        rounds.save(place.token, own, NOW)
    found = rounds.results(made.id, LATER)
    assert [(one.statement, one.link) for one in found.remarks] == [(IDS[0], "https://example.org")] * 3


def test_a_remark_that_appears_in_a_second_round_is_not_that_of_the_only_one_who_saved(
    tmp_path: Path,
) -> None:
    rounds = State(tmp_path).rounds
    _, again, places = followed(rounds, [1.0, 0.5, 0.5])
    own = rounds.seat(places[0].token, AGAIN).answers[IDS[0]]
    rounds.save(places[0].token, replace(own, evidence_for=OF_MINE, may_be_shown=True), AGAIN)
    for place in places:
        rounds.submit(place.token, AGAIN)
    assert rounds.results(again.id, AFTERWARDS).remarks == ()


def test_the_audit_trail_does_not_say_on_which_statement_somebody_saved(tmp_path: Path) -> None:
    state = State(tmp_path)
    made, places = begun(state.rounds, ["", ""])
    answered(state.rounds, places, [1.0, 0.5])
    assert {deed.detail for deed in state.audit.latest() if deed.what == "answer_saved"} == {made.id}


def test_what_a_page_or_an_export_gets_of_a_round_tells_no_answer(
    tmp_path: Path,
) -> None:
    """Two answered: the view of the round tells neither's."""
    ws = open_workspace(tmp_path)
    made = open_round(ws, "journey_quick", team="Vertrieb", closes_on=dt.date(2999, 1, 1), person="Lena")
    places = invite(ws, made.id, [("Anna", "sales"), ("Ben", "sales")], "Lena")
    for place, value in zip(places, (1.0, 0.5), strict=True):
        for statement in IDS:
            answer(ws, place.token, Own(statement=statement, answer=value, evidence_for=OF_MINE))
    close_round(ws, made.id, "Lena")
    view = json_text(round_view(ws, made.id))
    assert OF_MINE not in view
    assert "Anna" not in view
    assert {value["value"] for value in json.loads(view)["score"]["values"].values()} == {0.0}


ANSWERS = st.sampled_from([0.0, 0.25, 0.5, 1.0, "dont_know", "not_applicable"])


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c", ""]), ANSWERS), min_size=1, max_size=9),
    st.sampled_from([3, 4, 5]),
)
def test_no_group_and_no_difference_of_groups_is_smaller_than_the_minimum(
    said: list[tuple[str, Answer]], minimum: int
) -> None:
    found = disclosed((Given(statement="s", role=role, answer=one) for role, one in said), minimum)
    groups = [seen.counted for seen in found.by_role.get("s", {}).values()]
    assert all(counted >= minimum for counted in groups)
    if "s" in found.shown:
        whole = found.shown["s"].counted
        assert whole >= minimum
        assert sum(groups) in (0, whole)
    else:
        assert groups == []


@settings(max_examples=20)
@given(st.lists(ANSWERS, min_size=3, max_size=6), st.lists(ANSWERS, min_size=1, max_size=2))
def test_a_second_round_in_which_one_or_two_answer_shows_the_same_whatever_they_say(
    first: list[Answer], changed: list[Answer]
) -> None:
    with TemporaryDirectory() as folder:
        rounds = State(Path(folder)).rounds
        before, again, places = followed(rounds, first)
        for place, value in zip(places, changed, strict=False):
            change(rounds, place, value)
        for place in places:
            rounds.submit(place.token, AGAIN)
        assert shown(rounds, again) == shown(rounds, before)
