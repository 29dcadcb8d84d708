"""Merging a batch into its source: which records are new, unchanged, changed or gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.contract import SQL_TYPES, contract
from core.errors import InputFault
from core.query import identifier
from core.text import Text
from store.engine import parquet
from store.warehouse.manifest import Batch, Part, SourceCounts
from store.warehouse.workbench import Workbench

PART_COLUMNS = {
    "record_key": "UUID",
    "record_hash": "UUID",
    "row_no": "BIGINT",
    "contact_no": "INTEGER",
}


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The source's parts after the merge, and what happened to the records.

    `accepted` is the batch without the rows of erased customers, as a relation of the same connection.
    """

    parts: tuple[Part, ...]
    accepted: str
    counts: SourceCounts
    erased_rows: tuple[int, ...]


def merge(
    bench: Workbench,
    batch: Batch,
    present: Sequence[Part],
    is_erased: Callable[[list[str]], list[bool]] | None,
) -> Merged:
    """Writes new and rewritten parts; the old ones stay untouched.

    Records of a key that comes more than once are taken one after the other, so the last one stands. A part
    is rewritten only where it holds records that changed or (mode replace) are no longer there.
    """
    columns = _columns(bench, batch)
    origin = parquet([batch.records])
    allowed = _bar(bench, origin, is_erased) if is_erased and "customer_id" in columns else "true"
    made, last = bench.row(f"SELECT count(*), max(contact_no) FROM {origin} WHERE {allowed}")
    erased_rows = bench.rows(f"SELECT DISTINCT row_no FROM {origin} WHERE NOT ({allowed}) ORDER BY 1")
    one_each = not last
    if batch.distinct and not present:
        new, unchanged, changed, removed, going = made, 0, 0, 0, 0
        if not one_each:
            (new,) = bench.row(f"SELECT count(DISTINCT row_no) FROM {origin} WHERE {allowed}")
        writes = new
    else:
        _compare(bench, batch, origin, allowed, present, one_each=one_each)
        new, unchanged, changed, writes = bench.row(
            """SELECT count(*) FILTER (before IS NULL), count(*) FILTER (before = hash),
                count(*) FILTER (before <> hash), count(*) FILTER (writes) FROM decided"""
        )
        going, removed = bench.row("SELECT count(*), count(*) FILTER (removed) FROM gone")
    left = [_without_gone(bench, part, number) if going else part for number, part in enumerate(present)]
    parts = [part for part in left if part is not None]
    every = writes == new + unchanged + changed
    if writes and every and allowed == "true" and _is_part(bench, batch, columns):
        parts.append(bench.adopt(batch.records, rows=made, records=writes))
    elif writes:
        picked = "$source AS source" + "".join(
            f", {identifier(name)}::{kind} AS {identifier(name)}" for name, kind in columns.items()
        )
        chosen = allowed if every else f"{allowed} AND row_no IN (SELECT row_no FROM decided WHERE writes)"
        # A plain scan keeps the order of the file; a join does not.
        order = "" if chosen == "true" else "ORDER BY row_no, contact_no"
        parts.append(
            bench.write(
                f"SELECT {picked} FROM {origin} WHERE {chosen} {order}",
                {"source": batch.source},
                records=writes,
            )
        )
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
    return Merged(
        parts=tuple(parts),
        accepted=f"(FROM {origin} WHERE {allowed})",
        counts=counts,
        erased_rows=tuple(row for (row,) in erased_rows),
    )


def _columns(bench: Workbench, batch: Batch) -> dict[str, str]:
    """Columns of the batch and the types they are kept in. A missing required one is an InputFault."""
    table = contract()[batch.table]
    found = bench.kinds(parquet([batch.records]))
    lacking = [name for name in (*PART_COLUMNS, *table.required) if name not in found]
    if lacking:
        raise InputFault(
            Text(
                de="Der Quelle „{source}“ fehlt: {columns}.", en="The source “{source}” lacks: {columns}."
            ).fill(source=batch.source, columns=", ".join(lacking))
        )
    # Keys keep the type that they came in: what makes them decides how a source's records are told apart.
    types = PART_COLUMNS | {name: found[name] for name in ("record_key", "record_hash")}
    for name in found:
        if name not in ("source", *types):
            types[name] = SQL_TYPES[table.columns[name].kind] if name in table.columns else "VARCHAR"
    return types


