"""Who did what when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from store.state.database import Database
from store.state.tables import AuditRow


@dataclass(frozen=True, kw_only=True)
class Deed:
    """An entry of the audit trail. `what` is a word of the product (import, erase, go_back)."""

    who: str
    at: dt.datetime
    what: str
    detail: str


def log(session: Session, who: str, what: str, detail: str, at: dt.datetime, *, sample: bool = False) -> None:
    """Adds a row to the trail, in the transaction of what it is about.

    What invented people of a sample do is no deed of anybody.
    """
    if not sample:
        session.add(AuditRow(who=who, at=at, what=what, detail=detail))


class Audit:
    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, who: str, what: str, detail: str, at: dt.datetime) -> None:
        with self._database.session() as session:
            log(session, who, what, detail, at)

    def latest(self, count: int = 100) -> list[Deed]:
        """Newest first."""
        wanted = select(AuditRow).order_by(AuditRow.at.desc(), AuditRow.id.desc()).limit(count)
        return self._deeds(wanted)

    def about(self, whats: Collection[str], begins: str) -> list[Deed]:
        """The deeds of these kinds whose detail begins with a word; newest first."""
        wanted = (
            select(AuditRow).where(AuditRow.what.in_(whats)).order_by(AuditRow.at.desc(), AuditRow.id.desc())
        )
        return [deed for deed in self._deeds(wanted) if deed.detail.split(" ")[0] == begins]

    def _deeds(self, wanted: Select[AuditRow]) -> list[Deed]:
        with self._database.session() as session:
            return [
                Deed(who=row.who, at=row.at, what=row.what, detail=row.detail)
                for row in session.scalars(wanted)
            ]
