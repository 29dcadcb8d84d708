"""Values typed once: the name of whoever uses the workspace and the like."""

from __future__ import annotations

from store.state.database import Database
from store.state.tables import SettingRow


class Values:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        with self._database.session() as session:
            row = session.get(SettingRow, key)
            return row.value if row else None

    def set(self, key: str, value: str) -> None:
        with self._database.session() as session:
            row = session.get(SettingRow, key)
            if row is None:
                session.add(SettingRow(key=key, value=value))
            else:
                row.value = value
