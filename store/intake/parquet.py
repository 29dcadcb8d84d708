"""Parquet: typed columns written as canonical text, so that nobody guesses a locale for them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from store.intake.faults import Unreadable
from store.intake.headers import fingerprint, unique_names
from store.intake.limits import Limits
from store.intake.order import Order
from store.intake.rawrows import RawRows

_BATCH = 122_880
_YEAR_1, _YEAR_10000 = -62_135_596_800, 253_402_300_800  # seconds since 1970
_SHORT = 4  # bytes a value, dictionary included
_CELLS = 2_000_000


@contextmanager
def _opened(path: Path, few: Sequence[str] = ()) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(
            path,
            buffer_size=1024 * 1024,
            pre_buffer=False,
            page_checksum_verification=True,
            read_dictionary=list(few),
        ) as file:
            yield file
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, OverflowError, UnicodeDecodeError) as error:
        raise Unreadable(
            "Die Parquet-Datei ist abgeschnitten oder beschädigt ({reason}). Nichts wurde übernommen.",
            "The Parquet file is cut short or damaged ({reason}). Nothing was imported.",
            reason=str(error).splitlines()[0][:200] if str(error) else type(error).__name__,
        ) from None


def sniff_parquet(path: Path, limits: Limits) -> dict[str, Any]:
    """The layout of a Parquet file as JSON values; raises Unreadable."""
    with _opened(path) as file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
    if len(schema) > limits.columns:
        raise Unreadable(
            "Die Datei hat {count} Spalten, erlaubt sind {most}.",
            "The file has {count} columns; at most {most} are allowed.",
            count=len(schema),
            most=limits.columns,
        )
    if not len(schema) or rows <= 0:
        raise Unreadable("Die Parquet-Datei enthält keine Zeilen.", "The Parquet file holds no rows.")
    columns, notices = unique_names(schema.names)
    nested = [name for name, kind in zip(columns, schema.types, strict=True) if pa.types.is_nested(kind)]
    if nested:
        names = ", ".join(nested[:5])
        notices += (
            (
                f"Verschachtelte Spalten stehen als JSON-Text in der Tabelle: {names}.",
                f"Nested columns are written as JSON text: {names}.",
            ),
        )
    return {
        "kind": "parquet",
        "columns": list(columns),
        "fingerprint": fingerprint(columns, headerless=False),
        "typed": _typed(columns, schema),
        "notices": [{"de": de, "en": en} for de, en in notices],
    }


def _typed(columns: tuple[str, ...], schema: pa.Schema) -> dict[str, str]:
    kinds = {name: _kind(kind) for name, kind in zip(columns, schema.types, strict=True)}
    return {name: kind for name, kind in kinds.items() if kind}


def _kind(kind: pa.DataType) -> str | None:
    types = pa.types
    if types.is_dictionary(kind):
        return _kind(kind.value_type)
    if types.is_boolean(kind):
        return "flag"
    if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind):
        return "number"
    return "time" if types.is_timestamp(kind) or types.is_date(kind) else None


def read_parquet(order: Order) -> dict[str, Any]:
    """Every row to `out`; the file's own row count is the independent one."""
    columns = order.layout["columns"]
    with _opened(order.path) as file:
        few = _of_few_values(file.metadata)
    with _opened(order.path, few) as file:
        schema, records = file.schema_arrow, file.metadata.num_rows
        if unique_names(schema.names)[0] != tuple(columns):
            raise Unreadable(
                "Die Spalten passen nicht zur erkannten Form der Datei.",
                "The columns do not fit the recognised shape of the file.",
            )
        size = max(1_000, min(_BATCH, _CELLS // len(columns)))
        number = 1
        with RawRows(order, None) as rows:
            for batch in file.iter_batches(batch_size=size, use_threads=False):
                arrays = [
                    _readable(name, column) for name, column in zip(columns, batch.columns, strict=True)
                ]
                rows.add(np.arange(number, number + batch.num_rows), arrays)
                number += batch.num_rows
                order.progress(number / max(1, records))
    return rows.counted(records, _typed(tuple(columns), schema))


def _of_few_values(about: pq.FileMetaData) -> list[str]:
    """Columns of text that the file keeps as numbers into a short dictionary: they can stay that way."""
    if not about.num_row_groups:
        return []
    group = about.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    return [
        column.path_in_schema
        for column in columns
        if column.physical_type == "BYTE_ARRAY"
        and column.has_dictionary_page
        and column.total_uncompressed_size < _SHORT * column.num_values
    ]


def _readable(name: str, column: pa.Array) -> pa.Array:
    """Times without an offset as they are, dictionaries of text as they are, all else as text."""
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz is None:
        return _in_microseconds(column)
    if pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type):
        return column
    return as_text(name, column)


def _in_microseconds(column: pa.Array) -> pa.Array:
    """What lies outside the years 1 to 9999 is put at their edges: no date to anybody, but still a value."""
    per = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[column.type.unit]
    first, last = (max(-(2**63), _YEAR_1 * per), min(2**63 - 1, _YEAR_10000 * per - 1))
    whole = column.cast(pa.int64())
    found = pc.min_max(whole).as_py()
    if found["min"] is not None and (found["min"] < first or found["max"] > last):
        within = pc.min_element_wise(
            pc.max_element_wise(whole, first, skip_nulls=False), last, skip_nulls=False
        )
        column = within.cast(column.type)
    return column.cast(pa.timestamp("us"), safe=False)


def as_text(name: str, column: pa.Array) -> pa.Array:  # noqa: PLR0911 - one per kind of column
    """A column as text: ISO times (`2024-01-31 09:30:00`, aware ones in UTC with +00:00), plain decimals
    without trailing zeros or exponents, true and false, JSON for nested values; NaN becomes NULL."""
    kind = column.type
    types = pa.types
    if types.is_dictionary(kind):
        return as_text(name, column.dictionary_decode())
    if types.is_timestamp(kind):
        return _times(column)
    if types.is_floating(kind):
        return _floats(column)
    if types.is_decimal(kind):
        return _plain(column.cast(pa.string()))
    if types.is_duration(kind):
        return column.cast(pa.int64()).cast(pa.string())
    if types.is_nested(kind):
        return pa.array(
            [
                None if value is None else json.dumps(value, ensure_ascii=False, default=str)
                for value in column.to_pylist()
            ],
            pa.string(),
        )
    try:
        return column.cast(pa.string())
    except pa.ArrowException as error:
        raise Unreadable(
            "Die Spalte „{name}“ ({kind}) lässt sich nicht als Text lesen: {reason}",
            "The column “{name}” ({kind}) cannot be read as text: {reason}",
            name=name,
            kind=str(kind),
            reason=str(error)[:200],
        ) from None


def _times(column: pa.Array) -> pa.Array:
    aware = column.type.tz is not None
    naive = column.cast(pa.timestamp(column.type.unit))
    whole = pc.all(pc.equal(pc.floor_temporal(naive, unit="second"), naive)).as_py()
    if whole is not False:
        naive = naive.cast(pa.timestamp("s"))
    text = naive.cast(pa.string())
    return pc.binary_join_element_wise(text, "+00:00", "") if aware else text


def _floats(column: pa.Array) -> pa.Array:
    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    size = pc.abs(column)
    if (
        column.null_count < len(column)
        and pc.all(pc.and_(pc.equal(pc.floor(column), column), pc.less(size, 2.0**53))).as_py()
    ):
        return column.cast(pa.int64()).cast(pa.string())
    return _plain(column.cast(pa.string()))


def _plain(text: pa.Array) -> pa.Array:
    """Trailing zeros cut, exponents written out."""
    exponents = pc.match_substring(text, "e", ignore_case=True)
    if pc.any(exponents).as_py():
        written = [
            None if value is None else value if "nf" in value else format(Decimal(value), "f")
            for value in text.to_pylist()
        ]
        text = pa.array(written, pa.string())
    fraction = pc.match_substring(text, ".")
    if pc.any(fraction).as_py():
        trimmed = pc.utf8_rtrim(pc.utf8_rtrim(text, "0"), ".")
        text = pc.if_else(fraction, trimmed, text)
    return text
