"""Regression with first-order autocorrelated errors, by restricted maximum likelihood, with t intervals.

The restricted likelihood (REML) of the autocorrelation is profiled over a grid, with n - k degrees of freedom
in the residual variance and the determinants of Patterson and Thompson (1971). Degrees of freedom of a
contrast after Satterthwaite, as in Kenward and Roger (1997) without their correction of the variance: how far
the standard error moves with the autocorrelation, times how uncertain that is. Gaps in time are kept:
the correlation of two neighbours d periods apart is rho to the power of d.

statsmodels' GLSAR iterates Cochrane-Orcutt without REML; its intervals are too short on series of this
length (docs/adr/0150-effects.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]

RHO: Floats = np.tanh(np.linspace(-1.2, 2.3, 61))
"""The autocorrelations that are tried, closer to each other towards 1."""
INDEPENDENT: Floats = np.zeros(1)


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """A linear combination of coefficients, its standard error and degrees of freedom."""

    value: float
    se: float
    df: float

    @property
    def p(self) -> float:
        """Two-sided p-value of the combination being zero."""
        if self.se == 0:
            return 0.0 if self.value else 1.0
        return float(2 * stats.t.sf(abs(self.value) / self.se, self.df))

    def bounds(self, confidence: float = 0.95) -> tuple[float, float]:
        reach = float(stats.t.ppf(0.5 + confidence / 2, self.df)) * self.se
        return self.value - reach, self.value + reach


@dataclass(frozen=True, kw_only=True)
class Regression:
    """`beta`, `variance`: coefficients and their covariance at the most likely `rho`. `shocks`: residuals
    with the autocorrelation taken out, in units of their standard deviation. `basis`: orthogonal columns that
    span what the model takes out of them."""

    beta: Floats
    variance: Floats
    rho: float
    sigma: float
    shocks: Floats
    basis: Floats
    _design: Floats
    _grid: Floats
    _weights: Floats
    _variances: Floats
    _df: int

    def contrast(self, weights: Floats) -> Contrast:
        value = float(self.beta @ weights)
        spread = np.einsum("i,gij,j->g", weights, self._variances, weights)
        best = int(np.argmin(np.abs(self._grid - self.rho)))
        df = float(self._df)
        if len(self._grid) > 1 and spread.min() > 0:
            mean = float(self._weights @ self._grid)
            uncertain = float(self._weights @ (self._grid - mean) ** 2)
            slope = float(np.gradient(np.log(spread), self._grid)[best])
            df = 2 / (2 / self._df + slope**2 * uncertain)
        return Contrast(value=value, se=float(np.sqrt(max(spread[best], 0.0))), df=max(df, 1.0))

    def allowing(self, weights: Floats) -> tuple[float, float]:
        """95 % interval of a contrast that also allows for what the autocorrelation leaves over: Newey and
        West (1987) on the whitened series, over 1.3 root n lags (Lazarus, Lewis, Stock and Watson 2018), with
        the critical value of Kiefer and Vogelsang (2005) for so many."""
        n, k = self._design.shape
        pull = self._design @ np.linalg.solve(self._design.T @ self._design, weights)
        scores = pull * self.shocks * self.sigma
        lags = min(n - 1, int(np.ceil(1.3 * np.sqrt(n))))
        long_run = float(scores @ scores)
        for lag in range(1, lags):
            long_run += 2 * (1 - lag / lags) * float(scores[lag:] @ scores[:-lag])
        share = lags / n
        critical = 1.96 + 2.9694 * share + 0.416 * share**2 - 0.5324 * share**3
        reach = critical * float(np.sqrt(max(long_run, 0.0) * n / (n - k)))
        value = float(self.beta @ weights)
        return value - reach, value + reach


def regress(
    y: Floats, x: Floats, positions: npt.NDArray[np.int64], *, rho: Floats = RHO, least_sigma: float = 0.0
) -> Regression:
    """Fit y = x beta + e, e autocorrelated over the integer `positions` in time (ascending).

    `rho`: the autocorrelations to choose from; INDEPENDENT makes it ordinary least squares. `least_sigma`:
    the residual deviation is at least this (1 for counts, which scatter at least as Poisson's do). Raises
    ValueError when there are no more observations than coefficients or x is not of full rank.
    """
    n, k = x.shape
    if n <= k or np.linalg.matrix_rank(x) < k:
        raise ValueError("not enough observations for these coefficients")
    # Columns of like size keep the triangular systems well conditioned; undone below.
    size = np.sqrt((x**2).mean(axis=0))
    level = float(np.sqrt((y**2).mean())) or 1.0
    whitened, log_spread = _whitened(np.column_stack([x / size, y / level]), positions, rho)
    triangle: Floats = np.asarray(np.linalg.qr(whitened, mode="r"))
    upper, right = triangle[:, :k, :k], triangle[:, :k, k:]
    rest = np.maximum(triangle[:, k, k] ** 2, 1e-24 * n)
    log_volume = 2 * np.log(np.abs(np.diagonal(upper, axis1=1, axis2=2))).sum(axis=1)
    likelihood = -0.5 * ((n - k) * np.log(rest) + log_spread + log_volume)
    best = int(likelihood.argmax())
    weights = np.exp(likelihood - likelihood.max()) * (np.gradient(rho) if len(rho) > 1 else 1.0)
    inverse = np.linalg.inv(upper)
    sigma2 = np.maximum(rest / (n - k) * level**2, least_sigma**2)
    variances = inverse @ np.swapaxes(inverse, 1, 2) * sigma2[:, None, None] / np.outer(size, size)
    beta = (inverse[best] @ right[best])[:, 0] * level / size
    shocks = whitened[best, :, k] * level - whitened[best, :, :k] @ (beta * size)
    return Regression(
        beta=beta, variance=variances[best], rho=float(rho[best]), sigma=float(np.sqrt(sigma2[best])),
        shocks=shocks / np.sqrt(sigma2[best]),
        basis=np.asarray(np.linalg.qr(whitened[best, :, :k])[0]),
        _design=np.asarray(whitened[best, :, :k] * size), _grid=rho, _weights=weights / weights.sum(),
        _variances=variances, _df=n - k,
    )  # fmt: skip


def _whitened(columns: Floats, positions: npt.NDArray[np.int64], rho: Floats) -> tuple[Floats, Floats]:
    """The columns for each rho with the autocorrelation taken out, and log det of the correlation matrix."""
    fading = rho[:, None] ** np.diff(positions)[None, :]
    new = np.sqrt(1 - fading**2)
    out = np.empty((len(rho), *columns.shape))
    out[:, 0] = columns[0]
    out[:, 1:] = (columns[1:] - fading[..., None] * columns[:-1]) / new[..., None]
    return out, 2 * np.log(new).sum(axis=1)
