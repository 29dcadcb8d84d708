"""Where a writer works: a hardened connection, a scratch folder, the files of the warehouse."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from duckdb import DuckDBPyConnection

from store.engine import connect, parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Part

ROW_GROUP = 122_880
"""Rows in a row group: as many as DuckDB gives a thread at once."""

MEMORY_MB = 700
"""What DuckDB may take; the rest of what an import may take belongs to the arrays of two chunks."""

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

    def adopt(self, file: Path, *, rows: int, records: int) -> Part:
        """A file that is shaped as a part already as a new part. It stays where it is, too."""
        target = self.draft()
        try:
            os.link(file, target)
        except OSError:  # another file system, or one without links
            shutil.copyfile(file, target)
        return self.files.keep_part(target, rows=rows, records=records)

    def writer(self) -> PartWriter:
        """A new part to be written bit by bit."""
        return PartWriter(self)


_PRUNED = ("customer", "journey", "visit", "phase_no", "phase", "occurred_at", "first_at")
"""Columns by which a reader can skip row groups. Statistics of all others take a quarter of the time."""


class PartWriter:
    """Writes Arrow tables as one part: dictionaries as such, all else plain, which is quick to read."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._file = bench.draft()
        self._writer: Any = None
        self._rows = 0

    def add(self, table: Any) -> None:
        """Adds rows; all tables of a part have the same columns."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._file,
                table.schema,
                compression="lz4",
                use_dictionary=[one.name for one in table.schema if pa.types.is_dictionary(one.type)],
                data_page_version="2.0",
                write_batch_size=ROW_GROUP // 2,  # encoded at once; the usual 1,024 take a tenth longer
                write_statistics=[name for name in _PRUNED if name in table.column_names],
                store_schema=False,
            )
        for at in range(0, max(table.num_rows, 1), ROW_GROUP):
            self._writer.write_table(_narrowed(table.slice(at, ROW_GROUP)), row_group_size=ROW_GROUP)
        self._rows += table.num_rows

    def keep(self) -> Part:
        """The finished part, which holds at least one table, be it empty."""
        self._writer.close()
        return self._bench.files.keep_part(self._file, rows=self._rows)


def _narrowed(group: Any) -> Any:
    """The row group with dictionaries of its own: each would be written whole, ids of all other rows too."""
    columns = []
    for column in group.columns:
        if not pa.types.is_dictionary(column.type) or len(column) == column.null_count:
            columns.append(column)
            continue
        (chunk,) = column.chunks
        ends = pc.min_max(chunk.indices)
        low, words = ends["min"].as_py(), ends["max"].as_py() - ends["min"].as_py() + 1
        if words < len(chunk.dictionary):
            chunk = pa.DictionaryArray.from_arrays(
                pc.subtract(chunk.indices, pa.scalar(low, chunk.indices.type)),
                chunk.dictionary.slice(low, words),
            )
        columns.append(chunk)
    return pa.table(columns, schema=group.schema)


@contextmanager
def workbench(files: Files, folder: Path, readable: Sequence[Path] = ()) -> Iterator[Workbench]:
    """A workbench in a scratch folder that may read the parts and the `readable` files."""
    con = connect(temp=folder, memory_mb=MEMORY_MB, readable=[files.parts, files.rejects, *readable])
    try:
        yield Workbench(con, files, folder)
    finally:
        con.close()
