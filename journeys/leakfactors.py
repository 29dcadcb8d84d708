"""What a leak in money is made of: the lost, the share of those going on that buy, the money per case.

All queries keep to the portable subset of SQL. The rules stand in docs/adr/0090-triggers-and-leaks.md.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.query import Query, accepts
from journeys.ends import Selection
from journeys.incidence import incidence
from journeys.ledger import ENDING
from journeys.model import Phase

Basis = Literal["margin", "revenue", "value"]
BASES: tuple[Basis, ...] = ("margin", "revenue", "value")

FEWEST = 10
"""A figure that goes into a leak rests on at least so many cases."""
DAY = 86400
TWELVE_MONTHS = 365 * DAY


@dataclass(frozen=True, kw_only=True)
class Losses:
    """How the visits of a phase ended. `journeys` and `customers`: those whose last visit ended lost here."""

    decided: int = 0
    visits: int = 0
    journeys: int = 0
    customers: int = 0


@dataclass(frozen=True, kw_only=True)
class Share:
    """The expected rate (0 to 1) of buying among `n` journeys that left a phase forward."""

    value: float
    lower: float
    upper: float
    error: float
    n: int


@dataclass(frozen=True, kw_only=True)
class Mean:
    """Money per case: the mean of `n` cases with its standard error."""

    value: float
    error: float
    n: int
    basis: Basis


def losses_query(selection: Selection, served: Sequence[int]) -> Query:
    """Rows (phase_no; decided visits; lost ones; journeys and customers whose last visit was lost there).

    The last visit is the last of the whole journey; it counts where its own first contact is selected.
    Customers are counted in the `served` phases alone, those after the purchase.
    """
    condition = selection.condition("first_at")
    serving = f"phase_no IN ({', '.join(str(int(number)) for number in served)})" if served else "FALSE"
    return Query(
        sql=f"""
WITH chosen AS (
    SELECT phase_no, customer, next_at, {ENDING} AS ending FROM visits WHERE {condition.sql}
)
SELECT phase_no, COUNT(*) FILTER (WHERE ending <> 'open') AS decided,
    COUNT(*) FILTER (WHERE ending = 'lost') AS lost,
    COUNT(*) FILTER (WHERE ending = 'lost' AND next_at IS NULL) AS journeys,
    COUNT(DISTINCT CASE WHEN ending = 'lost' AND next_at IS NULL AND {serving} THEN customer END) AS customers
FROM chosen GROUP BY phase_no ORDER BY phase_no""",
        values={**condition.values, "data_end": selection.data_end},
    )


def onward_query(selection: Selection, phase: Phase, phase_no: int, window_days: int) -> Query:
    """Rows (seconds, won, lost, leaving): what became of the journeys that left the phase forward, and when.

    A journey leaves once: with the first of its selected visits that went on to a later phase (the clock
    starts there), or in which it bought (it has bought at once). Its later visits to the phase have no say:
    the first order after the first departure is the earliest of the orders after any. Whole seconds, rounded
    up; what comes after the window counts as one second later, still under observation in the window.
    """
    condition = selection.condition("first_at")
    bought = "completed_at" if "won" in phase.completes else "CAST(NULL AS TIMESTAMP)"
    return Query(
        sql=f"""
WITH chosen AS (
    SELECT journey, {bought} AS bought_at, next_at, next_won_at, next_lost_at, {ENDING} AS ending
    FROM visits WHERE phase_no = $phase_no AND {condition.sql}
), departures AS (
    SELECT journey, MIN(COALESCE(bought_at, next_at)) AS left_at,
        MIN(COALESCE(bought_at, next_won_at)) AS won_at, MIN(next_lost_at) AS lost_at
    FROM chosen
    WHERE ending IN ('advanced', 'skipped') OR (ending = 'completed' AND bought_at IS NOT NULL)
    GROUP BY journey
), timed AS (
    SELECT won_at <= $data_end AND (lost_at IS NULL OR won_at <= lost_at) AS won,
        lost_at <= $data_end AND (won_at IS NULL OR lost_at < won_at) AS lost,
        CEIL(EPOCH(LEAST(won_at, lost_at, $data_end)) - EPOCH(left_at)) AS seconds
    FROM departures WHERE left_at <= $data_end
)
SELECT CAST(LEAST(seconds, $window + 1) AS BIGINT) AS seconds,
    COUNT(*) FILTER (WHERE won AND seconds <= $window) AS won,
    COUNT(*) FILTER (WHERE lost AND seconds <= $window) AS lost, COUNT(*) AS leaving
