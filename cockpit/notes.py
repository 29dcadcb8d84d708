"""The company's dated notes: a fair, a price rise, a new system. Charts show them."""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.period import Month
from core.query import Query
from store.warehouse.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Note:
    """A dated note."""

    month: Month
    text: str


def dated_notes(snapshot: Snapshot) -> tuple[Note, ...]:
    """All notes of the snapshot's `events`, the oldest first."""
    rows = snapshot.rows(
        Query(sql="SELECT occurred_on, note FROM events WHERE note IS NOT NULL ORDER BY occurred_on, note")
    )
    return tuple(Note(month=Month.of(day), text=text) for day, text in rows if day is not None)


def notes_of(ws: Workspace) -> tuple[Note, ...]:
    """The notes of the current snapshot; there must be one."""
    with ws.warehouse.open() as snapshot:
        return dated_notes(snapshot)
