"""Whether the time right before go-live was an unusual one: then an interrupted series follows a dip that
would have passed by itself (regression to the mean), and carries its slope on as if it were a trend."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.text import Text
from proof.assumptions import LEVEL
from proof.effect import Check
from proof.numerals import p_words
from proof.segmented import Break, Flags
from proof.series import Series

STRETCHES = (3, 6, 12)
"""Periods right before go-live that are looked at."""
SUSPECT = 0.35
"""A stretch that is off to the side of the effect with a smaller p-value than this is suspect."""

Fit = Callable[[Series, Flags, bool], Break]
"""The break of a series at the flagged periods, with a straight line or without."""


def lately(both: Series, late: Flags, found: Break, fit: Fit) -> Check:
    """Where a stretch before go-live is off in the direction that makes the effect larger, the effect must
    also show against the rest of the past: without that stretch, or, where the past does not move in the same
    direction, against its level."""
    before = both.part(~late)
    sign = float(np.sign(found.change.value))
    if found.p >= LEVEL:
        return _calm()
    suspects = [
        length
        for length in STRETCHES
        if _towards(before, np.arange(len(before)) >= len(before) - length, -sign, fit, trend=True)
    ]
    if not suspects:
        return _calm()
    length = max(suspects)
    kept = np.ones(len(both), dtype=bool)
    kept[len(before) - length : len(before)] = False
    tried = [fit(both.part(kept), late[kept], True)]
    past = both.part(kept & ~late)
    if not _towards(past, np.arange(len(past)) >= len(past) // 2, sign, fit, trend=False):
        tried.append(fit(both, late, False))
    stands = any(each.p < LEVEL and each.change.value * sign > 0 for each in tried)
    best = min(each.p for each in tried)
    words = (
        Text(
            de="Die {length} Perioden vor dem Go-live waren auffällig; auch ohne sie zeigt sich die Wirkung "
            "({p}).",
            en="The {length} periods before go-live were unusual; the effect shows without them too ({p}).",
        )
        if stands
        else Text(
            de="Die {length} Perioden vor dem Go-live waren auffällig; ohne sie zeigt sich keine Wirkung: "
            "Danach kehrt ein Wert meist von selbst zurück.",
            en="The {length} periods before go-live were unusual, and without them no effect shows: after "
            "that, a figure mostly returns by itself.",
        )
    )
    return Check(name="lately", passed=stands, text=words.fill(length=length, p=p_words(best)), figure=best)


def _towards(past: Series, last: Flags, sign: float, fit: Fit, *, trend: bool) -> bool:
    """Whether the flagged periods lie off from the others in a direction."""
    try:
        moved = fit(past, last, trend)
    except ValueError:
        return False
    return moved.change.value * sign > 0 and moved.p / 2 < SUSPECT


def _calm() -> Check:
    return Check(
        name="lately",
        passed=True,
        text=Text(
            de="Die Zeit vor dem Go-live war nicht auffällig.",
            en="The time before go-live was not unusual.",
        ),
    )
