"""The score interval of a ratio against the published one, statsmodels, and the test it inverts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep

from journeys.scoreratio import score_intervals


def interval(hits: int, n: int, other_hits: int, other_n: int, confidence: float) -> tuple[float, float]:
    one, other = np.array([[hits], [n]], dtype=float), np.array([[other_hits], [other_n]], dtype=float)
    lower, upper = score_intervals(one[0], one[1], other[0], other[1], confidence)
    return float(lower[0]), float(upper[0])


def score(ratio: float, seen: int, hits: int, decided: int, moved: int) -> float:
    """Miettinen and Nurminen's statistic of a ratio, its restricted likelihood maximised numerically."""
    unseen, others = decided - seen, moved - hits

    def unlikelihood(p: float) -> float:
        pairs = ((hits, seen, p * ratio), (others, unseen, p))
        return -sum(k * math.log(q) + (n - k) * math.log1p(-q) for k, n, q in pairs)

    largest = min(1.0, 1 / ratio)
    p = float(
        minimize_scalar(
            unlikelihood, bounds=(1e-12, largest - 1e-12), method="bounded", options={"xatol": 1e-12}
        ).x
    )
    q = p * ratio
    variance = (q * (1 - q) / seen + ratio**2 * p * (1 - p) / unseen) * decided / (decided - 1)
    return (hits / seen - ratio * others / unseen) / math.sqrt(variance)


tables_of_four = st.tuples(st.integers(10, 60), st.integers(10, 60)).flatmap(
    lambda sizes: st.tuples(
        st.just(sizes[0]), st.integers(1, sizes[0] - 1), st.just(sizes[1]), st.integers(1, sizes[1] - 1)
    )
)


@given(tables_of_four, st.sampled_from([0.9, 0.95, 0.99]))
@settings(max_examples=60)
def test_the_interval_holds_the_ratios_that_the_score_test_does_not_reject(
    table: tuple[int, int, int, int], confidence: float
) -> None:
    seen, hits, unseen, others = table
    lower, upper = interval(hits, seen, others, unseen, confidence)
    z = norm.ppf(0.5 + confidence / 2)
    assert lower < (hits / seen) / (others / unseen) < upper
    assert score(lower, seen, hits, seen + unseen, hits + others) == pytest.approx(z, abs=2e-3)
    assert score(upper, seen, hits, seen + unseen, hits + others) == pytest.approx(-z, abs=2e-3)


@given(tables_of_four, st.sampled_from([0.9, 0.95, 0.99]))
def test_it_is_that_of_statsmodels_where_both_sides_have_hits_and_misses(
    table: tuple[int, int, int, int], confidence: float
) -> None:
    seen, hits, unseen, others = table
    theirs = confint_proportions_2indep(
        hits, seen, others, unseen, compare="ratio", method="score", alpha=1 - confidence
    )
    assert interval(hits, seen, others, unseen, confidence) == pytest.approx(theirs, rel=1e-6)


def test_it_is_the_published_one_but_for_the_small_correction() -> None:
    """Koopman (1984): 36 of 40 against 16 of 80 gives 2.94 to 7.15, without the factor N / (N - 1)."""
    lower, upper = interval(36, 40, 16, 80, 0.95)
    assert (lower, upper) == pytest.approx((2.94, 7.15), rel=0.003)
    assert lower < 2.9396
    assert upper > 7.1522


@pytest.mark.parametrize(
    ("table", "lower", "upper"),
    [((0, 20, 30, 80), 0.0, None), ((20, 30, 0, 70), None, math.inf), ((30, 30, 0, 70), None, math.inf)],
)
def test_a_side_without_hits_bounds_the_ratio_on_one_side_only(
    table: tuple[int, int, int, int], lower: float | None, upper: float | None
) -> None:
    found = interval(*table, 0.95)
    assert found[0] == lower if lower is not None else 0 < found[0] < found[1]
    assert found[1] == upper if upper is not None else found[0] < found[1] < math.inf


@pytest.mark.parametrize("table", [(1, 11, 29, 29), (29, 29, 1, 11), (322, 322, 719, 769)])
def test_a_side_of_which_all_moved_is_no_trouble(table: tuple[int, int, int, int]) -> None:
    hits, n, others, other_n = table
    lower, upper = interval(*table, 0.95)
    assert 0 < lower < (hits / n) / (others / other_n) < upper
    swapped = interval(others, other_n, hits, n, 0.95)
    assert swapped == pytest.approx((1 / upper, 1 / lower))


def test_nineteen_of_twenty_intervals_hold_the_true_ratio() -> None:
    rng = np.random.default_rng(1985)
    hits, others = rng.binomial(40, 0.6, 4000), rng.binomial(90, 0.35, 4000)
    sizes = np.full(4000, 40.0), np.full(4000, 90.0)
    lower, upper = score_intervals(hits.astype(float), sizes[0], others.astype(float), sizes[1], 0.95)
    true = 0.6 / 0.35
    held = np.mean((lower <= true) & (upper >= true))
    assert held == pytest.approx(0.95, abs=0.012)
