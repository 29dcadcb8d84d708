"""Telling `contacts`: every counted contact with phase, event and numbers, in ledger order, as one stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.contract import EVENTS, SQL_TYPES, contract
from core.query import Query, identifier
from core.settings import Settings
from store.warehouse.manifest import Source
from store.warehouse.recipe import Recipe
from store.warehouse.rowkey import FILES, row_key
from store.warehouse.views import CONTACT_KEYS
from store.warehouse.workbench import Workbench

FILE = "__file"
"""The file that a row of the relation told from stands in. No column of a source can begin so."""

WAS = "was:"
"""Begins the names of what contacts were counted as before, where that is asked for; none is stored."""

COUNTED = f"{WAS}counted"
"""Whether a contact was counted before at all."""

_FROM_RECORD = ("record_hash", "contact_no", "file_no", FILE)


@dataclass(frozen=True)
class Told:
    """A query of contacts in ledger order, one of the pairs of phase and event that there are, and whether
    journeys have ids of their own."""

    contacts: Query
    meanings: Query
    journey_ids: bool


def stored(bench: Workbench, feeding: Mapping[str, Source]) -> str:
    """All rows of the sources of contacts, with the file they stand in."""
    return bench.over([part for source in feeding.values() for part in source.parts], file_column=FILE)


def tell(
    bench: Workbench,
    origin: str,
    feeding: Mapping[str, Source],
    recipe: Recipe,
    *,
    known: str | None = None,
    first_new: tuple[int, int] = (1, 1),
    before: Mapping[str, Source] | None = None,
) -> Told:
    """Prepares the contacts of `origin` (as `stored` gives them) that stand in parts of the sources.

    What the file says of phase and event comes before what its touchpoint means. A `known` relation
    (customer_id, journey_id, customer, journey) gives the numbers of those that have some; the others get
    new ones from `first_new` on (customer, journey), in the order of their ids. With the sources as they were
    `before`, each contact also says COUNTED and, where it may have changed, what it was counted as (WAS).
    Names that begin with `__` are those of the build.
    """
    kinds = bench.kinds(origin)
    _name_words(bench, feeding, recipe)
    _name_parts(bench, feeding, before or {})
    _name_rules(bench, feeding, recipe)

    def have(name: str) -> str:
        if name in kinds:
            return f"r.{identifier(name)}"
        types = contract()["contacts"].columns
        return f"NULL::{CONTACT_KEYS.get(name) or SQL_TYPES[types[name].kind]}"

    journeys = "journey_id" in kinds
    file_no = "coalesce(r.file_no, 0)" if "file_no" in kinds else "0"
    bench.do(
        f"""CREATE OR REPLACE VIEW counted AS
        SELECT r.*, p.source AS __source,
            {row_key(f"p.first_file + {file_no}")} AS row_key,
            {"coalesce(r.journey_id, r.customer_id)" if journeys else "r.customer_id"} AS __journey,
            m.phase AS __phase, m.after_phase AS __after_phase, m.event AS __event,
            m.after_event AS __after_event, m.direction AS __direction,
            coalesce(r.occurred_at <= p.was_end, false) AS __was
        FROM {origin} r
        JOIN part p ON p.file = r.{FILE}
        LEFT JOIN meaning m ON m.source = p.source AND m.touchpoint = r.touchpoint
        WHERE r.occurred_at <= p.data_end"""
    )
    stated = "r.event, " if "event" in kinds else ""
    plain_phase, plain_event = _meant("false", stated, own_phase="phase" in kinds)
    _number(bench, have("value"), plain_event, known, first_new)
    after = "coalesce(n.ordered_at < r.occurred_at, false)"
    phase, event = _meant(after, stated, own_phase="phase" in kinds)
    tier = _price_tier(recipe.settings, have("price_tier"))
    decided = ""  # columns that nothing fills are not stored
    if "price_tier" in kinds or recipe.settings.price_tiers:
        decided += f", {tier.sql} AS price_tier"
    if "direction" in kinds or any(
        rule.direction for source in feeding.values() for rule in source.touchpoints.values()
    ):
        own = "r.direction, " if "direction" in kinds else ""
        decided += f", coalesce({own}r.__direction) AS direction"
    if before is not None:
        decided += _counted_as(feeding, recipe, stated, have("price_tier"), own_phase="phase" in kinds)
    plain = [
        name
        for name in kinds
        if name not in (*CONTACT_KEYS, *_FROM_RECORD, "record_key", "price_tier", "direction")
    ]
    rows = "FROM counted r"
    told = f"""{rows} JOIN numbered n ON n.customer_id = r.customer_id
        {"AND n.journey_id = r.__journey" if journeys else ""}"""
    depends = "coalesce(r.__after_phase, r.__after_event) IS NOT NULL"
    meanings = f"SELECT DISTINCT {plain_phase} AS phase, {plain_event} AS event {rows} WHERE NOT ({depends})"
    if _after_order(feeding):  # who has ordered before matters to these alone
        meanings += f" UNION SELECT {phase}, {event} {told} WHERE {depends}"
    contacts = f"""WITH told AS (
        SELECT r.row_key, n.customer, n.journey, r.occurred_at, r.touchpoint, {phase} AS phase,
            {event} AS event, {after} AS after_order, r.__source AS source
            {decided}{"".join(f", r.{identifier(name)}" for name in plain)}
        {told})
    SELECT *, {_place_of("phase")} AS phase_no FROM told
    ORDER BY {"customer, " if known else ""}journey, occurred_at, phase_no NULLS LAST, row_key"""
    return Told(
        contacts=Query(sql=contacts, values=tier.values),
        meanings=Query(sql=meanings),
        journey_ids=journeys,
    )


def _meant(after: str, stated: str, *, own_phase: bool) -> tuple[str, str]:
    """SQL: phase and event of a contact, if `after` says whether an order came before it."""
    phase, event = "r.__phase", "r.__event"
    if after != "false":
        phase = f"CASE WHEN {after} THEN coalesce(r.__after_phase, r.__phase) ELSE r.__phase END"
        event = f"CASE WHEN {after} THEN r.__after_event END, r.__event"
    if own_phase:
        phase = f"coalesce(try_cast(r.phase AS phase_word), {phase})"
    return phase, f"coalesce({stated}{event}, 'other'::event_word)"


def _counted_as(
    feeding: Mapping[str, Source], recipe: Recipe, stated: str, tier: str, *, own_phase: bool
) -> str:
    """SQL: what a contact was counted as. Orders before it and the journey's worth may have changed."""
    asked = {COUNTED: "r.__was"}
    if _after_order(feeding):
        after = "coalesce(n.was_ordered_at < r.occurred_at, false)"
        phase, event = _meant(after, stated, own_phase=own_phase)
        asked |= {f"{WAS}phase": phase, f"{WAS}phase_no": _place_of(phase), f"{WAS}event": event}
    if recipe.settings.price_tiers:
        asked[f"{WAS}price_tier"] = _price_tier(recipe.settings, tier, "n.was_worth").sql
    return "".join(f", {sql} AS {identifier(name)}" for name, sql in asked.items())


