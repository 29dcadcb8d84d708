"""Questions to the phase ledger: how visits end, where they come from and go to, what happens in a phase.

All queries keep to the portable subset of SQL: they run on `visits` and `contacts` of a snapshot of any size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.period import Period
from core.query import Query, accepts, identifier
from journeys.ledger import ENDING, ENDINGS

Trait = Literal["touchpoint", "channel", "content"]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which visits are asked about: those whose first contact lies in the period and passes the filters.

    `period` None means all; the keys of `where` are columns of `visits` (and of `contacts`). `data_end` is
    the last instant covered by every source of contacts.
    """

    data_end: dt.datetime
    period: Period | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def condition(self, at: str) -> Query:
        """The selection over rows dated by the column `at`."""
        accepted = accepts(self.where)
        values: dict[str, object] = {**accepted.values}
        conditions = [accepted.sql]
        if self.period is not None:
            conditions += [f"{at} >= $period_start", f"{at} < $period_end"]
            values["period_start"] = dt.datetime.combine(self.period.start, dt.time())
            values["period_end"] = dt.datetime.combine(self.period.end, dt.time())
        return Query(sql=" AND ".join(conditions), values=values)


@dataclass(frozen=True, kw_only=True)
class Ends:
    """How many visits ended in each of the six ways. `visits` is always their sum."""

    advanced: int = 0
    skipped: int = 0
    back: int = 0
    completed: int = 0
    lost: int = 0
    open: int = 0

    @property
    def visits(self) -> int:
        return self.advanced + self.skipped + self.back + self.completed + self.lost + self.open

    @property
    def conversion(self) -> float | None:
        """In percent: (advanced + skipped + completed) / (visits - open); None while all are open."""
        decided = self.visits - self.open
        return 100 * (self.advanced + self.skipped + self.completed) / decided if decided else None


def ledger_query(selection: Selection, by: str | None = None) -> Query:
    """Rows (phase, group, the six ends in the order of ENDINGS); groups from frequent to rare.

    `by` is a column of `visits`; a visit without a value is in group `""`; without `by` the group is NULL.
    """
    condition = selection.condition("first_at")
    group = f"COALESCE(CAST({identifier(by)} AS VARCHAR), '')" if by else "CAST(NULL AS VARCHAR)"
    counts = ", ".join(f"COUNT(*) FILTER (WHERE ending = '{end}') AS {identifier(end)}" for end in ENDINGS)
    return Query(
        sql=f"""
WITH chosen AS (
    SELECT phase, phase_no, {group} AS in_group, {ENDING} AS ending
    FROM visits WHERE {condition.sql}
), counted AS (
    SELECT phase, phase_no, in_group, COUNT(*) AS visits, {counts}
    FROM chosen GROUP BY phase, phase_no, in_group
)
SELECT phase, in_group, {", ".join(map(identifier, ENDINGS))}
FROM counted
ORDER BY SUM(visits) OVER (PARTITION BY in_group) DESC, in_group, phase_no""",
        values={**condition.values, "data_end": selection.data_end},
    )


def entrants_query(selection: Selection, phase: str) -> Query:
    """Rows (phase of the visit before, or NULL at a journey's start; resumed after a loss; visits)."""
    condition = selection.condition("first_at")
    return Query(
        sql=f"""
SELECT entered_from, resumed, COUNT(*) AS visits
FROM visits WHERE phase = $phase AND {condition.sql}
GROUP BY entered_from, resumed
ORDER BY visits DESC, entered_from, resumed""",
        values={**condition.values, "phase": phase},
    )


def leavers_query(selection: Selection, phase: str) -> Query:
    """Rows (ending; phase of the visit after, or NULL where none followed; visits)."""
    condition = selection.condition("first_at")
    return Query(
        sql=f"""
WITH chosen AS (
    SELECT {ENDING} AS ending, next_phase FROM visits WHERE phase = $phase AND {condition.sql}
)
SELECT ending, next_phase, COUNT(*) AS visits
FROM chosen GROUP BY ending, next_phase
ORDER BY visits DESC, ending, next_phase""",
        values={**condition.values, "phase": phase, "data_end": selection.data_end},
    )


def trait_query(selection: Selection, phase: str, trait: Trait, most: int = 50) -> Query:
    """Rows (value; contacts; customers) of a phase's contacts in the period, the most frequent first.

    Here the filters select contacts by their own values. Contacts that do not name the trait are left out.
    """
    condition = selection.condition("occurred_at")
    return Query(
        sql=f"""
SELECT {identifier(trait)} AS named, COUNT(*) AS contacts, COUNT(DISTINCT customer) AS customers
FROM contacts
WHERE phase = $phase AND {identifier(trait)} IS NOT NULL AND occurred_at <= $data_end AND {condition.sql}
GROUP BY {identifier(trait)}
ORDER BY contacts DESC, named
LIMIT {int(most)}""",
        values={**condition.values, "phase": phase, "data_end": selection.data_end},
    )


def sign_query(selection: Selection, phase: str, event: str) -> Query:
    """One row: the visits of a phase in which the journey has a contact with this event."""
    condition = selection.condition("first_at")
    return Query(
        sql=f"""
WITH chosen AS (
    SELECT visit, journey, first_at, last_at FROM visits WHERE phase = $phase AND {condition.sql}
)
SELECT COUNT(DISTINCT v.visit) AS visits
FROM chosen AS v JOIN contacts AS c ON c.journey = v.journey AND c.event = $event
    AND c.occurred_at >= v.first_at AND c.occurred_at <= v.last_at""",
        values={**condition.values, "phase": phase, "event": event},
    )


def patience_query(share: float = 0.9) -> Query:
    """Rows (phase; won journeys seen in it; days): the patience that would have kept a share of them alive.

    Of every journey with an order, up to its first: the longest silence it kept in each phase. `days` is the
    smallest whole number of days that is no shorter than the silence of `share` of these journeys.
    """
    return Query(
        sql="""
WITH placed AS (
    SELECT c.journey, c.occurred_at,
        LAST_VALUE(c.phase IGNORE NULLS) OVER story AS phase,
        LEAD(c.occurred_at) OVER (PARTITION BY c.journey
            ORDER BY c.occurred_at, c.phase_no NULLS LAST, c.row_key) AS next_at
    FROM contacts AS c JOIN journeys AS j ON j.journey = c.journey AND c.occurred_at <= j.won_at
    WINDOW story AS (PARTITION BY c.journey ORDER BY c.occurred_at, c.phase_no NULLS LAST, c.row_key
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), longest AS (
    SELECT phase, journey, MAX(EPOCH(next_at) - EPOCH(occurred_at)) / 86400.0 AS days
    FROM placed WHERE phase IS NOT NULL AND next_at IS NOT NULL
    GROUP BY phase, journey
), ranked AS (
    SELECT phase, days, ROW_NUMBER() OVER (PARTITION BY phase ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY phase) AS journeys
    FROM longest
)
SELECT phase, MAX(journeys) AS journeys, GREATEST(CEIL(MIN(days)), 1) AS days
FROM ranked WHERE place >= $share * journeys
GROUP BY phase""",
        values={"share": share},
    )
