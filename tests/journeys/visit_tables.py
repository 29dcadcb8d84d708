"""Visits, sightings, journeys and contacts given by hand, as the tables of a snapshot that queries run on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from core.query import Query
from store.engine import connect

START = dt.datetime(2024, 1, 1)
END = dt.datetime(2024, 12, 31, 23, 59, 59)
COLUMNS = {
    "visits": {
        "visit": "BIGINT", "journey": "BIGINT", "customer": "BIGINT", "phase_no": "INTEGER",
        "first_at": "TIMESTAMP", "last_at": "TIMESTAMP", "next_at": "TIMESTAMP", "completed": "BOOLEAN",
        "completed_at": "TIMESTAMP", "ended_as": "VARCHAR", "lost_at": "TIMESTAMP",
        "silent_until": "TIMESTAMP", "next_won_at": "TIMESTAMP", "next_lost_at": "TIMESTAMP",
        "segment": "VARCHAR",
    },
    "sightings": {
        "visit": "BIGINT", "phase_no": "INTEGER", "kind": "VARCHAR", "value": "VARCHAR", "after": "INTEGER",
    },
    "journeys": {
        "journey": "BIGINT", "won_at": "TIMESTAMP", "margin": "DOUBLE", "revenue": "DOUBLE",
        "value": "DOUBLE", "segment": "VARCHAR",
    },
    "contacts": {
        "customer": "BIGINT", "occurred_at": "TIMESTAMP", "event": "VARCHAR", "revenue": "DOUBLE",
        "value": "DOUBLE",
    },
}  # fmt: skip


class Tables:
    """An in-memory snapshot of rows given by hand; what a row does not name is empty."""

    def __init__(self, scratch: Path) -> None:
        self.connection: duckdb.DuckDBPyConnection = connect(temp=scratch, threads=1)

    def fill(self, **tables: Sequence[Mapping[str, Any]]) -> Tables:
        """Replaces the named tables; the others become empty."""
        for name, columns in COLUMNS.items():
            frame = pd.DataFrame(list(tables.get(name, [])), columns=list(columns), dtype=object)
            listed = ", ".join(f"CAST({column} AS {kind}) AS {column}" for column, kind in columns.items())
            self.connection.register("given", frame.where(frame.notna(), None).astype("string"))
            self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {listed} FROM given")
            self.connection.unregister("given")
        return self

    def arrow(self, query: Query) -> Any:
        return self.connection.sql(query.sql, params=dict(query.values) or None).to_arrow_table()

    def rows(self, query: Query) -> list[Any]:
        return self.connection.execute(query.sql, dict(query.values)).fetchall()


def day(days: float) -> dt.datetime:
    """An instant so many days after the start."""
    return START + dt.timedelta(days=days)


def visit(number: int, first: float, ended_as: str | None = None, **more: Any) -> dict[str, Any]:
    """A visit of phase 4 that begins `first` days after the start; journey and customer are its own."""
    return {
        "visit": number, "journey": number, "customer": number, "phase_no": 4, "first_at": day(first),
        "last_at": day(first), "ended_as": ended_as, "completed": False, **more,
    }  # fmt: skip
