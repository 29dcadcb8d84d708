"""First passage times told by plain loops, one journey at a time; None: never."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Walked = Sequence[int]


@dataclass(frozen=True)
class Step:
    """A contact: its instant in microseconds, its phase (None: without one), its event."""

    at: int
    phase: int | None
    event: str = "other"


def seconds(start: int, end: int | None) -> int | None:
    """Whole seconds, rounded up."""
    return None if end is None else min(-((start - end) // 1_000_000), 2**31 - 1)


def entry(story: Sequence[Step], phase: int) -> int | None:
    return min((step.at for step in story if step.phase == phase), default=None)


def ordered(story: Sequence[Step], start: int, end: int, walked: Walked, *, strict: bool) -> int | None:
    """When the chain from the entry into `start` arrives in `end`."""
    at = entry(story, start)
    for phase in range(start + 1, end + 1):
        if phase in walked and at is not None:
            now = at
            later = [s.at for s in story if s.phase == phase and (s.at > now or (s.at == now and not strict))]
            at = min(later, default=None)
    return at if end in walked else None


def reached(story: Sequence[Step], start: int, end: int, *, strict: bool) -> int | None:
    at = entry(story, start)
    if at is None:
        return None
    beyond = [
        s.at for s in story if s.phase and s.phase >= end and (s.at > at or (s.at == at and not strict))
    ]
    return min(beyond, default=None)


def best_attempt(story: Sequence[Step], start: int, end: int, walked: Walked) -> int | None:
    """The shortest of all ways to pick one contact of each phase in the order of time, in seconds."""
    phases = [phase for phase in range(start, end + 1) if phase == start or phase in walked]
    picks = itertools.product(*([s.at for s in story if s.phase == phase] for phase in phases))
    tries = [seconds(p[0], p[-1]) for p in picks if all(a <= b for a, b in itertools.pairwise(p))]
    return min((took for took in tries if took is not None), default=None) if end in walked else None


def until(story: Sequence[Step], at: int | None, events: Sequence[str]) -> int | None:
    """The first of these events at or after an instant."""
    return (
        None if at is None else min((s.at for s in story if s.event in events and s.at >= at), default=None)
    )


def orders_of_ties(story: Sequence[Step]) -> Iterator[list[Step]]:
    """The story in every order that its contacts could have had, if those of one instant came one by one."""
    instants = [list(group) for _, group in itertools.groupby(sorted(story, key=_at), key=_at)]
    for orders in itertools.product(*(itertools.permutations(group) for group in instants)):
        yield [step for order in orders for step in order]


def walk(story: Sequence[Step], start: int, end: int, walked: Walked, *, jumping: bool) -> int | None:
    """Walks through a story contact by contact and says when it gets from `start` to `end`.

    Jumping takes any phase from `end` on; else every phase walked must be found, one after the other.
    """
    wanted = [start, *(phase for phase in range(start + 1, end + 1) if phase in walked)]
    at = None
    for step in story:
        if jumping and at is not None and step.phase and step.phase >= end:
            return step.at
        if wanted and step.phase == wanted[0]:
            wanted = [] if jumping else wanted[1:]
            at = step.at
    return None if jumping or wanted or end not in walked else at


def _at(step: Step) -> int:
    return step.at
