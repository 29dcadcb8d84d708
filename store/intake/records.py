"""Raw rows to checked records: typed, keyed, expanded into contacts; what cannot be read keeps its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.contract import contract
from core.errors import InputFault
from core.query import identifier
from core.text import Text
from store.engine import connect
from store.intake import casting
from store.intake.alike import places_alike
from store.intake.cells import Bound, Place, Shape, own_dimensions
from store.intake.faults import unaccounted
from store.intake.mapping import Mapping
from store.intake.plan import RAW, Plan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Progress = Callable[[float], None]

_BLOCK = 1 << 20

REPLACED = Text(
    de="Eine spätere Zeile derselben Datei hat denselben Schlüssel; sie gilt",
    en="A later row of the same file has the same key and counts instead",
)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why rows were rejected or cells left out: how often, and an example. `fatal`: the row is not stored."""

    column: str
    text: Text
    fatal: bool
    count: int
    example: str


@dataclass(frozen=True, kw_only=True)
class Records:
    """A mapped file. rows = accepted + rejected.

    `path` is a Parquet file shaped like a source part, `rejects` one of row_no, column, value, reason_de,
    reason_en, fatal: rejected rows, and with fatal = false cells that were left out of rows that stay.
    `touchpoints` counts the contacts of each touchpoint and how many of them the file itself gives a phase or
    closes (an outcome). `dimensions` maps own columns to their headers.
    """

    path: Path
    rejects: Path
    rows: int
    accepted: int
    rejected: int
    contacts: int
    reasons: tuple[Reason, ...]
    touchpoints: dict[str, tuple[int, int]]
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    dimensions: dict[str, str]


