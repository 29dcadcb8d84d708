"""Merging a batch into its source: which records are new, unchanged, changed or gone, and the parts that result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from core.contract import SQL_TYPES, contract
from core.errors import InputFault
from core.query import identifier
from core.text import Text
from store.engine import parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Batch, Part, SourceCounts

PART_COLUMNS = {
    "record_key": "VARCHAR",
    "record_hash": "VARCHAR",
    "row_no": "BIGINT",
    "contact_no": "INTEGER",
}
_COPY = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The source's parts after the merge, and what happened to the records."""

    parts: tuple[Part, ...]
    counts: SourceCounts
    erased_rows: tuple[int, ...]


def merge(
    con: DuckDBPyConnection,
    files: Files,
    bench: Path,
    batch: Batch,
    present: Sequence[Part],
    is_erased: Callable[[list[str]], list[bool]] | None,
) -> Merged:
    """Writes new and rewritten parts; the old ones stay untouched.

    Records of a key that comes more than once are taken one after the other, so the last one stands. A part
    is rewritten only where it holds records that changed or (mode replace) are no longer there.
    """
    columns = _columns(con, batch)
    con.execute("CREATE OR REPLACE TEMP TABLE barred (customer_id VARCHAR)")
    if is_erased and "customer_id" in columns:
        _bar(con, batch, is_erased)
    allowed = "coalesce(customer_id NOT IN (FROM barred), true)" if "customer_id" in columns else "true"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE arrived AS
        SELECT DISTINCT row_no, record_key::UUID AS key, record_hash::UUID AS hash
        FROM {parquet([batch.records])} WHERE {allowed}"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE present AS
        SELECT DISTINCT part, record_key::UUID AS key, record_hash::UUID AS hash FROM ({_present(files, present)})"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE decided AS
        SELECT row_no, key, a.hash,
            lag(a.hash, 1, p.hash) OVER (PARTITION BY key ORDER BY row_no) AS before,
            a.hash IS DISTINCT FROM p.hash
                AND row_no = max(row_no) OVER (PARTITION BY key) AS writes
        FROM arrived a LEFT JOIN present p USING (key)"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE gone AS
        SELECT part, key, false AS removed FROM present SEMI JOIN decided ON present.key = decided.key AND writes
        UNION ALL
        SELECT part, key, true FROM present ANTI JOIN arrived USING (key) WHERE {batch.mode == "replace"}"""
    )
    new, unchanged, changed, writes = _row(
        con,
        """SELECT count(*) FILTER (before IS NULL), count(*) FILTER (before = hash),
            count(*) FILTER (before <> hash), count(*) FILTER (writes) FROM decided""",
    )
    removed, *_ = _row(con, "SELECT count(*) FILTER (removed) FROM gone")
    left = [_without_gone(con, files, bench, part, number) for number, part in enumerate(present)]
    parts = [part for part in left if part is not None]
    made = _row(con, f"SELECT count(*) FROM {parquet([batch.records])} WHERE {allowed}")[0]
    if writes:
        parts.append(
            _written(
                con, files, bench, batch, columns, allowed, everything=writes == new + unchanged + changed
            )
        )
    erased_rows = tuple(
        row for (row,) in con.execute(
            f"SELECT DISTINCT row_no FROM {parquet([batch.records])} WHERE NOT ({allowed}) ORDER BY 1"
        ).fetchall()
    )  # fmt: skip
    counts = SourceCounts(
        source=batch.source,
        table=batch.table,
        new=new,
        unchanged=unchanged,
        changed=changed,
        removed=removed,
        rejected=batch.rejected + len(erased_rows),
        erased=len(erased_rows),
        contacts=made,
    )
    return Merged(parts=tuple(parts), counts=counts, erased_rows=erased_rows)


def _row(con: DuckDBPyConnection, sql: str) -> tuple[int, ...]:
    (row,) = con.execute(sql).fetchall()
    return tuple(row)


def _columns(con: DuckDBPyConnection, batch: Batch) -> dict[str, str]:
    """Columns of the batch and the types they are kept in. A missing required one is an InputFault."""
    table = contract()[batch.table]
    found = [row[0] for row in con.execute(f"DESCRIBE FROM {parquet([batch.records])}").fetchall()]
    lacking = [name for name in (*PART_COLUMNS, *table.required) if name not in found]
    if lacking:
        raise InputFault(
            Text(
                de="Der Quelle „{source}“ fehlt: {columns}.", en="The source “{source}” lacks: {columns}."
            ).fill(source=batch.source, columns=", ".join(lacking))
        )
    types = dict(PART_COLUMNS)
    for name in found:
        if name not in ("source", *types):
            types[name] = SQL_TYPES[table.columns[name].kind] if name in table.columns else "VARCHAR"
    return types


def _bar(con: DuckDBPyConnection, batch: Batch, is_erased: Callable[[list[str]], list[bool]]) -> None:
    cursor = con.cursor()
    asked = cursor.execute(f"SELECT DISTINCT customer_id FROM {parquet([batch.records])}")
    while some := [row[0] for row in asked.fetchmany(50_000)]:
        barred = [name for name, erased in zip(some, is_erased(some), strict=True) if erased]
        if barred:
            con.execute("INSERT INTO barred SELECT unnest($names)", {"names": barred})


def _present(files: Files, present: Sequence[Part]) -> str:
    if not present:
        return "SELECT 0 AS part, NULL::VARCHAR AS record_key, NULL::VARCHAR AS record_hash WHERE false"
    return " UNION ALL ".join(
        f"SELECT {number} AS part, record_key, record_hash FROM {parquet([files.path(part)])}"
        for number, part in enumerate(present)
    )


def _without_gone(con: DuckDBPyConnection, files: Files, bench: Path, part: Part, number: int) -> Part | None:
    """The part itself where nothing of it is gone, else a part of what is left; None if nothing is."""
    (gone,) = _row(con, f"SELECT count(*) FROM gone WHERE part = {number}")
    if not gone:
        return part
    if gone == part.records:
        return None
    target = bench / f"rewritten-{number}.parquet"
    con.execute(
        f"""COPY (SELECT * FROM {parquet([files.path(part)])}
        WHERE record_key::UUID NOT IN (SELECT key FROM gone WHERE part = {number})
        ORDER BY row_no, contact_no) TO $target {_COPY}""",
        {"target": str(target)},
    )
    return _kept(con, files, target)


def _written(
    con: DuckDBPyConnection,
    files: Files,
    bench: Path,
    batch: Batch,
    columns: dict[str, str],
    allowed: str,
    *,
    everything: bool,
) -> Part:
    """A part of the batch's records that are new or changed."""
    picked = ", ".join(f"{identifier(name)}::{kind} AS {identifier(name)}" for name, kind in columns.items())
    chosen = allowed if everything else f"{allowed} AND row_no IN (SELECT row_no FROM decided WHERE writes)"
    target = bench / "written.parquet"
    con.execute(
        f"""COPY (SELECT {picked} FROM {parquet([batch.records])} WHERE {chosen}
        ORDER BY row_no, contact_no) TO $target {_COPY}""",
        {"target": str(target)},
    )
    return _kept(con, files, target)


def _kept(con: DuckDBPyConnection, files: Files, target: Path) -> Part:
    rows, records = _row(con, f"SELECT count(*), count(DISTINCT row_no) FROM {parquet([target])}")
    return files.keep_part(target, rows=rows, records=records)
