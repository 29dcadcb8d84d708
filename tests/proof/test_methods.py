"""The methods against independent computations: textbook formulas, statsmodels, brute force."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.optimize import minimize
from statsmodels.stats.diagnostic import acorr_ljungbox

from benchmarks.worlds import alone, autoregressive, many
from proof.assumptions import ljung_box
from proof.autoregressive import INDEPENDENT, Floats, regress
from proof.bootstrap import difference_of_medians
from proof.clustered import least_squares
from proof.designs import compare
from proof.differences import differences
from proof.effect import Effect
from proof.grading import grade, verdict
from proof.interrupted import interrupted
from proof.measured import Measured, measured
from proof.options import Options
from proof.permuting import permuted, smallest_p
from proof.plain import plain
from proof.synthetic import mixed, synthetic
from proof.window import Window


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(20240101)


def frame(values: Floats, **more: object) -> pd.DataFrame:
    days = pd.date_range("2020-01-01", periods=len(values), freq="MS")
    return pd.DataFrame({"period": days, "value": values, **more})


def test_regression_without_autocorrelation_is_ordinary_least_squares(random: np.random.Generator) -> None:
    x = np.column_stack([np.ones(30), random.normal(size=(30, 2))])
    y = random.normal(size=30)
    found = regress(y, x, np.arange(30), rho=INDEPENDENT).contrast(np.array([0.0, 1.0, 0.0]))
    known = sm.OLS(y, x).fit()
    assert (found.value, found.se, found.p) == pytest.approx(
        (known.params[1], known.bse[1], known.pvalues[1])
    )


def test_regression_is_generalised_least_squares_at_its_own_autocorrelation(
    random: np.random.Generator,
) -> None:
    """Also with a gap in time, where the correlation fades with the distance."""
    places = np.delete(np.arange(60), [20, 21, 40])
    x = np.column_stack([np.ones(57), places, places >= 35]).astype(float)
    y = autoregressive(60, 0.6, random)[places] + 2 * x[:, 2]
    found = regress(y, x, places)
    spread = found.rho ** np.abs(np.subtract.outer(places, places))
    known = sm.GLS(y, x, sigma=spread).fit()
    assert found.beta == pytest.approx(known.params)
    assert np.sqrt(np.diag(found.variance)) == pytest.approx(known.bse)


def test_the_restricted_likelihood_is_highest_at_the_chosen_autocorrelation(
    random: np.random.Generator,
) -> None:
    places = np.arange(60)
    x = np.column_stack([np.ones(60), places]).astype(float)
    y = autoregressive(60, 0.7, random)

    def likelihood(rho: float) -> float:
        """The textbook's formula with full matrices."""
        spread = rho ** np.abs(np.subtract.outer(places, places))
        inverse = np.linalg.inv(spread)
        normal = x.T @ inverse @ x
        rest = y - x @ np.linalg.solve(normal, x.T @ inverse @ y)
        size = float(rest @ inverse @ rest)
        return float(-0.5 * (58 * np.log(size) + np.linalg.slogdet(spread)[1] + np.linalg.slogdet(normal)[1]))

    best = regress(y, x, places).rho
    assert likelihood(best) >= max(likelihood(best - 0.06), likelihood(best + 0.06))


def test_robust_errors_are_hc2(random: np.random.Generator) -> None:
    x = np.column_stack([np.ones(40), random.normal(size=40)])
    y = x[:, 1] + random.normal(size=40) * np.abs(x[:, 1])
    found = least_squares(y, x, np.array([0.0, 1.0]), errors="robust")
    assert found.se == pytest.approx(sm.OLS(y, x).fit(cov_type="HC2").bse[1])


