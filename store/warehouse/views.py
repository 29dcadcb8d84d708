"""The tables of docs/tables.md as views over parts, with every contract column there, filled or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from core.contract import SQL_TYPES, contract
from core.query import identifier
from journeys.building import VISITS_PER_JOURNEY
from journeys.ledger import FIRST_CONTACT
from store.engine import parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Manifest, Model, Part
from store.warehouse.rowkey import ROW_NO

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
    "row_no": "BIGINT",
}
"""Columns of `contacts` that the build makes or that every contact has."""

_CARRIED = dict.fromkeys(("journey_id", "account_id", *FIRST_CONTACT), "VARCHAR")
_SIGHTINGS = {
    "visit": "BIGINT",
    "phase_no": "INTEGER",
    "kind": "VARCHAR",
    "value": "VARCHAR",
    "after": "INTEGER",
}
_INNER = ("record_hash", "contact_no", "file_no", "fold")
"""Stored columns that no query needs."""


@dataclass(frozen=True)
class Layers:
    """The parts of a derived table: those of the build, and those folded in since (see manifest.Fold)."""

    built: tuple[Part, ...]
    folded: tuple[Part, ...] = ()
    superseded: Part | None = None


def layers_of(manifest: Manifest, table: str, model: str | None = None) -> Layers:
    """The parts of `contacts`, or of a model's `visits`, `journeys` or `sightings`."""

    def parts(contacts: tuple[Part, ...], models: Mapping[str, Model]) -> tuple[Part, ...]:
        found: tuple[Part, ...] = getattr(models[model], table) if model else contacts
        return found

    return Layers(
        parts(manifest.contacts, manifest.models),
        tuple(part for fold in manifest.folds for part in parts(fold.contacts, fold.models)),
        manifest.superseded,
    )


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


def create_contacts(con: DuckDBPyConnection, files: Files, layers: Layers, model: str | None = None) -> None:
    """The view `contacts`; with a coarser `model`, in its phases."""
    origins = {name: identifier(coarse(name, model)) for name in ("phase", "phase_no")} if model else {}
    relation = _relation(files, layers, "customer", "customer")
    _create(con, "contacts", relation, contact_columns(), origins={"row_no": ROW_NO, **origins})


def create_derived(con: DuckDBPyConnection, files: Files, manifest: Manifest, model: str) -> None:
    """The views `visits`, `journeys` and `sightings` of a model."""
    carried = _CARRIED | dict.fromkeys(manifest.dimensions, "VARCHAR")
    for table in ("visits", "journeys"):
        relation = _relation(files, layers_of(manifest, table, model), "customer", "customer")
        _create(con, table, relation, carried)
    seen = _relation(
        files, layers_of(manifest, "sightings", model), f"visit // {VISITS_PER_JOURNEY}", "journey"
    )
    _create(con, "sightings", seen, _SIGHTINGS)


def superseded_rows(files: Files, manifest: Manifest) -> str:
    """The relation (customer, journey, fold) of what stands in a fold."""
    if manifest.superseded is None:
        return "(SELECT NULL::BIGINT AS customer, NULL::BIGINT AS journey, NULL::INTEGER AS fold WHERE false)"
    return parquet(_paths(files, [manifest.superseded]))


def create_imported(con: DuckDBPyConnection, files: Files, manifest: Manifest) -> None:
    """Views of the tables that stay as imported (reach, spend, surveys and the like)."""
    for name, table in contract().items():
        if name == "contacts":
            continue
        feeding = [source for _, source in sorted(manifest.sources.items()) if source.table == name]
        wanted = {"source": "VARCHAR", "record_key": "VARCHAR", "row_no": "BIGINT"}
        wanted |= {column: SQL_TYPES[spec.kind] for column, spec in table.columns.items()}
        paths = [files.path(part) for source in feeding for part in source.parts]
        _create(con, name, parquet(paths) if paths else None, wanted)


def _relation(files: Files, layers: Layers, key: str, listed: str) -> str | None:
    """The rows that hold: of the build all but superseded ones, of a fold those that it superseded last.

    `key` is the customer or journey of a row, `listed` its column in the list of superseded ones.
    """
    if not layers.built:
        return None
    built = parquet(_paths(files, layers.built), alike=True)
    if layers.superseded is None:
        return built
    gone = parquet(_paths(files, [layers.superseded]))
    return f"""(SELECT b.* FROM {built} b ANTI JOIN {gone} s ON s.{listed} = b.{key}
        UNION ALL BY NAME SELECT f.* FROM {parquet(_paths(files, layers.folded))} f
        SEMI JOIN {gone} s ON s.{listed} = f.{key} AND s.fold = f.fold)"""


def _paths(files: Files, parts: Sequence[Part]) -> list[Path]:
    return [files.path(part) for part in parts]


def _create(
    con: DuckDBPyConnection,
    name: str,
    relation: str | None,
    wanted: Mapping[str, str],
    *,
    origins: Mapping[str, str] | None = None,
) -> None:
    """A view with all `wanted` columns (NULL where nothing is stored) and the dimensions stored beside them.

    `origins` says what makes a column that is not stored under its own name.
    """
    stored = [row[0] for row in con.execute(f"DESCRIBE FROM {relation}").fetchall()] if relation else []
    picked = []
    if "journey_id" in wanted and stored:  # stored only where some source has one
        whose = "coalesce(journey_id, customer_id)" if "journey_id" in stored else "customer_id"
        origins = {"journey_id": whose, **(origins or {})}
    for column, kind in wanted.items():
        made = (origins or {}).get(column) if stored else None
        if made is None:
            made = identifier(column) if column in stored else f"NULL::{kind}"
        picked.append(f"{made} AS {identifier(column)}")
    picked += [
        identifier(column) for column in stored if column not in (*wanted, *_INNER) and ":" not in column
    ]
    con.execute(
        f"CREATE OR REPLACE VIEW {identifier(name)} AS SELECT {', '.join(picked)} "
        + (f"FROM {relation}" if relation else "WHERE false")
    )
