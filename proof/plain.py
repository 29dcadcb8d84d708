"""Plain before/after: the treated alone, two windows, nobody to compare them with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from core.text import Text
from proof import assumptions
from proof.autoregressive import Floats
from proof.bootstrap import difference_of_medians
from proof.effect import Cell, Coefficient, Effect, Point
from proof.history import history_checks
from proof.interrupted import span
from proof.measured import Measured
from proof.options import DEFAULTS, Options
from proof.poisson import poisson
from proof.refusals import CASES, VALUES, not_fitted, not_positive, refusal, too_few
from proof.series import series

FEWEST_VALUES = 5
"""Values a side of a mean; FEWEST_CASES: cases a side of a rate, values a side of a median."""
FEWEST_CASES = 10
DISPERSED = 0.1
NORMAL = float(stats.norm.ppf(0.975))


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Difference after minus before in the KPI's unit, both sides' figures, and how it was computed."""

    before: float
    after: float
    value: float
    low: float
    high: float
    p: float
    se: float | None
    df: float | None
    method: Text
    log: tuple[float, float, float] | None = None


def plain(measured: Measured, options: Options = DEFAULTS) -> Effect:
    """After minus before of the treated, by the method that fits the kind of KPI.

    Means: Welch. Rates: Newcombe's hybrid score interval on all cases, fewer of them where the periods differ
    by more than chance. Medians: bootstrap (BCa). Counts: ratio of rates, quasi-Poisson. Refused with fewer
    than five values a side (ten cases for rates, ten values for medians).
    """
    if reason := measured.fault:
        return refusal(measured, "plain", reason)
    before = measured.before_rows[measured.before_rows["treated"]]
    after = measured.after_rows[measured.after_rows["treated"]]
    n_before, n_after = (_n(rows, measured) for rows in (before, after))
    fewest = FEWEST_VALUES if measured.kind in ("mean", "count") else FEWEST_CASES
    what = CASES if measured.kind == "rate" else VALUES
    if reason := too_few("plain", what, (n_before, fewest), (n_after, fewest)):
        return refusal(measured, "plain", reason)
    if options.log and bool((pd.concat([before, after])["value"] <= 0).any()):
        wrong = int((pd.concat([before, after])["value"] <= 0).sum())
        return refusal(measured, "plain", not_positive(wrong))
    found = _compared(before, after, measured, options)
    if found is None:
        return refusal(measured, "plain", not_fitted())
    return _effect(measured, before, after, found)


def _n(rows: pd.DataFrame, measured: Measured) -> int:
    """Cases of a rate, else values."""
    if measured.kind == "rate" and bool(rows["denominator"].notna().all()) and len(rows):
        return int(rows["denominator"].sum())
    return len(rows)


def _compared(
    before: pd.DataFrame, after: pd.DataFrame, measured: Measured, options: Options
) -> _Found | None:
    if options.log:
        return _of_logs(before, after)
    match measured.kind:
        case "rate" if bool(pd.concat([before, after])["denominator"].notna().all()):
            return _of_rates(before, after, measured)
        case "count":
            return _of_counts(before, after, measured)
        case "median":
            return _of_medians(before, after, options)
    return _of_means(before, after)


def _of_means(before: pd.DataFrame, after: pd.DataFrame) -> _Found:
    one, two = before["value"].to_numpy(float), after["value"].to_numpy(float)
    value, se, df, p, low, high = welch(two, one)
    return _Found(
        before=float(one.mean()), after=float(two.mean()), value=value, low=low, high=high, p=p, se=se, df=df,
        method=Text(de="Welch-Test", en="Welch's test"),
    )  # fmt: skip


def welch(one: Floats, two: Floats) -> tuple[float, float, float, float, float, float]:
    """Mean of the first minus mean of the second: value, standard error, df, p, and 95 % interval."""
    parts = [float(np.var(side, ddof=1)) / len(side) for side in (one, two)]
    value, se = float(one.mean() - two.mean()), float(np.sqrt(sum(parts)))
    if se == 0:
        return value, 0.0, 1.0, 1.0 if value == 0 else 0.0, value, value
    tested = stats.ttest_ind(one, two, equal_var=False)
    interval = tested.confidence_interval(0.95)
    return value, se, float(tested.df), float(tested.pvalue), float(interval.low), float(interval.high)


