"""A coarsening's phases are unions of base phases, or of their contacts with certain events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.contract import EVENTS
from core.errors import CatalogFault
from core.text import Text
from journeys.columns import EVENT_CODES, Ints

if TYPE_CHECKING:
    from journeys.model import JourneyModel


class Misfit(CatalogFault):
    """A coarsening that does not fit its base model, at a field of the model and for a reason."""

    def __init__(self, model: str, field: str, reason: Text) -> None:
        super().__init__(
            Text(
                de="Modell „{model}“, Feld „{field}“: {reason}",
                en="Model “{model}”, field “{field}”: {reason}",
            ).fill(model=model, field=field, reason=reason)
        )
        self.field = field
        self.reason = reason


@dataclass(frozen=True)
class Part:
    """A piece of a base phase: its contacts of `events`, or (no events) whatever other pieces leave."""

    phase: str
    events: tuple[str, ...]


def parse_part(text: str) -> Part:
    """`"loyalty"` or `"loyalty:referral+testimonial"`."""
    phase, _, events = text.partition(":")
    return Part(phase, tuple(events.split("+")) if events else ())


def parts_by_phase(model: JourneyModel, base: JourneyModel) -> dict[str, tuple[Part, ...]]:
    """What each phase of `model` takes of the base model; a model that is the base takes each phase whole.

    Raises Misfit where the merges name unknown phases or events, take a piece twice, or forget a base phase:
    a coarsening loses nobody.
    """
    if model.coarsens is None:
        return {phase.id: (Part(phase.id, ()),) for phase in model.phases}
    if model.coarsens != base.id or base.coarsens:
        reason = Text(de="kein Grundmodell namens „{name}“", en="no base model of the name “{name}”")
        raise Misfit(model.id, "coarsens", reason.fill(name=model.coarsens))
    found = {phase.id: tuple(map(parse_part, phase.merges)) for phase in model.phases}
    taken: set[tuple[str, str]] = set()
    for phase, parts in found.items():
        for part in parts:
            _check_part(model, base, phase, part)
            for event in part.events or ("",):
                if (part.phase, event) in taken:
                    reason = Text(de="„{name}“ ist schon vergeben", en="“{name}” is already taken")
                    raise Misfit(
                        model.id, f"{phase}.merges", reason.fill(name=f"{part.phase} {event}".strip())
                    )
                taken.add((part.phase, event))
    for base_phase in base.phase_ids:
        if (base_phase, "") not in taken:
            reason = Text(de="die Phase „{name}“ fehlt", en="the phase “{name}” is missing")
            raise Misfit(model.id, "merges", reason.fill(name=base_phase))
    return found


def _check_part(model: JourneyModel, base: JourneyModel, phase: str, part: Part) -> None:
    if part.phase not in base.phase_ids:
        reason = Text(de="keine Phase namens „{name}“", en="no phase of the name “{name}”")
        raise Misfit(model.id, f"{phase}.merges", reason.fill(name=part.phase))
    for event in part.events:
        if event not in EVENTS:
            reason = Text(de="keine Ereignisart namens „{name}“", en="no event of the name “{name}”")
            raise Misfit(model.id, f"{phase}.merges", reason.fill(name=event))


def phase_numbers(model: JourneyModel, base: JourneyModel) -> Ints:
    """The number of the model's phase by the number of the base phase and the event's code; 0 is none.

    Events are numbered as EVENT_CODES (journeys/columns.py) has them.
    """
    numbers = np.zeros((len(base.phases) + 1, len(EVENT_CODES) + 1), dtype=np.int64)
    parts = parts_by_phase(model, base)
    for of_events in (False, True):  # pieces with events last: a plain name takes what they leave
        for number, phase in enumerate(model.phase_ids, 1):
            for part in parts[phase]:
                events = [EVENT_CODES[event] for event in part.events]
                if bool(events) == of_events:
                    numbers[1 + base.phase_ids.index(part.phase), events or slice(None)] = number
    return numbers
