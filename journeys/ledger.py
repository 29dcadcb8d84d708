"""The phase ledger as SQL: the contacts of each journey become visits, and every visit ends once.

The rules are those of the data design ("Phase ledger"); what it leaves open is decided in
docs/adr/0010-phase-ledger.md. Each CTE holds one idea. All windows run over one journey in ledger order
(time, phase, row key), so memory is bounded by the longest journey and DuckDB can spill the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.query import Query, identifier
from core.settings import Settings
from journeys.coarsening import coarse_phase_no
from journeys.lapses import LAPSES
from journeys.model import JourneyModel
from journeys.patience import patience_sql

# What a visit or a journey carries of its first contact, beside dimensions of the company's own.
FIRST_CONTACT = (
    "touchpoint", "channel", "segment", "product", "persona", "region", "team", "role", "content",
    "price_tier", "direction", "source",
)  # fmt: skip

# How a visit ended, over the columns of `visits`. `$data_end` is the last instant the data covers.
ENDING = (
    "CASE WHEN ended_as IS NOT NULL THEN ended_as WHEN completed THEN 'completed'"
    " WHEN silent_until < $data_end THEN 'lost' ELSE 'open' END"
)
ENDINGS = ("advanced", "skipped", "back", "completed", "lost", "open")


def visits_query(
    model: JourneyModel, base: JourneyModel, settings: Settings, dimensions: Iterable[str] = ()
) -> Query:
    """`visits` (docs/tables.md) of a model, from the relation `contacts` in the phases of the base model.

    `dimensions` are the company's own columns of contacts. Rows come in ledger order.
    """
    patience, values = patience_sql(model, settings)
    numbers = {phase.id: number for number, phase in enumerate(model.phases, 1)}
    wooing = _among("phase_no", [numbers[p.id] for p in model.phases if p.before_purchase])
    buying = _among(
        "phase_no", [numbers[p.id] for p in model.phases if not (p.before_purchase or p.after_purchase)]
    )
    serving = [numbers[p.id] for p in model.phases if p.after_purchase]
    names = " ".join(f"WHEN {number} THEN '{phase}'" for phase, number in numbers.items())
    carried = ", ".join(f"c.{identifier(name)}" for name in _carried(dimensions))
    sql = f"""
