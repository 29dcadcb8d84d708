"""Building `visits`, `journeys` and `sightings` (docs/tables.md) of some journeys from their contacts.

All is arrays: a chunk of contacts comes in as an Arrow table, three Arrow tables go out. The texts of a
visit's or journey's first contact are left to whoever holds the contacts: `first` names its row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from core.settings import Settings
from journeys.columns import (
    NEVER,
    as_flags,
    as_floats,
    as_instants,
    as_integers,
    as_words,
    coded,
    floats,
    instants,
    integers,
)
from journeys.lapses import Lapses
from journeys.ledger import ENDINGS
from journeys.model import JourneyModel
from journeys.passages import NOT_YET, Ways, passages, ways_through
from journeys.sightings import KINDS, Sightings, sightings_of
from journeys.story import Story, event_codes, ledger_order
from journeys.totals import totals_of
from journeys.visits import Visits, visits_of

VISITS_PER_JOURNEY = 1 << 20
"""`visit` is `journey` times this, plus the number of the visit in its journey from 1."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """Arrow tables in ledger order; sightings by kind. Text columns are dictionaries.

    `visits` and `journeys` have `first`, the row of their first contact in the table of contacts as it was
    given, in place of what they carry of it: customer, customer_id, journey_id, account_id, FIRST_CONTACT
    and the company's own dimensions. `story` is what they were built from.
    """

    visits: Any
    journeys: Any
    sightings: Any
    story: Story


def build(
    contacts: Any,
    lapses: Any,
    model: JourneyModel,
    settings: Settings,
    *,
    walked: Collection[int],
    phase_no: str = "phase_no",
    like: Story | None = None,
) -> Built:
    """The three tables of a model for the journeys of a chunk.

    `contacts` is an Arrow table with all contacts of these journeys, in any order (fastest in ledger order),
    at most a few million. Its columns, named as in docs/tables.md: row_key, customer, journey, occurred_at,
    event, touchpoint, content, role, revenue, value, margin, `phase_no` (the number of the phase in this
    model), and segment and price_tier where the settings' patience asks for them; texts plain or coded.
    `lapses` is an Arrow table of lapses_query over all contacts of the customers concerned. `walked` are the
    numbers of the phases that any contact of the whole snapshot has in this model. `like` is the story of the
    same contacts and lapses in another model: most of it need not be told again.
    """
    if like is None:
        story = _read(contacts, lapses, phase_no, _texts(settings))
    else:
        story = like.in_phases(integers(contacts[phase_no], kind=pa.int8()))
    ways = ways_through(story, len(model.phases))
    visits = visits_of(story, model, settings)
    numbered = story.journey.take(visits.place) * VISITS_PER_JOURNEY + visits.number
    return Built(
        visits=_visits_table(ways, visits, numbered, model),
        journeys=_journeys_table(ways, walked),
        sightings=_sightings_table(sightings_of(story, visits), visits, numbered),
        story=story,
    )


def _texts(settings: Settings) -> list[str]:
    """The text columns to read."""
    of_patience = {
        name
        for rule in settings.patience
        for name in ("segment", "price_tier")
        if getattr(rule, name) is not None
    }
    return [*KINDS, *sorted(of_patience)]


def _read(contacts: Any, lapses: Any, phase_no: str, text_columns: Iterable[str]) -> Story:
    """The story of a chunk, put into ledger order."""
    at = instants(contacts["occurred_at"])
    columns: dict[str, Any] = {
        "given": np.arange(len(at), dtype=np.int32),
        "row_key": integers(contacts["row_key"]),
        "journey": integers(contacts["journey"]),
        "at": at,
        "phase": integers(contacts[phase_no], kind=pa.int8()),
        "event": event_codes(coded(contacts["event"])),
        "customer": integers(contacts["customer"]),
        **{name: floats(contacts[name]) for name in ("revenue", "value", "margin")},
    }
    texts = {name: coded(contacts[name]) for name in text_columns}
    order = ledger_order(columns["journey"], at, columns["phase"], columns["row_key"])
    if order is not None:
        columns = {name: column.take(order) for name, column in columns.items()}
        texts = {name: column[order] for name, column in texts.items()}
    lapsed = Lapses(integers(lapses["customer"]), instants(lapses["lapses_at"]))
    return Story(**columns, texts=texts, lapses=lapsed)


def _visits_table(ways: Ways, visits: Visits, numbered: Any, model: JourneyModel) -> Any:
    story = ways.story
    ends = story.ends.take(story.number.take(visits.place))
    followed = visits.next_place >= 0
    next_place = np.where(followed, visits.next_place, ways.nowhere)
    next_instant = story.same_instant.take(next_place)
    return pa.table(
        {
            "visit": numbered,
            "journey": story.journey.take(visits.place),
            "first": story.given.take(visits.place),
            "phase": as_words(visits.phase - 1, model.phase_ids),
            "phase_no": as_integers(visits.phase),
            "cycle": as_integers(visits.cycle),
            "first_at": as_instants(story.at.take(visits.place)),
            "last_at": as_instants(visits.last_at),
            "contacts": visits.contacts.astype(np.int64),
            "resumed": as_flags(visits.resumed),
            "entered_from": as_words(visits.entered_from - 1, model.phase_ids),
            "next_phase": as_words(visits.next_phase - 1, model.phase_ids),
            "next_at": as_instants(ways.instant(next_place)),
            "completed": as_flags(visits.completed_at != NEVER),
            "completed_at": as_instants(visits.completed_at),
            "ended_as": as_words(visits.ended_as, ENDINGS),
            "lost_at": as_instants(visits.lost_at),
            "silent_until": as_instants(visits.silent_until),
            "next_won_at": as_instants(ways.instant(ways.step(ways.won, next_instant, ends))),
            "next_lost_at": as_instants(ways.instant(ways.step(ways.lost, next_instant, ends))),
        }
    )


def _journeys_table(ways: Ways, walked: Collection[int]) -> Any:
    story = ways.story
    totals = totals_of(story)
    entries = {f"t{phase}": as_instants(ways.instant(ways.entries(phase))) for phase in ways.into}
    durations = {name: as_integers(values, absent=NOT_YET) for name, values in passages(ways, walked).items()}
    return pa.table(
        {
            "journey": story.journey[story.starts],
            "first": story.given[story.starts],
            "first_at": as_instants(story.at[story.starts]),
            "last_at": as_instants(totals.last_at),
            "contacts": totals.contacts.astype(np.int64),
            "won_at": as_instants(totals.won_at),
            "lost_at": as_instants(totals.lost_at),
            "orders": totals.orders,
            "value": as_floats(totals.value),
            "revenue": as_floats(totals.revenue),
            "margin": as_floats(totals.margin),
            **entries,
            **durations,
        }
    )


def _sightings_table(sightings: Sightings, visits: Visits, numbered: Any) -> Any:
    return pa.table(
        {
            "visit": numbered.take(sightings.visit),
            "phase_no": as_integers(visits.phase.take(sightings.visit)),
            "kind": as_words(sightings.kind, KINDS),
            "value": as_words(sightings.value, sightings.words),
            "after": as_integers(sightings.after),
        }
    )
