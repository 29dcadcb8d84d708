"""Least squares of observations, with classical, robust or clustered errors."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from proof.autoregressive import Contrast, Floats

Kinds = Literal["classical", "robust", "cluster"]


def least_squares(
    y: Floats, x: Floats, contrast: Floats, *, errors: Kinds, clusters: npt.NDArray[np.int64] | None = None
) -> Contrast:
    """The contrast of coefficients.

    `robust` is HC2, `cluster` CR2 (Bell and McCaffrey 2002); both with the degrees of freedom of Imbens and
    Kolesár (2016), because a few clusters make normal intervals far too short. Raises ValueError when x is
    not of full rank or no residual is left.
    """
    n, k = x.shape
    groups = np.arange(n) if errors == "robust" or clusters is None else clusters
    if errors == "cluster":
        y, x, groups = _cells(y, x, groups)
    if n <= k or np.linalg.matrix_rank(x) < k:
        raise ValueError("not enough observations for these coefficients")
    orthogonal, triangle = np.linalg.qr(x)
    beta = np.linalg.solve(triangle, orthogonal.T @ y)
    residuals = y - x @ beta
    direction = np.linalg.solve(triangle.T, contrast)
    value = float(beta @ contrast)
    if errors == "classical":
        variance = float(residuals @ residuals) / (n - k)
        return Contrast(value=value, se=float(np.sqrt(variance * (direction @ direction))), df=float(n - k))
    se, df = _sandwich(orthogonal, direction, residuals, groups)
    return Contrast(value=value, se=se, df=df)


def _cells(
    y: Floats, x: Floats, groups: npt.NDArray[np.int64]
) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """Observations of a cluster that are alike in x as one, the root of their number times as heavy: neither
    coefficients nor clustered errors change, and thousands of values become a few dozen rows."""
    alike, place, many = np.unique(
        np.column_stack([groups, x]), axis=0, return_inverse=True, return_counts=True
    )
    root = np.sqrt(many)
    sums = np.bincount(place.ravel(), y, len(many))
    return sums / root, alike[:, 1:] * root[:, None], alike[:, 0].astype(np.int64)


def _sandwich(
    orthogonal: Floats, direction: Floats, residuals: Floats, groups: npt.NDArray[np.int64]
) -> tuple[float, float]:
    """Standard error and degrees of freedom; `orthogonal`: basis of the columns, one row an observation."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=groups[order][0] - 1))
    scores, own, projected = [], [], []
    for rows in np.split(order, starts[1:]):
        part = orthogonal[rows]
        left, lengths, _ = np.linalg.svd(part, full_matrices=False)
        rest = 1 - lengths**2
        # A cluster that the model fits exactly tells nothing about errors.
        stretch = np.where(rest > 1e-10, 1 / np.sqrt(np.maximum(rest, 1e-10)), 0.0) - 1
        pull = part @ direction
        pull = pull + left @ (stretch * (left.T @ pull))
        scores.append(float(pull @ residuals[rows]))
        own.append(float(pull @ pull))
        projected.append(part.T @ pull)
    shared = np.array(projected)
    spread = np.diag(own) - shared @ shared.T
    trace = float(np.trace(spread))
    df = trace**2 / float((spread**2).sum()) if trace > 0 else 1.0
    return float(np.sqrt(np.sum(np.square(scores)))), max(df, 1.0)
