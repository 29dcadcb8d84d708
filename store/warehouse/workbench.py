"""Where a writer works: a hardened connection, a scratch folder, the files of the warehouse."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from store.engine import connect, parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Part

_AS_PARQUET = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"


@dataclass(frozen=True)
class Workbench:
    con: DuckDBPyConnection
    files: Files
    folder: Path

    def do(self, sql: str, values: Mapping[str, object] | None = None) -> None:
        self.con.execute(sql, dict(values or {}))

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        return self.con.execute(sql, dict(values or {})).fetchall()

    def row(self, sql: str, values: Mapping[str, object] | None = None) -> tuple[Any, ...]:
        """The one row that an aggregate gives."""
        (found,) = self.rows(sql, values)
        return found

    def columns(self, relation: str) -> list[str]:
        return [row[0] for row in self.rows(f"DESCRIBE FROM {relation}")]

    def over(self, parts: Sequence[Part], *, file_column: str | None = None) -> str:
        """The parts as one relation."""
        return parquet(map(self.files.path, parts), file_column=file_column)

    def write(self, select: str, values: Mapping[str, object] | None = None) -> Part:
        """The result of a query as a new part; records are counted where it has `row_no` and `contact_no`."""
        target = self.folder / f"{uuid.uuid4().hex}.parquet"
        self.do(f"COPY ({select}) TO $__target {_AS_PARQUET}", {**(values or {}), "__target": str(target)})
        origin = parquet([target])
        of_source = {"row_no", "contact_no"} <= set(self.columns(origin))
        counts = "count(*), " + ("count(DISTINCT row_no)" if of_source else "0")
        rows, records = self.row(f"SELECT {counts} FROM {origin}")
        return self.files.keep_part(target, rows=rows, records=records)


@contextmanager
def workbench(files: Files, folder: Path, readable: Sequence[Path] = ()) -> Iterator[Workbench]:
    """A workbench in a scratch folder that may read the parts and the `readable` files."""
    con = connect(temp=folder, readable=[files.parts, files.rejects, *readable])
    try:
        yield Workbench(con, files, folder)
    finally:
        con.close()
