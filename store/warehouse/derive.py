"""Building the derived tables of a snapshot from its source parts: contacts, visits, journeys, profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from core.catalog import Catalog
from core.contract import SQL_TYPES, contract
from core.errors import CatalogFault, UsageFault
from core.query import Query, identifier
from core.settings import Settings
from core.text import Text
from journeys.coarsening import coarse_phase, coarse_phase_no
from journeys.ledger import journeys_query, visits_query
from journeys.model import JourneyModel
from store.engine import parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Model, Part, Profile, Source, fingerprint
from store.warehouse.views import CONTACT_KEYS, coarse, create_contacts

BUILD = 1
"""Raised when the build itself changes, so that snapshots of an older one are built anew."""

CHUNK = 1_000_000
"""Contacts whose visits are computed at once: bounds memory, since visits need windows over whole journeys."""

_COPY = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
_FILE = "__file"
_FROM_RECORD = ("record_hash", "contact_no", "record_key", "row_no", "source", _FILE)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The journey models a build uses: the base model and those of the catalog that coarsen it."""

    base: JourneyModel
    coarser: tuple[JourneyModel, ...]
    settings: Settings

    @classmethod
    def of(cls, models: Catalog[JourneyModel], settings: Settings) -> Recipe:
        """UsageFault where the settings name a base model that is not there.

        A model that does not fit the base model is left out, so that a broken one breaks nothing else.
        """
        if settings.base_model not in models.entries:
            raise UsageFault(
                Text(
                    de="Das Journey-Modell „{model}“ aus den Einstellungen gibt es nicht.",
                    en="There is no journey model “{model}”, which the settings name.",
                ).fill(model=settings.base_model)
            )
        found = models[settings.base_model]
        base = found.model_copy(
            update={
                "coarsens": None,
                "phases": tuple(phase.model_copy(update={"merges": ()}) for phase in found.phases),
            }
        )
        coarser = tuple(model for model in models.entries.values() if _fits(model, base))
        return cls(base=base, coarser=coarser, settings=settings)

    @property
    def models(self) -> tuple[JourneyModel, ...]:
        return (self.base, *self.coarser)


