"""The fast reader: Arrow's. What it has read counts only where `structure.scan` proves the text regular."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.csv

from store.intake.decoding import TextFile
from store.intake.faults import Unreadable
from store.intake.rawrows import RawRows
from store.intake.textrecords import Dialect

_BLOCK = 8 * 1024 * 1024


def read(
    text: TextFile,
    dialect: Dialect,
    rows: RawRows,
    progress: Callable[[float], None],
    wanted: Callable[[], bool],
) -> None:
    """Every record to `rows`, all columns as text, empty cells as NULL; as long as `wanted` says so."""
    names = [f"c{index}" for index in range(len(rows.columns))]
    number = 1
    if text.start >= text.size or not wanted():
        return
    with pa.OSFile(str(text.path)) as file:
        file.seek(text.start)
        try:
            for batch in _opened(file, dialect, names):
                if not wanted():
                    return
                rows.add(np.arange(number, number + batch.num_rows), batch.columns)
                number += batch.num_rows
                progress(min(1.0, file.tell() / text.size))
        except pa.ArrowInvalid as error:
            raise Unreadable(
                "Die Datei ist widersprüchlich aufgebaut ({reason}). Nichts wurde übernommen.",
                "The file contradicts itself ({reason}). Nothing was imported.",
                reason=str(error)[:200],
            ) from None


def _opened(file: pa.NativeFile, dialect: Dialect, names: list[str]) -> pyarrow.csv.CSVStreamingReader:
    return pyarrow.csv.open_csv(
        file,
        read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=dialect.delimiter, quote_char=dialect.quote, double_quote=True, newlines_in_values=True
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
        ),
    )
