"""The phase ledger: the contacts of each journey become visits, and every visit ends once.

The rules are those of the data design ("Phase ledger"); what it leaves open is decided in
docs/adr/0010-phase-ledger.md. The state of a visit is carried as the last contact that set it, so that every
rule is one pass over all contacts of a story at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.contract import EVENTS
from core.settings import Settings
from journeys.columns import DAY, EVENT_CODES, NEVER, Flags, Ints
from journeys.ledger import ENDINGS
from journeys.model import JourneyModel
from journeys.patience import patience_days
from journeys.story import Story, changes, ends, latest, latest_before, places

UNDECIDED = -1
_ENDED = {ending: code for code, ending in enumerate(ENDINGS)}
_WON, _LOST, _CANCELLED = (EVENT_CODES[event] for event in ("won", "lost", "cancelled"))

_MICRO = 1e6
_LARGEST = 9e12
_LATE = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Visits in ledger order, and which contacts they hold.

    `place` and `next_place` are places in the story of the first contact of the visit and of the visit after
    (-1: none). `entered_from` and `next_phase` are phase numbers, 0 for none. `ended_as` is a place in
    ENDINGS or UNDECIDED. `members` are the places of all contacts that belong to a visit, `of` the visit of
    each, from 0.
    """

    place: Ints
    number: Ints
    phase: Ints
    cycle: Ints
    last_at: Ints
    contacts: Ints
    resumed: Flags
    entered_from: Ints
    next_phase: Ints
    next_place: Ints
    completed_at: Ints
    ended_as: Ints
    lost_at: Ints
    silent_until: Ints
    members: Ints
    of: Ints


@dataclass(frozen=True, kw_only=True)
class _Stays:
    """Contacts from a journey's first phase on, in stays: what lies between two changes of phase or cycle.

    `phase` is the contact's own (0: none), `stay` that of the stay it falls into. `revokes` ends even a
    completed visit. `silent_until`: from then on silence is loss, unless the visit is completed.
    """

    place: Ints
    begin: Ints
    at: Ints
    phase: Ints
    stay: Ints
    begins: Flags
    cycle: Ints
    silent_until: Ints
    gives_up: Flags
    revokes: Flags
    completes: Flags


def visits_of(story: Story, model: JourneyModel, settings: Settings) -> Visits:
    """All visits of a story told in the phases of the model."""
    stays = _stays(story, model, settings)
    over_before, lost = _lives(stays)
    opens = (stays.phase > 0) & (stays.begins | over_before)
    # Contacts without a phase after the end of a visit revive nothing and belong to no visit.
    held = places((stays.phase > 0) | ~over_before)
    return _ended(stays, held, opens.take(held), lost.take(held))


def _stays(story: Story, model: JourneyModel, settings: Settings) -> _Stays:
    wooing, buying, serving = (_on_side(model, side) for side in (-1, 0, 1))
    won = story.event == _WON
    wooed = wooing.take(story.phase)
    phased = story.phase > 0
    before = latest_before(phased, story.begin)
    phase_before = np.where(before >= 0, story.phase.take(before), 0)
    # A cycle begins with wooing after an order, or with an order out of a phase after the purchase.
    ordered = latest_before(won | wooed, story.begin)
    begins_cycle = wooed & (ordered >= 0) & won.take(ordered)
    begins_cycle |= buying.take(story.phase) & won & serving.take(phase_before)
    begins = phased & ((phase_before != story.phase) | begins_cycle)
    returned = _all_returned(story)

    place = places(phased | (phase_before > 0))
    if len(place) < len(story):
        phased, begins, begins_cycle = (column.take(place) for column in (phased, begins, begins_cycle))
        phase_before, returned = phase_before.take(place), returned.take(place)
    at, phase, event = (column.take(place) for column in (story.at, story.phase, story.event))
    starts = places(changes(story.number.take(place)))
    begin = np.repeat(starts, ends(starts, len(place)) - starts)
    stay = np.where(phased, phase, phase_before)
    cycles = np.cumsum(begins_cycle, dtype=np.int32)
    # Patience is that of the contact that entered the phase.
    patience = patience_days(story, model, settings).take(place).take(latest(begins, begin))
    silent_until = np.where(patience >= 0, at + patience.astype(np.int64) * DAY, NEVER)
    serves = serving.take(stay)
    silent_until[serves] = story.lapses.following(story.customer[place[serves]], at[serves])
    return _Stays(
        place=place,
        begin=begin,
        at=at,
        phase=phase,
        stay=stay,
        begins=begins,
        cycle=1 + cycles - cycles.take(begin) + begins_cycle.take(begin),
        silent_until=silent_until,
        gives_up=(event == _LOST) & ~serves,
        revokes=(event == _CANCELLED) | (serves & returned),
        completes=_completing(model)[stay, event],
    )


