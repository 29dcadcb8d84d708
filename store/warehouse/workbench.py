"""Where a writer works: a hardened connection, a scratch folder, the files of the warehouse."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import DuckDBPyConnection

from store.engine import connect, parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Part

ROW_GROUP = 122_880
"""Rows in a row group: as many as DuckDB gives a thread at once."""

_AS_PARQUET = f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"


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

    def batches(self, sql: str, values: Mapping[str, object] | None = None) -> Any:
        """The result as a stream of Arrow batches. Use another cursor for questions in between."""
        return self.con.sql(sql, params=dict(values or {})).to_arrow_reader(ROW_GROUP)

    def cursor(self) -> Workbench:
        """The same bench for another thread, or while a stream of batches is being read."""
        return Workbench(self.con.cursor(), self.files, self.folder)

    def columns(self, relation: str) -> list[str]:
        return list(self.kinds(relation))

    def kinds(self, relation: str) -> dict[str, str]:
        """The columns of a relation and their types."""
        return {row[0]: row[1] for row in self.rows(f"DESCRIBE FROM {relation}")}

    def over(self, parts: Sequence[Part], *, file_column: str | None = None) -> str:
        """The parts as one relation."""
        return parquet(map(self.files.path, parts), file_column=file_column)

    def draft(self) -> Path:
        """A new name for a file in the scratch folder."""
        return self.folder / f"{uuid.uuid4().hex}.parquet"

    def write(
        self, select: str, values: Mapping[str, object] | None = None, *, records: int = 0, files: int = 1
    ) -> Part:
        """The result of a query as a new part, made of so many records of so many files."""
        target = self.draft()
        (rows,) = self.row(
            f"COPY ({select}) TO $__target {_AS_PARQUET}", {**(values or {}), "__target": str(target)}
        )
        return self.files.keep_part(target, rows=rows, records=records, files=files)

    def keep(self, table: Any) -> Part:
        """An Arrow table as a new part: dictionaries as such, all else plain, which is quick to read."""
        target = self.draft()
        pq.write_table(
            table,
            target,
            row_group_size=ROW_GROUP,
            compression="lz4",
            use_dictionary=[one.name for one in table.schema if pa.types.is_dictionary(one.type)],
            data_page_version="2.0",
            store_schema=False,
        )
        return self.files.keep_part(target, rows=table.num_rows)


@contextmanager
def workbench(files: Files, folder: Path, readable: Sequence[Path] = ()) -> Iterator[Workbench]:
    """A workbench in a scratch folder that may read the parts and the `readable` files."""
    con = connect(temp=folder, readable=[files.parts, files.rejects, *readable])
    try:
        yield Workbench(con, files, folder)
    finally:
        con.close()
