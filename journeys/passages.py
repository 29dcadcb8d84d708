"""First passage times: how long after its entry into a phase a journey reaches the later ones.

A chain of first contacts, phase by phase, is a chain of gathers: for every place of the story the next one in
a phase is known from one pass backwards. At one instant contacts stand in phase order, so whatever comes at
or after a contact and in a later phase also stands after it.

Durations are whole seconds, rounded up and at most LONGEST; NOT_YET where a journey never gets there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from journeys.columns import EVENT_CODES, NEVER, Ints
from journeys.story import Story, changes, following, places

NOT_YET = -1
LONGEST = int(np.iinfo(np.int32).max)

_SECOND = 1_000_000


@dataclass(frozen=True)
class Ways:
    """From every place of a story (and from nowhere, its length) the next place in a phase or of an event.

    `into[k]` leads to phase k, `beyond[k]` to phase k or a later one, for k from 1; `won` and `lost` to an
    order and to a refusal or cancellation. They may lead out of the journey: `step` minds that.
    """

    story: Story
    into: dict[int, Ints]
    beyond: dict[int, Ints]
    won: Ints
    lost: Ints

    @property
    def nowhere(self) -> int:
        return len(self.story)

    def step(self, way: Ints, here: Ints, end: Ints) -> Ints:
        """The next place on the way from here on, before the end of the journey."""
        found = way.take(here)  # takes half the time of way[here], as all below
        return np.where(found < end, found, np.int32(self.nowhere))

    def later(self, way: Ints, here: Ints, end: Ints) -> Ints:
        """The next place on the way at a later instant."""
        return self.step(way, self.story.later_instant.take(here), end)

    def entries(self, phase: int) -> Ints:
        """By journey: the place of its first contact in the phase, else nowhere."""
        return self.step(self.into[phase], self.story.starts, self.story.ends)

    def instant(self, place: Ints) -> Ints:
        """When the contact at a place was, NEVER for nowhere."""
        found = np.full(len(place), NEVER)
        there = place < self.nowhere
        found[there] = self.story.at[place[there]]
        return found

    def took(self, since: Ints, place: Ints) -> Ints:
        """Seconds from instants to the contacts at some places, which are somewhere."""
        return np.minimum(seconds(self.story.at.take(place) - since), LONGEST).astype(np.int32)


def seconds(microseconds: Ints) -> Ints:
    """Whole seconds, rounded up."""
    return -(-microseconds // _SECOND)


def ways_through(story: Story, phases: int) -> Ways:
    """The ways through the phases 1 to `phases` of a story."""
    into = {phase: following(story.phase == phase) for phase in range(1, phases + 1)}
    beyond = {phases: into[phases]}
    for phase in range(phases - 1, 0, -1):
        beyond[phase] = np.minimum(into[phase], beyond[phase + 1])
    lost = (story.event == EVENT_CODES["lost"]) | (story.event == EVENT_CODES["cancelled"])
    return Ways(story, into, beyond, following(story.event == EVENT_CODES["won"]), following(lost))


def passages(ways: Ways, walked: Collection[int]) -> dict[str, Ints]:
    """The columns o, r, do, dr, b, w and l of `journeys` (docs/tables.md), each by journey.

    `walked` are the phases that any contact of the snapshot has: a chain leaves out the others.
    """
    found: dict[str, Ints] = {}
    for start in ways.into:
        found |= _by_chain(ways, start, walked) | _by_reach(ways, start) | _by_event(ways, start)
        found |= _best_attempt(ways, start, walked)
    return found


def _by_chain(ways: Ways, start: int, walked: Collection[int]) -> dict[str, Ints]:
    """Ordered: through every phase walked, each at or after the one before (o) or strictly after it (do)."""
    on = _entered(ways, start)
    found: dict[str, Ints] = {}
    for phase in range(start + 1, len(ways.into) + 1):
        took, delay = _never(ways), _never(ways)
        if phase in walked:
            here = ways.step(ways.into[phase], on.here, on.end)
            strict = ways.later(ways.into[phase], on.strict, on.end)
            on = replace(on, here=here, strict=strict).arrived(ways)
            on.tell(ways, took, delay)
        found |= {f"o{start}_{phase}": took, f"do{start}_{phase}": delay}
    return found


def _by_reach(ways: Ways, start: int) -> dict[str, Ints]:
    """Reached: first contact in a phase or a later one, at or after the entry (r) or strictly after (dr)."""
    on = _entered(ways, start)
    entry = on.here
    found: dict[str, Ints] = {}
    for phase in range(start + 1, len(ways.into) + 1):
        took, delay = _never(ways), _never(ways)
        here = ways.step(ways.beyond[phase], entry, on.end)
        strict = ways.later(ways.beyond[phase], entry, on.end)
        entry = entry[here < ways.nowhere]  # who does not reach a phase reaches no later one
        on = replace(on, here=here, strict=strict).arrived(ways)
        on.tell(ways, took, delay)
        found |= {f"r{start}_{phase}": took, f"dr{start}_{phase}": delay}
    return found


def _by_event(ways: Ways, start: int) -> dict[str, Ints]:
    """To the first order (w) and the first refusal or cancellation (l) from the instant of the entry on."""
    entered = _entered(ways, start)
    same_instant = ways.story.same_instant.take(entered.here)
    found: dict[str, Ints] = {}
    for letter, way in (("w", ways.won), ("l", ways.lost)):
        found[f"{letter}{start}"] = took = _never(ways)
        replace(entered, here=ways.step(way, same_instant, entered.end)).arrived(ways).tell(ways, took)
    return found


def _best_attempt(ways: Ways, start: int, walked: Collection[int]) -> dict[str, Ints]:
    """Best attempt: the shortest chain from any contact in the start phase."""
    found: dict[str, Ints] = {}
    here = places(ways.story.phase == start)
    number, since, first_step = ways.story.number.take(here), ways.story.at.take(here), True
    for phase in range(start + 1, len(ways.into) + 1):
        shortest = found[f"b{start}_{phase}"] = _never(ways)
        if phase not in walked:
            continue
        here = ways.step(ways.into[phase], here, ways.story.ends.take(number))
        arrived = here < ways.nowhere
        if first_step:
            # Of the attempts that arrive at one place, only the last begun can be the shortest.
            arrived[:-1] &= here[1:] != here[:-1]
            first_step = False
        kept = places(arrived)
        here, number, since = here.take(kept), number.take(kept), since.take(kept)
        if len(here):
            of_journey = places(changes(number))
            shortest[number[of_journey]] = np.minimum.reduceat(ways.took(since, here), of_journey)
    return found


@dataclass(frozen=True)
class _Underway:
    """Journeys on their way from an entry at `since`: where they are, by the usual and the strict count."""

    journey: Ints
    since: Ints
    end: Ints
    here: Ints
    strict: Ints

    def arrived(self, ways: Ways) -> _Underway:
        """Those that are somewhere; by the strict count they may be nowhere."""
        there = places(self.here < ways.nowhere)
        every = (self.journey, self.since, self.end, self.here, self.strict)
        return _Underway(*(column.take(there) for column in every))

    def tell(self, ways: Ways, took: Ints, delay: Ints | None = None) -> None:
        """Writes into columns over all journeys how long it took, and how much longer by the strict count."""
        told = ways.took(self.since, self.here)
        took[self.journey] = told
        if delay is not None:
            delay[self.journey] = np.where(self.strict < ways.nowhere, 0, NOT_YET)
            apart = np.flatnonzero((self.strict != self.here) & (self.strict < ways.nowhere))
            delay[self.journey[apart]] = ways.took(self.since[apart], self.strict[apart]) - told[apart]


def _entered(ways: Ways, start: int) -> _Underway:
    """The journeys that enter a phase, at their entry."""
    entry = ways.entries(start)
    journey = places(entry < ways.nowhere)
    here = entry.take(journey)
    return _Underway(journey, ways.story.at.take(here), ways.story.ends.take(journey), here, here)


def _never(ways: Ways) -> Ints:
    return np.full(len(ways.story.starts), NOT_YET, dtype=np.int32)
