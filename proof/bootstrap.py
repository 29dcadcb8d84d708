"""Differences of medians: bias-corrected and accelerated bootstrap (Efron 1987), seeded."""

from __future__ import annotations

import numpy as np
from scipy import stats

from proof.autoregressive import Floats

RESAMPLES = 4000


def difference_of_medians(two: Floats, one: Floats, seed: int) -> tuple[float, float, float, float]:
    """Median of the first minus median of the second: value, 95 % interval, two-sided p."""
    value = float(np.median(two) - np.median(one))
    random = np.random.default_rng(seed)
    drawn = _medians(two, random) - _medians(one, random)
    below = float((drawn < value).mean() + 0.5 * (drawn == value).mean())
    bias = float(stats.norm.ppf(min(max(below, 1 / RESAMPLES), 1 - 1 / RESAMPLES)))
    lift = _acceleration(two, one)
    low, high = (
        float(np.quantile(drawn, stats.norm.cdf(bias + moved / (1 - lift * moved))))
        for moved in (bias + float(stats.norm.ppf(tail)) for tail in (0.025, 0.975))
    )
    tails = [float((drawn <= 0).mean()), float((drawn >= 0).mean())]
    return value, low, high, min(1.0, max(2 * min(tails), 1 / RESAMPLES))


def _medians(values: Floats, random: np.random.Generator) -> Floats:
    """Medians of resamples, in pieces that fit into memory."""
    piece = max(1, 2_000_000 // len(values))
    drawn = [
        np.median(random.choice(values, size=(min(piece, RESAMPLES - done), len(values))), axis=1)
        for done in range(0, RESAMPLES, piece)
    ]
    return np.concatenate(drawn)


def _acceleration(two: Floats, one: Floats) -> float:
    """From the jackknife of both samples (Efron and Tibshirani 1993, chapter 22)."""
    influence = np.concatenate([_left_out(two), -_left_out(one)])
    cubes, squares = float((influence**3).sum()), float((influence**2).sum())
    return cubes / (6 * squares**1.5) if squares > 0 else 0.0


def _left_out(values: Floats) -> Floats:
    """How far each value pulls its median, from the medians without it."""
    ordered = np.sort(values)
    n = len(ordered)
    ranks = np.searchsorted(ordered, values)
    rest = n - 1
    low, high = (rest - 1) // 2, rest // 2
    without = (
        ordered[np.where(ranks <= low, low + 1, low)] + ordered[np.where(ranks <= high, high + 1, high)]
    ) / 2
    return np.asarray((without.mean() - without) * (n - 1) / n)
