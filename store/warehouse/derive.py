"""Building the derived tables of a snapshot from its source parts: contacts, visits, journeys, sightings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from core.query import identifier
from store.warehouse.chunks import Meanings, store
from store.warehouse.contacts import stored, tell
from store.warehouse.manifest import Fold, Model, Part, Profile, Source
from store.warehouse.recipe import Recipe
from store.warehouse.tally import Tally
from store.warehouse.workbench import Workbench


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What a build makes; the fields are those of the manifest."""

    contacts: tuple[Part, ...]
    models: dict[str, Model]
    profile: dict[str, Profile]
    unassigned: dict[str, int]
    by_phase: dict[str, int]
    meanings: dict[str, dict[str, int]]
    folds: tuple[Fold, ...] = ()
    superseded: Part | None = None


def derive(
    bench: Workbench, sources: Mapping[str, Source], recipe: Recipe, progress: Callable[[float], None]
) -> Derived:
    """Builds all derived tables anew; `progress` goes from 0 to 1."""
    feeding = contact_sources(sources)
    dimensions = own_dimensions(feeding)
    if feeding:
        told = tell(bench, stored(bench, feeding), feeding, recipe)
        progress(0.1)
        found = bench.rows(told.meanings.sql, told.meanings.values)
        progress(0.2)
        stream, own_ids = bench.batches(told.contacts.sql, told.contacts.values), told.journey_ids
    else:
        found, stream, own_ids = [], _no_contacts(), False
    meanings = Meanings.of(recipe, found)
    rows = max(sum(source.rows for source in feeding.values()), 1)
    made = store(
        bench, stream, recipe, meanings, dimensions,
        journey_ids=own_ids, progress=lambda done: progress(0.2 + 0.8 * done / rows),
    )  # fmt: skip
    progress(1.0)
    return Derived(contacts=made.contacts, models=made.models, **summaries(bench, sources, made.tally))


def contact_sources(sources: Mapping[str, Source]) -> dict[str, Source]:
    """Those that feed contacts with at least one part."""
    return {name: source for name, source in sources.items() if source.table == "contacts" and source.parts}


def own_dimensions(feeding: Mapping[str, Source]) -> list[str]:
    """The company's own columns of contacts."""
    return sorted({column for source in feeding.values() for column in source.dimensions})


def summaries(
    bench: Workbench,
    sources: Mapping[str, Source],
    tally: Tally,
    known: Mapping[str, Profile] | None = None,
) -> dict[str, Any]:
    """Fields of the manifest that count: contacts as tallied, other tables as imported, or `known` before."""
    counted = tally.profiles()
    profile = {}
    for name, source in sources.items():
        if source.table == "contacts" or not source.parts:
            profile[name] = counted.get(name, Profile())
        elif known and name in known:
            profile[name] = known[name]
        else:
            profile[name] = _imported(bench, source)
    return {
        "profile": profile,
        "unassigned": dict(sorted(tally.unassigned.items())),
        "by_phase": tally.by_phase(),
        "meanings": tally.by_phase_and_event(),
    }


def _imported(bench: Workbench, source: Source) -> Profile:
    origin = bench.over(source.parts)
    columns = bench.columns(origin)
    counts = ", ".join(f"count({identifier(column)})" for column in columns)
    rows, *filled = bench.row(f"SELECT count(*), {counts} FROM {origin}")
    return Profile(
        rows=rows, columns={column: count for column, count in zip(columns, filled, strict=True) if count}
    )


def _no_contacts() -> Any:
    """A stream without rows of what contacts.tell gives."""
    texts = ("touchpoint", "phase", "event", "source")
    schema = pa.schema(
        [(name, pa.int64()) for name in ("row_key", "customer", "journey")]
        + [("occurred_at", pa.timestamp("us")), ("after_order", pa.bool_()), ("phase_no", pa.int32())]
        + [(name, pa.string()) for name in texts]
    )
    return pa.RecordBatchReader.from_batches(schema, [])
