"""The score interval of a ratio of two proportions (Koopman 1984; Miettinen and Nurminen 1985).

It holds the ratios that the score test does not reject, and unlike others it keeps its level where a side is
small or nearly all of it moved. statsmodels has it, too, but its root finding fails where all of one side
moved (0.15: 11 of 40 against 29 of 29); here the ratios are found by halving, for all tables at once.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LARGEST = 50.0  # of the log of a ratio, beyond any that counts can tell from 0 or infinity
_HALVINGS = 60  # bring it to the last digits of a float


def score_intervals(
    hits: Floats, n: Floats, other_hits: Floats, other_n: Floats, confidence: float
) -> tuple[Floats, Floats]:
    """Lower and upper bounds of (hits / n) / (other_hits / other_n), table by table.

    0 below where there are no hits on the one side, infinity above where there are none on the other. There
    must be hits and misses in every table.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)

    def bound(sought: float) -> Floats:
        low, high = np.full(len(hits), -_LARGEST), np.full(len(hits), _LARGEST)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            beyond = _score(np.exp(middle), hits, n, other_hits, other_n) < sought
            low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
        found: Floats = np.exp((low + high) / 2)
        return found

    return np.where(hits == 0, 0.0, bound(z)), np.where(other_hits == 0, np.inf, bound(-z))


def _score(ratio: Floats, hits: Floats, n: Floats, other_hits: Floats, other_n: Floats) -> Floats:
    """The score statistic of a ratio: falls as the ratio grows."""
    total = n + other_n
    # The other side's proportion that is likeliest if the ratio is true: a root of a quadratic equation.
    minus_b = ratio * (n + other_hits) + hits + other_n
    root = np.sqrt(np.maximum(minus_b**2 - 4 * ratio * total * (hits + other_hits), 0))
    other = 2 * (hits + other_hits) / (minus_b + root)
    own = np.minimum(ratio * other, 1)
    variance = own * (1 - own) / n + ratio**2 * other * np.maximum(1 - other, 0) / other_n
    difference = hits / n - ratio * other_hits / other_n
    with np.errstate(divide="ignore", invalid="ignore"):
        score: Floats = difference / np.sqrt(variance * total / (total - 1))
    return np.where(np.isnan(score), 0.0, score)
