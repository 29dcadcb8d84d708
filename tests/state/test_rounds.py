"""Rounds: every answer is kept, nobody reads another's, and a closed round stays as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from checklists.loading import load_checklists
from checklists.scoring import Answer, score
from core.errors import InputFault, UsageFault
from store.state.database import ChangedMeanwhile
from store.state.rounds import Invitation, Own, Round, Rounds
from store.state.state import State
from tests.state.stored import stored

QUICK = load_checklists()["journey_quick"]
IDS = tuple(statement.id for statement in QUICK.statements)
NOW = dt.datetime(2026, 3, 2, 9)
LATER = NOW + dt.timedelta(days=20)
UNTIL = dt.date(2026, 3, 16)


def begun(rounds: Rounds, roles: Sequence[str], **more: object) -> tuple[Round, list[Invitation]]:
    made = rounds.begin(
        QUICK,
        team="Vertrieb",
        scope="",
        closes_on=UNTIL,
        person="Lena",
        at=NOW,
        **more,  # type: ignore[arg-type]
    )
    people = [(f"P{number}", role) for number, role in enumerate(roles)]
    return made, rounds.invite(made.id, people, person="Lena", at=NOW)


def answered(
    rounds: Rounds, places: Sequence[Invitation], answers: Sequence[Answer], statement: str = IDS[0]
) -> None:
    for place, answer in zip(places, answers, strict=True):
        rounds.save(place.token, Own(statement=statement, answer=answer), NOW)


def test_an_answer_is_there_again_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    _, (place,) = begun(rounds, ["sales"])
    own = Own(
        statement=IDS[0], answer=0.5, confidence=2, evidence_for="CRM", evidence_against="Telefon",
        link="https://example.org", may_be_shown=True,
    )  # fmt: skip
    kept = rounds.save(place.token, own, NOW)
    seen = State(tmp_path).rounds.seat(place.token)
    assert seen.answers == {IDS[0]: kept}
    assert kept == replace(own, version=1)
    again = rounds.save(place.token, replace(kept, answer="dont_know"), NOW)
    assert (again.answer, again.version) == ("dont_know", 2)


def test_two_windows_of_one_person_do_not_overwrite_each_other(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    _, (place,) = begun(rounds, ["sales"])
    rounds.save(place.token, Own(statement=IDS[0], answer=1.0), NOW)
    with pytest.raises(ChangedMeanwhile):
        rounds.save(place.token, Own(statement=IDS[0], answer=0.0), NOW)
    assert rounds.seat(place.token).answers[IDS[0]].answer == 1.0


def test_a_token_is_kept_as_its_hash_only_and_opens_its_own_place_only(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    _, places = begun(rounds, ["sales", "service"])
    kept = stored(tmp_path)
    for place in places:
        assert len(place.token) >= 22
        assert place.token.encode() not in kept
    assert rounds.seat(places[1].token).person == "P1"
    with pytest.raises(UsageFault):
        rounds.seat(places[0].token[:-1] + "!")


def test_before_closing_nothing_but_the_number_of_submissions_can_be_seen(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales"] * 4)
    answered(rounds, places, [0.0, 0.5, 1.0, 1.0])
    rounds.submit(places[0].token, NOW)
    assert (rounds.get(made.id).invited, rounds.get(made.id).submitted) == (4, 1)
    with pytest.raises(UsageFault):
        rounds.results(made.id, NOW)


def test_a_round_is_over_after_its_closing_date_or_when_it_is_closed(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    first, (one,) = begun(rounds, ["sales"])
    second, (other,) = begun(rounds, ["sales"])
    rounds.save(one.token, Own(statement=IDS[0], answer=1.0), dt.datetime(2026, 3, 16, 23, 59))
    with pytest.raises(InputFault):
        rounds.save(one.token, Own(statement=IDS[1], answer=1.0), dt.datetime(2026, 3, 17))
    rounds.close(second.id, person="Lena", at=NOW)
    with pytest.raises(InputFault):
        rounds.save(other.token, Own(statement=IDS[0], answer=1.0), NOW)
    assert rounds.results(first.id, LATER).respondents == 1


def test_answers_of_two_are_not_shown_and_count_in_no_score(tmp_path: Path) -> None:
    """The mean of two tells each the other's answer; so does a level that it went into."""
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales"] * 5)
    answered(rounds, places[:2], [1.0, 0.5])
    for statement in IDS[1:]:
        answered(rounds, places, [1.0] * 5, statement)
    found = rounds.results(made.id, LATER)
    assert found.disclosure.hidden == {IDS[0]}
    assert IDS[0] not in found.disclosure.shown
    values = found.disclosure.values(QUICK, found.respondents)
    assert values[IDS[0]].value == 0
    assert values[IDS[0]].answered == 0

    other, places = begun(rounds, ["sales"] * 5)
    answered(rounds, places[:2], [0.0, 0.0])
    for statement in IDS[1:]:
        answered(rounds, places, [1.0] * 5, statement)
    others = rounds.results(other.id, LATER)
    assert score(QUICK, others.disclosure.values(QUICK, 5)) == score(QUICK, values)


