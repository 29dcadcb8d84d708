"""All of a state in one file that any of its databases can take in: SQLite's into PostgreSQL and back.

JSON lines: the first says which version of the schema wrote them and what the columns of each table are,
every further one is a table's name and a row's values. Times are ISO 8601, pictures Base64.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, Select, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from core.errors import InputFault
from core.text import Text
from store.state.database import Database, faults_told, revision_of, upgrade
from store.state.tables import Base

_FORMAT = 1
_ROWS_AT_ONCE = 1000
_OF_NO_WORTH = {"setting", "visit", "audit", "mapping"}
"""Tables that fill by themselves as soon as somebody looks around."""


def dump(database: Database, target: Path) -> int:
    """Writes every row as it is at one moment; returns how many."""
    with faults_told(), database.engine.begin() as connection:
        return _write(connection, target)


def fill(database: Database, source: Path, before: Path) -> None:
    """Puts a dump in the place of all that the database holds: all of it or, if anything is wrong, nothing.

    What it held up to that moment is dumped to `before`. An older schema's rows are taken as they were then
    and brought up to date. InputFault for a file that is no dump or comes from a newer version.
    """
    try:
        with source.open(encoding="utf-8") as file, faults_told(), database.engine.begin() as connection:
            head = json.loads(file.readline())
            if head["format"] != _FORMAT:
                raise _newer()
            _write(connection, before)
            Base.metadata.drop_all(connection)
            connection.execute(text("DROP TABLE alembic_version"))
            upgrade(connection, head["revision"])
            _insert(connection, head["tables"], file)
            upgrade(connection, "head")
    except CommandError as error:
        raise _newer() from error
    except (ValueError, KeyError, TypeError, SQLAlchemyError) as error:
        raise InputFault(
            Text(
                de="Was Menschen eingegeben haben, lässt sich aus dieser Sicherung nicht lesen.",
                en="What people entered cannot be read from this backup.",
            )
        ) from error


def _write(connection: Connection, target: Path) -> int:
    tables = Base.metadata.sorted_tables
    columns = {table.name: [column.name for column in table.columns] for table in tables}
    rows = 0
    with target.open("w", encoding="utf-8") as file:
        head = {"format": _FORMAT, "revision": revision_of(connection), "tables": columns}
        print(json.dumps(head), file=file)
        for table in tables:
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                line = [table.name, [_plain(value) for value in row]]
                print(json.dumps(line, ensure_ascii=False), file=file)
                rows += 1
    return rows


def _insert(connection: Connection, columns: Mapping[str, Sequence[str]], file: TextIO) -> None:
    then = MetaData()
    then.reflect(connection, only=list(columns))
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in file:
        name, values = json.loads(line)
        table = then.tables[name]
        rows[name].append(
            {
                column: _typed(table, column, value)
                for column, value in zip(columns[name], values, strict=True)
            }
        )
    for table in then.sorted_tables:
        for some in _batches(_parents_first(table, rows[table.name])):
            connection.execute(table.insert(), some)
        _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """Lets PostgreSQL's counter go on after the highest number; SQLite does so by itself."""
    number = table.autoincrement_column
    if connection.dialect.name != "postgresql" or number is None:
        return
    highest = connection.execute(select(func.max(number))).scalar()
    if highest is not None:
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"),
            {"table": table.name, "column": number.name, "highest": highest},
        )


def _parents_first(table: Table, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row that points to another one of its own table comes after it."""
    pairs = [(key.parent.name, key.column.name) for key in table.foreign_keys if key.column.table is table]
    if not pairs:
        return list(rows)
    ((parent, own),) = pairs
    by_key = {row[own]: row for row in rows}
    ordered: dict[Any, dict[str, Any]] = {}

    for row in rows:
        line = [row]
        while (above := by_key.get(line[-1][parent])) is not None and above[own] not in ordered:
            line.append(above)
        ordered.update({one[own]: one for one in reversed(line)})
    return list(ordered.values())


def _batches(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[start : start + _ROWS_AT_ONCE]


def _plain(value: object) -> object:
    match value:
        case dt.date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode("ascii")
    return value


def _typed(table: Table, column: str, value: Any) -> Any:
    kind = table.c[column].type.python_type
    if value is None or kind not in (dt.datetime, dt.date, bool, bytes):
        return value
    if kind is bytes:
        return base64.b64decode(value, validate=True)
    return bool(value) if kind is bool else kind.fromisoformat(value)


def holds_own(database: Database) -> bool:
    """Whether people have entered anything: rounds, actions, notes; not the sample's, nor one's own name."""
    with faults_told(), database.engine.begin() as connection:
        return any(
            connection.execute(_own_rows(table)).scalar()
            for table in Base.metadata.sorted_tables
            if table.name not in _OF_NO_WORTH and not _belongs_to_another(table)
        )


def _own_rows(table: Table) -> Select[int]:
    rows = select(func.count()).select_from(table)
    return rows.where(table.c.sample.is_(False)) if "sample" in table.c else rows


def _belongs_to_another(table: Table) -> bool:
    return any(key.column.table is not table and not key.parent.nullable for key in table.foreign_keys)


def _newer() -> InputFault:
    return InputFault(
        Text(
            de="Diese Sicherung stammt von einer neueren Fassung von Wegmarke. Bitte aktualisieren Sie "
            "zuerst.",
            en="This backup comes from a newer version of Wegmarke. Please update first.",
        )
    )
