"""The rejects of an import: row number, column, value and reason in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.text import Text
from store.engine import parquet
from store.warehouse.files import place
from store.warehouse.workbench import Workbench

ERASED = Text(
    de="gelöschter Kunde: bleibt auf dessen Wunsch draußen", en="erased customer: kept out as they asked"
)


def keep_rejects(
    bench: Workbench, identity: str, rejects: Path | None, erased_rows: Sequence[int]
) -> str | None:
    """Keeps an import's rejects, adds the rows of erased customers without naming them; the file's name."""
    if rejects is None and not erased_rows:
        return None
    bench.do(
        """CREATE OR REPLACE TEMP TABLE reject
        (row_no BIGINT, "column" VARCHAR, value VARCHAR, reason_de VARCHAR, reason_en VARCHAR)"""
    )
    if rejects is not None:
        bench.do(
            f"""INSERT INTO reject SELECT row_no, "column", value, reason_de, reason_en
            FROM {parquet([rejects])} WHERE NOT coalesce(list_contains($rows, row_no), false)""",
            {"rows": list(erased_rows)},
        )
    bench.do(
        "INSERT INTO reject SELECT unnest($rows), 'customer_id', NULL, $de, $en",
        {"rows": list(erased_rows), "de": ERASED.de, "en": ERASED.en},
    )
    target = bench.folder / "rejects.parquet"
    bench.do(
        'COPY (FROM reject ORDER BY row_no, "column") TO $target (FORMAT parquet)', {"target": str(target)}
    )
    name = f"{identity}.parquet"
    place(target, bench.files.rejects / name)
    return name
