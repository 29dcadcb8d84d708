"""A series with a break: straight line, time of year, and a change of level (and slope) at go-live.

Segmented regression as in Wagner, Soumerai, Zhang and Ross-Degnan (2002); for counts with an offset as in
Bernal, Cummins and Gasparrini (2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from proof.autoregressive import INDEPENDENT, RHO, Contrast, Floats, Regression, regress
from proof.poisson import poisson

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

ROUNDS = 3
"""How often the working values of an autocorrelated count model are taken anew."""


@dataclass(frozen=True, kw_only=True)
class Break:
    """The mean change over the periods after go-live, on the scale of the model (a log ratio for counts).

    `expected`: what each period would have had without the change, on the same scale; `shocks`: residuals in
    units of their standard deviation, one a period; `basis`: what the model takes out of them; `dispersion`:
    of counts, 1 where they scatter as Poisson; `allowing`: the interval that allows for any further
    dependence of neighbouring periods, None where autocorrelation was left out.
    """

    change: Contrast
    expected: Floats
    shocks: Floats
    basis: Floats
    rho: float
    dispersion: float = 1.0
    normal: bool = False
    allowing: tuple[float, float] | None = None

    @property
    def p(self) -> float:
        if self.normal:
            return float(2 * stats.norm.sf(abs(self.change.value) / self.change.se))
        return self.change.p

    def bounds(self) -> tuple[float, float]:
        if self.normal:
            reach = float(stats.norm.ppf(0.975)) * self.change.se
            return self.change.value - reach, self.change.value + reach
        return self.change.bounds()


def columns(places: Places, after: Flags, season: Floats, *, trend: bool, slope: bool) -> tuple[Floats, int]:
    """The columns without the change first, then those of the change; and how many belong to the former."""
    first = places[after][0]
    without = [np.ones(len(places)), *([places - places.mean()] if trend else []), *season.T]
    change = [after * 1.0, *([np.where(after, places - first, 0)] if slope else [])]
    return np.column_stack([*without, *change]).astype(float), len(without)


def of_means(
    values: Floats,
    places: Places,
    after: Flags,
    season: Floats,
    *,
    trend: bool = True,
    slope: bool = True,
    weights: Floats | None = None,
    autocorrelated: bool = True,
) -> Break:
    """The break of a series of means or rates; `weights`: how much each period counts (around 1).

    Raises ValueError where there are not more periods than coefficients.
    """
    x, without = columns(places, after, season, trend=trend, slope=slope)
    root = np.sqrt(weights) if weights is not None else np.ones(len(values))
    fit = regress(values * root, x * root[:, None], places, rho=RHO if autocorrelated else INDEPENDENT)
    each = (root**2)[after] / (root**2)[after].sum()
    contrast = np.zeros(x.shape[1])
    contrast[without:] = each @ x[after, without:]
    return Break(
        change=fit.contrast(contrast), expected=x[:, :without] @ fit.beta[:without],
        shocks=fit.shocks, basis=fit.basis, rho=fit.rho,
        allowing=fit.allowing(contrast) if autocorrelated else None,
    )  # fmt: skip


def of_counts(
    counts: Floats,
    exposure: Floats,
    places: Places,
    after: Flags,
    season: Floats,
    *,
    trend: bool = True,
    slope: bool = True,
    autocorrelated: bool = False,
) -> Break:
    """The break of a series of counts as the log of a ratio of rates: Poisson with an offset; where counts
    scatter more, quasi-Poisson with t intervals; `autocorrelated`: AR(1) on the scaled working values.

    Raises ValueError where there are not more periods than coefficients, or no count at all on a side.
    """
    x, without = columns(places, after, season, trend=trend, slope=slope)
    n, k = x.shape
    if n <= k or np.linalg.matrix_rank(x) < k:
        raise ValueError("not enough observations for these coefficients")
    if counts[after].sum() == 0 or counts[~after].sum() == 0:
        raise ValueError("no count at all on one side")
    first = poisson(counts, exposure, x)
    beta, covariance, dispersion = first.beta, first.covariance, first.dispersion
    rate = np.exp(x @ beta)
    shocks = (counts - rate * exposure) / np.sqrt(rate * exposure)
    basis = np.asarray(np.linalg.qr(x * np.sqrt(rate * exposure)[:, None])[0])
    rho, fit = 0.0, None
    if autocorrelated:
        for _ in range(ROUNDS):
            fit = _working(counts, exposure, x, beta, places)
            beta = fit.beta
        if fit is not None:
            covariance, rho, dispersion, shocks = fit.variance, fit.rho, fit.sigma**2, fit.shocks
            basis = fit.basis
    elif dispersion > 1:
        covariance = covariance * dispersion
        shocks = shocks / np.sqrt(dispersion)
    value, gradient = _log_ratio(beta, x, without, after, exposure)
    allowing = None
    if fit is not None:
        change = fit.contrast(gradient)
        off = value - change.value
        allowing = (fit.allowing(gradient)[0] + off, fit.allowing(gradient)[1] + off)
        change = Contrast(value=value, se=change.se, df=change.df)
    else:
        change = Contrast(value=value, se=float(np.sqrt(gradient @ covariance @ gradient)), df=float(n - k))
    return Break(
        change=change, expected=x[:, :without] @ beta[:without], shocks=shocks, basis=basis, rho=rho,
        dispersion=max(dispersion, 1.0), normal=fit is None and dispersion <= 1, allowing=allowing,
    )  # fmt: skip


def _working(counts: Floats, exposure: Floats, x: Floats, beta: Floats, places: Places) -> Regression:
    """The count model linearised where it stands, each period in units of its Poisson deviation."""
    line = x @ beta
    mean = np.exp(line) * exposure
    root = np.sqrt(mean)
    return regress((line + (counts - mean) / mean) * root, x * root[:, None], places, least_sigma=1.0)


def _log_ratio(beta: Floats, x: Floats, without: int, after: Flags, exposure: Floats) -> tuple[float, Floats]:
    """Log of all expected counts after go-live with the change over those without it, and its gradient."""
    late, weights = x[after], exposure[after]
    changed = weights * np.exp(late @ beta)
    plain = late.copy()
    plain[:, without:] = 0
    unchanged = weights * np.exp(plain @ beta)
    gradient = changed @ late / changed.sum() - unchanged @ plain / unchanged.sum()
    return float(np.log(changed.sum() / unchanged.sum())), gradient
