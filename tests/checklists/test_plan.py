"""Plans: they reach their target, at least cost, and never ask for what is there."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.loading import load_checklists
from checklists.model import Checklist
from checklists.plan import carried_out, plan
from checklists.scoring import Answer, Value, score, team_values
from core.errors import InputFault, UsageFault

SHIPPED = load_checklists()
CHECKLIST, QUICK = SHIPPED["journey_maturity"], SHIPPED["journey_quick"]
ANSWERS: st.SearchStrategy[Answer] = st.sampled_from([0.0, 0.25, 0.5, 1.0, "dont_know", "not_applicable"])


def values_of(checklist: Checklist) -> st.SearchStrategy[dict[str, Value]]:
    ids = [statement.id for statement in checklist.statements]
    own = st.fixed_dictionaries(dict.fromkeys(ids, ANSWERS))
    return st.lists(own, min_size=1, max_size=4).map(
        lambda people: team_values(checklist, {str(number): said for number, said in enumerate(people)})
    )


@settings(max_examples=40, deadline=None)
@given(
    values_of(CHECKLIST),
    st.dictionaries(st.sampled_from([d.id for d in CHECKLIST.dimensions]), st.integers(1, 5)),
)
def test_a_plan_carried_out_reaches_its_targets(values: dict[str, Value], targets: dict[str, int]) -> None:
    found = plan(CHECKLIST, values, targets)
    after = score(CHECKLIST, carried_out(values, {step.statement for step in found.steps}))
    levels = {one.dimension: one.gated for one in after.dimensions}
    for name, target in targets.items():
        gated = levels[name]
        assert gated is None or gated >= target
    assert found.after == after


@settings(max_examples=40, deadline=None)
@given(values_of(CHECKLIST), st.integers(1, 5))
def test_no_step_is_met_already_and_each_comes_after_what_it_presupposes(
    values: dict[str, Value], target: int
) -> None:
    found = plan(CHECKLIST, values, dict.fromkeys((d.id for d in CHECKLIST.dimensions), target))
    done = {name for name, value in values.items() if value.value is None or value.value >= 0.75}
    for step in found.steps:
        assert values[step.statement].value not in (None, 1.0)
        advice = CHECKLIST.statement(step.statement).advice
        assert advice is not None
        assert set(advice.needs) <= done
        done.add(step.statement)


@settings(max_examples=25, deadline=None)
@given(values_of(QUICK), st.integers(1, 3))
def test_no_cheaper_set_of_actions_would_do(values: dict[str, Value], target: int) -> None:
    """All subsets of the twelve actions, one after the other."""
    targets = dict.fromkeys((dimension.id for dimension in QUICK.dimensions), target)
    found = plan(QUICK, values, targets)
    statements = [one for one in QUICK.statements if values[one.id].value not in (None, 1.0)]
    met = {name for name, value in values.items() if value.value is None or value.value >= 0.75}
    cheapest = min(
        sum(one.advice.days for one in chosen if one.advice and one.advice.days)
        for size in range(len(statements) + 1)
        for chosen in combinations(statements, size)
        if _enough(values, {one.id for one in chosen}, met, targets)
    )
    assert found.days == pytest.approx(cheapest)


def _enough(values: dict[str, Value], chosen: set[str], met: set[str], targets: dict[str, int]) -> bool:
    for name in chosen:
        advice = QUICK.statement(name).advice
        if advice and not set(advice.needs) <= met | chosen:
            return False
    after = score(QUICK, carried_out(values, chosen))
    return all(one.gated is None or one.gated >= targets[one.dimension] for one in after.dimensions)


def test_closing_a_gap_of_the_plan_changes_the_plan() -> None:
    own: dict[str, Answer] = {statement.id: 0.0 for statement in QUICK.statements}
    before = plan(QUICK, team_values(QUICK, {"a": own}), {"selling": 2})
    assert [step.statement for step in before.steps] == ["quick_difference", "quick_loss_reason"]
    after = plan(QUICK, team_values(QUICK, {"a": own | {"quick_difference": 1.0}}), {"selling": 2})
    assert [step.statement for step in after.steps] == ["quick_loss_reason"]


def test_what_is_presupposed_in_another_dimension_is_part_of_the_plan() -> None:
    own: dict[str, Answer] = {statement.id: 0.0 for statement in QUICK.statements}
    found = plan(QUICK, team_values(QUICK, {"a": own}), {"winning": 3})
    ids = [step.statement for step in found.steps]
    assert {"quick_baseline", "quick_kpis"} < set(ids)
    assert ids.index("quick_kpis") < ids.index("quick_baseline") < ids.index("quick_proof")


def test_a_target_that_is_met_needs_nothing() -> None:
    own: dict[str, Answer] = {statement.id: 1.0 for statement in QUICK.statements}
    assert plan(QUICK, team_values(QUICK, {"a": own}), {"winning": 3}).steps == ()


def test_a_catalog_without_efforts_says_so() -> None:
    bare = QUICK.model_dump()
    for dimension in bare["dimensions"]:
        for statement in dimension["statements"]:
            statement["advice"] = None
    checklist = Checklist.model_validate(bare)
    with pytest.raises(InputFault, match="Aufwand"):
        plan(checklist, team_values(checklist, {}), {"winning": 1})


@pytest.mark.parametrize("targets", [{"unheard": 1}, {"winning": 4}, {"winning": 0}])
def test_a_target_that_the_checklist_does_not_have_is_wrong_usage(targets: dict[str, int]) -> None:
    with pytest.raises(UsageFault):
        plan(QUICK, team_values(QUICK, {}), targets)