def test_three_are_shown_as_a_distribution(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales"] * 4)
    answered(rounds, places, [1.0, 0.5, "dont_know", "not_applicable"])
    seen = rounds.results(made.id, LATER).disclosure.shown[IDS[0]]
    assert seen.counts == ((0.5, 1), (1.0, 1))
    assert (seen.dont_know, seen.not_applicable, seen.mean) == (1, 1, 0.5)


def test_a_round_may_ask_for_five(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales"] * 4, minimum=5)
    answered(rounds, places, [1.0, 0.5, 0.5, 0.5])
    assert rounds.results(made.id, LATER).disclosure.hidden == {IDS[0]}
    for minimum in (2, 6):
        with pytest.raises(UsageFault):
            begun(rounds, ["sales"], minimum=minimum)


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        (["sales"] * 3 + ["service"] * 3, {"sales": 3, "service": 3}),
        (["sales"] * 4 + ["service"] * 2, {}),  # the whole less sales would be the two of service
        (["sales"] * 4 + ["service"] * 2 + ["it"], {"sales": 4, "…": 3}),
        (["sales"] * 4 + ["service"] * 3 + ["it"], {"sales": 4, "…": 4}),
        (["sales"] * 6, {}),
        (["sales"] * 3 + [""] * 3, {"sales": 3, "…": 3}),
    ],
)
def test_roles_are_shown_where_nobody_can_be_read_off_by_subtraction(
    tmp_path: Path, roles: list[str], shown: dict[str, int]
) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, roles)
    answered(rounds, places, [0.5] * len(roles))
    by_role = rounds.results(made.id, LATER).disclosure.by_role.get(IDS[0], {})
    assert {role: seen.counted for role, seen in by_role.items()} == shown


def test_a_round_of_two_is_declared_open_before_the_first_answer_or_never(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales"] * 2)
    rounds.declare_open(made.id, person="Lena", at=NOW)
    answered(rounds, places, [1.0, 0.5])
    assert rounds.results(made.id, LATER).disclosure.shown[IDS[0]].mean == 0.75
    closed, places = begun(rounds, ["sales"] * 2)
    answered(rounds, places, [1.0, 0.5])
    with pytest.raises(UsageFault):
        rounds.declare_open(closed.id, person="Lena", at=NOW)
    assert rounds.results(closed.id, LATER).disclosure.shown == {}


def test_texts_are_shown_without_a_name_and_only_where_their_author_allowed_it(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales"] * 3)
    for place, allowed in zip(places, (True, False, False), strict=True):
        own = Own(statement=IDS[0], answer=1.0, evidence_for=f"von {place.person}", may_be_shown=allowed)
        rounds.save(place.token, own, NOW)
    assert [one.evidence_for for one in rounds.results(made.id, LATER).remarks] == ["von P0"]


def test_the_audit_trail_tells_who_and_when_and_never_what(tmp_path: Path) -> None:
    state = State(tmp_path)
    _, places = begun(state.rounds, ["sales"] * 2)
    own = Own(statement=IDS[0], answer=0.25, confidence=3, evidence_for="geheim", may_be_shown=True)
    state.rounds.save(places[0].token, own, NOW)
    saved = [deed for deed in state.audit.latest() if deed.what == "answer_saved"]
    assert [(deed.who, deed.at) for deed in saved] == [("P0", NOW)]
    told = " ".join(f"{deed.what} {deed.detail}" for deed in state.audit.latest())
    assert "0.25" not in told
    assert "geheim" not in told


def test_a_closed_round_keeps_its_checklist_whatever_becomes_of_the_catalog(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales"] * 3)
    for statement in IDS:
        answered(rounds, places, [1.0] * 3, statement)
    rounds.close(made.id, person="Lena", at=NOW)
    shorter = [
        dimension.model_copy(update={"statements": dimension.statements[:1]})
        for dimension in QUICK.dimensions
    ]
    edited = QUICK.model_copy(update={"dimensions": tuple(shorter), "version": "2"})
    begun_later = rounds.begin(edited, team="Vertrieb", scope="", closes_on=UNTIL, person="Lena", at=NOW)
    found = rounds.results(made.id, NOW)
    assert found.round.checklist == QUICK
    assert score(QUICK, found.disclosure.values(found.round.checklist, 3)).overall == 5
    assert begun_later.checklist == edited


def test_a_new_round_starts_from_the_old_answers_and_leaves_them_alone(tmp_path: Path) -> None:
    rounds = State(tmp_path).rounds
    made, places = begun(rounds, ["sales", "service", "service"])
    answered(rounds, places, [1.0, 0.5, 0.0])
    with pytest.raises(UsageFault):
        rounds.begin_again(made.id, closes_on=UNTIL, person="Lena", at=NOW)
    rounds.close(made.id, person="Lena", at=NOW)
    again, invited = rounds.begin_again(made.id, closes_on=UNTIL, person="Lena", at=NOW, asked=IDS[:2])
    assert (again.parent, again.asked, again.invited, again.submitted) == (made.id, IDS[:2], 3, 0)
    seat = rounds.seat(invited[1].token)
    assert seat.answers[IDS[0]].answer == 0.5
    rounds.save(invited[1].token, replace(seat.answers[IDS[0]], answer=1.0), NOW)
    assert rounds.results(made.id, NOW).disclosure.shown[IDS[0]].mean == 0.5
    with pytest.raises(InputFault):
        rounds.save(places[1].token, Own(statement=IDS[1], answer=1.0), NOW)


@pytest.mark.parametrize(
    "own",
    [
        Own(statement="unheard", answer=1.0),
        Own(statement=IDS[0], answer=0.3),
        Own(statement=IDS[0], answer=1.0, confidence=4),
    ],
)
def test_an_answer_that_there_is_not_is_refused(tmp_path: Path, own: Own) -> None:
    rounds = State(tmp_path).rounds
    _, (place,) = begun(rounds, ["sales"])
    with pytest.raises(UsageFault):
        rounds.save(place.token, own, NOW)
