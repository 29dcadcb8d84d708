"""Raw tables for tests of what comes after reading: rows of text in Parquet, as reading leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from store.intake.cells import Place, Shape
from store.intake.deciding import decide
from store.intake.mapping import Mapping, parse_mapping
from store.intake.records import Records, apply


def raw_table(folder: Path, headers: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Path:
    """`_row` from 1 and c0..cN; an empty text is NULL, as in a CSV file."""
    columns: dict[str, pa.Array] = {"_row": pa.array(range(1, len(rows) + 1), pa.int64())}
    for n in range(len(headers)):
        columns[f"c{n}"] = pa.array([row[n] or None for row in rows], pa.string())
    path = folder / "raw.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def read_by(
    folder: Path,
    mapping: Mapping | str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    place: Place | None = None,
) -> tuple[Records, pd.DataFrame, pd.DataFrame]:
    """Decide and apply a mapping (or its TOML): the records, their table in file order, and the rejects."""
    chosen = parse_mapping(mapping) if isinstance(mapping, str) else mapping
    shape, where = Shape(tuple(headers)), place or Place()
    raw = raw_table(folder, headers, rows)
    decided = decide(raw, chosen, shape, where, folder / "spill").demand()
    records = apply(raw, decided, shape, where, out=folder / "out", scratch=folder / "spill")
    table = pd.read_parquet(records.path).sort_values(["row_no", "contact_no"], ignore_index=True)
    return records, table, pd.read_parquet(records.rejects)
