"""Open offers that wait: those without outbound contact for more than 14 days, as the KPI counts them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.query import Query
from journeys.ledger import ENDING
from metrics.compile import Slice
from metrics.factrows import accepted, asking
from metrics.facts import facts
from metrics.qualification import LISTED, Offer, Unattended

CARRIED = ("team", "segment", "product")
DAY = 86400


def as_of(cut: Slice) -> dt.datetime:
    """The instant the list holds for: the end of the data, or of their last month if that comes first."""
    last = cut.frame.months[-1]
    end = dt.datetime.combine(last.end, dt.time())
    return min(end, cut.frame.horizon.replace(microsecond=0) + dt.timedelta(seconds=1))


def offers_query(cut: Slice) -> Query:
    """Rows (customer, journey, offered, touched, value, team, segment, product, lapsed; then over all offers:
    open, value of the open, unattended, value of the unattended): the unattended, the most valuable first, at
    most LISTED; without any, one row whose customer is NULL. No row means that no offer is open."""
    now = replace(cut, frame=replace(cut.frame, months=cut.frame.months[-1:]))
    carried = ", ".join(f"dim_{name} AS {name}" for name in CARRIED)
    return asking(
        f"""
SELECT CASE WHEN unattended THEN o.customer_id END AS customer_id, o.journey_id, offered_at, t.touched_at,
  value, {carried}, COALESCE(l.lapsed, FALSE) AS lapsed,
  COUNT(*) OVER () AS all_open, SUM(value) OVER () AS open_value,
  COUNT(*) FILTER (WHERE unattended) OVER () AS all_unattended,
  SUM(value) FILTER (WHERE unattended) OVER () AS unattended_value
FROM chosen AS o
LEFT JOIN (
  SELECT customer_id, journey_id, {ENDING} = 'lost' AS lapsed FROM visits WHERE next_at IS NULL
) AS l ON l.customer_id = o.customer_id AND l.journey_id = o.journey_id
LEFT JOIN (
  SELECT customer_id, MAX(occurred_at) AS touched_at FROM contacts
  WHERE direction = 'outbound' AND occurred_at < $as_of
    AND customer_id IN (SELECT customer_id FROM chosen WHERE unattended)
  GROUP BY customer_id
) AS t ON t.customer_id = o.customer_id
ORDER BY CASE WHEN unattended THEN 0 ELSE 1 END, value DESC NULLS LAST, offered_at, row_key
LIMIT {LISTED}""",
        accepted(facts()["open_offers"], now, CARRIED),
        as_of=as_of(cut),
    )


def unattended(rows: Sequence[tuple[Any, ...]], now: dt.datetime) -> Unattended:
    """The rows of offers_query as a list, at the instant `now`."""
    totals = rows[0][-4:] if rows else (0, 0.0, 0, 0.0)
    opened, open_value, waiting, waiting_value = (float(number or 0) for number in totals)
    return Unattended(
        as_of=now,
        offers=tuple(_offer(row, now) for row in rows if row[0] is not None),
        unattended=int(waiting),
        unattended_value=waiting_value,
        open=int(opened),
        open_value=open_value,
    )


def _offer(row: tuple[Any, ...], now: dt.datetime) -> Offer:
    customer, journey, offered, touched, value, team, segment, product, lapsed = row[:9]
    if touched is not None and touched <= offered:  # the offer itself is no contact after it
        touched = None
    return Offer(
        customer_id=customer,
        journey_id=journey,
        offered_at=offered,
        touched_at=touched,
        value=value,
        days=_days(offered, now),
        quiet_days=_days(touched or offered, now),
        team=team,
        segment=segment,
        product=product,
        lapsed=lapsed,
    )


def _days(since: dt.datetime, now: dt.datetime) -> int:
    return int((now - since).total_seconds() // DAY)
