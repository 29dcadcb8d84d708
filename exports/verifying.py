"""A file that comes back, number by number: against its manifest, and the manifest against the evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from core.text import Lang, Text
from exports.embedding import Kind, kind_of, manifest_in
from exports.manifest import OVERVIEW, ClaimRef, Entry, Manifest, fingerprint, opened
from exports.reading import Place, numbers_in, places

Outcome = Literal["same", "changed", "altered", "erased_same", "not_ours"]
Origin = Literal["ours", "foreign", "none"]

OUTCOMES: dict[Outcome, Text] = {
    "same": Text(de="unverändert", en="same"),
    "changed": Text(de="seither anders", en="changed since"),
    "altered": Text(de="in der Datei geändert", en="altered in the file"),
    "erased_same": Text(
        de="Quelle gelöscht, nach den Nachweiswerten unverändert",
        en="source erased, same from the evidence",
    ),
    "not_ours": Text(de="nicht von uns", en="not ours"),
}


@dataclass(frozen=True, kw_only=True)
class ClaimEvidence:
    """What a claim's figures say now: `figures` by the keys of `manifest.figures_of`, in the file's language.

    `erased`: the source rows are gone (customers erased); the figures come from the frozen evidence table.
    """

    claim: str
    figures: Mapping[str, str]
    erased: bool = False


_CELL = re.compile(r"(.+)![^!]+![A-Z]+\d+")
_ITSELF = ClaimEvidence(claim=OVERVIEW, figures={})  # an overview has no claim: what is unaltered is the same
Lookup = Callable[[ClaimRef, Lang], ClaimEvidence | None]
"""Gives a claim's evidence as of today, in the form the file used (anonymous or not); None: unknown."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One number: `shown` in the file, `made` when it left, `now` by today's evidence; None: nowhere.

    `now` is known only for numbers that are unaltered and come from the evidence.
    """

    claim: str
    where: str
    at: Text
    outcome: Outcome
    shown: str | None
    made: str | None
    now: str | None = None


@dataclass(frozen=True, kw_only=True)
class Verification:
    """`origin` none: without a manifest the file cannot be verified; foreign: its manifest is not from here
    (or forged), so no number is ours. `words`: places where words, not numbers, are no longer as they left.
    `dropped`: charts whose sheet is gone because another program saved the file; what they show was compared.
    """

    kind: Kind
    origin: Origin
    claims: tuple[ClaimRef, ...]
    findings: tuple[Finding, ...]
    words: tuple[Text, ...]
    dropped: tuple[Text, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many numbers have which outcome."""
        found = Counter(finding.outcome for finding in self.findings)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def worst_first(self) -> tuple[Finding, ...]:
        """The findings with what is not as it left before all that is, else in the order of the file."""
        return tuple(sorted(self.findings, key=lambda each: each.outcome == "same"))

    @property
    def sound(self) -> bool:
        """Whether the file is ours and says what it said when it left, words included."""
        altered = self.counts["altered"] + self.counts["not_ours"]
        return self.origin == "ours" and not altered and not self.words


def verify(file: bytes, key: bytes, lookup: Lookup) -> Verification:
    """Compares the file. InputFault for one that is no PowerPoint, PDF, Excel or PNG file, or is broken."""
    found = places(file)
    kind = kind_of(file)
    assert kind is not None  # noqa: S101 - places() has read it
    text = manifest_in(file)
    if text is None:
        return Verification(kind=kind, origin="none", claims=(), findings=(), words=())
    manifest = opened(text, key)
    if manifest is None:
        foreign = tuple(_foreign(place, number) for place in found for number in numbers_in(place.text))
        return Verification(kind=kind, origin="foreign", claims=(), findings=foreign, words=())
    evidence = {
        claim.claim: lookup(claim, manifest.lang) if claim.claim != OVERVIEW else _ITSELF
        for claim in manifest.claims
    }
    gone = _without_sheet(found, manifest)
    kept = _still_expected(manifest, found, gone)
    return Verification(
        kind=kind,
        origin="ours",
        claims=manifest.claims,
        findings=tuple(_findings(found, kept, evidence)),
        words=tuple(_words(found, kept)),
        dropped=tuple(gone.values()),
    )


def _without_sheet(found: Sequence[Place], manifest: Manifest) -> dict[str, Text]:
    """Charts that are there and had a sheet behind them, of which no cell is left."""
    drawn = {place.where.partition("!")[0]: place.at for place in found if place.seen == "chart"}
    left = {cell[1] for place in found if (cell := _CELL.fullmatch(place.where))}
    had = {cell[1] for where in manifest.words if (cell := _CELL.fullmatch(where))}
    return {chart: at for chart, at in drawn.items() if chart in had and chart not in left}