def _place_of(phase: str) -> str:
    """SQL: the number of a phase in the base model, from 1."""
    return f"CAST(enum_code({phase}) AS INTEGER) + 1"


def _after_order(feeding: Mapping[str, Source]) -> bool:
    """Whether some touchpoint means something else after an order."""
    return any(rule.after_order for source in feeding.values() for rule in source.touchpoints.values())


def _number(bench: Workbench, value: str, event: str, known: str | None, first_new: tuple[int, int]) -> None:
    """`numbered`: the journeys with their numbers, highest value and the customer's first order, and the
    latter two as they were before."""
    customer, journey = first_new
    there = ""
    numbers = f"""{customer - 1} + dense_rank() OVER (ORDER BY g.customer_id) AS customer,
        {journey - 1} + row_number() OVER (ORDER BY g.customer_id, g.journey_id) AS journey"""
    if known:
        there = f"""LEFT JOIN {known} k ON k.customer_id = g.customer_id AND k.journey_id = g.journey_id
            LEFT JOIN (SELECT DISTINCT customer_id, customer FROM {known}) c
                ON c.customer_id = g.customer_id"""
        numbers = f"""coalesce(c.customer, {customer - 1} + dense_rank() OVER (
                PARTITION BY c.customer IS NULL ORDER BY g.customer_id)) AS customer,
            coalesce(k.journey, {journey - 1} + row_number() OVER (
                PARTITION BY k.journey IS NULL ORDER BY g.customer_id, g.journey_id)) AS journey"""
    bench.do(
        f"""CREATE OR REPLACE TABLE numbered AS
        SELECT g.*, {numbers}
        FROM (SELECT customer_id, __journey AS journey_id, max({value}) AS worth,
                max({value}) FILTER (__was) AS was_worth,
                min(min(occurred_at) FILTER (WHERE {event} = 'won'))
                    OVER (PARTITION BY customer_id) AS ordered_at,
                min(min(occurred_at) FILTER (WHERE __was AND {event} = 'won'))
                    OVER (PARTITION BY customer_id) AS was_ordered_at
            FROM counted r GROUP BY customer_id, __journey) g {there}
        ORDER BY journey"""
    )


