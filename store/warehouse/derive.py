"""Building the derived tables of a snapshot from its source parts: contacts, visits, journeys, profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.query import Query, identifier
from journeys.ledger import journeys_query, visits_query
from store.warehouse.contacts import build_contacts
from store.warehouse.manifest import Model, Part, Profile, Source
from store.warehouse.recipe import Recipe
from store.warehouse.views import create_contacts
from store.warehouse.workbench import Workbench

CHUNK = 1_000_000
"""Contacts whose visits are computed at once: bounds memory, since visits need windows over journeys."""


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What a build makes; the fields are those of the manifest."""

    contacts: tuple[Part, ...]
    models: dict[str, Model]
    profile: dict[str, Profile]
    unassigned: dict[str, int]
    by_phase: dict[str, int]


def derive(
    bench: Workbench, sources: Mapping[str, Source], recipe: Recipe, progress: Callable[[float], None]
) -> Derived:
    """Builds all derived tables; `progress` goes from 0 to 1."""
    feeding = {
        name: source for name, source in sources.items() if source.table == "contacts" and source.parts
    }
    contacts = build_contacts(bench, feeding, recipe) if feeding else ()
    progress(0.4)
    create_contacts(bench.con, bench.files, contacts)
    dimensions = sorted({column for source in feeding.values() for column in source.dimensions})
    chunks = _chunks(bench)
    models: dict[str, Model] = {}
    for number, model in enumerate(recipe.models, 1):
        chosen = (model, recipe.base, recipe.settings, dimensions)
        models[model.id] = Model(
            phases=model.phase_ids,
            visits=_in_chunks(bench, contacts, chunks, visits_query(*chosen), number="visit"),
            journeys=_in_chunks(bench, contacts, chunks, journeys_query(*chosen)),
        )
        progress(0.4 + 0.5 * number / len(recipe.models))
    create_contacts(bench.con, bench.files, contacts)
    return Derived(contacts=contacts, models=models, **summaries(bench, sources))


def summaries(bench: Workbench, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Profile, unassigned touchpoints and contacts by phase, over the view `contacts`."""
    # A loss without a phase belongs to the phase it happened in: nothing is missing there.
    unassigned = (
        "SELECT touchpoint, count(*) FROM contacts WHERE phase IS NULL AND event IS DISTINCT FROM 'lost' "
        "GROUP BY ALL ORDER BY ALL"
    )
    by_phase = "SELECT phase, count(*) FROM contacts WHERE phase IS NOT NULL GROUP BY ALL ORDER BY ALL"
    return {
        "profile": _profiles(bench, sources),
        "unassigned": dict(bench.rows(unassigned)),
        "by_phase": dict(bench.rows(by_phase)),
    }


def _chunks(bench: Workbench) -> list[tuple[int, int]]:
    """Ranges of customer numbers that hold about CHUNK contacts each; one range where there are none."""
    found = bench.rows(
        f"""SELECT min(customer), max(customer) FROM (
            SELECT customer, sum(count(*)) OVER (ORDER BY customer) // {CHUNK} AS chunk
            FROM contacts GROUP BY customer) GROUP BY chunk ORDER BY chunk"""
    )
    return [(low, high) for low, high in found] or [(0, 0)]


def _in_chunks(
    bench: Workbench,
    contacts: Sequence[Part],
    chunks: Sequence[tuple[int, int]],
    query: Query,
    *,
    number: str | None = None,
) -> tuple[Part, ...]:
    """The query over `contacts`, a range of customers at a time; `number` is a dense number to carry on."""
    parts: list[Part] = []
    for low, high in chunks:
        create_contacts(bench.con, bench.files, contacts, where=f"customer BETWEEN {low} AND {high}")
        before = sum(part.rows for part in parts)
        picked = f"* REPLACE ({number} + {before} AS {number})" if number else "*"
        parts.append(bench.write(f"SELECT {picked} FROM ({query.sql})", query.values))
    return tuple(parts)


def _profiles(bench: Workbench, sources: Mapping[str, Source]) -> dict[str, Profile]:
    """What each source holds; contacts as counted in the view `contacts`, other tables as imported."""
    found: dict[str, Profile] = {}
    events: dict[str, dict[str, int]] = {}
    for source, event, count in bench.rows(
        "SELECT source, event, count(*) FROM contacts GROUP BY ALL ORDER BY ALL"
    ):
        events.setdefault(source, {})[event] = count
    for name, source in sources.items():
        if not source.parts:
            found[name] = Profile()
            continue
        of_contacts = source.table == "contacts"
        origin = "contacts" if of_contacts else bench.over(source.parts)
        columns = bench.columns(origin)
        counts = ", ".join(f"count({identifier(column)})" for column in columns)
        rows, *filled = bench.row(
            f"SELECT count(*), {counts} FROM {origin}" + (" WHERE source = $source" if of_contacts else ""),
            {"source": name} if of_contacts else {},
        )
        found[name] = Profile(
            rows=rows,
            columns={column: count for column, count in zip(columns, filled, strict=True) if count},
            events=events.get(name, {}),
        )
    return found
