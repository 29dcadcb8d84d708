"""What storing a mapped file would do, before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from store.engine import connect, parquet
from store.intake.mapping import Mapping, Mode
from store.intake.records import Records

FIRST_ROWS = 20


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Records by what would happen to them, `removed` ones among those already there (mode replace), and the
    contacts of the file that lie after the data end."""

    new: int
    unchanged: int
    changed: int
    removed: int
    planned: int


def outlook(
    records: Records, mode: Mode, present: Sequence[Path], data_end: dt.datetime | None, scratch: Path
) -> Outlook:
    """Compare a mapped file with the parts that its source already has."""
    connection = connect(temp=scratch, readable=[records.path, *present])
    try:
        connection.execute(
            "CREATE TEMP TABLE arrived AS SELECT DISTINCT record_key::UUID AS key, record_hash::UUID AS hash "
            "FROM read_parquet($path)",
            {"path": str(records.path)},
        )
        there = (
            f"SELECT DISTINCT record_key::UUID AS key, record_hash::UUID AS hash FROM {parquet(present)}"
            if present
            else "SELECT NULL::UUID AS key, NULL::UUID AS hash WHERE false"
        )
        ((new, unchanged, changed, removed),) = connection.execute(
            "SELECT count(*) FILTER (p.key IS NULL), count(*) FILTER (a.hash = p.hash), "
            "count(*) FILTER (a.hash <> p.hash), count(*) FILTER (a.key IS NULL) "
            f"FROM arrived a FULL JOIN ({there}) p USING (key)"
        ).fetchall()
        planned = 0
        if data_end is not None and records.last_at is not None and records.touchpoints:
            ((planned,),) = connection.execute(
                "SELECT count(*) FROM read_parquet($path) WHERE occurred_at > $end",
                {"path": str(records.path), "end": data_end},
            ).fetchall()
        return Outlook(
            new=new,
            unchanged=unchanged,
            changed=changed,
            removed=removed if mode == "replace" else 0,
            planned=planned,
        )
    finally:
        connection.close()


def last_by(records: Records, column: str, now: dt.datetime, scratch: Path) -> dt.datetime | None:
    """The last moment of a time column that does not lie in the future."""
    connection = connect(temp=scratch, readable=[records.path])
    try:
        ((last,),) = connection.execute(
            f'SELECT max("{column}") FROM read_parquet($path) WHERE "{column}" <= $now',
            {"path": str(records.path), "now": now},
        ).fetchall()
        return last if isinstance(last, dt.datetime) else None
    finally:
        connection.close()


def first_rows(records: Records, scratch: Path, count: int = FIRST_ROWS) -> pd.DataFrame:
    """The first rows as they were read: row_no, then the columns of the table in the mapping's order."""
    connection = connect(temp=scratch, readable=[records.path])
    try:
        return connection.execute(
            "SELECT * EXCLUDE (source, record_key, record_hash, contact_no) FROM read_parquet($path) "
            "ORDER BY row_no, contact_no LIMIT $count",
            {"path": str(records.path), "count": count},
        ).df()
    finally:
        connection.close()


def unassigned(records: Records, mapping: Mapping) -> dict[str, int]:
    """Contacts of the touchpoints that neither the mapping nor the file gives a phase, by touchpoint.

    The contacts of an outcome are none of them: a loss belongs to the phase it happened in.
    """
    found = {}
    for touchpoint, (count, known) in records.touchpoints.items():
        rule = mapping.touchpoints.get(touchpoint)
        if (rule is None or rule.phase is None) and count > known:
            found[touchpoint] = count - known
    return found