def _lives(stays: _Stays) -> tuple[Flags, Flags]:
    """By contact: whether the visit before it was over, and whether the contact itself is a loss."""
    begin, phased = stays.begin, stays.phase > 0
    after_silence = np.zeros(len(begin), dtype=np.bool_)
    after_silence[1:] = (stays.silent_until[:-1] != NEVER) & (stays.silent_until[:-1] < stays.at[1:])
    after_silence[begin] = False
    given_up = stays.gives_up | stays.revokes
    # Whether a visit that nothing completed would be over before this contact.
    set_at = latest_before(phased | given_up | after_silence, begin)
    in_danger = (set_at >= 0) & (given_up | ~phased).take(set_at)
    # Whether the visit before it was completed. Without a phase a contact completes what is alive.
    achieves = stays.completes & (phased | ~(in_danger | after_silence)) & ~stays.revokes
    set_at = latest_before(stays.revokes | achieves | stays.begins, begin)
    completed_before = (set_at >= 0) & achieves.take(set_at)
    silence_lost = after_silence & ~completed_before
    lost = stays.revokes | (stays.gives_up & (stays.begins | ~completed_before))
    set_at = latest_before(phased | lost | silence_lost, begin)
    return silence_lost | ((set_at >= 0) & (lost | ~phased).take(set_at)), lost


def _ended(stays: _Stays, held: Ints, opens: Flags, lost: Flags) -> Visits:
    """The visits that the held contacts form, with how each ended."""
    starts = places(opens)
    closes = ends(starts, len(held))
    opening = held[starts]
    phase, cycle, first_at = (column.take(opening) for column in (stays.stay, stays.cycle, stays.at))
    first = changes(stays.begin.take(opening))
    last = np.append(first[1:], True)[: len(first)]
    at = stays.at.take(held)
    completed_at = _first_at(stays.completes.take(held), at, starts)
    completed = completed_at != NEVER
    given_up_at = _first_at(lost, at, starts)
    silent_until = np.where(completed, NEVER, _most(stays.silent_until.take(held), starts))

    def before(values: npt.NDArray[Any], none: int) -> npt.NDArray[Any]:
        return np.where(first, none, np.roll(values, 1))

    def after(values: npt.NDArray[Any], none: int) -> npt.NDArray[Any]:
        return np.where(last, none, np.roll(values, -1))

    next_at, next_phase, next_cycle = after(first_at, NEVER), after(phase, 0), after(cycle, 0)
    fell_silent = (silent_until != NEVER) & (silent_until < next_at)
    gave_up = given_up_at != NEVER
    ended_as = np.select(
        [
            gave_up | fell_silent,
            last,
            next_cycle > cycle,
            next_phase == phase + 1,
            next_phase > phase,
            completed,
        ],
        [_ENDED["lost"], UNDECIDED, *(_ENDED[e] for e in ("completed", "advanced", "skipped", "completed"))],
        _ENDED["back"],
    )
    numbers = np.arange(len(starts), dtype=np.int32)
    return Visits(
        place=stays.place.take(opening),
        number=1 + numbers - numbers[first].take(np.cumsum(first) - 1),
        phase=phase,
        cycle=cycle,
        last_at=at.take(closes - 1),
        contacts=closes - starts,
        resumed=before(gave_up | fell_silent, 0).astype(np.bool_),
        entered_from=before(phase, 0),
        next_phase=next_phase,
        next_place=after(stays.place.take(opening), -1),
        completed_at=completed_at,
        ended_as=ended_as,
        lost_at=np.where(gave_up, given_up_at, np.where(fell_silent, silent_until, NEVER)),
        silent_until=np.where(gave_up, NEVER, silent_until),
        members=stays.place.take(held),
        of=np.cumsum(opens, dtype=np.int32) - 1,
    )


def _all_returned(story: Story) -> Flags:
    """Whether a contact has negative revenue and brings the journey's revenue so far to zero or below."""
    negative = story.revenue < 0
    if not negative.any():
        return negative
    # Millionths are added exactly, so that the sum of a journey does not depend on those before it.
    revenue = np.clip(np.nan_to_num(story.revenue), -_LARGEST, _LARGEST)
    parts = np.rint(revenue * _MICRO).astype(np.int64)
    total = np.cumsum(parts)
    so_far = total - total.take(story.begin) + parts.take(story.begin)
    return negative & (np.round(so_far / _MICRO, 2) <= 0)


def _on_side(model: JourneyModel, side: int) -> Flags:
    """By phase number: whether it lies before the purchase (-1), is the purchase (0) or lies after it (1)."""
    return np.array(
        [False, *(phase.after_purchase - phase.before_purchase == side for phase in model.phases)]
    )


def _completing(model: JourneyModel) -> Flags:
    """By phase number and event: whether the event completes the phase."""
    table = np.zeros((len(model.phases) + 1, len(EVENTS) + 1), dtype=np.bool_)
    for number, phase in enumerate(model.phases, 1):
        for event in phase.completes:
            table[number, EVENT_CODES[event]] = True
    return table


def _most(values: Ints, starts: Ints) -> Ints:
    return np.maximum.reduceat(values, starts) if len(starts) else values[:0]


def _first_at(marked: Flags, at: Ints, starts: Ints) -> Ints:
    """By group: the earliest instant that is marked, else NEVER."""
    found = np.where(marked, at, _LATE)
    earliest = np.minimum.reduceat(found, starts) if len(starts) else found[:0]
    return np.where(earliest == _LATE, NEVER, earliest)
