"""Sightings: which touchpoint, content and role was first seen when within a visit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeys.columns import Flags, Ints
from journeys.passages import seconds
from journeys.story import Story, changes, places
from journeys.visits import Visits

KINDS = ("touchpoint", "content", "role")


@dataclass(frozen=True, kw_only=True)
class Sightings:
    """One entry for each visit, kind and value, by kind and then in ledger order.

    `visit` is the place of the visit in Visits, `kind` a place in KINDS, `value` a place in `words`, `after`
    the seconds from the visit's first contact to the first one that carries the value, rounded up.
    """

    visit: Ints
    kind: Ints
    value: Ints
    after: Ints
    words: tuple[str, ...]


def sightings_of(story: Story, visits: Visits) -> Sightings:
    """What was seen in the visits of a story, by their contacts with and without a phase."""
    at = story.at.take(visits.members)
    none = np.empty(0, dtype=np.int32)
    seen, kinds, values, words = [none], [none.astype(np.int8)], [none], list[str]()
    for number, column in enumerate(KINDS):
        kind = story.texts[column]
        if not kind.words:  # a column that nobody fills
            continue
        codes = kind.codes.take(visits.members)
        firsts = places(_first_of_its_kind(codes, len(kind.words), visits.of))
        seen.append(firsts)
        kinds.append(np.full(len(firsts), number, dtype=np.int8))
        values.append(codes[firsts] + len(words))
        words += kind.words
    place = np.concatenate(seen)
    visit = visits.of.take(place)
    return Sightings(
        visit=visit,
        kind=np.concatenate(kinds),
        value=np.concatenate(values),
        after=seconds(at.take(place) - story.at.take(visits.place.take(visit))),
        words=tuple(words),
    )


def _first_of_its_kind(codes: Ints, size: int, of: Ints) -> Flags:
    """Whether a contact is the first of its visit with its code; none is without a code (-1)."""
    # Contacts stand in ledger order, so after a stable sort by code a visit's first with it comes first.
    # Sorting 16-bit codes takes one pass.
    narrow = codes.astype(np.int16 if size < np.iinfo(np.int16).max else np.int32)
    order = np.argsort(narrow, kind="stable")
    first = np.empty(len(codes), dtype=np.bool_)
    first[order] = changes(codes[order]) | changes(of[order])
    return first & (codes >= 0)