def _of_logs(before: pd.DataFrame, after: pd.DataFrame) -> _Found:
    logs = [np.log(rows["value"].to_numpy(float)) for rows in (before, after)]
    value, se, df, p, low, high = welch(logs[1], logs[0])
    base = float(np.exp(logs[0].mean()))
    return _Found(
        before=base, after=float(np.exp(logs[1].mean())), value=base * float(np.expm1(value)),
        low=base * float(np.expm1(low)), high=base * float(np.expm1(high)), p=p, se=se, df=df,
        method=Text(de="Welch-Test der Logarithmen", en="Welch's test of the logarithms"),
        log=(value, low, high),
    )  # fmt: skip


def _of_rates(before: pd.DataFrame, after: pd.DataFrame, measured: Measured) -> _Found:
    """Newcombe (1998), method 10. Periods that differ by more than chance make every case count for less."""
    # Not at the top: statsmodels takes seconds to import, and the cockpit starts without it.
    from statsmodels.stats.proportion import (  # noqa: PLC0415
        confint_proportions_2indep,
        test_proportions_2indep,
    )

    sides = [(float(rows["numerator"].sum()), float(rows["denominator"].sum())) for rows in (after, before)]
    spread = _spread([before, after])
    (hits, cases), (hits_0, cases_0) = ((hit / spread, case / spread) for hit, case in sides)
    low, high = confint_proportions_2indep(hits, cases, hits_0, cases_0, method="newcomb", compare="diff")
    p = 1.0
    if 0 < hits + hits_0 < cases + cases_0:
        with np.errstate(divide="ignore"):  # statsmodels works out the ratio too, which nobody asked for
            tested = test_proportions_2indep(hits, cases, hits_0, cases_0, compare="diff", method="score")
        p = float(tested.pvalue)
    rates = [hit / case for hit, case in sides]
    name = Text(de="Newcombe-Intervall", en="Newcombe interval")
    if spread > 1:
        name = Text(
            de="Newcombe-Intervall, Streuung zwischen Perioden berücksichtigt",
            en="Newcombe interval, allowing for spread between periods",
        )
    scale = measured.scale
    return _Found(
        before=rates[1] * scale, after=rates[0] * scale, value=(rates[0] - rates[1]) * scale,
        low=float(low) * scale, high=float(high) * scale, p=p, se=None, df=None, method=name,
    )  # fmt: skip


def _spread(sides: list[pd.DataFrame]) -> float:
    """Pearson's chi square of the periods around their window's rate, by degree of freedom, where it is more
    than chance makes of it (p < 0.1); else 1."""
    total, df = 0.0, 0
    for rows in sides:
        periods = rows.groupby("period")[["numerator", "denominator"]].sum()
        rate = float(periods["numerator"].sum() / periods["denominator"].sum())
        if 0 < rate < 1:
            expected = periods["denominator"] * rate
            total += float(((periods["numerator"] - expected) ** 2 / (expected * (1 - rate))).sum())
            df += len(periods) - 1
    return total / df if df and stats.chi2.sf(total, df) < DISPERSED else 1.0


