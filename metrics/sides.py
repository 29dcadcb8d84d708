"""B2B beside B2C where the segments say so; else the segments as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

B2B, B2C = "B2B", "B2C"
MOST = 6

_SAYS = {
    B2B: re.compile(r"b2b|gewerb|gesch[aä]ft|firm|unternehm|industr|business|compan|corporate|enterprise"),
    B2C: re.compile(r"b2c|privat|endkund|verbrauch|konsum|consumer|household|haushalt|individual"),
}


def side(segment: str) -> str | None:
    """B2B or B2C as the segment's name says it; None where it says neither, or both.

    >>> side("Privatkunden"), side("B2B Mittelstand"), side("Nord")
    ('B2C', 'B2B', None)
    """
    told = [name for name, pattern in _SAYS.items() if pattern.search(segment.casefold())]
    return told[0] if len(told) == 1 else None


def sides(segments: Iterable[str]) -> Mapping[str, str]:
    """Each segment with the group it is shown in, the groups in order; those left out are not shown.

    B2B and B2C where both occur, then other segments as they come (the most frequent first), MOST in all;
    "", a missing segment, comes last.
    """
    held = sorted(dict.fromkeys(segments), key=lambda segment: not segment)
    told = {segment: side(segment) for segment in held}
    both = {B2B, B2C} <= set(told.values())
    groups = {segment: (told[segment] if both else None) or segment for segment in held}
    names = list(dict.fromkeys([*([B2B, B2C] if both else []), *groups.values()]))[:MOST]
    return {segment: name for name in names for segment in held if groups[segment] == name}
