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
_LEGAL = frozenset(
    {"ag", "kg", "eg", "se", "ev", "gbr", "ug", "co", "inc", "ltd", "llc", "plc", "sa", "bv", "dr"}
    | {"gmbh", "ggmbh", "mbh", "kgaa", "ohg"}
)
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+")
_WITHIN = 6
"""Words from this length on are found inside longer ones and over blanks: they are not there by chance."""


def telling(names: Iterable[str]) -> frozenset[str]:
    """The words of names by which somebody could be recognised, folded."""
    return frozenset(
        word
        for name in names
        for word in _WORD.findall(_folded(name))
        if len(word) >= SHORTEST and word not in _DULL
    )


def named_in(texts: Iterable[str], names: Iterable[str], common: Iterable[str] = ()) -> frozenset[str]:
    """What of the names occurs in the texts: telling words, whatever their case, accents, spelling of an
    umlaut or signs between their letters, and names of common or short words (3M, Hotel Werk) as a whole.

    `common`: texts that say the same of everybody; their words alone name nobody.
    """
    listed, folded = list(names), [_folded(text) for text in texts]
    everyday = {word for text in common for word in _WORD.findall(_folded(text))}
    said = {word for text in folded for word in _WORD.findall(text)}
    squeezed = ["".join(_TOKEN.findall(text)) for text in folded]
    spaced = [f" {' '.join(_TOKEN.findall(text))} " for text in folded]
    found = {
        word
        for word in telling(listed) - everyday
        for spelt in (word, *_respelt(word))
        if spelt in said or (len(spelt) >= _WITHIN and any(spelt in text for text in squeezed))
    }
    phrases = {phrase for name in listed if (phrase := _phrase(name)) not in everyday and len(phrase) > 1}
    return frozenset(found | {phrase for phrase in phrases if any(f" {phrase} " in text for text in spaced)})


def _phrase(name: str) -> str:
    """A name without its legal form and what says nothing, where anything is left then."""
    words = [word for word in _TOKEN.findall(_folded(name)) if word not in _LEGAL]
    telling_ones = [word for word in words if word not in _DULL]
    return " ".join(telling_ones or words)


def _respelt(word: str) -> tuple[str, ...]:
    """Names typed on a keyboard without umlauts; `word` has lost its dots already."""
    spelt = word.replace("a", "ae"), word.replace("o", "oe"), word.replace("u", "ue")
    return tuple(other for other in spelt if other != word and len(word) >= 4)


def _folded(text: str) -> str:
    """Without case, accents and signs that take no room."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))


_DULL = frozenset(map(_folded, _EMPTY))
