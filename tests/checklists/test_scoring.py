"""Scores: against the design's rules counted by hand, a second computation, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.loading import load_checklists
from checklists.model import Checklist
from checklists.scoring import Answer, score, team_value, team_values

CHECKLIST = load_checklists()["journey_maturity"]
IDS = [statement.id for statement in CHECKLIST.statements]
STEPS = (0.0, 0.25, 0.5, 1.0)

answers = st.dictionaries(
    st.sampled_from(IDS),
    st.sampled_from([*STEPS, "dont_know", "not_applicable"]),
    min_size=0,
    max_size=60,
)
teams = st.dictionaries(st.sampled_from("abcde"), answers, min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("given_answers", "value"),
    [
        ([1.0, 0.5], 0.75),
        ([1.0, "dont_know"], 0.5),
        ([1.0, "not_applicable"], 1.0),
        ([1.0, "not_applicable", "not_applicable"], None),
        (["not_applicable"], None),
        (["dont_know"], 0.0),
        ([], 0.0),
    ],
)
def test_a_team_value_is_the_mean_of_coverages(given_answers: list[Answer], value: float | None) -> None:
    assert team_value("x", given_answers).value == value


def test_unknown_and_missing_answers_count_nothing_and_are_reported() -> None:
    found = team_value("x", ["dont_know", 1.0, "not_applicable"], silent=2)
    assert (found.answered, found.dont_know, found.not_applicable, found.silent) == (1, 1, 1, 2)
    assert team_value("x", [], silent=3).unanswered


def test_levels_by_hand() -> None:
    # Levels 1 and 2 hold throughout, 3 mostly, 4 in parts, 5 not: 5 x (1 + 2 + 1.5 + 1 + 0) / 15.
    dimension = CHECKLIST.dimensions[0]
    own: dict[str, Answer] = dict(
        zip((one.id for one in dimension.statements), (1.0, 1.0, 0.5, 0.25, 0.0), strict=True)
    )
    found = score(CHECKLIST, team_values(CHECKLIST, {"a": own})).dimensions[0]
    assert found.continuous == pytest.approx(5 * 5.5 / 15)
    assert found.gated == 2
    assert found.missing == (dimension.statements[2].id,)


@settings(max_examples=60, deadline=None)
@given(teams)
def test_levels_agree_with_a_second_computation(team: dict[str, dict[str, Answer]]) -> None:
    found = score(CHECKLIST, team_values(CHECKLIST, team))
    for dimension, scored in zip(CHECKLIST.dimensions, found.dimensions, strict=True):
        weighted = weights = 0.0
        gated, broken = 0, False
        for statement in dimension.statements:
            said = [own[statement.id] for own in team.values() if statement.id in own]
            out = said.count("not_applicable")
            if said and out > len(said) / 2:
                if not broken:
                    gated = statement.level
                continue
            numbers = [0.0 if one == "dont_know" else float(one) for one in said if one != "not_applicable"]
            value = sum(numbers) / len(numbers) if numbers else 0.0
            weighted += statement.level * value
            weights += statement.level
            broken = broken or value < 0.75
            if not broken:
                gated = statement.level
        assert scored.continuous == (pytest.approx(5 * weighted / weights) if weights else None)
        assert scored.gated == (gated if weights else None)


@settings(max_examples=40, deadline=None)
@given(teams, st.sampled_from(IDS))
def test_a_better_answer_never_lowers_a_level(team: dict[str, dict[str, Answer]], better: str) -> None:
    person = next(iter(team))
    if team[person].get(better) == "not_applicable":
        return
    raised = {**team, person: {**team[person], better: 1.0}}
    before = score(CHECKLIST, team_values(CHECKLIST, team))
    after = score(CHECKLIST, team_values(CHECKLIST, raised))
    for one, other in zip(before.dimensions, after.dimensions, strict=True):
        if one.continuous is None or other.continuous is None or one.gated is None or other.gated is None:
            continue
        assert other.continuous >= one.continuous - 1e-9
        assert other.gated >= one.gated


def test_all_throughout_is_the_top_and_all_no_is_nothing() -> None:
    def scored(checklist: Checklist, answer: float) -> list[tuple[float | None, int | None]]:
        own: dict[str, Answer] = {statement.id: answer for statement in checklist.statements}
        found = score(checklist, team_values(checklist, {"a": own}))
        return [(one.continuous, one.gated) for one in found.dimensions]

    assert scored(CHECKLIST, 1.0) == [(5.0, 5)] * 12
    assert scored(CHECKLIST, 0.0) == [(0.0, 0)] * 12
