"""What others may expect from a project like these: how its effect was distributed, failures included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.errors import UsageFault
from core.text import Text
from proof.effect import Grade
from proof.project import Better

FEWEST_PROJECTS = 5
"""Below that a range would pretend to know a distribution; the single values are listed."""

Level = Literal["low", "middle", "high"]

USABLE: frozenset[Grade] = frozenset({"A", "B", "C"})


@dataclass(frozen=True, kw_only=True)
class Found:
    """One comparable project's effect: `relative` to what was to be expected (0.1 is ten percent more)."""

    claim: str
    relative: float | None
    grade: Grade


@dataclass(frozen=True, kw_only=True)
class Range:
    """How an effect was distributed over comparable projects; all are shares of what was to be expected.

    `values`: every usable one, from the worst to the best for the customer. `low`, `middle`, `high`: the
    quartiles in that order (so `low` is the worse one whichever direction is good); None under five.
    `left_out`: comparable projects whose comparison is not usable.
    """

    better: Better
    values: tuple[Found, ...]
    low: float | None
    middle: float | None
    high: float | None
    left_out: int


def reference_range(found: Iterable[Found], better: Better) -> Range:
    """The range over all comparable projects, whatever came of them."""
    listed = list(found)
    usable = [each for each in listed if each.grade in USABLE and each.relative is not None]
    sign = 1.0 if better == "higher" else -1.0
    usable.sort(key=lambda each: (sign * (each.relative or 0.0), each.claim))
    low = middle = high = None
    if len(usable) >= FEWEST_PROJECTS:
        gains = np.quantile([sign * (each.relative or 0.0) for each in usable], [0.25, 0.5, 0.75])
        low, middle, high = (float(sign * gain) for gain in gains)
    return Range(
        better=better,
        values=tuple(usable),
        low=low,
        middle=middle,
        high=high,
        left_out=len(listed) - len(usable),
    )


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """A prospect's own figures: the KPI today (in its unit), how many cases a year it stands for, and what
    one unit more or less is worth per case in euros (for a rate: what one case more is worth)."""

    today: float
    cases: float
    worth: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The KPI afterwards and the gain in euros a year; a loss is negative."""

    level: Level
    relative: float
    after: float
    gain: float


def project_onto(range_: Range, inputs: Inputs, *, percent: bool) -> tuple[Outcome, ...]:
    """The range carried over to a prospect: low, middle and high.

    Assumes that the effect is proportional to today's value, that as many cases come as today, and that each
    unit is worth the same. A rate in percent cannot pass 0 or 100. UsageFault under five projects, and for
    figures that make no sense.
    """
    _check(inputs, percent=percent)
    if range_.low is None or range_.middle is None or range_.high is None:
        raise UsageFault(
            Text(
                de="Für eine Spanne braucht es mindestens {least} vergleichbare Projekte; es gibt {count}.",
                en="A range needs at least {least} comparable projects; there are {count}.",
            ).fill(least=FEWEST_PROJECTS, count=len(range_.values))
        )
    sign = 1.0 if range_.better == "higher" else -1.0
    share = 100.0 if percent else 1.0
    made: list[Outcome] = []
    named: tuple[tuple[Level, float], ...] = (
        ("low", range_.low), ("middle", range_.middle), ("high", range_.high),
    )  # fmt: skip
    for level, relative in named:
        after = max(0.0, inputs.today * (1.0 + relative))
        after = min(100.0, after) if percent else after
        gain = sign * (after - inputs.today) / share * inputs.cases * inputs.worth
        made.append(Outcome(level=level, relative=relative, after=after, gain=gain))
    return tuple(made)


def _check(inputs: Inputs, *, percent: bool) -> None:
    if inputs.today < 0 or inputs.cases < 0 or inputs.worth < 0:
        raise UsageFault(
            Text(
                de="Die drei Angaben dürfen nicht kleiner als null sein.",
                en="The three figures must not be below zero.",
            )
        )
    if percent and inputs.today > 100:
        raise UsageFault(
            Text(de="Ein Anteil liegt zwischen 0 und 100 %.", en="A share lies between 0 and 100%.")
        )