def _compare(
    bench: Workbench, batch: Batch, origin: str, allowed: str, present: Sequence[Part], *, one_each: bool
) -> None:
    """`decided`: what becomes of the records that arrived. `gone`: what leaves the parts that are there.

    Of what is there, only what arrived again is looked at, unless the batch is the whole truth.
    """
    bench.do(
        f"""CREATE OR REPLACE TABLE arrived AS
        SELECT {"" if one_each else "DISTINCT"} row_no, record_key::UUID AS key, record_hash::UUID AS hash
        FROM {origin} WHERE {allowed}"""
    )
    again = "" if batch.mode == "replace" else "SEMI JOIN arrived USING (key)"
    bench.do(
        f"""CREATE OR REPLACE TABLE present AS
        SELECT DISTINCT part, key, hash FROM ({_present(bench, present)}) {again}"""
    )
    before, latest = "p.hash", "true"
    if not batch.distinct:
        before = "lag(a.hash, 1, p.hash) OVER (PARTITION BY key ORDER BY row_no)"
        latest = "row_no = max(row_no) OVER (PARTITION BY key)"
    bench.do(
        f"""CREATE OR REPLACE TABLE decided AS
        SELECT row_no, key, a.hash, {before} AS before,
            a.hash IS DISTINCT FROM p.hash AND {latest} AS writes
        FROM arrived a LEFT JOIN present p USING (key)"""
    )
    bench.do(
        f"""CREATE OR REPLACE TABLE gone AS
        SELECT part, key, false AS removed FROM present
        SEMI JOIN (SELECT key FROM decided WHERE writes) d USING (key)
        UNION ALL
        SELECT part, key, true FROM present ANTI JOIN arrived USING (key) WHERE {batch.mode == "replace"}"""
    )


def _is_part(bench: Workbench, batch: Batch, columns: Mapping[str, str]) -> bool:
    """Whether the batch's file is shaped exactly as a part of its source."""
    origin = parquet([batch.records])
    if bench.kinds(origin) != {"source": "VARCHAR", **columns}:
        return False
    return bench.row(f"SELECT min(source), max(source) FROM {origin}") == (batch.source, batch.source)


def _bar(bench: Workbench, origin: str, is_erased: Callable[[list[str]], list[bool]]) -> str:
    """Lists the erased customers that the batch names; a condition that leaves them out."""
    bench.do("CREATE OR REPLACE TABLE barred (customer_id VARCHAR)")
    asked = bench.con.cursor().execute(f"SELECT DISTINCT customer_id FROM {origin}")
    while some := [row[0] for row in asked.fetchmany(50_000)]:
        barred = [name for name, erased in zip(some, is_erased(some), strict=True) if erased]
        if barred:
            bench.do("INSERT INTO barred SELECT unnest($names)", {"names": barred})
    return "coalesce(customer_id NOT IN (FROM barred), true)"


def _present(bench: Workbench, present: Sequence[Part]) -> str:
    if not present:
        return "SELECT 0 AS part, NULL::UUID AS key, NULL::UUID AS hash WHERE false"
    hashes = "record_key::UUID AS key, record_hash::UUID AS hash"  # older sources keep them as text
    return " UNION ALL ".join(
        f"SELECT {number} AS part, {hashes} FROM {bench.over([part])}" for number, part in enumerate(present)
    )


def _without_gone(bench: Workbench, part: Part, number: int) -> Part | None:
    """The part itself where nothing of it is gone, else a part of what is left; None if nothing is."""
    (gone,) = bench.row("SELECT count(*) FROM gone WHERE part = $number", {"number": number})
    if not gone:
        return part
    if gone == part.records:
        return None
    return bench.write(
        f"""SELECT * FROM {bench.over([part])}
        WHERE record_key::UUID NOT IN (SELECT key FROM gone WHERE part = $number)
        ORDER BY row_no, contact_no""",
        {"number": number},
        records=part.records - gone,
        files=part.files,
    )
