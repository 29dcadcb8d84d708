"""Mappings remembered by the shape of the files they were used for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select

from store.state.database import Database
from store.state.tables import MappingRow


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A mapping as TOML text, and when a file of its shape last came."""

    fingerprint: str
    source: str
    toml: str
    used_at: dt.datetime


class Mappings:
    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, fingerprint: str, source: str, toml: str, at: dt.datetime) -> None:
        """Keeps the mapping for files of this shape, in place of what was known of it."""
        with self._database.session() as session:
            row = session.scalar(select(MappingRow).where(MappingRow.fingerprint == fingerprint))
            if row is None:
                row = MappingRow(fingerprint=fingerprint)
                session.add(row)
            row.source, row.toml, row.used_at = source, toml, at

    def recall(self, fingerprint: str) -> Remembered | None:
        """What was last used for files of this shape."""
        with self._database.session() as session:
            row = session.scalar(select(MappingRow).where(MappingRow.fingerprint == fingerprint))
            return _remembered(row) if row else None

    def all(self) -> list[Remembered]:
        """The last used first."""
        with self._database.session() as session:
            return [
                _remembered(row)
                for row in session.scalars(select(MappingRow).order_by(MappingRow.used_at.desc()))
            ]

    def forget(self, fingerprint: str) -> None:
        with self._database.session() as session:
            session.execute(delete(MappingRow).where(MappingRow.fingerprint == fingerprint))


def _remembered(row: MappingRow) -> Remembered:
    return Remembered(fingerprint=row.fingerprint, source=row.source, toml=row.toml, used_at=row.used_at)
