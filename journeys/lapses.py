"""When a customer is lost by ordering no more: the one loss after the purchase that no contact announces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.query import Query
from journeys.columns import NEVER, Ints

# A relation (customer, lapses_at) over `contacts`, for use in FROM with an alias; portable SQL.
# Orders count by day over all journeys of a customer: split orders of one day are one order. The usual
# interval is the median of the gaps between order days as known at each order, so two order days are needed.
# A customer lapses when twice that has passed since the order and no other came by then. An order afterwards
# starts anew; the lapse stays.
LAPSES = """(
    SELECT customer, lapses_at FROM (
        SELECT customer, ordered_at, next_order,
            ordered_at + CAST(2 * AVG(gap_days) AS INTEGER) * INTERVAL '1' DAY AS lapses_at
        FROM (
            SELECT o.customer, o.ordered_at, o.next_order, g.gap_days,
                ROW_NUMBER() OVER (PARTITION BY o.customer, o.ordered_at ORDER BY g.gap_days) AS place,
                COUNT(*) OVER (PARTITION BY o.customer, o.ordered_at) AS gaps
            FROM {order_days} AS o
            JOIN {order_days} AS g ON g.customer = o.customer AND g.ordered_at <= o.ordered_at
            WHERE g.gap_days IS NOT NULL
        ) AS ranked
        WHERE 2 * place BETWEEN gaps AND gaps + 2
        GROUP BY customer, ordered_at, next_order
    ) AS timed
    WHERE next_order IS NULL OR next_order > lapses_at
)""".replace(
    "{order_days}",
    """(
                SELECT customer, ordered_at,
                    LEAD(ordered_at) OVER (PARTITION BY customer ORDER BY ordered_at) AS next_order,
                    (EPOCH(CAST(ordered_at AS DATE)) - EPOCH(CAST(LAG(ordered_at) OVER (
                        PARTITION BY customer ORDER BY ordered_at) AS DATE))) / 86400 AS gap_days
                FROM (
                    SELECT customer, MIN(occurred_at) AS ordered_at
                    FROM contacts WHERE event = 'won' GROUP BY customer, CAST(occurred_at AS DATE)
                ) AS days
            )""",
)


def lapses_query() -> Query:
    """Rows (customer, lapses_at), by customer and time, over all contacts of the relation `contacts`."""
    return Query(sql=f"SELECT customer, lapses_at FROM {LAPSES} AS lapsed ORDER BY customer, lapses_at")


@dataclass(frozen=True)
class Lapses:
    """Who lapsed when, sorted by both."""

    customer: Ints
    at: Ints

    def following(self, customer: Ints, at: Ints) -> Ints:
        """By contact: the first lapse of its customer at or after it, else NEVER."""
        found = np.full(len(at), NEVER)
        customers, first, lapses = np.unique(self.customer, return_index=True, return_counts=True)
        if not len(customers):
            return found
        place = np.minimum(np.searchsorted(customers, customer), len(customers) - 1)
        contacts = np.flatnonzero(customers[place] == customer)
        at, place = at[contacts], place[contacts]
        low = first[place]
        end = low + lapses[place]
        high = end
        # Halving the lapses in question of all contacts at once, until none is left.
        while np.any(low < high):
            middle = (low + high) // 2
            before = (low < high) & (self.at[np.minimum(middle, len(self.at) - 1)] < at)
            low, high = np.where(before, middle + 1, low), np.where(before, high, np.minimum(middle, high))
        found[contacts] = np.where(low < end, self.at[np.minimum(low, len(self.at) - 1)], NEVER)
        return found
