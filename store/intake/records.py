"""Raw rows to checked records: typed, keyed, expanded into contacts; what cannot be read keeps its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.contract import contract
from core.errors import InputFault
from core.query import identifier
from core.text import Text
from store.engine import connect
from store.intake import casting
from store.intake.cells import Bound, Place, Shape, own_dimensions
from store.intake.mapping import Mapping
from store.intake.plan import Plan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Progress = Callable[[float], None]

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
    progress: Progress | None = None,
) -> Records:
    """Read the raw table (`_row` and c0..cN as text) by the mapping into `out`/records.parquet and rejects.

    Every ambiguity must be decided (deciding.decide). Raises InputFault where the mapping names a column that
    the file lacks, or a money column holds a second currency. `raw_rejects` are rows that reading already
    gave up; they join the rejects but are counted by the reader.
    """
    tell = progress or (lambda _: None)
    out.mkdir(parents=True, exist_ok=True)
    bound = Bound()
    plan = Plan(mapping, shape, place, bound)
    typed, path, rejects = (out / name for name in _FILES)
    readable = [raw, out, *([raw_rejects] if raw_rejects else [])]
    connection = connect(temp=scratch, readable=readable)
    try:
        _one_currency(connection, plan, shape, place, raw)
        tell(0.1)
        _run(connection, f"COPY ({plan.typed()}) TO {_path(typed)} (FORMAT parquet)", bound, raw=str(raw))
        tell(0.6)
        _mark_twins(connection, typed, keyed=bool(mapping.key))
        _write_rows(connection, plan, typed, path)
        tell(0.85)
        _write_rejects(connection, plan, typed, rejects, raw_rejects)
        return _summary(connection, plan, shape, out)
    finally:
        connection.close()
        typed.unlink(missing_ok=True)
        tell(1.0)


_FILES: Final = ("typed.parquet", "records.parquet", "rejects.parquet")


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


def _mark_twins(connection: Connection, typed: Path, *, keyed: bool) -> None:
    """The temporary table `twins`: rows that share their key or, without a key, all their fields.

    With a key the last row of the file counts (ordinal 1); the others are replaced. Without one, identical
    rows are numbered in the order of the file: real duplicates stay. Only shared hashes are ever sorted.
    """
    column, order = ("key_hash", "DESC") if keyed else ("record_hash", "ASC")
    connection.execute(
        f"CREATE TEMP TABLE twins AS SELECT row_no, row_number() OVER (PARTITION BY {column} "
        f"ORDER BY row_no {order}) AS ordinal FROM read_parquet($typed) WHERE accepted AND {column} IN ("
        f"SELECT {column} FROM read_parquet($typed) WHERE accepted GROUP BY {column} HAVING count(*) > 1)",
        {"typed": str(typed)},
    )


def _write_rows(connection: Connection, plan: Plan, typed: Path, path: Path) -> None:
    keyed = bool(plan.keys)
    key = "key_hash" if keyed else "md5(concat(record_hash, ':', coalesce(ordinal, 1)))"
    accepted = "accepted" + (" AND coalesce(ordinal, 1) = 1" if keyed else "")
    source = (
        f"(SELECT t.*, ordinal FROM read_parquet($typed) t LEFT JOIN twins USING (row_no) WHERE {accepted})"
    )
    contact_no = "0"
    if plan.wide:
        # The outcome carries the amounts, else the order, else the latest contact.
        orders = [stage.touchpoint for stage in plan.mapping.stages if plan.is_order(stage.touchpoint)]
        ordered = f"c.touchpoint IN ({', '.join(map(plan.bound, orders))})" if orders else "false"
        carrier = (
            "list_reverse_sort(list_transform(contacts, lambda c: "
            f"{{'ended': c.event IS NOT NULL, 'ordered': {ordered}, 'at': c.at, 'no': c.no}}))[1].no"
        )
        source = f"(SELECT *, {carrier} AS carrier, unnest(contacts) AS c FROM {source})"
        contact_no = "c.no"
    sql = (
        f"COPY (SELECT {plan.bound(plan.mapping.source)} AS source, {key} AS record_key, record_hash, "
        f"row_no, CAST({contact_no} AS INTEGER) AS contact_no, {plan.rows()} FROM {source}) "
        f"TO {_path(path)} (FORMAT parquet)"
    )
    _run(connection, sql, plan.bound, typed=str(typed))


def _write_rejects(
    connection: Connection, plan: Plan, typed: Path, rejects: Path, raw_rejects: Path | None
) -> None:
    bound = Bound()
    troubles = plan.troubles()
    said = ", ".join(
        f"({n}, {bound(t.column)}, {bound(t.reason.de)}, {bound(t.reason.en)}, {str(t.fatal).lower()})"
        for n, t in enumerate(troubles)
    )
    parts = (
        [
            f"SELECT row_no, said.column, f.value AS value, reason_de, reason_en, fatal "
            f"FROM (SELECT row_no, unnest(faults) AS f FROM read_parquet($typed) WHERE faults IS NOT NULL) "
            f'JOIN (VALUES {said}) said(code, "column", reason_de, reason_en, fatal) ON said.code = f.code'
        ]
        if troubles
        else []
    )
    if plan.keys:
        label = bound(" + ".join(plan.mapping.key))
        parts.append(
            f"SELECT row_no, {label}, '', {bound(REPLACED.de)}, {bound(REPLACED.en)}, true "
            "FROM twins WHERE ordinal > 1"
        )
    if raw_rejects:
        parts.append(
            'SELECT row_no, "column", "value", reason_de, reason_en, true FROM read_parquet($raw_rejects)'
        )
    nothing = (
        "SELECT 0::BIGINT AS row_no, '' AS \"column\", '' AS \"value\", '' AS reason_de, '' AS reason_en, "
        "true AS fatal WHERE false"
    )
    union = " UNION ALL ".join([nothing, *parts])
    sql = f'COPY (SELECT * FROM ({union}) ORDER BY row_no, "column") TO {_path(rejects)} (FORMAT parquet)'
    _run(connection, sql, bound, typed=str(typed), raw_rejects=str(raw_rejects))


def _summary(connection: Connection, plan: Plan, shape: Shape, out: Path) -> Records:
    typed, path, rejects = (out / name for name in _FILES)
    replaced = "(SELECT count(*) FROM twins WHERE ordinal > 1)" if plan.keys else "0"
    rows, accepted = connection.execute(
        f"SELECT count(*), count(*) FILTER (accepted) - {replaced} FROM read_parquet($typed)",
        {"typed": str(typed)},
    ).fetchall()[0]
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
        path=path, rejects=rejects, rows=rows, accepted=accepted, rejected=rows - accepted, contacts=contacts,
        reasons=reasons, touchpoints=_volumes(connection, plan, path), first_at=first, last_at=last,
        dimensions={name: header for name, header in own.items() if name not in table.columns},
    )  # fmt: skip


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
