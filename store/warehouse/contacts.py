"""Building `contacts`: every counted contact with phase, event and dense numbers, in ledger order."""

from __future__ import annotations

from collections.abc import Mapping

from core.contract import SQL_TYPES, contract
from core.query import Query, identifier
from core.settings import Settings
from journeys.coarsening import coarse_phase, coarse_phase_no
from journeys.model import JourneyModel
from store.warehouse.manifest import Part, Source
from store.warehouse.recipe import Recipe
from store.warehouse.views import CONTACT_KEYS, coarse
from store.warehouse.workbench import Workbench

_FILE = "__file"
_FROM_RECORD = ("record_hash", "contact_no", "record_key", "row_no", "source", _FILE)


def build_contacts(bench: Workbench, feeding: Mapping[str, Source], recipe: Recipe) -> tuple[Part, ...]:
    """The parts of `contacts` from the sources of contacts, which hold at least one row.

    `row_key` is made of the part's place, the row and the contact of the row, so it needs no sorting. What
    the file says of phase and event comes before what its touchpoint means. Names that begin with `__` are
    those of the build; no column of a source can begin so.
    """
    _name_parts(bench, feeding)
    _name_rules(bench, feeding, recipe)
    stored = [part for source in feeding.values() for part in source.parts]
    origin = bench.over(stored, file_column=_FILE)
    columns = bench.columns(origin)

    def have(name: str) -> str:
        if name in columns:
            return f"r.{identifier(name)}"
        kinds = contract()["contacts"].columns
        return f"NULL::{CONTACT_KEYS.get(name) or SQL_TYPES[kinds[name].kind]}"

    bench.do(
        f"""CREATE OR REPLACE TEMP VIEW counted AS
        SELECT r.*, p.source AS __source, p.part_no AS __part_no,
            coalesce({have("journey_id")}, r.customer_id) AS __journey,
            coalesce({have("event")}, m.event, 'other') AS __event
        FROM {origin} r
        JOIN part p ON p.file = r.{_FILE}
        LEFT JOIN meaning m ON m.source = p.source AND m.touchpoint = r.touchpoint
        WHERE r.occurred_at <= p.data_end"""
    )
    bench.do(
        """CREATE OR REPLACE TEMP TABLE first_order AS
        SELECT customer_id, min(occurred_at) AS ordered_at FROM counted WHERE __event = 'won' GROUP BY ALL"""
    )
    bench.do(
        f"""CREATE OR REPLACE TEMP TABLE numbered AS
        SELECT customer_id, __journey, worth,
            dense_rank() OVER (ORDER BY customer_id) AS customer,
            row_number() OVER (ORDER BY customer_id, __journey) AS journey
        FROM (SELECT customer_id, __journey, max({have("value")}) AS worth
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
    contacts = bench.write(
        f"""WITH told AS (
            SELECT r.__part_no * 10000000000000 + r.row_no * 1000 + r.contact_no AS row_key,
                n.customer, n.journey, r.customer_id, n.__journey AS journey_id, r.occurred_at, r.touchpoint,
                {phase} AS phase, {event} AS event, {after} AS after_order, r.__source AS source,
                r.record_key, r.row_no,
                coalesce({have("price_tier")}, {tier.sql}) AS price_tier,
                coalesce({have("direction")}, m.direction) AS direction
                {"".join(f", r.{identifier(name)}" for name in plain)}
            FROM counted r
            JOIN numbered n ON n.customer_id = r.customer_id AND n.__journey = r.__journey
            LEFT JOIN meaning m ON m.source = r.__source AND m.touchpoint = r.touchpoint
            LEFT JOIN first_order o ON o.customer_id = r.customer_id
            LEFT JOIN base_phase own ON own.name = {have("phase")}
        )
        SELECT told.*, b.phase_no{"".join(_coarse_columns(model, recipe.base) for model in recipe.coarser)}
        FROM told LEFT JOIN base_phase b ON b.name = told.phase
        ORDER BY journey, occurred_at, phase_no NULLS LAST, row_key""",
        tier.values,
    )
    return (contacts,)


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


def _name_parts(bench: Workbench, feeding: Mapping[str, Source]) -> None:
    """`part`: which file belongs to which source, in a lasting order, and where its source's data end."""
    bench.do(
        "CREATE OR REPLACE TEMP TABLE part (file VARCHAR, part_no BIGINT, source VARCHAR, data_end TIMESTAMP)"
    )
    rows = [
        (str(bench.files.path(part).resolve()), name, source.data_end)
        for name, source in sorted(feeding.items())
        for part in source.parts
    ]
    bench.con.executemany(
        "INSERT INTO part VALUES (?, ?, ?, ?)",
        [(file, number, name, end) for number, (file, name, end) in enumerate(rows)],
    )


def _name_rules(bench: Workbench, feeding: Mapping[str, Source], recipe: Recipe) -> None:
    """`meaning` of touchpoints by source, and `base_phase` with its numbers. Unknown phases mean nothing."""
    bench.do("CREATE OR REPLACE TEMP TABLE base_phase (name VARCHAR, phase_no INTEGER)")
    bench.con.executemany(
        "INSERT INTO base_phase VALUES (?, ?)",
        [(phase, number) for number, phase in enumerate(recipe.base.phase_ids, 1)],
    )
    bench.do(
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
        bench.con.executemany("INSERT INTO meaning VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
