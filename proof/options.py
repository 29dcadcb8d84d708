"""How an effect is to be estimated where the data leave a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Season = Literal["auto", "none", "fourier", "months"]
Autocorrelation = Literal["auto", "none", "ar1"]
Sample = Literal["balanced", "all"]
Errors = Literal["classical", "robust"]


@dataclass(frozen=True, kw_only=True)
class Options:
    """`season`: terms for the time of year; auto chooses them by rule. `level_only`: an interrupted series
    changes its level but not its slope. `log`: the logarithm of the value is modelled. `autocorrelation`:
    whether neighbouring periods may be alike; auto lets means be so, and counts where theirs most likely are.
    `sample`: of units measured twice only those with both values (balanced), or all values as separate
    samples. `errors`: of separate samples without clusters. `seed`: of bootstrap and permutations.
    """

    season: Season = "auto"
    level_only: bool = False
    log: bool = False
    autocorrelation: Autocorrelation = "auto"
    sample: Sample = "balanced"
    errors: Errors = "classical"
    seed: int = 20240101


DEFAULTS = Options()