@pytest.mark.parametrize("alike", [False, True])
def test_clustered_errors_are_bell_and_mccaffreys(random: np.random.Generator, *, alike: bool) -> None:
    """CR2 with full matrices, and their degrees of freedom; whether or not rows of a cluster are alike."""
    clusters = np.repeat(np.arange(6), [3, 4, 5, 6, 3, 4])
    n = len(clusters)
    own = random.normal(size=n)
    x = np.column_stack([np.ones(n), clusters < 3, own > 0 if alike else own]).astype(float)
    y = random.normal(size=n) + random.normal(size=6)[clusters]
    contrast = np.array([0.0, 1.0, 0.0])
    found = least_squares(y, x, contrast, errors="cluster", clusters=clusters)
    bread = np.linalg.inv(x.T @ x)
    residuals = y - x @ bread @ x.T @ y
    rest = np.eye(n) - x @ bread @ x.T
    total, columns = 0.0, []
    for cluster in range(6):
        own = clusters == cluster
        values, vectors = np.linalg.eigh(rest[np.ix_(own, own)])
        root = vectors @ np.diag(values**-0.5) @ vectors.T
        pull = root @ x[own] @ bread @ contrast
        total += float(pull @ residuals[own]) ** 2
        columns.append(rest[:, own] @ pull)
    shared = np.array(columns) @ np.array(columns).T
    assert found.value == pytest.approx(contrast @ bread @ x.T @ y)
    assert found.se == pytest.approx(np.sqrt(total))
    assert found.df == pytest.approx(np.trace(shared) ** 2 / (shared**2).sum())


def test_permutation_counts_all_assignments_and_its_interval_inverts_the_test(
    random: np.random.Generator,
) -> None:
    changes = random.normal(size=9)
    treated = np.arange(9) < 3
    changes[treated] += 2
    found = permuted(changes, treated, seed=1)
    real = abs(changes[treated].mean() - changes[~treated].mean())
    as_extreme = 0
    for chosen in combinations(range(9), 3):
        flags = np.isin(np.arange(9), chosen)
        as_extreme += abs(changes[flags].mean() - changes[~flags].mean()) >= real - 1e-12
    assert found.p == pytest.approx(as_extreme / 84)
    for effect, inside in (
        (found.low - 0.01, False), (found.low + 0.01, True), (found.high - 0.01, True),
        (found.high + 0.01, False),
    ):  # fmt: skip
        assert (permuted(changes - effect * treated, treated, seed=1).p > 0.05) == inside


def test_nineteen_donors_are_needed_for_five_percent() -> None:
    assert smallest_p(1, 19) == pytest.approx(0.05)
    assert smallest_p(1, 18) > 0.05
    assert smallest_p(3, 3) == pytest.approx(0.1), "mirror images count twice"


def test_means_are_welchs(random: np.random.Generator) -> None:
    values = np.concatenate([random.normal(10, 1, 12), random.normal(12, 3, 8)])
    found = plain(alone(values, 12))
    known = stats.ttest_ind(values[12:], values[:12], equal_var=False)
    assert found.p == pytest.approx(known.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(known.confidence_interval()))


@pytest.mark.parametrize(
    ("hits", "cases", "estimate", "low", "high"),
    [((48, 56), (80, 70), 0.2, 0.0524, 0.3339), ((0, 5), (29, 56), 5 / 56, -0.0381, 0.1926)],
    ids=["56/70 - 48/80", "5/56 - 0/29"],
)
def test_rates_are_newcombes(
    hits: tuple[int, int], cases: tuple[int, int], estimate: float, low: float, high: float
) -> None:
    """Newcombe (1998), table II, examples (a) and (g), method 10; nothing before is a rate as well."""
    periods = pd.to_datetime(["2024-01-01", "2024-02-01"])
    rows = pd.DataFrame({"period": periods, "numerator": hits, "denominator": cases})
    found = plain(measured(rows, kpi="rate", go_live=dt.date(2024, 2, 1), kind="rate"))
    assert (found.estimate, found.low, found.high) == pytest.approx((estimate, low, high), abs=5e-5)


def test_counts_are_poisson_with_an_offset(random: np.random.Generator) -> None:
    exposure = random.uniform(100, 200, 20)
    counts = np.round(exposure * np.repeat([0.2, 0.1], 10))
    rows = frame(counts, numerator=counts, exposure=exposure)
    found = plain(measured(rows, kpi="n", go_live=dt.date(2020, 11, 1), kind="count"))
    sums = [counts[:10].sum(), counts[10:].sum(), exposure[:10].sum(), exposure[10:].sum()]
    ratio = np.log(sums[1] / sums[3] / (sums[0] / sums[2]))
    assert found.coefficient is not None
    assert found.coefficient.value == pytest.approx(ratio)
    assert found.coefficient.se == pytest.approx(np.sqrt(1 / sums[0] + 1 / sums[1]))


