"""What others may expect: failures count, the best case alone is never shown, figures stay within sense."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageFault
from proof.project import Better
from proof.promises import Found, Inputs, project_onto, reference_range

EFFECTS = st.lists(st.floats(-0.9, 2.0), min_size=5, max_size=30)
SIDES: st.SearchStrategy[Better] = st.sampled_from(["higher", "lower"])


def found(*relative: float | None) -> list[Found]:
    return [Found(claim=f"W-{place}", relative=one, grade="B") for place, one in enumerate(relative)]


def test_under_five_projects_the_single_values_are_listed() -> None:
    few = reference_range(found(0.1, -0.05, 0.3, 0.2), "higher")
    assert few.middle is None
    assert [each.relative for each in few.values] == [-0.05, 0.1, 0.2, 0.3]
    with pytest.raises(UsageFault, match="mindestens 5"):
        project_onto(few, Inputs(today=10, cases=1, worth=1), percent=False)


def test_what_cannot_be_used_is_counted_and_left_out() -> None:
    listed = [*found(0.1, 0.2, 0.3, 0.4, None), Found(claim="W-x", relative=5.0, grade="X")]
    kept = reference_range(listed, "higher")
    assert (len(kept.values), kept.left_out, kept.middle) == (4, 2, None)


@given(EFFECTS, SIDES)
def test_the_range_is_the_quartiles_failures_included(effects: list[float], better: Better) -> None:
    kept = reference_range(found(*effects), better)
    gains = effects if better == "higher" else [-each for each in effects]
    low, middle, high = statistics.quantiles(gains, n=4, method="inclusive")
    assert kept.low is not None
    assert kept.middle is not None
    assert kept.high is not None
    sign = 1 if better == "higher" else -1
    assert (sign * kept.low, sign * kept.middle, sign * kept.high) == pytest.approx((low, middle, high))
    assert sign * kept.high <= max(gains) + 1e-12


@given(EFFECTS, SIDES, st.floats(0, 100), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_prospect_is_told_low_before_middle_before_high_and_no_impossible_rate(
    effects: list[float], better: Better, today: float, cases: float, worth: float
) -> None:
    outcomes = project_onto(
        reference_range(found(*effects), better), Inputs(today=today, cases=cases, worth=worth), percent=True
    )
    gains = [each.gain for each in outcomes]
    assert gains == sorted(gains)
    assert all(0 <= each.after <= 100 for each in outcomes)


def test_a_gain_is_cases_times_difference_times_worth() -> None:
    range_ = reference_range(found(*[-0.25] * 5), "lower")
    days = project_onto(range_, Inputs(today=16, cases=500, worth=30), percent=False)
    assert {each.after for each in days} == {12.0}
    assert days[0].gain == pytest.approx(4 * 500 * 30)
    rate = project_onto(
        reference_range(found(*[0.1] * 5), "higher"), Inputs(today=30, cases=1000, worth=2000), percent=True
    )
    assert rate[1].gain == pytest.approx(0.03 * 1000 * 2000)


@pytest.mark.parametrize(
    ("today", "cases", "worth", "percent"), [(-1, 1, 1, False), (1, -1, 1, False), (101, 1, 1, True)]
)
def test_figures_that_make_no_sense_are_refused(
    today: float, cases: float, worth: float, *, percent: bool
) -> None:
    range_ = reference_range(found(*[0.1] * 5), "higher")
    with pytest.raises(UsageFault):
        project_onto(range_, Inputs(today=today, cases=cases, worth=worth), percent=percent)
