"""Whether words that must be anonymous name somebody after all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 3
"""Shorter parts of a name (AG, eG, Dr) say nothing by themselves."""

_EMPTY = frozenset(
    {
        "gmbh",
        "gemeinnützige",
        "ggmbh",
        "mbh",
        "kgaa",
        "ohg",
        "und",
        "and",
        "the",
        "der",
        "die",
        "das",
        "von",
        "van",
        "für",
        "for",
        "haus",
        "house",
        "firma",
        "company",
        "gruppe",
        "group",
        "holding",
        "service",
        "services",
        "deutschland",
        "germany",
        "erfunden",
        "invented",
        "frau",
        "herr",
        "prof",
        "hotel",
        "hotels",
        "pflege",
        "klinik",
        "kliniken",
        "werk",
        "werke",
        "technik",
        "technology",
        "immobilien",
        "verwaltung",
        "betriebs",
        "handel",
        "industrie",
        "industry",
        "maschinenbau",
        "bau",
        "software",
        "systeme",
        "systems",
    }
)
"""Words of names that tell nobody apart: legal forms, titles, trades."""
_WORD = re.compile(r"[^\W\d_]+")


def telling(names: Iterable[str]) -> frozenset[str]:
    """The words of names by which somebody could be recognised, folded."""
    return frozenset(
        word for name in names for word in _words(name) if len(word) >= SHORTEST and word not in _EMPTY
    )


def named_in(texts: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """The telling words of the names that occur in the texts: as words, whatever their case or accents, and
    inside longer words where they are long enough not to be there by chance."""
    words = telling(names)
    said = {word for text in texts for word in _words(text)}
    return frozenset(
        word for word in words if word in said or (len(word) >= 6 and any(word in other for other in said))
    )


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(plain)
