"""Figures in the free text of a case study: written as `[vorher]`, put in from the proof when it is read.

So a text keeps saying what the proof says, whatever happens to the proof; and a number that somebody typed by
hand and that no proof knows is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from core.text import LANGS, Lang, Text
from proof.claim import Claim

MARKS: Mapping[str, Text] = {
    "title": Text(de="Befund", en="finding"),
    "sentence": Text(de="Satz", en="sentence"),
    "before": Text(de="vorher", en="before"),
    "after": Text(de="nachher", en="after"),
    "change": Text(de="Änderung", en="change"),
    "interval": Text(de="Intervall", en="interval"),
    "expected": Text(de="erwartet", en="expected"),
    "n_before": Text(de="n vorher", en="n before"),
    "n_after": Text(de="n nachher", en="n after"),
}
"""What stands in brackets, by what it is replaced with: a figure's place, or the claim's own words."""

_PLACES = {text(lang).casefold(): place for place, text in MARKS.items() for lang in LANGS}
_MARK = re.compile(r"\[([^\[\]]{1,20}?)(?:\s+(\d))?\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def mark(place: str, lang: Lang, number: int = 1) -> str:
    """`[vorher]`, `[vorher 2]` for the second proof of a project."""
    name = MARKS[place](lang)
    return f"[{name}]" if number == 1 else f"[{name} {number}]"


def bound(text: str, claims: Sequence[Claim], lang: Lang) -> str:
    """The text with every mark replaced by what its proof says; a mark that means nothing stays as it is."""

    def put(found: re.Match[str]) -> str:
        place = _PLACES.get(found[1].casefold())
        number = int(found[2] or 1)
        if place is None or not 1 <= number <= len(claims):
            return found[0]
        said = _said(claims[number - 1], place)
        return said(lang) if said else found[0]

    return _MARK.sub(put, text)


def marks(claims: Sequence[Claim], lang: Lang) -> list[tuple[str, str]]:
    """Every mark that may be used with what it stands for, those that say the whole first."""
    return [
        (mark(place, lang, number), said(lang))
        for number, claim in enumerate(claims, start=1)
        for place in MARKS
        if (said := _said(claim, place)) is not None
    ]


def loose(texts: Iterable[str], claims: Sequence[Claim], known: Iterable[str], lang: Lang) -> tuple[str, ...]:
    """The numbers that stand in the texts by hand and in no proof, in their order.

    `known`: what else may hold numbers, such as a project's name, its windows or what was done.
    """
    allowed = set()
    for said in [*known, *(words for claim in claims for words in _all(claim, lang))]:
        allowed.update(_NUMBER.findall(said))
    typed = _NUMBER.findall(_MARK.sub(" ", " ".join(texts)))
    return tuple(dict.fromkeys(number for number in typed if number not in allowed))


def _said(claim: Claim, place: str) -> Text | None:
    if place == "title":
        return claim.title
    if place == "sentence":
        return claim.sentence
    figure = claim.figure(place)
    return figure.text if figure else None


def _all(claim: Claim, lang: Lang) -> list[str]:
    figures = [figure.text(lang) for figure in claim.figures]
    return [claim.title(lang), claim.sentence(lang), claim.footnote(lang), *figures]
