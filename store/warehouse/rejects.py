"""The rejects of an import: row number, column, value and reason in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from core.text import Text
from store.engine import parquet
from store.warehouse.files import Files, place

ERASED = Text(
    de="gelöschter Kunde: bleibt auf dessen Wunsch draußen", en="erased customer: kept out as they asked"
)
COLUMNS = {
    "row_no": "BIGINT",
    "column": "VARCHAR",
    "value": "VARCHAR",
    "reason_de": "VARCHAR",
    "reason_en": "VARCHAR",
}


def keep_rejects(
    con: DuckDBPyConnection,
    files: Files,
    bench: Path,
    identity: str,
    rejects: Path | None,
    erased_rows: Sequence[int],
) -> str | None:
    """Keeps an import's rejects and adds the rows of erased customers, without naming them. The file's name."""
    if rejects is None and not erased_rows:
        return None
    con.execute(
        'CREATE OR REPLACE TEMP TABLE reject (row_no BIGINT, "column" VARCHAR, value VARCHAR, '
        "reason_de VARCHAR, reason_en VARCHAR)"
    )
    if rejects is not None:
        con.execute(
            f"""INSERT INTO reject BY NAME SELECT row_no, "column", value, reason_de, reason_en
            FROM {parquet([rejects])} WHERE row_no IS NULL OR NOT list_contains($rows, row_no)""",
            {"rows": list(erased_rows)},
        )
    con.execute(
        "INSERT INTO reject SELECT unnest($rows), 'customer_id', NULL, $de, $en",
        {"rows": list(erased_rows), "de": ERASED.de, "en": ERASED.en},
    )
    target = bench / "rejects.parquet"
    con.execute(
        'COPY (FROM reject ORDER BY row_no, "column") TO $target (FORMAT parquet)', {"target": str(target)}
    )
    name = f"{identity}.parquet"
    place(target, files.rejects / name)
    return name
