"""The company's dated notes: a fair, a price rise, a new system. Charts show them."""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.kept import kept_rows
from cockpit.workspace import Workspace
from core.period import Month
from core.query import Query
from store.warehouse.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Note:
    """A dated note."""

    month: Month
    text: str


NOTES = Query(
    sql="""
SELECT CAST(EXTRACT(YEAR FROM occurred_on) AS INTEGER), CAST(EXTRACT(MONTH FROM occurred_on) AS INTEGER), note
FROM events WHERE note IS NOT NULL AND occurred_on IS NOT NULL ORDER BY occurred_on, note"""
)


def dated_notes(ws: Workspace, snapshot: Snapshot) -> tuple[Note, ...]:
    """All notes of the snapshot's `events`, the oldest first."""
    return tuple(
        Note(month=Month(year, month), text=text) for year, month, text in kept_rows(ws, snapshot, NOTES)
    )


def notes_of(ws: Workspace) -> tuple[Note, ...]:
    """The notes of the current snapshot; there must be one."""
    with ws.warehouse.open() as snapshot:
        return dated_notes(ws, snapshot)
