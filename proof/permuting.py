"""How unusual the treated are among all units that might have been treated instead: permutation of units."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb, floor

import numpy as np

from proof.autoregressive import Floats
from proof.segmented import Flags

MOST = 5000
"""All assignments are tried up to this many; beyond, so many are drawn (seeded), the real one included."""


@dataclass(frozen=True, kw_only=True)
class Permuted:
    """Difference of means of the treated and the others, its two-sided p and its 95 % interval.

    The interval holds every effect that, taken off the treated, leaves them unremarkable (p > 0.05). `tried`:
    how many assignments. `clustered_se`: the standard error that a regression with effects of units and
    periods reports when it clusters by unit; with few treated units it is far too small, and only there to be
    held against publications.
    """

    value: float
    p: float
    low: float
    high: float
    tried: int
    clustered_se: float


def smallest_p(treated: int, others: int) -> float:
    """The smallest p-value that so many units can reach; mirror images count twice."""
    return min(1.0, (2 if treated == others else 1) / comb(treated + others, treated))


def permuted(changes: Floats, treated: Flags, seed: int) -> Permuted:
    """Permute which units are treated; `changes`: one number a unit."""
    n, chosen = len(changes), int(treated.sum())
    assignments = _assignments(n, chosen, treated, seed)
    each = assignments / chosen - (~assignments) / (n - chosen)
    found = each @ changes
    shared = each @ treated.astype(float)
    value = float(changes[treated].mean() - changes[~treated].mean())
    size = max(float(np.abs(changes).max()), 1e-300)
    extreme = np.abs(found) >= abs(value) - 1e-12 * size
    # Assignment a stays at least as extreme as the real one for every effect between these two.
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.column_stack(
            [
                np.where(shared < 1 - 1e-12, (value - found) / (1 - shared), -np.inf),
                np.where(shared > -1 + 1e-12, (value + found) / (1 + shared), np.inf),
            ]
        )
    always = (shared >= 1 - 1e-12) | (shared <= -1 + 1e-12)
    lower = np.where(always, -np.inf, ends.min(axis=1))
    upper = np.where(always, np.inf, ends.max(axis=1))
    place = floor(0.05 * len(found) + 1e-9)
    return Permuted(
        value=value, p=float(extreme.mean()), low=float(np.sort(lower)[place]),
        high=float(np.sort(upper)[::-1][place]), tried=len(found), clustered_se=_clustered(changes, treated),
    )  # fmt: skip


def _clustered(changes: Floats, treated: Flags) -> float:
    """Liang and Zeger's (1986), with their factor for few clusters."""
    groups = (changes[treated], changes[~treated])
    spread = sum(float(((side - side.mean()) ** 2).sum()) / len(side) ** 2 for side in groups)
    return float(np.sqrt(spread * len(changes) / (len(changes) - 1)))


def _assignments(n: int, chosen: int, treated: Flags, seed: int) -> Flags:
    """One row an assignment of `chosen` among `n` units."""
    if comb(n, chosen) <= MOST:
        rows = np.zeros((comb(n, chosen), n), dtype=bool)
        for row, members in enumerate(combinations(range(n), chosen)):
            rows[row, list(members)] = True
        return rows
    random = np.random.default_rng(seed)
    order = np.argsort(random.random((MOST - 1, n)), axis=1)[:, :chosen]
    rows = np.zeros((MOST, n), dtype=bool)
    np.put_along_axis(rows[1:], order, values=True, axis=1)
    rows[0] = treated
    return rows