def _price_tier(settings: Settings, stated: str, worth: str = "n.worth") -> Query:
    """The tier that the file says, else the one with the greatest threshold not above the journey's worth."""
    steps = sorted(settings.price_tiers.items(), key=lambda item: -item[1])
    lines, values = [], dict[str, object]()
    for number, (name, threshold) in enumerate(steps):
        values |= {f"tier_{number}": name, f"from_{number}": threshold}
        lines.append(f"WHEN {worth} >= $from_{number} THEN $tier_{number}")
    worked_out = f"CASE {' '.join(lines)} END" if lines else "NULL::VARCHAR"
    return Query(sql=f"coalesce({stated}, {worked_out})", values=values)


def _name_words(bench: Workbench, feeding: Mapping[str, Source], recipe: Recipe) -> None:
    """Types of words that are known beforehand: numbers into lists, which a sort moves for next to nothing
    and which come out as dictionaries. Phases stand in their order."""
    known = {
        "phase": recipe.base.phase_ids,
        "event": EVENTS,
        "direction": contract()["contacts"].columns["direction"].values,
        "source": sorted(feeding),
    }
    bench.do("CREATE OR REPLACE TABLE word (kind VARCHAR, place INTEGER, word VARCHAR)")
    bench.con.executemany(
        "INSERT INTO word VALUES (?, ?, ?)",
        [(kind, place, word) for kind, words in known.items() for place, word in enumerate(words)],
    )
    for kind in known:
        bench.do(
            f"""CREATE OR REPLACE TYPE {kind}_word AS ENUM (
                SELECT word FROM word WHERE kind = '{kind}' ORDER BY place)"""
        )


def _name_parts(bench: Workbench, feeding: Mapping[str, Source], before: Mapping[str, Source]) -> None:
    """`part`: which file belongs to which source, from which number on, and where its source's data end and
    ended before.

    The numbers leave room for later files of a source, so that they and all row keys stay as they are.
    """
    bench.do(
        """CREATE OR REPLACE TABLE part (
            file VARCHAR, first_file BIGINT, source source_word, data_end TIMESTAMP, was_end TIMESTAMP)"""
    )
    rows = []
    for number, (name, source) in enumerate(sorted(feeding.items())):
        first = number * FILES
        was = before.get(name)
        for part in source.parts:
            was_end = was.data_end if was and part in was.parts else None
            file = str(bench.files.path(part).resolve())
            rows.append((file, first, name, source.data_end, was_end))
            first += part.files
    bench.con.executemany("INSERT INTO part VALUES (?, ?, ?, ?, ?)", rows)


def _name_rules(bench: Workbench, feeding: Mapping[str, Source], recipe: Recipe) -> None:
    """`meaning` of touchpoints by source. Unknown phases mean nothing."""
    bench.do(
        """CREATE OR REPLACE TABLE meaning (source source_word, touchpoint VARCHAR, phase phase_word,
        event event_word, after_phase phase_word, after_event event_word, direction direction_word)"""
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
