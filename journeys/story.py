"""The contacts of some journeys as arrays in ledger order, and the ways to look back and ahead in them.

Ledger order is journey, time, phase (contacts without one last), row key. Instants are microseconds since
1970, whatever the time zone of the workspace. A *place* is a position in the arrays; -1 or one past the end
of the arrays mean nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from journeys.columns import EVENT_CODES, Coded, Flags, Floats, Ints
from journeys.lapses import Lapses


@dataclass(frozen=True, kw_only=True)
class Story:
    """All contacts of some journeys in ledger order. `phase` 0 is none, `event` see EVENT_CODES.

    `given` is the row that a contact has in the table it came from. `revenue`, `value` and `margin` are NaN
    where they are empty. `lapses` are those of its customers. `texts` has touchpoint, content and role, and
    segment and price_tier if the patience asks for them.
    """

    given: Ints
    row_key: Ints
    journey: Ints
    at: Ints
    phase: Ints
    event: Ints
    customer: Ints
    lapses: Lapses
    revenue: Floats
    value: Floats
    margin: Floats
    texts: Mapping[str, Coded]

    def __len__(self) -> int:
        return len(self.row_key)

    def in_phases(self, phase: Ints) -> Story:
        """The same contacts in the phases of another model, `phase` by the row of the table they came from.

        Only contacts of one journey and instant change places, so all that rests on journeys and instants
        alone stays as it is.
        """
        told = replace(self, phase=phase.take(self.given))
        order = ledger_order(self.journey, self.at, told.phase, self.row_key)
        if order is not None:
            moved = ("given", "row_key", "phase", "event", "revenue", "value", "margin")
            columns: dict[str, Any] = {name: getattr(told, name).take(order) for name in moved}
            texts = {name: column[order] for name, column in self.texts.items()}
            told = replace(told, **columns, texts=texts)
        told.__dict__.update({name: getattr(self, name) for name in _OF_TIME})
        return told

    @cached_property
    def first(self) -> Flags:
        """Whether a contact is its journey's first."""
        return changes(self.journey)

    @cached_property
    def starts(self) -> Ints:
        """By journey: the place of its first contact."""
        return places(self.first)

    @cached_property
    def ends(self) -> Ints:
        """By journey: one past the place of its last contact."""
        return ends(self.starts, len(self))

    @cached_property
    def number(self) -> Ints:
        """By contact: the number of its journey in this story, from 0."""
        return np.repeat(np.arange(len(self.starts), dtype=np.int32), self.ends - self.starts)

    @cached_property
    def begin(self) -> Ints:
        """By contact: the place of its journey's first contact."""
        return np.repeat(self.starts, self.ends - self.starts)

    @cached_property
    def _instants(self) -> Ints:
        """The first place of each journey at each of its instants."""
        return places(self.first | changes(self.at))

    @cached_property
    def same_instant(self) -> Ints:
        """By contact, and once more for nowhere: the first place of its journey at its instant."""
        starts = self._instants
        return np.append(np.repeat(starts, ends(starts, len(self)) - starts), np.int32(len(self)))

    @cached_property
    def later_instant(self) -> Ints:
        """By contact, and once more for nowhere: the first place after its instant."""
        closes = ends(self._instants, len(self))
        return np.append(np.repeat(closes, closes - self._instants), np.int32(len(self)))


_OF_TIME = ("first", "starts", "ends", "number", "begin", "_instants", "same_instant", "later_instant")
"""What rests on journeys and instants alone."""


def event_codes(column: Coded) -> Ints:
    """A column of events by number."""
    codes = np.array([*(EVENT_CODES.get(word, 0) for word in column.words), 0], dtype=np.int8)
    return codes.take(column.codes)  # -1, no event, finds the last


def changes(values: npt.NDArray[Any]) -> Flags:
    """Whether a value differs from the one before it; the first does."""
    found = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def places(marked: Flags) -> Ints:
    """Where it is marked."""
    return np.flatnonzero(marked).astype(np.int32)


def ends(starts: Ints, size: int) -> Ints:
    """One past the end of each group, from the first places of groups that together take up `size`."""
    return np.append(starts[1:], np.int32(size))[: len(starts)]


def latest(marked: Flags, begin: Ints) -> Ints:
    """By contact: the last marked place of its journey up to and including it, else -1."""
    size = len(marked)
    found = places(marked)
    run = np.diff(found, prepend=np.int32(0), append=np.int32(size))
    found = np.repeat(np.append(np.int32(-1), found), run)
    found[found < begin] = -1
    return found


def latest_before(marked: Flags, begin: Ints) -> Ints:
    """By contact: the last marked place of its journey before it, else -1."""
    found = np.empty(len(marked), dtype=np.int32)
    found[:1] = -1
    found[1:] = latest(marked[:-1], begin[:-1])
    found[found < begin] = -1
    return found


def following(marked: Flags) -> Ints:
    """By contact, and once more for nowhere: the next marked place from it on, whatever the journey."""
    found = np.append(places(marked), np.int32(len(marked)))
    return np.repeat(found, np.diff(found, prepend=np.int32(-1)))


def ledger_order(journey: Ints, at: Ints, phase: Ints, row_key: Ints) -> Ints | None:
    """The order to take contacts in; None if they already stand in ledger order."""
    rank = np.where(phase == 0, np.iinfo(phase.dtype).max, phase)  # without a phase last
    same_journey = journey[1:] == journey[:-1]
    tied = same_journey & (at[1:] == at[:-1])
    if np.any(journey[1:] < journey[:-1]) or np.any(same_journey & (at[1:] < at[:-1])):
        return np.lexsort((row_key, rank, at, journey))
    ahead = (rank[1:] < rank[:-1]) | ((rank[1:] == rank[:-1]) & (row_key[1:] < row_key[:-1]))
    if not np.any(tied & ahead):
        return None
    # A coarser model turns round only what stands at one instant.
    among = np.flatnonzero(np.append(tied, False) | np.append(False, tied))
    order = np.arange(len(journey))
    order[among] = among[np.lexsort((row_key[among], rank[among], at[among], journey[among]))]
    return order