WITH
assigned AS (
    SELECT row_key, journey, customer, occurred_at, event, segment, price_tier, revenue,
        {coarse_phase_no(model, base)} AS phase_no
    FROM contacts
),
-- Each contact with the next moment at which its customer lapses.
foreseen AS (
    SELECT a.*, l.lapses_at
    FROM assigned AS a ASOF LEFT JOIN {LAPSES} AS l
        ON a.customer = l.customer AND a.occurred_at <= l.lapses_at
),
-- Each contact with its place in the journey and what came before it.
placed AS (
    SELECT row_key, journey, occurred_at, event, phase_no, lapses_at,
        {patience} AS phase_patience,
        row_number() OVER story AS place,
        lag(occurred_at) OVER story AS at_before,
        lag(lapses_at) OVER story AS lapses_before,
        last_value(phase_no IGNORE NULLS) OVER earlier AS phase_before,
        last_value(CASE WHEN event = 'won' THEN TRUE WHEN {wooing} THEN FALSE END IGNORE NULLS)
            OVER earlier AS order_since,
        revenue < 0 AND round(sum(revenue) OVER story, 2) <= 0 AS all_returned
    FROM foreseen
    WINDOW story AS (PARTITION BY journey ORDER BY occurred_at, phase_no NULLS LAST, row_key
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        earlier AS (PARTITION BY journey ORDER BY occurred_at, phase_no NULLS LAST, row_key
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- A cycle begins with wooing after an order, or with an order out of an after-purchase phase.
cycled AS (
    SELECT *, coalesce({wooing} AND order_since, FALSE)
        OR coalesce({buying} AND event = 'won' AND {_among("phase_before", serving)}, FALSE) AS begins_cycle
    FROM placed
),
-- A stay is what lies between two changes of phase or cycle; losses and resumptions divide it into visits.
entered AS (
    SELECT *, phase_no IS NOT NULL
        AND (phase_before IS NULL OR phase_before <> phase_no OR begins_cycle) AS begins_stay
    FROM cycled
    WHERE phase_no IS NOT NULL OR phase_before IS NOT NULL
),
stays AS (
    SELECT row_key, journey, place, occurred_at, event, phase_no, begins_stay, all_returned,
        coalesce(phase_no, phase_before) AS stay_phase, phase_before, at_before, lapses_at, lapses_before,
        1 + sum(CAST(begins_cycle AS INTEGER)) OVER story AS cycle,
        -- Patience is that of the contact that entered the phase; -1: none.
        last_value(CASE WHEN begins_stay THEN coalesce(phase_patience, -1) END IGNORE NULLS) OVER story
            AS patience,
        last_value(CASE WHEN begins_stay THEN coalesce(phase_patience, -1) END IGNORE NULLS) OVER earlier
            AS patience_before
    FROM entered
    WINDOW story AS (PARTITION BY journey ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        earlier AS (PARTITION BY journey ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- What each contact means for the visit it falls into. `revokes` ends even a completed visit.
signs AS (
    SELECT row_key, journey, place, occurred_at, phase_no, stay_phase, begins_stay, cycle,
        {_silence(serving, "stay_phase", "lapses_at", "occurred_at", "patience")} AS silent_until,
        coalesce({_silence(serving, "phase_before", "lapses_before", "at_before", "patience_before")}
            < occurred_at, FALSE) AS after_silence,
        coalesce(event = 'lost' AND NOT {_among("stay_phase", serving)}, FALSE) AS gives_up,
        coalesce(event = 'cancelled' OR ({_among("stay_phase", serving)} AND all_returned), FALSE) AS revokes,
        coalesce({_completes(model)}, FALSE) AS completes
    FROM stays
),
-- Whether a visit that nothing completed would be over before this contact.
endangered AS (
    SELECT *, coalesce(last_value(CASE WHEN phase_no IS NOT NULL THEN gives_up OR revokes
            WHEN gives_up OR revokes OR after_silence THEN TRUE END IGNORE NULLS) OVER earlier, FALSE)
        AS in_danger
    FROM signs
    WINDOW earlier AS (PARTITION BY journey ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- Whether the visit before this contact was completed. Without a phase a contact completes what is alive.
achieved AS (
    SELECT *, coalesce(last_value(CASE WHEN revokes THEN FALSE
            WHEN completes AND (phase_no IS NOT NULL OR NOT (in_danger OR after_silence)) THEN TRUE
            WHEN begins_stay THEN FALSE END IGNORE NULLS) OVER earlier, FALSE) AS completed_before
    FROM endangered
    WINDOW earlier AS (PARTITION BY journey ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
decided AS (
    SELECT * EXCLUDE (in_danger, after_silence),
        after_silence AND NOT completed_before AS silence_lost,
        revokes OR (gives_up AND (begins_stay OR NOT completed_before)) AS lost_here
    FROM achieved
),
-- Whether the visit before this contact was over.
followed AS (
    SELECT *, silence_lost OR coalesce(last_value(CASE WHEN phase_no IS NOT NULL THEN lost_here
            WHEN lost_here OR silence_lost THEN TRUE END IGNORE NULLS) OVER earlier, FALSE) AS over_before
    FROM decided
    WINDOW earlier AS (PARTITION BY journey ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
numbered AS (
    SELECT *, sum(CAST(phase_no IS NOT NULL AND (begins_stay OR over_before) AS INTEGER))
        OVER (PARTITION BY journey ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
    FROM followed
),
-- One row a visit. Contacts without a phase after its end revive nothing and belong to no visit.
stood AS (
    SELECT journey, number, arg_min(row_key, place) AS first_row, min(stay_phase) AS phase_no,
        min(cycle) AS cycle, min(occurred_at) AS first_at, max(occurred_at) AS last_at, count(*) AS contacts,
        bool_or(completes) AS completed, min(CASE WHEN lost_here THEN occurred_at END) AS given_up_at,
        CASE WHEN NOT bool_or(completes) THEN max(silent_until) END AS silent_until
    FROM numbered
    WHERE phase_no IS NOT NULL OR NOT over_before
    GROUP BY journey, number
),
linked AS (
    SELECT *,
        coalesce(lag(given_up_at) OVER story IS NOT NULL OR lag(silent_until) OVER story < first_at, FALSE)
            AS resumed,
        lag(phase_no) OVER story AS phase_before, lead(phase_no) OVER story AS phase_after,
        lead(first_at) OVER story AS next_at, lead(cycle) OVER story AS cycle_after
    FROM stood
    WINDOW story AS (PARTITION BY journey ORDER BY number)
),
ended AS (
    SELECT *, row_number() OVER (ORDER BY journey, number) AS visit, CASE
        WHEN given_up_at IS NOT NULL OR silent_until < next_at THEN 'lost'
        WHEN next_at IS NULL THEN NULL
        WHEN cycle_after > cycle THEN 'completed'
        WHEN phase_after = phase_no + 1 THEN 'advanced'
        WHEN phase_after > phase_no THEN 'skipped'
        WHEN completed THEN 'completed'
        ELSE 'back' END AS ended_as
    FROM linked
)
SELECT e.visit, e.journey, c.customer, c.customer_id, c.journey_id, c.account_id,
    CASE e.phase_no {names} END AS phase, CAST(e.phase_no AS INTEGER) AS phase_no,
    CAST(e.cycle AS INTEGER) AS cycle,
    e.first_at, e.last_at, e.contacts, e.resumed,
    CASE e.phase_before {names} END AS entered_from, CASE e.phase_after {names} END AS next_phase, e.next_at,
    e.completed, e.ended_as,
    CASE WHEN e.ended_as = 'lost' THEN coalesce(e.given_up_at, e.silent_until) END AS lost_at,
    CASE WHEN e.given_up_at IS NULL THEN e.silent_until END AS silent_until, {carried}
FROM ended AS e JOIN contacts AS c ON c.row_key = e.first_row
ORDER BY e.visit"""
    return Query(sql=sql, values=values)


def journeys_query(
    model: JourneyModel,
    base: JourneyModel,
    settings: Settings,  # noqa: ARG001 - both builders are called alike
    dimensions: Iterable[str] = (),
) -> Query:
    """`journeys` (docs/tables.md) of a model, from the relation `contacts` in the phases of the base model.

    `value` is what was ordered, else the latest value named (an open offer's); `won_at` and `lost_at` are the
    first `won` and the first `lost` event; `t1`..`tN` the first contact in each of the model's phases.
    """
    entries = ",\n        ".join(
        f"min(occurred_at) FILTER (WHERE phase_no = {number}) AS t{number}"
        for number in range(1, len(model.phases) + 1)
    )
    firsts = ", ".join(f"j.t{number}" for number in range(1, len(model.phases) + 1))
    carried = ", ".join(f"c.{identifier(name)}" for name in _carried(dimensions))
    sql = f"""
WITH
assigned AS (
    SELECT row_key, journey, occurred_at, event, value, revenue, margin,
        {coarse_phase_no(model, base)} AS phase_no
    FROM contacts
),
gathered AS (
    SELECT journey, min(ROW(occurred_at, coalesce(phase_no, 1000000), row_key)) AS first_contact,
        min(occurred_at) AS first_at, max(occurred_at) AS last_at, count(*) AS contacts,
        min(occurred_at) FILTER (WHERE event = 'won') AS won_at,
        min(occurred_at) FILTER (WHERE event = 'lost') AS lost_at,
        count(*) FILTER (WHERE event = 'won') AS orders,
        coalesce(sum(value) FILTER (WHERE event = 'won'),
            arg_max(value, ROW(occurred_at, row_key)) FILTER (WHERE value IS NOT NULL)) AS value,
        sum(revenue) AS revenue, sum(margin) AS margin,
        {entries}
    FROM assigned GROUP BY journey
)
SELECT j.journey, c.customer, c.customer_id, c.journey_id, c.account_id, j.first_at, j.last_at, j.contacts,
    j.won_at, j.lost_at, j.orders, j.value, j.revenue, j.margin, {firsts}, {carried}
FROM gathered AS j JOIN contacts AS c ON c.row_key = struct_extract(j.first_contact, 3)
ORDER BY j.journey"""
    return Query(sql=sql)


def _carried(dimensions: Iterable[str]) -> tuple[str, ...]:
    return (*FIRST_CONTACT, *(name for name in dimensions if name not in FIRST_CONTACT))


def _among(column: str, numbers: list[int]) -> str:
    """Whether a phase number is one of these, never NULL for a phase that is there."""
    return f"({column} IN ({', '.join(map(str, numbers))}))" if numbers else "FALSE"


def _silence(serving: list[int], phase: str, lapses_at: str, at: str, patience: str) -> str:
    """From when on silence is loss: after the purchase the customer's lapse, before it the patience."""
    return (
        f"CASE WHEN {_among(phase, serving)} THEN {lapses_at}"
        f" WHEN {patience} >= 0 THEN {at} + to_days({patience}) END"
    )


def _completes(model: JourneyModel) -> str:
    """Whether the contact's event completes the phase of the stay it falls into."""
    conditions = [
        f"(stay_phase = {number} AND event IN ({', '.join(repr(str(event)) for event in phase.completes)}))"
        for number, phase in enumerate(model.phases, 1)
        if phase.completes
    ]
    return " OR ".join(conditions) or "FALSE"
