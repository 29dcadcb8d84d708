"""What is followed from its beginning: shares and days with open cases, by plain sums and by statsmodels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from core.period import Month, Period
from metrics.ages import COMPETED, ENDED, OPEN
from metrics.followwords import estimate_words
from metrics.model import Kpi
from metrics.regroup import Count, figure
from metrics.result import Estimate
from metrics.survival import Ages, course, followed

Case = tuple[int, int, int]  # seen, age, outcome


def kpi(horizon: int = 30, quantile: float | None = None, fewest: int = 1) -> Kpi:
    text = {"de": "So.", "en": "So."}
    return Kpi.model_validate(
        {
            "id": "mine", "kind": "survival", "of": "offer_fates", "end": "won_days",
            "competing": "lost_days", "horizon_days": horizon, "quantile": quantile,
            "unit": "percent" if quantile is None else "days", "direction": "up", "minimum_n": fewest,
            "name": text, "question": text, "how": text,
        }
    )  # fmt: skip


def ages(about: Kpi, cases: Sequence[Case]) -> Ages:
    return Ages.of(about, [(*case, many) for case, many in Counter(cases).items()])


def estimated(about: Kpi, cases: Sequence[Case]) -> Estimate:
    found = followed(about, ages(about, cases)).estimate
    assert found is not None
    return found


@st.composite
def case(draw: st.DrawFn, horizon: int = 30, young: bool = True) -> Case:
    """One that began up to `horizon` days before the data end (`young`) or earlier."""
    seen = draw(st.integers(0, horizon)) if young and draw(st.booleans()) else horizon
    age = draw(st.integers(0, 2 * horizon))
    outcome = draw(st.sampled_from([ENDED, COMPETED])) if age <= seen else OPEN
    return (seen, min(age, seen), outcome)


old = st.lists(case(young=False), min_size=1, max_size=25)
mixed = st.lists(case(), min_size=1, max_size=25)


@given(old)
def test_where_nobody_is_young_the_estimate_is_the_plain_share(cases: list[Case]) -> None:
    found = estimated(kpi(), cases)
    ended = sum(outcome == ENDED for _, _, outcome in cases)
    assert found.share == pytest.approx(100 * ended / len(cases))
    assert (found.ended, found.starts, found.followed) == (ended, len(cases), len(cases))
    assert found.days == found.horizon


@given(mixed)
def test_a_longer_time_never_makes_the_share_smaller(cases: list[Case]) -> None:
    points = course(kpi(), ages(kpi(), cases))
    shares = [point.share for point in points]
    assert shares == sorted(shares)
    assert [point.at_risk for point in points] == sorted((p.at_risk for p in points), reverse=True)
    assert points[-1].share == pytest.approx(estimated(kpi(), cases).share)


@given(mixed, st.integers(1, 29))
def test_a_shorter_horizon_reads_the_same_curve_earlier(cases: list[Case], horizon: int) -> None:
    short = [
        (min(seen, horizon), age, outcome) if age <= horizon else (horizon, horizon, OPEN)
        for seen, age, outcome in cases
    ]
    found = estimated(kpi(horizon), short)
    at = [point for point in course(kpi(), ages(kpi(), cases)) if point.day <= found.days]
    assert found.share == pytest.approx(at[-1].share)


@given(mixed)
def test_what_ended_what_ended_otherwise_and_what_is_open_make_the_whole(cases: list[Case]) -> None:
    """The open share is Kaplan and Meier's, any end being an end."""
    points = course(kpi(), ages(kpi(), cases))
    ended = [(seen, age, ENDED if outcome else OPEN) for seen, age, outcome in cases]
    any_end = {point.day: point.share for point in course(kpi(), ages(kpi(), ended))}
    for point in points:
        assert point.share + point.competing + (100 - any_end[point.day]) == pytest.approx(100)


@given(mixed)
def test_statsmodels_finds_the_same_share(cases: list[Case]) -> None:
    """Value by day with a competing end; statsmodels' `status` 0 is out of sight, as OPEN is here."""
    assume(any(outcome for _, _, outcome in cases))
    time = np.array([age for _, age, _ in cases]) + 1.0  # it knows no time 0
    status = np.array([outcome for _, _, outcome in cases])
    assume({ENDED} <= set(status))
    theirs = CumIncidenceRight(time, status, freq_weights=np.ones(len(cases)))
    found = estimated(kpi(), cases)
    place = np.searchsorted(theirs.times, found.days + 1, side="right") - 1
    expected = 100 * theirs.cinc[0][place] if place >= 0 else 0.0
    assert found.share == pytest.approx(expected, abs=1e-9)