FROM timed GROUP BY 1 ORDER BY 1""",
        values={
            **condition.values,
            "phase_no": phase_no,
            "data_end": selection.data_end,
            "window": window_days * DAY,
        },
    )


def earnings_query(selection: Selection) -> Query:
    """One row: for margin, revenue and value the number, mean and variance over journeys first won in time.

    Only journeys that name the money count for it.
    """
    condition = selection.condition("won_at")
    figures = ", ".join(f"COUNT({name}), AVG({name}), VAR_SAMP({name})" for name in BASES)
    return Query(
        sql=f"SELECT {figures} FROM journeys WHERE won_at <= $data_end AND {condition.sql}",
        values={**condition.values, "data_end": selection.data_end},
    )


def spending_query(selection: Selection, phase_no: int) -> Query:
    """One row: customers; then of their revenue, and of the value of their orders, in twelve months: number
    of contacts that name it, mean, variance over the customers (who bought nothing count with 0).

    The customers: those with a visit of the phase that did not end lost, begun in the twelve months (or the
    longer period) that ended a year before the selection does, so that their twelve months lie within the
    data. The twelve months (365 days) follow the first contact of the first such visit.
    """
    begun, until = _a_year_earlier(selection)
    accepted = accepts(selection.where)
    return Query(
        sql=f"""
WITH stayed AS (
    SELECT customer, MIN(first_at) AS from_at
    FROM visits
    WHERE phase_no = $phase_no AND first_at >= $begun AND first_at < $until AND {accepted.sql}
        AND {ENDING} <> 'lost'
    GROUP BY customer
), bought AS (
    SELECT customer, occurred_at, revenue, CASE WHEN event = 'won' THEN value END AS value
    FROM contacts WHERE occurred_at > $begun AND (revenue IS NOT NULL OR event = 'won')
), spent AS (
    SELECT s.customer, COUNT(b.revenue) AS revenues, COALESCE(SUM(b.revenue), 0) AS revenue,
        COUNT(b.value) AS "values", COALESCE(SUM(b.value), 0) AS value
    FROM stayed AS s LEFT JOIN bought AS b ON b.customer = s.customer
        AND b.occurred_at > s.from_at AND EPOCH(b.occurred_at) - EPOCH(s.from_at) <= {TWELVE_MONTHS}
    GROUP BY s.customer
)
SELECT COUNT(*), COALESCE(SUM(revenues), 0), AVG(revenue), VAR_SAMP(revenue),
    COALESCE(SUM("values"), 0), AVG(value), VAR_SAMP(value)
FROM spent""",
        values={
            **accepted.values,
            "phase_no": phase_no,
            "begun": begun,
            "until": until,
            "data_end": selection.data_end,
        },
    )


def _a_year_earlier(selection: Selection) -> tuple[dt.datetime, dt.datetime]:
    """From when until when (exclusive) comparable visits begin."""
    latest = selection.data_end - dt.timedelta(seconds=TWELVE_MONTHS)
    if selection.period is None:
        return dt.datetime.min, latest
    months = max(len(selection.period.months), 12)
    start = selection.period.last + 1 - 12 - months
    end = dt.datetime.combine((selection.period.last + 1 - 12).start, dt.time())
    return dt.datetime.combine(start.start, dt.time()), min(end, latest)


def share_of(rows: Sequence[tuple[int, int, int, int]], window_days: int) -> Share | None:
    """The expected rate at the window's end from the rows of `onward_query`; None without any."""
    if not rows:
        return None
    at, won, lost, leaving = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    found = incidence(at, won, lost, leaving)
    place = found.place(window_days * DAY)
    n = int(leaving.sum())
    if place < 0:  # nothing happened within the window, and everybody was followed beyond it
        return Share(value=0.0, lower=0.0, upper=0.0, error=0.0, n=n)
    return Share(
        value=float(found.value[place]),
        lower=float(found.lower[place]),
        upper=float(found.upper[place]),
        error=float(found.error[place]),
        n=n,
    )


def earnings_of(row: Sequence[float | None]) -> Mean | None:
    """Margin per won journey, else revenue, else value, whichever enough journeys name; None where none is.

    Takes the row of `earnings_query`.
    """
    found = [
        _mean(row[3 * place], row[3 * place + 1], row[3 * place + 2], basis)
        for place, basis in enumerate(BASES)
    ]
    known = [mean for mean in found if mean is not None]
    return next((mean for mean in known if mean.n >= FEWEST), max(known, key=lambda m: m.n, default=None))


def spending_of(row: Sequence[float | None]) -> Mean | None:
    """Revenue per customer in twelve months, else the value of the orders; None where nobody names either.

    Takes the row of `spending_query`.
    """
    customers, revenues, revenue, revenue_variance, values, value, value_variance = row
    if revenues:
        return _mean(customers, revenue, revenue_variance, "revenue")
    return _mean(customers, value, value_variance, "value") if values else None


def _mean(n: float | None, value: float | None, variance: float | None, basis: Basis) -> Mean | None:
    if not n or value is None:
        return None
    error = math.sqrt(variance / n) if variance is not None else math.inf
    return Mean(value=float(value), error=error, n=int(n), basis=basis)