def test_a_series_of_counts_gives_the_rate_ratio_of_its_model(random: np.random.Generator) -> None:
    """The shape of Bernal, Cummins and Gasparrini (2017): offset, line, two Fourier pairs, one level."""
    time = np.arange(59)
    exposure = np.linspace(364_000, 367_000, 59)
    wave = 2 * np.pi * (time % 12) / 12
    mean = exposure * np.exp(-6.2 + 0.005 * time + 0.05 * np.sin(wave) - 0.12 * (time >= 36))
    counts = random.negative_binomial(mean / 2, 1 / 3).astype(float)
    rows = frame(counts, numerator=counts, exposure=exposure)
    found = interrupted(
        measured(rows, kpi="n", go_live=dt.date(2023, 1, 1), kind="count", better="lower", scale=1e5),
        Options(level_only=True, season="fourier", autocorrelation="none"),
    )
    x = np.column_stack(
        [np.ones(59), time, time >= 36] + [part(pair * wave) for pair in (1, 2) for part in (np.sin, np.cos)]
    ).astype(float)
    known = sm.GLM(counts, x, family=sm.families.Poisson(), offset=np.log(exposure)).fit(scale="X2")
    assert found.coefficient is not None
    assert found.coefficient.value == pytest.approx(known.params[2], rel=1e-6)
    assert found.coefficient.se == pytest.approx(known.bse[2], rel=1e-6)
    assert found.relative == pytest.approx(np.expm1(known.params[2]))
    assert verdict(found) == "improved"


def test_weights_miss_the_treated_least_of_all_mixes(random: np.random.Generator) -> None:
    donors = random.normal(50, 5, (15, 6))
    target = donors @ np.array([0.5, 0.3, 0.2, 0, 0, 0]) + random.normal(0, 0.5, 15)
    found = mixed(target, donors)
    known = minimize(
        lambda weights: float(((target - donors @ weights) ** 2).sum()), np.full(6, 1 / 6), method="SLSQP",
        bounds=[(0, 1)] * 6, constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1},
        options={"ftol": 1e-12, "maxiter": 500},
    )  # fmt: skip
    assert found.sum() == pytest.approx(1)
    assert found == pytest.approx(known.x, abs=1e-3)


def test_ljung_box_by_simulation_is_chi_square_where_that_holds(random: np.random.Generator) -> None:
    noise = autoregressive(200, 0.15, random)
    noise -= noise.mean()
    basis = np.full((200, 1), 1 / np.sqrt(200))
    known = float(acorr_ljungbox(noise, lags=[10])["lb_pvalue"].iloc[0])
    assert ljung_box(noise, basis) == pytest.approx(known, abs=0.06)


def planted(size: float) -> Effect:
    random = np.random.default_rng(5)
    table = np.array([autoregressive(18, 0.2, random) + random.normal(50, 3) for _ in range(16)])
    table[:8, 12:] += size
    return differences(many({True: table[:8], False: table[8:]}, 12))


def test_the_same_units_with_a_history_that_ran_in_parallel_earn_an_a() -> None:
    found = planted(4.0)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 4 < found.high
    assert (grade(found).grade, verdict(found)) == ("A", "improved")
    assert grade(planted(0.0)).grade == "A", "the grade says how good the comparison is, not what it found"
    assert verdict(planted(0.0)) == "no_effect"
    assert verdict(planted(-4.0)) == "worsened"


def test_groups_that_drifted_apart_before_are_not_usable() -> None:
    random = np.random.default_rng(4)
    table = random.normal(50, 1, (16, 18))
    table[:8] += 0.5 * np.arange(18)
    found = differences(many({True: table[:8], False: table[8:]}, 12))
    assert grade(found).grade == "X"
    assert verdict(found) != "improved"


def naive(history: Floats, baseline: Floats, after: Floats) -> Effect:
    values = np.concatenate([history, baseline, after])
    found = alone(values, len(history) + len(baseline), baseline=len(baseline), after=len(after))
    return plain(found)


def test_a_plain_comparison_after_its_worst_stretch_is_not_usable(random: np.random.Generator) -> None:
    usual, bad = random.normal(50, 1, 24), random.normal(45, 1, 12)
    found = naive(usual, bad, random.normal(50, 1, 12))
    assert found.low is not None
    assert found.low > 0, "it looks like a success"
    assert (grade(found).grade, verdict(found)) == ("X", "no_effect")


def test_a_plain_comparison_with_a_calm_history_earns_a_c(random: np.random.Generator) -> None:
    found = naive(random.normal(50, 1, 24), random.normal(50.3, 1, 12), random.normal(54, 1, 12))
    assert (grade(found).grade, verdict(found)) == ("C", "improved")