def _still_expected(manifest: Manifest, found: Sequence[Place], gone: Collection[str]) -> Manifest:
    """The manifest without what a program drops together with the sheet behind a chart: cells, the
    alternative text, formats. What is left of these is compared all the same."""
    present = {place.where for place in found}

    def expected(where: str) -> bool:
        chart, _, part = where.partition("!")
        dropped = chart in gone and (part.startswith(("alt", "format ")) or _CELL.fullmatch(where))
        return where in present or not dropped

    return manifest.model_copy(
        update={
            "entries": tuple(entry for entry in manifest.entries if expected(entry.where)),
            "words": {where: mark for where, mark in manifest.words.items() if expected(where)},
        }
    )


def _findings(
    found: Sequence[Place], manifest: Manifest, evidence: Mapping[str, ClaimEvidence | None]
) -> Iterator[Finding]:
    expected: dict[str, list[Entry]] = {}
    for entry in manifest.entries:
        expected.setdefault(entry.where, []).append(entry)
    for place in found:
        yield from _compared(place, expected.get(place.where, []), evidence)
    present = {place.where for place in found}
    for where, entries in expected.items():
        if where not in present:
            at = Text(de=where, en=where)
            yield from (_altered(entry, at) for entry in entries)


def _compared(
    place: Place, entries: Sequence[Entry], evidence: Mapping[str, ClaimEvidence | None]
) -> Iterator[Finding]:
    """The numbers of one place in order, aligned with those that left."""
    if place.where == "pixels":
        yield from _pixels(place, entries, evidence)
        return
    shown = numbers_in(place.text)
    made = [entry.text for entry in entries]
    for kind, first, last, begin, end in SequenceMatcher(None, made, shown, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (_against(entry, place.at, evidence) for entry in entries[first:last])
            continue
        gone, come = list(entries[first:last]), shown[begin:end]
        for entry, number in zip(gone, come, strict=False):
            yield Finding(
                claim=entry.claim,
                where=place.where,
                at=place.at,
                outcome="altered",
                shown=number,
                made=entry.text,
            )
        yield from (_altered(entry, place.at) for entry in gone[len(come) :])
        yield from (_foreign(place, number) for number in come[len(gone) :])


def _pixels(
    place: Place, entries: Sequence[Entry], evidence: Mapping[str, ClaimEvidence | None]
) -> Iterator[Finding]:
    """A picture is as it left, or it is not: single numbers cannot be told apart."""
    whole = len(entries) > 0 and entries[0].text == place.text
    for entry in entries[1:]:
        if whole:
            yield _against(entry, place.at, evidence)
        else:
            yield Finding(
                claim=entry.claim,
                where=place.where,
                at=place.at,
                outcome="altered",
                shown=None,
                made=entry.text,
            )


def _against(entry: Entry, at: Text, evidence: Mapping[str, ClaimEvidence | None]) -> Finding:
    """An unaltered number against today's evidence."""
    source = evidence.get(entry.claim)
    outcome: Outcome
    now: str | None = entry.text
    if source is None:
        outcome, now = "not_ours", None
    else:
        if entry.figure:
            numbers = numbers_in(source.figures.get(entry.figure, ""))
            now = numbers[entry.ordinal] if entry.ordinal < len(numbers) else None
        outcome = "changed" if now != entry.text else "erased_same" if source.erased else "same"
    return Finding(
        claim=entry.claim,
        where=entry.where,
        at=at,
        outcome=outcome,
        shown=entry.text,
        made=entry.text,
        now=now,
    )


def _altered(entry: Entry, at: Text, shown: str | None = None) -> Finding:
    return Finding(
        claim=entry.claim, where=entry.where, at=at, outcome="altered", shown=shown, made=entry.text
    )


def _foreign(place: Place, number: str) -> Finding:
    return Finding(claim="", where=place.where, at=place.at, outcome="not_ours", shown=number, made=None)


def _words(found: Sequence[Place], manifest: Manifest) -> Iterator[Text]:
    """Places whose words differ though their numbers are the same, and places that came to it."""
    made: dict[str, list[str]] = {}
    for entry in manifest.entries:
        made.setdefault(entry.where, []).append(entry.text)
    for place in found:
        known = manifest.words.get(place.where)
        if known != fingerprint(place.text) and made.get(place.where, []) == numbers_in(place.text):
            yield place.at
    for where in manifest.words.keys() - {place.where for place in found}:
        if where not in made:
            yield Text(de=where, en=where)