def _fits(model: JourneyModel, base: JourneyModel) -> bool:
    if model.coarsens != base.id:
        return False
    try:
        coarse_phase(model, base)
    except CatalogFault:
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What a build makes; the fields are those of the manifest."""

    contacts: tuple[Part, ...]
    models: dict[str, Model]
    profile: dict[str, Profile]
    unassigned: dict[str, int]
    by_phase: dict[str, int]


def built_from(sources: Mapping[str, Source], recipe: Recipe) -> str:
    """Stands for everything a build depends on: equal means that the derived tables can be shared."""
    return fingerprint(
        BUILD,
        *(model.model_dump_json() for model in recipe.models),
        recipe.settings.model_dump_json(include={"patience", "price_tiers"}),
        *(
            f"{name} {source.model_dump_json(include={'table', 'data_end', 'touchpoints', 'parts', 'dimensions'})}"
            for name, source in sorted(sources.items())
        ),
    )


def derive(
    con: DuckDBPyConnection,
    files: Files,
    bench: Path,
    sources: Mapping[str, Source],
    recipe: Recipe,
    progress: Callable[[float], None],
) -> Derived:
    """Builds all derived tables on a connection of the writer; `progress` goes from 0 to 1."""
    feeding = {
        name: source for name, source in sources.items() if source.table == "contacts" and source.parts
    }
    contacts = _contacts(con, files, bench, feeding, recipe) if feeding else ()
    progress(0.4)
    create_contacts(con, files, contacts)
    dimensions = sorted({column for source in feeding.values() for column in source.dimensions})
    chunks = _chunks(con)
    models: dict[str, Model] = {}
    for number, model in enumerate(recipe.models, 1):
        chosen = (model, recipe.base, recipe.settings, dimensions)
        models[model.id] = Model(
            phases=model.phase_ids,
            visits=_in_chunks(con, files, bench, contacts, chunks, visits_query(*chosen), "visit"),
            journeys=_in_chunks(con, files, bench, contacts, chunks, journeys_query(*chosen), None),
        )
        progress(0.4 + 0.5 * number / len(recipe.models))
    create_contacts(con, files, contacts)
    profile = profiles(con, files, sources)
    unassigned = _counts(
        con, "SELECT touchpoint, count(*) FROM contacts WHERE phase IS NULL GROUP BY ALL ORDER BY 1"
    )
    by_phase = _counts(
        con, "SELECT phase, count(*) FROM contacts WHERE phase IS NOT NULL GROUP BY ALL ORDER BY 1"
    )
    progress(1.0)
    return Derived(
        contacts=contacts, models=models, profile=profile, unassigned=unassigned, by_phase=by_phase
    )


def _contacts(
    con: DuckDBPyConnection, files: Files, bench: Path, feeding: Mapping[str, Source], recipe: Recipe
) -> tuple[Part, ...]:
    """Every counted contact with phase, event and dense numbers, in ledger order."""
    _name_parts(con, files, feeding)
    _name_rules(con, feeding, recipe)
    stored = [part for source in feeding.values() for part in source.parts]
    origin = parquet(map(files.path, stored), file_column=_FILE)
    columns = [row[0] for row in con.execute(f"DESCRIBE FROM {origin}").fetchall()]

    def have(name: str) -> str:
        if name in columns:
            return f"r.{identifier(name)}"
        kinds = contract()["contacts"].columns
        return f"NULL::{CONTACT_KEYS.get(name) or SQL_TYPES[kinds[name].kind]}"

    con.execute(
        f"""CREATE OR REPLACE TEMP VIEW counted AS
        SELECT r.*, p.source AS from_source, p.part_no,
            coalesce({have("journey_id")}, r.customer_id) AS the_journey,
            coalesce({have("event")}, m.event, 'other') AS first_event
        FROM {origin} r
        JOIN part p ON p.file = r.{_FILE}
        LEFT JOIN meaning m ON m.source = p.source AND m.touchpoint = r.touchpoint
        WHERE r.occurred_at <= p.data_end"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE first_order AS
        SELECT customer_id, min(occurred_at) AS ordered_at FROM counted WHERE first_event = 'won' GROUP BY ALL"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE numbered AS
        SELECT customer_id, the_journey, worth,
            dense_rank() OVER (ORDER BY customer_id) AS customer,
            row_number() OVER (ORDER BY customer_id, the_journey) AS journey
        FROM (SELECT customer_id, the_journey, max({have("value")}) AS worth
            FROM counted r GROUP BY ALL)"""
    )
    after = "coalesce(o.ordered_at < r.occurred_at, false)"
    phase = f"""CASE WHEN own.name IS NOT NULL THEN own.name
        WHEN {after} THEN coalesce(m.after_phase, m.phase) ELSE m.phase END"""
    event = f"""coalesce({have("event")}, CASE WHEN {after} THEN m.after_event END, m.event, 'other')"""
    tier = _price_tier(recipe.settings)
    plain = [
        name for name in columns if name not in (*CONTACT_KEYS, *_FROM_RECORD, "price_tier", "direction")
    ]
    target = bench / "contacts.parquet"
    con.execute(
        f"""COPY (
        WITH told AS (
            SELECT r.part_no * 10000000000000 + r.row_no * 1000 + r.contact_no AS row_key,
                n.customer, n.journey, r.customer_id, n.the_journey AS journey_id, r.occurred_at, r.touchpoint,
                {phase} AS phase, {event} AS event, {after} AS after_order, r.from_source AS source,
                r.record_key, r.row_no,
                coalesce({have("price_tier")}, {tier.sql}) AS price_tier,
                coalesce({have("direction")}, m.direction) AS direction
                {"".join(f", r.{identifier(name)}" for name in plain)}
            FROM counted r
            JOIN numbered n ON n.customer_id = r.customer_id AND n.the_journey = r.the_journey
            LEFT JOIN meaning m ON m.source = r.from_source AND m.touchpoint = r.touchpoint
            LEFT JOIN first_order o ON o.customer_id = r.customer_id
            LEFT JOIN base_phase own ON own.name = {have("phase")}
        )
        SELECT told.*, b.phase_no{"".join(_coarse_columns(model, recipe.base) for model in recipe.coarser)}
        FROM told LEFT JOIN base_phase b ON b.name = told.phase
        ORDER BY journey, occurred_at, phase_no NULLS LAST, row_key) TO $target {_COPY}""",
        {**tier.values, "target": str(target)},
    )
    (rows,) = con.execute(f"SELECT count(*) FROM {parquet([target])}").fetchall()
    return (files.keep_part(target, rows=rows[0]),)


def _coarse_columns(model: JourneyModel, base: JourneyModel) -> str:
    """Phase and its number in a coarser model, computed from `phase` and `event` of told."""
    return (
        f", {coarse_phase(model, base)} AS {identifier(coarse('phase', model.id))}"
        f", {coarse_phase_no(model, base)} AS {identifier(coarse('phase_no', model.id))}"
    )


def _price_tier(settings: Settings) -> Query:
    """The tier of a journey from its highest value: the one with the greatest threshold not above it."""
    steps = sorted(settings.price_tiers.items(), key=lambda item: -item[1])
    lines, values = [], dict[str, object]()
    for number, (name, threshold) in enumerate(steps):
        values |= {f"tier_{number}": name, f"from_{number}": threshold}
        lines.append(f"WHEN n.worth >= $from_{number} THEN $tier_{number}")
    return Query(sql=f"CASE {' '.join(lines)} END" if lines else "NULL::VARCHAR", values=values)


def _name_parts(con: DuckDBPyConnection, files: Files, feeding: Mapping[str, Source]) -> None:
    """`part`: which file belongs to which source, in a lasting order, and where its source's data end."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE part (file VARCHAR, part_no BIGINT, source VARCHAR, data_end TIMESTAMP)"
    )
    rows = [
        (str(files.path(part).resolve()), name, source.data_end)
        for name, source in sorted(feeding.items())
        for part in source.parts
    ]
    con.executemany(
        "INSERT INTO part VALUES (?, ?, ?, ?)",
        [(file, number, name, end) for number, (file, name, end) in enumerate(rows)],
    )