@given(mixed)
def test_statsmodels_finds_the_same_error_without_competing_ends(cases: list[Case]) -> None:
    """Greenwood's variance on the log-log scale, as SurvfuncRight.quantile_ci's `cloglog` method has it."""
    alone = [(seen, age, ENDED if outcome else OPEN) for seen, age, outcome in cases]
    found = estimated(kpi(), alone)
    assume(1e-9 < found.share < 100 - 1e-9)
    times = np.array([age for _, age, _ in alone]) + 1.0
    theirs = SurvfuncRight(times, np.array([outcome for _, _, outcome in alone]))
    place = np.searchsorted(theirs.surv_times, found.days + 1, side="right") - 1
    rest, error = theirs.surv_prob[place], theirs.surv_prob_se[place]
    reach = 1.959963984540054 * error / (rest * abs(np.log(rest)))
    assert found.lower == pytest.approx(100 * (1 - rest ** np.exp(-reach)))
    assert found.upper == pytest.approx(100 * (1 - rest ** np.exp(reach)))


@given(mixed, st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_a_quantile_is_the_first_day_by_which_the_share_is_there(cases: list[Case], share: float) -> None:
    about = kpi(quantile=share)
    found = estimated(about, cases)
    reached = [point.day for point in course(about, ages(about, cases)) if point.share >= 100 * share - 1e-9]
    assert found.until == (reached[0] if reached else None)
    if found.until is not None:
        assert found.until_lower is not None
        assert found.until_lower <= found.until
        assert found.until_upper is None or found.until_upper >= found.until


def test_open_cases_are_neither_lost_nor_left_out() -> None:
    """Four began 30 days ago, two are there; of four that began 10 days ago nobody knows the rest."""
    cases = [(30, 5, ENDED), (30, 20, ENDED), (30, 30, OPEN), (30, 8, COMPETED), *[(10, 10, OPEN)] * 4]
    found = estimated(kpi(), cases)
    # By hand: 1/8 on day 5, one lost on day 8, from day 10 on two are left of which one comes on day 20.
    assert found.share == pytest.approx(100 * (1 / 8 + 6 / 8 * 1 / 2))
    assert (found.at_risk, found.starts, found.followed, found.ended, found.competed) == (1, 8, 4, 2, 1)
    decided, all_ = 2 / 3, 2 / 8
    assert 100 * all_ < found.share < 100 * decided


def test_a_day_that_too_few_were_seen_to_has_no_figure() -> None:
    cases = [(30, 30, OPEN)] * 2 + [(12, 4, ENDED)] * 5 + [(12, 12, OPEN)] * 5
    assert estimated(kpi(fewest=2), cases).days == 30
    young = followed(kpi(fewest=3), ages(kpi(), cases))
    assert young.estimate is not None
    assert (young.estimate.days, young.estimate.horizon) == (12, 30)
    assert figure(kpi(fewest=3), young) is None
    assert figure(kpi(fewest=3, quantile=0.4), followed(kpi(quantile=0.4, fewest=3), ages(kpi(), cases))) == 4
    said = estimate_words(young.estimate, Period(Month(2024, 1), Month(2024, 1)))
    assert "Bis Tag 12 sind es 41,7" in said.de
    assert "01.03.2024" in said.de  # 31 January and thirty days more
    assert "By day 12" in said.en


def test_nobody_followed_is_no_figure_and_few_are_too_few() -> None:
    assert followed(kpi(), ages(kpi(), [])) == Count()
    assert course(kpi(), ages(kpi(), [])) == ()
    assert figure(kpi(), Count()) is None
    assert figure(kpi(fewest=2), followed(kpi(), ages(kpi(), [(30, 3, ENDED)]))) is None


def test_nobody_there_among_twenty_is_not_called_certain() -> None:
    found = estimated(kpi(), [(30, 30, OPEN)] * 20)
    assert found.share == 0
    assert 10 < found.upper < 20
