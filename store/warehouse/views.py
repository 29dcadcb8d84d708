"""The tables of docs/tables.md as views over parts, with every contract column there, filled or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from core.contract import SQL_TYPES, contract
from core.query import identifier
from store.engine import parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Manifest, Part

CONTACT_KEYS = {
    "row_key": "BIGINT",
    "customer": "BIGINT",
    "journey": "BIGINT",
    "customer_id": "VARCHAR",
    "journey_id": "VARCHAR",
    "occurred_at": "TIMESTAMP",
    "touchpoint": "VARCHAR",
    "phase": "VARCHAR",
    "phase_no": "INTEGER",
    "event": "VARCHAR",
    "after_order": "BOOLEAN",
    "source": "VARCHAR",
    "record_key": "VARCHAR",
    "row_no": "BIGINT",
}
"""Columns of `contacts` that the build makes or that every contact has."""

_INNER = ("record_hash", "contact_no")
"""Stored columns that no query needs."""


def contact_columns() -> dict[str, str]:
    """All columns of `contacts` that the contract promises, with their types; own dimensions come on top."""
    optional = {
        name: SQL_TYPES[column.kind]
        for name, column in contract()["contacts"].columns.items()
        if name not in CONTACT_KEYS
    }
    return CONTACT_KEYS | optional


def coarse(column: str, model: str) -> str:
    """The stored column of `contacts` that holds `phase` or `phase_no` in a coarser model."""
    return f"{column}:{model}"


def create_contacts(
    con: DuckDBPyConnection,
    files: Files,
    parts: Sequence[Part],
    model: str | None = None,
    *,
    where: str = "true",
) -> None:
    """The view `contacts`; with a coarser `model`, in its phases."""
    origins = {name: coarse(name, model) for name in ("phase", "phase_no")} if model else {}
    _create(
        con, "contacts", [files.path(part) for part in parts], contact_columns(), origins=origins, where=where
    )


def create_derived(con: DuckDBPyConnection, files: Files, name: str, parts: Sequence[Part]) -> None:
    """The view `visits` or `journeys` over its parts."""
    con.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS FROM {parquet(map(files.path, parts))}")


def create_imported(con: DuckDBPyConnection, files: Files, manifest: Manifest) -> None:
    """Views of the tables that stay as imported (reach, spend, surveys and the like)."""
    for name, table in contract().items():
        if name == "contacts":
            continue
        feeding = [source for _, source in sorted(manifest.sources.items()) if source.table == name]
        wanted = {"source": "VARCHAR", "record_key": "VARCHAR", "row_no": "BIGINT"}
        wanted |= {column: SQL_TYPES[spec.kind] for column, spec in table.columns.items()}
        _create(con, name, [files.path(part) for source in feeding for part in source.parts], wanted)


def _create(
    con: DuckDBPyConnection,
    name: str,
    paths: Sequence[Path],
    wanted: Mapping[str, str],
    *,
    origins: Mapping[str, str] | None = None,
    where: str = "true",
) -> None:
    """A view with all `wanted` columns (NULL where nothing is stored) and the dimensions stored beside them.

    `origins` says where a column is stored under another name.
    """
    source = parquet(paths) if paths else None
    stored = [row[0] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()] if source else []
    picked = []
    for column, kind in wanted.items():
        origin = (origins or {}).get(column, column)
        value = identifier(origin) if origin in stored else f"NULL::{kind}"
        picked.append(f"{value} AS {identifier(column)}")
    picked += [
        identifier(column) for column in stored if column not in (*wanted, *_INNER) and ":" not in column
    ]
    con.execute(
        f"CREATE OR REPLACE VIEW {identifier(name)} AS SELECT {', '.join(picked)} "
        + (f"FROM {source} WHERE {where}" if source else "WHERE false")
    )
