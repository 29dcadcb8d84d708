"""When a person was last here, and what they saw then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.state.database import Database
from store.state.tables import VisitRow

PAUSE = dt.timedelta(minutes=30)
"""Whoever comes back later than this begins a new visit."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A stay and the snapshot that was current at its end."""

    person: str
    at: dt.datetime
    until: dt.datetime
    snapshot: str


class Visits:
    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, person: str, snapshot: str, at: dt.datetime) -> Visit | None:
        """Notes that the person looks at the snapshot now; returns their visit before this one, if any."""
        with self._database.session() as session:
            rows = _latest(session, person)
            if rows and at - rows[0].until <= PAUSE:
                rows[0].until, rows[0].snapshot = max(at, rows[0].until), snapshot
                before = rows[1:]
            else:
                session.add(VisitRow(person=person, at=at, until=at, snapshot=snapshot))
                before = rows
            return _visit(before[0]) if before else None

    def last(self, person: str) -> Visit | None:
        """The person's latest visit, the present one included."""
        with self._database.session() as session:
            rows = _latest(session, person)
            return _visit(rows[0]) if rows else None


def _latest(session: Session, person: str) -> list[VisitRow]:
    found = (
        select(VisitRow).where(VisitRow.person == person).order_by(VisitRow.until.desc(), VisitRow.id.desc())
    )
    return list(session.scalars(found.limit(2)))


def _visit(row: VisitRow) -> Visit:
    return Visit(person=row.person, at=row.at, until=row.until, snapshot=row.snapshot)
