"""The tables of docs/tables.md as views over parts, with every contract column there, filled or not."""

from __future__ import annotations

from collections.abc import Sequence

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

_FILE = "__file"


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
    wanted = contact_columns()
    source = parquet(map(files.path, parts)) if parts else None
    stored = _stored(con, source)
    picked = []
    for name, kind in wanted.items():
        origin = coarse(name, model) if model and name in ("phase", "phase_no") else name
        value = identifier(origin) if origin in stored else f"NULL::{kind}"
        picked.append(f"{value} AS {identifier(name)}")
    own = [name for name in stored if name not in wanted and not name.startswith(("phase:", "phase_no:"))]
    picked += [identifier(name) for name in own]
    con.execute(
        f"CREATE OR REPLACE VIEW contacts AS SELECT {', '.join(picked)} "
        + (f"FROM {source} WHERE {where}" if source else "WHERE false")
    )


def create_derived(con: DuckDBPyConnection, files: Files, name: str, parts: Sequence[Part]) -> None:
    """The view `visits` or `journeys` over its parts."""
    con.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS FROM {parquet(map(files.path, parts))}")


def create_imported(con: DuckDBPyConnection, files: Files, manifest: Manifest) -> None:
    """Views of the tables that stay as imported (reach, spend, surveys and the like), with their `source`."""
    for name, table in contract().items():
        if name == "contacts":
            continue
        feeding = [
            (number, source)
            for number, source in enumerate(manifest.sources)
            if _feeds(manifest, source, name)
        ]
        types = {"source": "VARCHAR", "record_key": "VARCHAR", "row_no": "BIGINT"}
        types |= {column: SQL_TYPES[spec.kind] for column, spec in table.columns.items()}
        selects = []
        for _, source in feeding:
            origin = parquet(map(files.path, manifest.sources[source].parts))
            stored = _stored(con, origin)
            picked = ["'" + source.replace("'", "''") + "' AS source"]
            picked += [
                f"{identifier(column) if column in stored else f'NULL::{kind}'} AS {identifier(column)}"
                for column, kind in types.items()
                if column != "source"
            ]
            picked += [
                identifier(column)
                for column in stored
                if column not in (*types, "record_hash", "contact_no", "source")
            ]
            selects.append(f"SELECT {', '.join(picked)} FROM {origin}")
        if not selects:
            empty = ", ".join(f"NULL::{kind} AS {identifier(column)}" for column, kind in types.items())
            selects = [f"SELECT {empty} WHERE false"]
        con.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS {' UNION ALL BY NAME '.join(selects)}")


def _feeds(manifest: Manifest, source: str, table: str) -> bool:
    return manifest.sources[source].table == table and bool(manifest.sources[source].parts)


def _stored(con: DuckDBPyConnection, source: str | None) -> list[str]:
    return [row[0] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()] if source else []
