"""Up to when a source is complete, and what is planned beyond it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from core.contract import contract
from core.period import Month
from core.query import identifier
from store.engine import parquet

BY_PERIOD = ("reach", "spend")
"""Tables whose rows are dated by the first day of the month (or week) that they sum up."""


def data_end(
    con: DuckDBPyConnection,
    table: str,
    files: Sequence[Path],
    stated: dt.datetime | None,
    now: dt.datetime,
) -> dt.datetime | None:
    """The last instant covered: as stated, else that of the last row that is not in the future.

    A row of a table by period covers its month, as far as that has passed. None: nothing dates the source.
    """
    column = contract()[table].time
    if stated or not column or not files:
        return stated
    origin = parquet(files)
    if column not in [row[0] for row in con.execute(f"DESCRIBE FROM {origin}").fetchall()]:
        return None
    ((last,),) = con.execute(
        f"SELECT max({identifier(column)}) FROM {origin} WHERE {identifier(column)} <= $now", {"now": now}
    ).fetchall()
    if last is None or table not in BY_PERIOD:
        return last  # type: ignore[no-any-return]
    month_end = dt.datetime.combine(Month.of(last).end, dt.time()) - dt.timedelta(microseconds=1)
    return min(month_end, now)


def planned(con: DuckDBPyConnection, table: str, files: Sequence[Path], end: dt.datetime | None) -> int:
    """Contacts after the data end. Other tables plan nothing."""
    if table != "contacts" or not files:
        return 0
    ((count,),) = con.execute(
        f"SELECT count(*) FROM {parquet(files)} WHERE NOT coalesce(occurred_at <= $end, false)",
        {"end": end},
    ).fetchall()
    return int(count)
