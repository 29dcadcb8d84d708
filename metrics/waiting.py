"""Open offers that wait: those without outbound contact for more than 14 days, as the KPI counts them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.query import Query
from journeys.ledger import ENDING
from metrics.factrows import asking
from metrics.facts import Frame
from metrics.qualification import LISTED, Offer, Unattended

CARRIED = ("team", "segment", "product")
DAY = 86400


def latest(frame: Frame) -> Frame:
    """The frame of the data's last month alone: of open offers only those that are open now."""
    return replace(frame, months=frame.months[-1:])


def as_of(frame: Frame) -> dt.datetime:
    """The instant the list holds for: the end of the data, or of their last month if that comes first."""
    end = dt.datetime.combine(frame.months[-1].end, dt.time())
    return min(end, frame.horizon.replace(microsecond=0) + dt.timedelta(seconds=1))


def offers_query(
    rows: Query, where: Mapping[str, tuple[str, ...]], now: dt.datetime, data_end: dt.datetime
) -> Query:
    """Rows (customer, journey, offered, touched, value, team, segment, product, lapsed; then over all offers:
    open, value of the open, unattended, value of the unattended): the unattended, the most valuable first, at
    most LISTED; without any, one row whose customer is NULL. No row means that no offer is open.

    `rows` are the offers open at `now` (metrics.factrows.told) with CARRIED.
    `data_end` decides which journeys are lost by silence.
    """
    carried = ", ".join(f"NULLIF(dim_{name}, '') AS {name}" for name in CARRIED)
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
        rows,
        where,
        as_of=now,
        data_end=data_end,
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