def _name_rules(con: DuckDBPyConnection, feeding: Mapping[str, Source], recipe: Recipe) -> None:
    """`meaning` of touchpoints by source, and `base_phase` with its numbers. Unknown phases mean nothing."""
    con.execute("CREATE OR REPLACE TEMP TABLE base_phase (name VARCHAR, phase_no INTEGER)")
    con.executemany(
        "INSERT INTO base_phase VALUES (?, ?)",
        [(phase, number) for number, phase in enumerate(recipe.base.phase_ids, 1)],
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE meaning (source VARCHAR, touchpoint VARCHAR, phase VARCHAR,
        event VARCHAR, after_phase VARCHAR, after_event VARCHAR, direction VARCHAR)"""
    )
    known = set(recipe.base.phase_ids)
    rows = [
        (
            name,
            touchpoint,
            rule.phase if rule.phase in known else None,
            rule.event,
            rule.after_order.phase if rule.after_order and rule.after_order.phase in known else None,
            rule.after_order.event if rule.after_order else None,
            rule.direction,
        )
        for name, source in feeding.items()
        for touchpoint, rule in source.touchpoints.items()
    ]
    if rows:
        con.executemany("INSERT INTO meaning VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _chunks(con: DuckDBPyConnection) -> list[tuple[int, int]]:
    """Ranges of customer numbers that hold about CHUNK contacts each; one range where there are none."""
    found = con.execute(
        f"""SELECT min(customer), max(customer) FROM (
            SELECT customer, sum(count(*)) OVER (ORDER BY customer) // {CHUNK} AS chunk
            FROM contacts GROUP BY customer) GROUP BY chunk ORDER BY chunk"""
    ).fetchall()
    return [(low, high) for low, high in found] or [(0, 0)]


def _in_chunks(
    con: DuckDBPyConnection,
    files: Files,
    bench: Path,
    contacts: Sequence[Part],
    chunks: Sequence[tuple[int, int]],
    query: Query,
    number: str | None,
) -> tuple[Part, ...]:
    """The query over `contacts`, a range of customers at a time; `number` is a dense number to carry on."""
    parts: list[Part] = []
    for low, high in chunks:
        create_contacts(con, files, contacts, where=f"customer BETWEEN {low} AND {high}")
        target = bench / "chunk.parquet"
        before = sum(part.rows for part in parts)
        picked = f"* REPLACE ({number} + {before} AS {number})" if number else "*"
        con.execute(
            f"COPY (SELECT {picked} FROM ({query.sql})) TO $target {_COPY}",
            {**query.values, "target": str(target)},
        )
        (rows,) = con.execute(f"SELECT count(*) FROM {parquet([target])}").fetchall()
        parts.append(files.keep_part(target, rows=rows[0]))
    return tuple(parts)


def profiles(con: DuckDBPyConnection, files: Files, sources: Mapping[str, Source]) -> dict[str, Profile]:
    """What each source holds; contacts as counted in the view `contacts`, other tables as imported."""
    found: dict[str, Profile] = {}
    events: dict[str, dict[str, int]] = {}
    for source, event, count in con.execute(
        "SELECT source, event, count(*) FROM contacts GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        events.setdefault(source, {})[event] = count
    for name, source in sources.items():
        if source.table == "contacts":
            origin, where = "contacts", "WHERE source = $source"
        elif source.parts:
            origin, where = parquet(map(files.path, source.parts)), ""
        else:
            found[name] = Profile()
            continue
        columns = [row[0] for row in con.execute(f"DESCRIBE FROM {origin}").fetchall()]
        counts = ", ".join(f"count({identifier(column)})" for column in columns)
        (row,) = con.execute(
            f"SELECT count(*), {counts} FROM {origin} {where}", {"source": name} if where else {}
        ).fetchall()
        found[name] = Profile(
            rows=row[0],
            columns={column: count for column, count in zip(columns, row[1:], strict=True) if count},
            events=events.get(name, {}),
        )
    return found


def _counts(con: DuckDBPyConnection, sql: str) -> dict[str, int]:
    return {name: count for name, count in con.execute(sql).fetchall()}
