"""What a round gives to talk about, on answers that can be followed by eye."""

from __future__ import annotations

import pytest

from checklists.disclosure import Given, disclosed
from checklists.findings import agenda, contradictions, progress, weakest
from checklists.loading import load_checklists
from checklists.scoring import Answer, score, team_values

QUICK = load_checklists()["journey_quick"]
FULL = load_checklists()["journey_maturity"]


def given(statement: str, **by_role: list[Answer]) -> list[Given]:
    return [
        Given(statement=statement, role=role, answer=answer)
        for role, answers in by_role.items()
        for answer in answers
    ]


def test_the_agenda_begins_with_the_widest_disagreement_and_says_between_whom() -> None:
    seen = disclosed(
        [
            *given("quick_origin", sales=[1.0, 1.0, 1.0], service=[0.0, 0.0, 0.0]),
            *given("quick_proof", sales=[0.5, 0.5, 0.5], service=[0.25, 0.25, 0.25]),
            *given("quick_kpis", sales=[0.5, 0.5, 0.5], service=[0.5, 0.5, 0.5]),
        ],
        3,
    )
    first, second = agenda(QUICK, seen)
    assert (first.statement.id, second.statement.id) == ("quick_origin", "quick_proof")
    assert first.seen.spread == pytest.approx(0.5)
    assert [role for role, _ in first.roles] == ["service", "sales"]
    assert first.widest == 1.0


def test_a_weight_moves_a_statement_up() -> None:
    dimensions = tuple(
        dimension.model_copy(
            update={
                "statements": tuple(
                    one.model_copy(update={"weight": 5.0 if one.id == "quick_proof" else 1.0})
                    for one in dimension.statements
                )
            }
        )
        for dimension in QUICK.dimensions
    )
    seen = disclosed(
        [*given("quick_origin", a=[1.0, 0.0, 1.0]), *given("quick_proof", a=[0.5, 0.25, 0.5])], 3
    )
    weighted = agenda(QUICK.model_copy(update={"dimensions": dimensions}), seen)
    assert [point.statement.id for point in agenda(QUICK, seen)] == ["quick_origin", "quick_proof"]
    assert [point.statement.id for point in weighted] == ["quick_proof", "quick_origin"]


@pytest.mark.parametrize(
    ("claimed", "measured", "found"),
    [
        (1.0, {"promise_kept_rate": 60.0}, True),
        (1.0, {"promise_kept_rate": 80.0}, False),
        (0.5, {"promise_kept_rate": 60.0}, False),
        (1.0, {}, False),
    ],
)
def test_a_claim_is_contradicted_by_its_kpi(claimed: float, measured: dict[str, float], found: bool) -> None:
    values = team_values(FULL, {"a": {"promises_measured": claimed}})
    told = contradictions(FULL, values, measured)
    assert [one.statement.id for one in told] == (["promises_measured"] if found else [])


def test_a_level_that_rose_says_which_statements_changed() -> None:
    one: dict[str, Answer] = {"quick_origin": 0.5, "quick_criteria": 0.5, "quick_proof": 0.0}
    before = score(QUICK, team_values(QUICK, {"a": one}))
    after = score(QUICK, team_values(QUICK, {"a": one | {"quick_origin": 1.0, "quick_criteria": 0.75}}))
    winning = progress(QUICK, before, after)[0]
    assert (winning.before[1], winning.after[1]) == (0, 2)
    assert winning.changed == (("quick_origin", 0.5, 1.0), ("quick_criteria", 0.5, 0.75))


def test_the_weakest_dimension_is_the_lowest_that_is_known() -> None:
    assert weakest([("a", 3.0), ("b", None), ("c", 1.5)]) == "c"
    assert weakest([("a", None)]) is None
