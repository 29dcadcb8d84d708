"""Notes on KPIs, among them those that begin an XmR baseline anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UsageFault
from core.period import Month
from core.text import Text
from store.state.audit import log
from store.state.database import Database, as_seen
from store.state.tables import NoteRow

Kind = Literal["rebase", "note"]


@dataclass(frozen=True, kw_only=True)
class Note:
    """`version` goes back with a change, so that nobody overwrites what someone else has written."""

    id: int
    kpi: str
    month: Month
    kind: str
    text: str
    person: str
    at: dt.datetime
    version: int


class Notes:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, kpi: str, month: Month, text: str, *, person: str, at: dt.datetime, kind: Kind = "rebase"
    ) -> Note:
        with self._database.session() as session:
            row = NoteRow(kpi=kpi, month=str(month), kind=kind, text=text, person=person, at=at)
            session.add(row)
            _log(session, person, "note_added", row, at)
            session.flush()
            return _note(row)

    def of(self, kpi: str | None = None, kind: Kind | None = None) -> list[Note]:
        """By KPI and month; all KPIs and kinds where none is named."""
        wanted = select(NoteRow).order_by(NoteRow.kpi, NoteRow.month, NoteRow.id)
        if kpi is not None:
            wanted = wanted.where(NoteRow.kpi == kpi)
        if kind is not None:
            wanted = wanted.where(NoteRow.kind == kind)
        with self._database.session() as session:
            return [_note(row) for row in session.scalars(wanted)]

    def change(self, note: Note, text: str, *, person: str, at: dt.datetime) -> Note:
        """ChangedMeanwhile where the note is no longer as the person saw it."""
        with self._database.session() as session:
            row = _found(session.get(NoteRow, note.id), note)
            row.text, row.person, row.at = text, person, at
            _log(session, person, "note_changed", row, at)
            session.flush()
            return _note(row)

    def remove(self, note: Note, *, person: str, at: dt.datetime) -> None:
        """ChangedMeanwhile where the note is no longer as the person saw it."""
        with self._database.session() as session:
            row = _found(session.get(NoteRow, note.id), note)
            _log(session, person, "note_removed", row, at)
            session.delete(row)


def _log(session: Session, who: str, what: str, row: NoteRow, at: dt.datetime) -> None:
    log(session, who, what, f"{row.kpi} {row.month}", at)


def _found(row: NoteRow | None, note: Note) -> NoteRow:
    if row is None:
        raise UsageFault(Text(de="Diese Notiz gibt es nicht mehr.", en="This note no longer exists."))
    as_seen(row.version, note.version, _CHANGED)
    return row


_CHANGED = Text(
    de="Diese Notiz wurde inzwischen geändert. Bitte laden Sie die Seite neu.",
    en="This note has been changed in the meantime. Please reload the page.",
)


def _note(row: NoteRow) -> Note:
    return Note(
        id=row.id,
        kpi=row.kpi,
        month=Month.parse(row.month),
        kind=row.kind,
        text=row.text,
        person=row.person,
        at=row.at,
        version=row.version,
    )
