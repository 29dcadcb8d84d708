"""First passage times: how long after its entry into a phase a journey reaches the later ones.

A chain of first contacts, phase by phase, is a chain of gathers: for every place of the story the next one in
a phase is known from one pass backwards. At one instant contacts stand in phase order, so whatever comes at
or after a contact and in a later phase also stands after it.

Durations are whole seconds, rounded up and at most LONGEST; NOT_YET where a journey never gets there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from journeys.columns import EVENT_CODES, NEVER, Ints
from journeys.story import Story, following

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
        found = way[here]
        return np.where(found < end, found, self.nowhere)

    def later(self, way: Ints, here: Ints, end: Ints) -> Ints:
        """The next place on the way at a later instant."""
        return self.step(way, self.story.later_instant[here], end)

    def entries(self, phase: int) -> Ints:
        """By journey: the place of its first contact in the phase, else nowhere."""
        return self.step(self.into[phase], self.story.starts, self.story.ends)

    def instant(self, place: Ints) -> Ints:
        """When the contact at a place was, NEVER for nowhere."""
        found = np.full(len(place), NEVER)
        there = place < self.nowhere
        found[there] = self.story.at[place[there]]
        return found

    def duration(self, start: Ints, end: Ints) -> Ints:
        """Seconds from one place, which is somewhere, to another, which may be nowhere."""
        took = np.take(self.story.at, end, mode="clip") - self.story.at[start]
        return np.where(end < self.nowhere, np.minimum(seconds(took), LONGEST), NOT_YET)


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
    journeys, entry, end = _entered(ways, start)
    found: dict[str, Ints] = {}
    here = strict = entry
    for phase in range(start + 1, len(ways.into) + 1):
        took = strictly = np.full(len(entry), NOT_YET)
        if phase in walked:
            here = ways.step(ways.into[phase], here, end)
            strict = ways.later(ways.into[phase], strict, end)
            took, strictly = ways.duration(entry, here), ways.duration(entry, strict)
        found[f"o{start}_{phase}"] = _spread(ways, journeys, took)
        found[f"do{start}_{phase}"] = _spread(ways, journeys, _delay(took, strictly))
    return found


def _by_reach(ways: Ways, start: int) -> dict[str, Ints]:
    """Reached: first contact in a phase or a later one, at or after the entry (r) or strictly after (dr)."""
    journeys, entry, end = _entered(ways, start)
    found: dict[str, Ints] = {}
    for phase in range(start + 1, len(ways.into) + 1):
        took = ways.duration(entry, ways.step(ways.beyond[phase], entry, end))
        strictly = ways.duration(entry, ways.later(ways.beyond[phase], entry, end))
        found[f"r{start}_{phase}"] = _spread(ways, journeys, took)
        found[f"dr{start}_{phase}"] = _spread(ways, journeys, _delay(took, strictly))
    return found


def _by_event(ways: Ways, start: int) -> dict[str, Ints]:
    """To the first order (w) and the first refusal or cancellation (l) from the instant of the entry on."""
    journeys, entry, end = _entered(ways, start)
    same_instant = ways.story.same_instant[entry]
    return {
        f"{letter}{start}": _spread(ways, journeys, ways.duration(entry, ways.step(way, same_instant, end)))
        for letter, way in (("w", ways.won), ("l", ways.lost))
    }


def _best_attempt(ways: Ways, start: int, walked: Collection[int]) -> dict[str, Ints]:
    """Best attempt: the shortest chain from any contact in the start phase."""
    found: dict[str, Ints] = {}
    begun = np.flatnonzero(ways.story.phase == start)
    here, first_step = begun, True
    for phase in range(start + 1, len(ways.into) + 1):
        shortest = found[f"b{start}_{phase}"] = np.full(len(ways.story.starts), NOT_YET)
        if phase not in walked:
            continue
        here = ways.step(ways.into[phase], here, ways.story.ends[ways.story.number[here]])
        arrived = here < ways.nowhere
        if first_step:
            # Of the attempts that arrive at one place, only the last begun can be the shortest.
            arrived[:-1] &= here[1:] != here[:-1]
            first_step = False
        begun, here = begun[arrived], here[arrived]
        if len(begun):
            number = ways.story.number[begun]
            of_journey = np.flatnonzero(np.append(True, number[1:] != number[:-1]))
            shortest[number[of_journey]] = np.minimum.reduceat(ways.duration(begun, here), of_journey)
    return found


def _entered(ways: Ways, start: int) -> tuple[Ints, Ints, Ints]:
    """The journeys that enter a phase, the places of the entry, and where these journeys end."""
    entry = ways.entries(start)
    journeys = np.flatnonzero(entry < ways.nowhere)
    return journeys, entry[journeys], ways.story.ends[journeys]


def _delay(took: Ints, strictly: Ints) -> Ints:
    return np.where(strictly == NOT_YET, NOT_YET, strictly - took)


def _spread(ways: Ways, journeys: Ints, values: Ints) -> Ints:
    """Values of some journeys as a column over all."""
    found = np.full(len(ways.story.starts), NOT_YET)
    found[journeys] = values
    return found
