"""Phases of a model as SQL over base contacts; a coarsening's phases are unions of base phases."""

from __future__ import annotations

from dataclasses import dataclass

from core.contract import EVENTS
from core.errors import CatalogFault
from core.text import Text
from journeys.model import JourneyModel


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

    Raises CatalogFault where the merges name unknown phases or events, take a piece twice, or forget a base
    phase: a coarsening loses nobody.
    """
    if model.coarsens is None:
        return {phase.id: (Part(phase.id, ()),) for phase in model.phases}
    if model.coarsens != base.id:
        raise _fault(model, "coarsens", model.coarsens)
    taken: set[tuple[str, str]] = set()
    found: dict[str, tuple[Part, ...]] = {}
    for phase in model.phases:
        parts = tuple(parse_part(text) for text in phase.merges)
        for part in parts:
            if part.phase not in base.phase_ids or not set(part.events) <= set(EVENTS):
                raise _fault(model, f"{phase.id}.merges", part.phase)
            for piece in [(part.phase, event) for event in part.events] or [(part.phase, "")]:
                if piece in taken:
                    raise _fault(model, f"{phase.id}.merges", ":".join(piece).rstrip(":"))
                taken.add(piece)
        found[phase.id] = parts
    for base_phase in base.phase_ids:
        if (base_phase, "") not in taken:
            raise _fault(model, "merges", base_phase)
    return found


def coarse_phase(model: JourneyModel, base: JourneyModel) -> str:
    """SQL over base `phase` and `event`: the id of the model's phase, NULL where there is none."""
    return _case(model, base, {phase: f"'{phase}'" for phase in model.phase_ids})


def coarse_phase_no(model: JourneyModel, base: JourneyModel) -> str:
    """SQL over base `phase` and `event`: the number of the model's phase, from 1, or NULL."""
    return _case(model, base, {phase: str(number) for number, phase in enumerate(model.phase_ids, 1)})


def _case(model: JourneyModel, base: JourneyModel, results: dict[str, str]) -> str:
    pieces = [(part, phase) for phase, parts in parts_by_phase(model, base).items() for part in parts]
    # Pieces with events first: a plain name takes what they leave. Ids match a fixed pattern, events a list.
    pieces.sort(key=lambda piece: not piece[0].events)
    lines = []
    for part, phase in pieces:
        events = ", ".join(f"'{event}'" for event in part.events)
        condition = f"phase = '{part.phase}'" + (f" AND event IN ({events})" if events else "")
        lines.append(f"WHEN {condition} THEN {results[phase]}")
    return "CASE " + " ".join(lines) + " END"


def _fault(model: JourneyModel, field: str, value: str) -> CatalogFault:
    return CatalogFault(
        Text(
            de="Das Modell „{model}“ passt nicht zu seinem Grundmodell: {field}, {value}.",
            en="The model “{model}” does not fit its base model: {field}, {value}.",
        ).fill(model=model.id, field=field, value=value)
    )
