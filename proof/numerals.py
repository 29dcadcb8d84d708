"""Numbers inside sentences of the proof room, in both languages."""

from __future__ import annotations

import math

from core.text import Text
from metrics.wording import number


def number_words(value: float, decimals: int) -> Text:
    """The number with so many decimals, as each language writes it."""
    return Text(de=number(value, decimals, "de"), en=number(value, decimals, "en"))


def digits(value: float, significant: int = 2) -> int:
    """The decimals that show so many digits of a value; none from a hundred on, at most six."""
    size = abs(value)
    if not size or size >= 100:
        return 0
    return min(6, max(0, significant - 1 - math.floor(math.log10(size))))


def p_words(p: float) -> Text:
    """`p = 0,03`; three decimals, two where the first is not zero; never smaller than it is."""
    if p < 0.001:
        return Text(de="p < 0,001", en="p < 0.001")
    shown = number_words(p, 3 if p < 0.1 else 2)
    return Text(de="p = {p}", en="p = {p}").fill(p=shown)