def _of_counts(before: pd.DataFrame, after: pd.DataFrame, measured: Measured) -> _Found | None:
    rows = pd.concat([before, after])
    counts = rows["numerator"].to_numpy(float)
    exposure = rows["exposure"].fillna(1.0).to_numpy(float)
    late = np.repeat([0.0, 1.0], [len(before), len(after)])
    if min(counts[late == 0].sum(), counts[late == 1].sum()) == 0:
        return None
    fit = poisson(counts, exposure, np.column_stack([np.ones(len(rows)), late]))
    dispersion, df, value = max(1.0, fit.dispersion), float(fit.df), float(fit.beta[1])
    se = float(np.sqrt(fit.covariance[1, 1] * dispersion))
    reach = (float(stats.t.ppf(0.975, df)) if dispersion > 1 else NORMAL) * se
    tail = stats.t.sf(abs(value) / se, df) if dispersion > 1 else stats.norm.sf(abs(value) / se)
    rates = [
        float(counts[late == side].sum() / exposure[late == side].sum()) * measured.scale for side in (0, 1)
    ]
    low, high = value - reach, value + reach
    return _Found(
        before=rates[0], after=rates[1], value=rates[1] - rates[0], low=rates[0] * float(np.expm1(low)),
        high=rates[0] * float(np.expm1(high)), p=float(2 * tail), se=se, df=df if dispersion > 1 else None,
        method=Text(de="Quasi-Poisson-Regression", en="quasi-Poisson regression")
        if dispersion > 1
        else Text(de="Poisson-Regression", en="Poisson regression"),
        log=(value, low, high),
    )  # fmt: skip


def _of_medians(before: pd.DataFrame, after: pd.DataFrame, options: Options) -> _Found:
    one, two = before["value"].to_numpy(float), after["value"].to_numpy(float)
    value, low, high, p = difference_of_medians(two, one, options.seed)
    return _Found(
        before=float(np.median(one)), after=float(np.median(two)), value=value, low=low, high=high, p=p,
        se=None, df=None, method=Text(de="Bootstrap der Mediane (BCa)", en="bootstrap of the medians (BCa)"),
    )  # fmt: skip


def _effect(measured: Measured, before: pd.DataFrame, after: pd.DataFrame, found: _Found) -> Effect:
    shows = not found.low <= 0 <= found.high
    sides = [series(rows, measured) for rows in (before, after)]
    share = (
        [float(np.expm1(each)) for each in found.log]
        if found.log
        else [
            each / found.before if found.before else float("nan")
            for each in (found.value, found.low, found.high)
        ]
    )
    bounds = sorted(share[1:])
    model = found.log or (found.value, found.low, found.high)
    return Effect(
        design="plain", kpi=measured.kpi, kind=measured.kind, better=measured.better,
        unit_name=measured.unit_name, estimate=found.value, low=found.low, high=found.high, p=found.p,
        relative=share[0], relative_low=bounds[0], relative_high=bounds[1], before=found.before,
        after=found.after, expected=found.before, n_before=_n(before, measured), n_after=_n(after, measured),
        n_treated=int(pd.concat([before, after])["unit"].nunique()), periods_before=len(sides[0]),
        periods_after=len(sides[1]), baseline=span(sides[0], measured), window=span(sides[1], measured),
        coefficient=Coefficient(
            value=model[0], se=found.se, low=model[1], high=model[2], df=found.df,
            scale="log" if found.log else "unit",
        ),
        cells=(
            Cell(group="treated", side="before", mean=found.before, se=standard_error(before),
                 n=_n(before, measured)),
            Cell(group="treated", side="after", mean=found.after, se=standard_error(after),
                 n=_n(after, measured)),
        ),
        checks=history_checks(measured, found.value, shows=shows),
        missing=max(measured.missing, sum(side.gaps for side in sides)),
        outliers=_outliers(before, after, measured),
        points=tuple(
            Point(period=day, side="before" if place == 0 else "after", treated=float(value))
            for place, side in enumerate(sides)
            for day, value in zip(side.periods, side.values, strict=True)
        ),
        method=found.method,
    )  # fmt: skip


def standard_error(rows: pd.DataFrame) -> float | None:
    """Standard error of the mean of the values; None for a single one."""
    return float(rows["value"].std(ddof=1) / np.sqrt(len(rows))) if len(rows) > 1 else None


def _outliers(before: pd.DataFrame, after: pd.DataFrame, measured: Measured) -> tuple[str, ...]:
    """Values far off from their own side, by period and unit."""
    named: list[str] = []
    for rows in (before, after):
        names = [
            " ".join(filter(None, (measured.tag(period.date()), unit)))
            for period, unit in zip(rows["period"], rows["unit"], strict=True)
        ]
        named += assumptions.outliers(rows["value"].to_numpy(float), names)
    return tuple(named)