def apply(
    raw: Path,
    mapping: Mapping,
    shape: Shape,
    place: Place,
    *,
    out: Path,
    scratch: Path,
    raw_rejects: Path | None = None,
    present: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Records:
    """Read the raw table (`_row` and c0..cN as text) by the mapping into `out`/records.parquet and rejects.

    Every ambiguity must be decided (deciding.decide). Raises InputFault where the mapping names a column that
    the file lacks, or a money column holds a second currency. `raw_rejects` are rows that reading already
    gave up; they join the rejects but are counted by the reader. `present`: the parts that the source has,
    whose records are recognised by hashes made in the same way.
    """
    tell = progress or (lambda _: None)
    out.mkdir(parents=True, exist_ok=True)
    bound = Bound()
    plan = Plan(mapping, shape, place, bound, as_text=_hashed_as_text(present))
    readable = [raw, out, *([raw_rejects] if raw_rejects else [])]
    connection = connect(temp=scratch, readable=readable)
    work = _Work(connection, plan, raw, out / "records.parquet", out / "rejects.parquet")
    try:
        _one_currency(connection, plan, shape, place, raw)
        tell(0.05)
        complete = _look(work)
        tell(0.2)
        _mark_twins(work)
        tell(0.3)
        suspects = _write_rows(work, complete=complete)
        tell(0.8)
        _find_faults(work, suspects)
        _write_rejects(work, raw_rejects)
        return _summary(work, shape)
    finally:
        connection.close()
        tell(1.0)


@dataclass(frozen=True)
class _Work:
    connection: Connection
    plan: Plan
    raw: Path
    path: Path
    rejects: Path

    def do(self, sql: str, **more: object) -> list[tuple[Any, ...]]:
        """Run a statement over the raw table (`$raw`) with those of the plan's bound values that it names."""
        return _run(self.connection, sql, self.plan.bound, raw=str(self.raw), **more)

    def stream(self, sql: str) -> Any:
        """The result of a query over the raw table, in its order, as Arrow batches."""
        values = {**self.plan.bound.used(sql), "raw": str(self.raw)}
        return self.connection.sql(sql, params=values).to_arrow_reader(_BLOCK)


def _hashed_as_text(present: Sequence[Path]) -> bool:
    """Whether a source was begun when hashes were kept as hexadecimal text."""
    return any(pq.read_schema(part).field("record_key").type == pa.string() for part in present)


def _run(connection: Connection, sql: str, bound: Bound, **more: object) -> list[tuple[Any, ...]]:
    """Run a statement with those of the bound values that it names."""
    more = {name: value for name, value in more.items() if f"${name}" in sql}
    return connection.execute(sql, {**bound.used(sql), **more}).fetchall()


def _path(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _one_currency(connection: Connection, plan: Plan, shape: Shape, place: Place, raw: Path) -> None:
    """Refuse a second currency: a sign in a money cell, or a word in the currency column."""
    checks = [
        (cell.label, cell.text, casting.foreign_money_sql("{text}", place.currency))
        for cell in plan.columns
        if cell.money
    ]
    header = plan.mapping.currency
    if header:
        own = (place.currency, *casting.SYMBOLS.get(place.currency, ()))
        foreign = f"lower({{text}}) NOT IN ({', '.join(f'lower({plan.bound(name)})' for name in own)})"
        checks.append((header, shape.sql(header), foreign))
    if not checks:
        return
    texts = ", ".join(f"{text} AS t{n}" for n, (_, text, _) in enumerate(checks))
    found = [(test.replace("{text}", f"t{n}"), n) for n, (_, _, test) in enumerate(checks)]
    counts = ", ".join(
        f"count(*) FILTER ({test}), min(_row) FILTER ({test}), arg_min(t{n}, _row) FILTER ({test})"
        for test, n in found
    )
    sql = f"SELECT {counts} FROM (SELECT _row, {texts} FROM read_parquet($raw))"
    result = _run(connection, sql, plan.bound, raw=str(raw))[0]
    for n, (label, _, _) in enumerate(checks):
        count, row, example = result[3 * n : 3 * n + 3]
        if count:
            raise InputFault(
                Text(
                    de="Die Spalte „{column}“ enthält eine zweite Währung: in Zeile {row} steht „{value}“, "
                    "insgesamt in {count} Zeilen. Dieser Arbeitsbereich rechnet in {currency}. Rechnen Sie "
                    "die Beträge vor dem Import um, oder lassen Sie die Zeilen weg.",
                    en="The column “{column}” holds a second currency: row {row} says “{value}”, {count} "
                    "rows in all. This workspace counts in {currency}. Convert the amounts before importing, "
                    "or leave those rows out.",
                ).fill(column=label, row=row, value=str(example), count=count, currency=place.currency)
            )


def _look(work: _Work) -> bool:
    """The temporary table `alike`: places of the rows that may be the same as another one. Returns whether
    every row has its required values."""
    plan, complete = work.plan, True
    sql = (
        f"SELECT CAST({plan.likeness()} >> 32 AS UINTEGER) AS likeness, {plan.complete()} AS complete "
        f"FROM ({plan.cells_sql()})"
    )
    chunks = []
    for batch in work.stream(sql):
        chunks.append(batch["likeness"].to_numpy())
        complete = complete and pc.all(batch["complete"]).as_py()
    found = pa.table({"place": places_alike(chunks)})
    work.connection.register("found", found)
    work.do("CREATE TEMP TABLE alike AS SELECT place FROM found")
    work.connection.unregister("found")
    return complete


def _mark_twins(work: _Work) -> None:
    """The temporary table `twins`: rows that share their key or, without a key, all their fields with another
    row, and which of them each is: its `ordinal` from 2; the row that is not listed is the first.

    With a key the last row of the file counts as the first; the others are replaced. Without one, identical
    rows are numbered in the order of the file: real duplicates stay. Rows are compared in full only where a
    few of their fields are alike.
    """
    plan = work.plan
    work.do("CREATE TEMP TABLE twins (row_no BIGINT, ordinal BIGINT)")
    if work.do("SELECT count(*) FROM alike")[0][0]:
        few = plan.cells_sql(
            "(SELECT * FROM read_parquet($raw, file_row_number = true) WHERE file_row_number IN (FROM alike))"
        )
        order = "DESC" if plan.keys else "ASC"
        work.do(
            "INSERT INTO twins SELECT * FROM (SELECT row_no, "
            f"row_number() OVER (PARTITION BY identity ORDER BY row_no {order}) AS ordinal FROM "
            f"(SELECT row_no, {plan.identity()} AS identity FROM ({few}) WHERE {plan.accepted()})) "
            "WHERE ordinal > 1"
        )
    work.do("DROP TABLE alike")


def _ordinal(work: _Work) -> str:
    """The ordinal of a row of the raw table, from `twins`, 1 where a row is not listed there.

    Not by a join, which would lose the order of the rows: the ordinals, less one, are kept as strings of
    bits, one string for each binary digit of a block of rows.
    """
    ((highest,),) = work.do("SELECT coalesce(max(ordinal), 1) FROM twins")
    blocks = [block for (block,) in work.do(f"SELECT DISTINCT row_no // {_BLOCK} FROM twins ORDER BY 1")]
    cases = []
    for block in blocks:
        digits = []
        for digit in range((int(highest) - 1).bit_length()):
            name = f"ordinal_{block}_{digit}"
            work.do(
                f"SET VARIABLE {name} = (SELECT bitstring_agg(row_no % {_BLOCK}, 0, {_BLOCK - 1}) FROM twins "
                f"WHERE row_no // {_BLOCK} = {block} AND (ordinal - 1) & {1 << digit} <> 0)"
            )
            digits.append(f"{1 << digit} * coalesce(get_bit(getvariable('{name}'), place), 0)")
        cases.append(f"WHEN {block} THEN 1 + {' + '.join(digits)}")
    return f"CASE block {' '.join(cases)} ELSE 1 END" if cases else "1"


def _write_rows(work: _Work, *, complete: bool) -> set[int] | None:
    """Write the records, in the order of the file, and say which cells may hold what cannot be read; None:
    look everywhere."""
    plan = work.plan
    numbered = (
        f"(SELECT *, {_ordinal(work)} AS ordinal FROM (SELECT *, _row // {_BLOCK} AS block, "
        f"CAST(_row % {_BLOCK} AS INTEGER) AS place FROM {RAW}))"
    )
    if plan.keys:
        numbered = f"(SELECT * FROM {numbered} WHERE ordinal = 1)"
    # a condition would have the values computed twice
    only = f"WHERE {plan.accepted()}" if plan.wide or plan.keys or not complete else ""
    source = f"(SELECT *, {plan.record_hash()} AS record_hash FROM ({plan.cells_sql(numbered)}) {only})"
    contact_no = "0"
    if plan.spread:
        source, contact_no = f"(SELECT *, unnest(contacts) AS c FROM {source})", "c.no"
    elif plan.wide:
        # The outcome carries the amounts, else the order, else the latest contact.
        orders = [stage.touchpoint for stage in plan.mapping.stages if plan.is_order(stage.touchpoint)]
        ordered = f"c.touchpoint IN ({', '.join(map(plan.bound, orders))})" if orders else "false"
        carrier = (
            "list_reverse_sort(list_transform(contacts, lambda c: "
            f"{{'ended': c.event IS NOT NULL, 'ordered': {ordered}, 'at': c.at, 'no': c.no}}))[1].no"
        )
        source = f"(SELECT *, {carrier} AS carrier, unnest(contacts) AS c FROM {source})"
        contact_no = "c.no"
    written = work.do(
        f"COPY (SELECT {plan.bound(plan.mapping.source)} AS source, {plan.record_key()} AS record_key, "
        f"record_hash, row_no, CAST({contact_no} AS INTEGER) AS contact_no, {plan.rows()} FROM {source}) "
        f"TO {_path(work.path)} (FORMAT parquet, DICTIONARY_SIZE_LIMIT 10000, RETURN_STATS)"
    )
    _, count, _, _, about, *_ = written[0]
    if plan.wide or plan.keys or count != work.do("SELECT count(*) FROM read_parquet($raw)")[0][0]:
        return None
    # Every row is there, so a cell that could not be read has left a column with fewer values than texts.
    return {
        n
        for n, cell in enumerate(plan.read)
        if not cell.required and cell.filled != count - int(about[identifier(cell.name)]["null_count"])
    }


def _find_faults(work: _Work, suspects: set[int] | None) -> None:
    """The temporary table `faults`: row_no, code and value of everything that could not be read."""
    work.do("CREATE TEMP TABLE faults (row_no BIGINT, code INTEGER, value VARCHAR)")
    if suspects is None or suspects:
        work.do(f"INSERT INTO faults {work.plan.faults_sql(suspects)}")


def _write_rejects(work: _Work, raw_rejects: Path | None) -> None:
    bound = work.plan.bound
    said = ", ".join(
        f"({code}, {bound(t.column)}, {bound(t.reason.de)}, {bound(t.reason.en)}, {str(t.fatal).lower()})"
        for code, t in enumerate(work.plan.troubles())
    )
    parts = [
        "SELECT row_no, said.column, value, reason_de, reason_en, fatal "
        f'FROM faults JOIN (VALUES {said}) said(code, "column", reason_de, reason_en, fatal) USING (code)'
    ]
    if work.plan.keys:
        label = bound(" + ".join(work.plan.mapping.key))
        parts.append(
            f"SELECT row_no, {label}, '', {bound(REPLACED.de)}, {bound(REPLACED.en)}, true FROM twins"
        )
    if raw_rejects:
        parts.append(
            'SELECT row_no, "column", "value", reason_de, reason_en, true FROM read_parquet($refused)'
        )
    union = " UNION ALL ".join(parts)
    work.do(
        f'COPY (SELECT * FROM ({union}) ORDER BY row_no, "column") TO {_path(work.rejects)} (FORMAT parquet)',
        refused=str(raw_rejects),
    )


def _summary(work: _Work, shape: Shape) -> Records:
    plan, connection, path, rejects = work.plan, work.connection, work.path, work.rejects
    rows, accepted, rejected = _accounted(work)
    reasons = tuple(
        Reason(column=column, text=Text(de=de, en=en), fatal=fatal, count=count, example=example or "")
        for column, de, en, fatal, count, example in connection.execute(
            "SELECT coalesce(\"column\", ''), reason_de, reason_en, fatal, count(*), "
            'arg_min("value", row_no) '
            "FROM read_parquet($rejects) GROUP BY ALL ORDER BY fatal DESC, count(*) DESC, 1",
            {"rejects": str(rejects)},
        ).fetchall()
    )
    table = contract()[plan.mapping.table]
    own = own_dimensions(plan.mapping, shape.columns)
    time = table.time
    dated = time if time and (time in plan.position or plan.wide) else None
    span = f"min({identifier(dated)}), max({identifier(dated)})" if dated else "NULL, NULL"
    contacts, first, last = connection.execute(
        f"SELECT count(*), {span} FROM read_parquet($path)", {"path": str(path)}
    ).fetchall()[0]
    return Records(
        path=path, rejects=rejects, rows=rows, accepted=accepted, rejected=rejected, contacts=contacts,
        reasons=reasons, touchpoints=_volumes(connection, plan, path), first_at=first, last_at=last,
        dimensions={name: header for name, header in own.items() if name not in table.columns},
    )  # fmt: skip


def _accounted(work: _Work) -> tuple[int, int, int]:
    """Rows, accepted and rejected ones, each counted on its own. Unless they add up nothing is taken."""
    plan = work.plan
    ((rows,),) = work.do("SELECT count(*) FROM read_parquet($raw)")
    stored = "count(DISTINCT row_no)" if plan.wide else "count(*)"
    ((accepted,),) = work.do(f"SELECT {stored} FROM read_parquet($path)", path=str(work.path))
    fatal = [code for code, trouble in enumerate(plan.troubles()) if trouble.fatal]
    ((rejected,),) = work.do(
        "SELECT count(DISTINCT row_no) FROM (SELECT row_no FROM faults WHERE list_contains($fatal, code)"
        f"{' UNION ALL SELECT row_no FROM twins' if plan.keys else ''})",
        fatal=fatal,
    )
    if accepted + rejected != rows:
        fault = unaccounted(rows, accepted + rejected)
        raise InputFault(Text(de=fault.de, en=fault.en).fill(**fault.values))
    return rows, accepted, rejected


def _volumes(connection: Connection, plan: Plan, path: Path) -> dict[str, tuple[int, int]]:
    if plan.mapping.table != "contacts":
        return {}
    named = [n for n in ("phase", "event") if plan.wide or n in plan.position]
    said = " OR ".join(f"{name} IS NOT NULL" for name in named) or "false"
    return {
        touchpoint: (count, known)
        for touchpoint, count, known in connection.execute(
            f"SELECT touchpoint, count(*), count(*) FILTER ({said}) FROM read_parquet($path) "
            "GROUP BY touchpoint ORDER BY count(*) DESC, touchpoint LIMIT 2000",
            {"path": str(path)},
        ).fetchall()
    }
