"""What a file shows: claim id, place and text of every number, signed by the installation that made it."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from core.text import Lang
from exports.chart_scale import values_of
from exports.evidence_book import number_in
from exports.overview_sheet import OverviewSheet
from exports.reading import Place, numbers_in
from exports.sheet import Sheet
from exports.sheet_words import by_whom, reference, source_line

OVERVIEW = "overview"
"""Stands for a claim in the manifest of an exported overview."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ClaimRef(_Frozen):
    """Which claim, as of which data and definition, and whether without names."""

    claim: str
    snapshot: str
    kpi_version: str
    anonymous: bool


class Entry(_Frozen):
    """One number: where it stands and as what; `figure` is its key in `figures_of`, empty where it is only
    drawn (a tick of an axis, a number format, a page number); `ordinal` counts numbers within that text."""

    where: str
    text: str
    claim: str
    figure: str = ""
    ordinal: int = 0


class Manifest(_Frozen):
    """All numbers of a file, and a fingerprint of the words of each place."""

    version: Literal[1] = 1
    lang: Lang
    made_on: str
    claims: tuple[ClaimRef, ...]
    entries: tuple[Entry, ...]
    words: Mapping[str, str]


def figures_of(sheet: Sheet) -> dict[str, str]:
    """Every text of a sheet that may hold numbers, by a key that stays: facts first, then charts, then words.

    Built again from today's evidence, it is what `verifying.verify` compares a manifest with.
    """
    found = {f"fact {fact.place}": fact.text for fact in sheet.facts}
    if sheet.chart:
        for one, values in enumerate(values_of(sheet.chart)):
            for place, value in enumerate(values):
                if value is not None:
                    found[f"chart {one} {place}"] = f"{value:.15g}"
        found |= {f"label {place}": label for place, label in enumerate(sheet.chart.labels)}
        found["chart alt"] = sheet.chart.alt
    found |= {
        "sentence": sheet.sentence, "title": sheet.title, "footnote": sheet.footnote, "period": sheet.period,
        "grade": sheet.grade, "grade sentence": sheet.grade_sentence, "provenance": sheet.provenance,
        "subject": sheet.subject, "notes": sheet.notes,
    }  # fmt: skip
    if sheet.quote:
        found |= {"quote": sheet.quote.text, "speaker": by_whom(sheet.quote)}
    for row, cells in enumerate(sheet.evidence or ()):
        for column, cell in enumerate(cells):
            found[f"evidence {row} {column}"] = cell
            if (value := number_in(cell, sheet.lang)) is not None:
                found[f"evidence value {row} {column}"] = f"{value:.15g}"
    return found


def shown_in_picture(place: Place, sheet: Sheet) -> Manifest:
    """The manifest of a picture: its pixels as a whole, and every number that the sheet puts on it."""
    plain = manifest_of([place], [sheet])
    hidden = ("evidence", "notes", "chart alt")
    numbers = [
        Entry(where=place.where, text=number, claim=sheet.claim, figure=figure, ordinal=ordinal)
        for figure, text in figures_of(sheet).items()
        if not figure.startswith(hidden)
        for ordinal, number in enumerate(numbers_in(text))
    ]
    return plain.model_copy(update={"entries": (*plain.entries, *numbers)})


def manifest_of(places: Sequence[Place], sheets: Sequence[Sheet]) -> Manifest:
    """The manifest of a file that shows these sheets, from what was read in it."""
    sources = [(sheet, _numbers(sheet)) for sheet in sheets]
    return Manifest(
        lang=sheets[0].lang,
        made_on=max(sheet.made_on for sheet in sheets).isoformat(),
        claims=tuple(
            dict.fromkeys(
                ClaimRef(
                    claim=sheet.claim,
                    snapshot=sheet.snapshot,
                    kpi_version=sheet.kpi_version,
                    anonymous=sheet.anonymous,
                )
                for sheet in sheets
            )
        ),
        entries=tuple(entry for place in places for entry in _entries(place, sources)),
        words={place.where: fingerprint(place.text) for place in places},
    )


def overview_manifest(places: Sequence[Place], sheet: OverviewSheet) -> Manifest:
    """The manifest of an exported overview: no claim stands behind it, so only alterations can be told."""
    whole = ClaimRef(claim=OVERVIEW, snapshot=sheet.snapshot, kpi_version="", anonymous=False)
    return Manifest(
        lang=sheet.lang,
        made_on=sheet.made_on.isoformat(),
        claims=(whole,),
        entries=tuple(
            Entry(where=place.where, text=number, claim=OVERVIEW)
            for place in places
            for number in numbers_in(place.text)
        ),
        words={place.where: fingerprint(place.text) for place in places},
    )


def fingerprint(text: str) -> str:
    """Of what a place says, whatever the blanks and line breaks in it."""
    return hashlib.sha256(re.sub(r"[\s\u200b\u00ad]+", "", text).encode("utf-8", "replace")).hexdigest()[:16]


def signed(manifest: Manifest, key: bytes) -> str:
    """As JSON text with the signature (HMAC-SHA256) of the installation's key."""
    body = manifest.model_dump(mode="json")
    return json.dumps({"manifest": body, "signature": _signature(body, key)}, ensure_ascii=False)


def opened(text: str, key: bytes) -> Manifest | None:
    """The manifest if this installation signed it; None for anybody else's, a forged or a broken one."""
    try:
        outer = json.loads(text)
        body, signature = outer["manifest"], str(outer["signature"])
        if not hmac.compare_digest(signature.encode(), _signature(body, key).encode()):
            return None
        return Manifest.model_validate(body)
    except (json.JSONDecodeError, KeyError, TypeError, ValidationError, RecursionError):
        return None


def _signature(body: object, key: bytes) -> str:
    canonical = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest()


def _numbers(sheet: Sheet) -> dict[str, list[tuple[str, int]]]:
    """Where each number text of a sheet comes from: figure and ordinal, the most telling first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for figure, text in figures_of(sheet).items():
        for ordinal, number in enumerate(numbers_in(text)):
            found.setdefault(number, []).append((figure, ordinal))
    for number in numbers_in(reference(sheet)) + numbers_in(source_line(sheet)):
        found.setdefault(number, [])
    return found


def _entries(place: Place, sources: Sequence[tuple[Sheet, dict[str, list[tuple[str, int]]]]]) -> list[Entry]:
    """One entry a number. A shape names its claim; on a page, a number belongs to the first that has it."""
    owner = place.where.partition(" · ")[0]
    ranked = sorted(sources, key=lambda source: not owner.startswith(source[0].claim))
    used: Counter[tuple[str, str]] = Counter()
    entries = []
    for number in numbers_in(place.text):
        sheet, known = next((source for source in ranked if source[1].get(number)), ranked[0])
        spots = known.get(number) or [("", 0)]
        turn = used[(sheet.claim, number)]
        used[(sheet.claim, number)] += 1
        figure, ordinal = _spot(place.where, spots, turn)
        entries.append(
            Entry(where=place.where, text=number, claim=sheet.claim, figure=figure, ordinal=ordinal)
        )
    return entries


def _spot(where: str, spots: list[tuple[str, int]], turn: int) -> tuple[str, int]:
    """The figure that a shape is named for, else each source in turn."""
    part = where.partition(" · ")[2]
    named = [spot for spot in spots if part and spot[0] in (part, f"fact {part}")]
    candidates = named or spots
    return candidates[min(turn, len(candidates) - 1)]