def test_a_plain_comparison_without_history_is_not_usable(random: np.random.Generator) -> None:
    found = plain(alone(np.concatenate([random.normal(50, 1, 12), random.normal(54, 1, 12)]), 12))
    assert grade(found).grade == "X"
    assert "12" in grade(found).reason.de


def test_a_trend_is_no_success(random: np.random.Generator) -> None:
    found = plain(alone(random.normal(50, 1, 48) + 0.3 * np.arange(48), 36, baseline=12, after=12))
    assert found.low is not None
    assert found.low > 0
    assert verdict(found) == "no_effect"


def test_an_interrupted_series_sees_through_trend_and_season(random: np.random.Generator) -> None:
    time = np.arange(60)
    own = 50 + 0.3 * time + 3 * np.sin(2 * np.pi * time / 12) + random.normal(0, 1, 60)
    assert verdict(interrupted(alone(own, 36))) == "no_effect"
    found = compare(alone(own - 6 * (time >= 36), 36))
    assert found.chosen.design == "its"
    assert verdict(found.chosen) == "worsened"
    assert found.naive is not None
    assert found.differs, "the naive figure rises with the trend"


@pytest.mark.parametrize(("before", "after", "missing"), [(23, 12, "1"), (24, 7, "5"), (10, 10, "14")])
def test_a_short_series_is_refused_with_the_number_that_is_missing(
    before: int, after: int, missing: str, random: np.random.Generator
) -> None:
    found = interrupted(alone(random.normal(50, 1, before + after), before))
    assert found.refused is not None
    assert f"fehlen {missing}." in found.refused.de
    assert f"{missing} are missing" in found.refused.en


def test_too_few_donors_are_refused_with_the_number_that_is_missing(random: np.random.Generator) -> None:
    found = synthetic(many({True: random.normal(50, 1, (1, 30)), False: random.normal(50, 1, (12, 30))}, 20))
    assert found.refused is not None
    assert "12" in found.refused.de
    assert "7" in found.refused.de


def windows(baseline: tuple[str, str], after: tuple[str, str], data_end: str | None = None) -> Measured:
    ends = [
        Window(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))
        for first, last in (baseline, after)
    ]
    return measured(
        frame(np.arange(48.0)), kpi="kpi", go_live=dt.date(2022, 1, 1), baseline=ends[0], after=ends[1],
        data_end=dt.date.fromisoformat(data_end) if data_end else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (windows(("2021-01-01", "2022-03-31"), ("2022-01-01", "2022-12-31")), "überlappen"),
        (windows(("2021-01-15", "2021-12-31"), ("2022-01-01", "2022-12-31")), "schneidet"),
        (windows(("2021-01-01", "2021-12-31"), ("2022-01-01", "2022-12-31"), "2022-10-31"), "61 Tage"),
        (windows(("2021-01-01", "2021-12-31"), ("2021-12-01", "2022-12-31")), "überlappen"),
    ],
)
def test_overlapping_and_partial_windows_are_refused(found: Measured, word: str) -> None:
    effect = plain(found)
    assert effect.refused is not None
    assert word in effect.refused.de
    assert grade(effect).grade == "X"


def test_missing_values_are_counted_and_outliers_named(random: np.random.Generator) -> None:
    values = random.normal(50, 1, 60)
    values[[5, 17]] = np.nan
    values[40] = 90
    found = interrupted(alone(values, 36))
    assert found.missing == 2
    assert found.outliers == ("2021-05-01",)


def test_medians_by_bootstrap_lie_where_an_independent_one_puts_them(random: np.random.Generator) -> None:
    """scipy's BCa of the same difference, with resamples of its own."""
    one, two = random.lognormal(1.0, 0.8, 40), random.lognormal(0.5, 0.8, 50)
    value, low, high, p = difference_of_medians(two, one, seed=1)
    known = stats.bootstrap(
        (two, one), lambda x, y, axis: np.median(x, axis=axis) - np.median(y, axis=axis), method="BCa",
        n_resamples=4000, rng=random,
    ).confidence_interval  # fmt: skip
    assert value == np.median(two) - np.median(one)
    assert (low, high) == pytest.approx((known.low, known.high), abs=0.15 * (known.high - known.low))
    assert (p < 0.05) == (not low <= 0 <= high) or abs(p - 0.05) < 0.02
