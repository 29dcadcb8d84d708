"""The expected rate: cumulative incidence of converting (Aalen-Johansen), an explicit loss the competing end.

Everything here works on counts per distinct time, so its cost is that of the distinct times, not of the
journeys. The rule is that of docs/adr/0080-funnel.md; without losses it is one minus Kaplan-Meier.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z = 1.959963984540054  # the normal quantile that leaves 2.5 % on each side: all intervals here are 95 %
ROUNDING = 1e-12  # sums of fractions miss the number they mean by less than this

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Incidence:
    """A staircase: `value` (0 to 1) holds from its `at` on; before the first it is 0.

    `at` are distinct times in ascending order, the last one the end of observation. `at_risk` were under
    observation just before it. `lower` and `upper` bound the value with 95 % confidence, point by point;
    `error` is its standard error (where it is 0 or 1: that of an interval as wide).
    """

    at: Counts
    value: Floats
    lower: Floats
    upper: Floats
    error: Floats
    at_risk: Counts

    def place(self, time: float) -> int:
        """The index of the step that holds at `time`; -1 before the first."""
        return int(np.searchsorted(self.at, time, side="right")) - 1

    def until(self, share: float) -> int | None:
        """The smallest time by which the value has reached `share`; None where it never does."""
        place = int(np.searchsorted(self.value, share - ROUNDING))
        return int(self.at[place]) if place < len(self.at) else None


def incidence(at: Counts, converted: Counts, lost: Counts, leaving: Counts) -> Incidence:
    """The cumulative incidence of converting from counts per time.

    `at` ascending and distinct; `leaving` are all whose observation ends then: the converted, the lost and
    those of whom nothing more is known (they count as under observation at that very time). At least one row.

    Variance by the delta method (Dinse and Larson 1986; Marubini and Valsecchi 1995, also Stata's stcompet),
    which is Greenwood's without losses and the binomial one where everybody is followed to the end. Intervals
    on the scale of log(-log(1 - F)), which keeps them between 0 and 1. Where F is 0 or 1 that scale has no
    point for it: there it is the score interval of those who were not lost from sight.
    """
    at_risk = leaving[::-1].cumsum()[::-1]
    under, won, ends = at_risk.astype(float), converted.astype(float), (converted + lost).astype(float)
    staying = np.cumprod(1 - ends / under)
    before = np.concatenate(([1.0], staying[:-1]))
    value = np.minimum(np.cumsum(before * won / under), 1.0)
    variance = _variance(under, won, ends, before, value)
    lower, upper = _bounds(value, variance)
    followed = leaving.sum() - np.concatenate(([0], (leaving - converted - lost).cumsum()[:-1]))
    error = np.sqrt(variance)
    for extreme in (value <= ROUNDING, value >= 1 - ROUNDING):
        lower[extreme], upper[extreme] = wilson(np.rint(value * followed)[extreme], followed[extreme])
        error[extreme] = (upper - lower)[extreme] / (2 * Z)
    return Incidence(at=at, value=value, lower=lower, upper=upper, error=error, at_risk=at_risk)


def wilson(hits: Floats, of: Floats | Counts) -> tuple[Floats, Floats]:
    """The 95 % score interval of a rate (Wilson 1927), from 0 to 1; nothing is known of a rate of none."""
    cases = np.maximum(np.asarray(of, dtype=float), 1)
    share = hits / cases
    middle = (share + Z**2 / (2 * cases)) / (1 + Z**2 / cases)
    reach = Z / (1 + Z**2 / cases) * np.sqrt(share * (1 - share) / cases + (Z / (2 * cases)) ** 2)
    none = np.asarray(of) == 0
    lower = np.where(none | (hits == 0), 0.0, middle - reach)
    upper = np.where(none | (hits == cases), 1.0, middle + reach)
    return lower, upper


def _variance(under: Floats, won: Floats, ends: Floats, before: Floats, value: Floats) -> Floats:
    """The variance of the value at each time, its sums over earlier times multiplied out once for all.

    Sum of (F - F_i)^2 d_i / (n_i (n_i - d_i)) + S^2 (n_i - c_i) c_i / n_i^3 - 2 (F - F_i) S c_i / n_i^2, with
    n at risk, d ends, c conversions, S still there before. Where all that are left end at once, F stays what
    it is, and the first and the last term vanish.
    """
    left = under - ends
    spread = np.divide(ends, under * left, out=np.zeros_like(under), where=left > 0)
    pull = before * won / under**2
    own = before**2 * (under - won) * won / under**3
    square = value**2 * spread.cumsum() - 2 * value * (value * spread).cumsum() + (value**2 * spread).cumsum()
    cross = value * pull.cumsum() - (value * pull).cumsum()
    variance: Floats = np.maximum(square + own.cumsum() - 2 * cross, 0.0)
    return variance


def _bounds(value: Floats, variance: Floats) -> tuple[Floats, Floats]:
    inner = (value > ROUNDING) & (value < 1 - ROUNDING)
    rest = np.where(inner, 1 - value, 0.5)
    log = np.log(rest)
    reach = Z * np.sqrt(variance) / (rest * np.abs(log))
    lower = np.where(inner, -np.expm1(log * np.exp(-reach)), value)
    upper = np.where(inner, -np.expm1(log * np.exp(reach)), value)
    return lower, upper
