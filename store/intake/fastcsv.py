"""The fast reader: Arrow's, for text that `structure.scan` has proved regular."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.csv

from store.intake.decoding import TextFile
from store.intake.delimiters import Dialect
from store.intake.rawrows import RawRows

_BLOCK = 4 * 1024 * 1024


def read(text: TextFile, dialect: Dialect, rows: RawRows, progress: Callable[[float], None]) -> None:
    """Every record to `rows`, all columns as text, empty cells as NULL."""
    names = [f"c{index}" for index in range(len(rows.columns))]
    number = 1
    if text.start >= text.size:
        return
    with pa.OSFile(str(text.path)) as file:
        file.seek(text.start)
        reader = pyarrow.csv.open_csv(
            file,
            read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=False),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote,
                double_quote=True,
                newlines_in_values=True,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
        for batch in reader:
            rows.add(np.arange(number, number + batch.num_rows), batch.columns)
            number += batch.num_rows
            progress(min(1.0, file.tell() / text.size))
