"""Poisson regression with an offset, by statsmodels."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from proof.autoregressive import Floats


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Coefficients, their Poisson covariance, Pearson's chi square by degree of freedom, and those."""

    beta: Floats
    covariance: Floats
    dispersion: float
    df: int


def poisson(counts: Floats, exposure: Floats, x: Floats) -> Fit:
    """Fit log(rate) = x beta, counts of `exposure` each."""
    # Not at the top: statsmodels takes seconds to import, and the cockpit starts without it.
    from statsmodels.genmod import families  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415
    from statsmodels.tools.sm_exceptions import DomainWarning, PerfectSeparationWarning  # noqa: PLC0415

    with warnings.catch_warnings():
        for category in (DomainWarning, PerfectSeparationWarning):
            warnings.simplefilter("ignore", category)
        found = GLM(counts, x, family=families.Poisson(), offset=np.log(exposure)).fit()
    return Fit(
        beta=np.asarray(found.params, dtype=float),
        covariance=np.asarray(found.cov_params(), dtype=float),
        dispersion=float(found.pearson_chi2 / found.df_resid),
        df=int(found.df_resid),
    )
