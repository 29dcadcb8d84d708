"""Entries into the journey counted: funnel rate, cost per closing by cohort, talks that led nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from core.period import Month, Period
from core.query import Query, identifier
from metrics.factrows import asking
from metrics.qualification import MINIMUM, MINIMUM_OF_A_MEAN, Cohort, CostOfClosing, Entered, Talks
from metrics.rates import rate

State = str  # "qualified", "disqualified" or "unjudged"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Entries alike in month, standing, group and whether their window has closed; sums over them.

    Costs and hours are None where none of them has any.
    """

    month: Month
    existing: bool
    state: State
    group: str
    closed: bool
    entries: int
    won: int
    cost: float | None
    talks: int
    hours: float | None
    talk_cost: float | None
    vain: int
    vain_hours: float | None
    vain_cost: float | None
    vain_entries: int
    undecided: int


_WHOLE = ("entries", "won", "talks", "vain", "vain_entries", "undecided")
_SUMS = (
    "entries", "won", "cost", "talks", "hours", "talk_cost", "vain", "vain_hours", "vain_cost",
    "vain_entries", "undecided",
)  # fmt: skip
_DECIDED = "(closed OR won OR refused)"
_VAIN = f"{_DECIDED} AND NOT ever_bought"


def cells_query(rows: Query, dims: Sequence[str], data_end: dt.datetime) -> Query:
    """Entries (metrics.factrows.told) alike in month, standing, closed window and these dimensions, together.

    Rows (month as year * 12 + month - 1, existing, state, closed, `dim_<name>`..., the sums of Cell).
    """
    keys = ", ".join(["month", "existing", "state", "closed", *(identifier(f"dim_{dim}") for dim in dims)])
    return asking(
        f"""
SELECT {keys}, COUNT(*) AS entries, COUNT(*) FILTER (WHERE won) AS won, SUM(cost) AS cost,
  SUM(talks) FILTER (WHERE {_DECIDED}) AS talks,
  SUM(talk_hours) FILTER (WHERE {_DECIDED}) AS hours,
  SUM(talk_cost) FILTER (WHERE {_DECIDED}) AS talk_cost,
  SUM(talks) FILTER (WHERE {_VAIN}) AS vain,
  SUM(talk_hours) FILTER (WHERE {_VAIN}) AS vain_hours,
  SUM(talk_cost) FILTER (WHERE {_VAIN}) AS vain_cost,
  COUNT(*) FILTER (WHERE {_VAIN} AND talks > 0) AS vain_entries,
  SUM(talks) FILTER (WHERE NOT {_DECIDED}) AS undecided
FROM (
  SELECT *, dated_at <= $until AS closed,
    EXTRACT(YEAR FROM entered_at) * 12 + EXTRACT(MONTH FROM entered_at) - 1 AS month,
    CASE WHEN qualified THEN 'qualified' WHEN disqualified THEN 'disqualified' ELSE 'unjudged' END AS state
  FROM chosen
) AS entry
WHERE entered_at <= $until
GROUP BY {keys}""",
        rows,
        until=data_end,
    )


def entries_query(cells: Query, where: Mapping[str, tuple[str, ...]], group: str) -> Query:
    """Rows in the order of Cell's fields over the whole history, from the cells that a filter accepts.

    `group` is a dimension of entries, which carry the values of their first contact.
    """
    sums = ", ".join(f"SUM({name}) AS {name}" for name in _SUMS)
    return asking(
        f"""
SELECT month, existing, state, {identifier(f"dim_{group}")} AS in_group, closed, {sums}
FROM chosen
GROUP BY 1, 2, 3, 4, 5""",
        cells,
        where,
    )


def cells(rows: Iterable[tuple[Any, ...]]) -> tuple[Cell, ...]:
    """The rows of entries_query."""
    names = [field.name for field in fields(Cell)]
    found = []
    for row in rows:
        values = dict(zip(names, row, strict=True))
        values |= {name: int(values[name] or 0) for name in _WHOLE}
        values["month"] = Month(int(values["month"]) // 12, int(values["month"]) % 12 + 1)
        found.append(Cell(**values))
    return tuple(found)


def began_in(period: Period, held: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells of the entries that began in the period."""
    return tuple(cell for cell in held if period.first <= cell.month <= period.last)


def counted(held: Collection[Cell], *, so_far: bool = False) -> Entered:
    """Entries put together. `so_far`: cost and closings of those whose window runs count, too."""
    counting = [cell for cell in held if cell.closed or so_far]
    closed = sum(cell.entries for cell in held if cell.closed)
    won = sum(cell.won for cell in counting)
    cost = total(cell.cost for cell in counting)
    enough = won > 0 and sum(cell.entries for cell in counting) >= MINIMUM_OF_A_MEAN
    return Entered(
        entries=sum(cell.entries for cell in held),
        closed=closed,
        won=won,
        rate=rate(sum(cell.won for cell in held if cell.closed), closed),
        cost=cost,
        cost_per_closing=cost / won if cost is not None and enough else None,
    )


def total(values: Iterable[float | None]) -> float | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return float(sum(known)) if known else None


def cost_of_closing(
    held: Collection[Cell], *, window_days: int, data_start: dt.datetime, data_end: dt.datetime
) -> CostOfClosing:
    """Cost per closing by quarter of entry, new and existing customers apart, the earliest first."""
    window = dt.timedelta(days=window_days)
    cohorts, done = [], []
    for first in sorted({_quarter(cell.month) for cell in held}):
        # An entry in the last second before the quarter's end has its whole window.
        closed = dt.datetime.combine((first + 3).start, dt.time()) + window <= data_end
        cut = dt.datetime.combine(first.start, dt.time()) + dt.timedelta(days=1) < data_start
        mine = [cell for cell in held if _quarter(cell.month) == first]
        done += mine if closed and not cut else []
        for existing in (False, True):
            chosen = [cell for cell in mine if cell.existing == existing]
            if chosen:
                cohorts.append(
                    Cohort(
                        first=first,
                        existing=existing,
                        entered=counted(chosen, so_far=True),
                        closed=closed,
                        cut=cut,
                    )
                )
    return CostOfClosing(
        cohorts=tuple(cohorts),
        new=counted([cell for cell in done if not cell.existing]),
        existing=counted([cell for cell in done if cell.existing]),
    )


def _quarter(month: Month) -> Month:
    return month - (month.month - 1) % 3


def talks(held: Collection[Cell]) -> Talks:
    """Talks of decided entries, and those that were held in vain."""

    def whole(value: Callable[[Cell], int]) -> int:
        return sum(value(cell) for cell in held)

    held_talks, vain = whole(lambda cell: cell.talks), whole(lambda cell: cell.vain)
    return Talks(
        talks=held_talks,
        hours=total(cell.hours for cell in held),
        cost=total(cell.talk_cost for cell in held),
        vain=vain,
        vain_hours=total(cell.vain_hours for cell in held),
        vain_cost=total(cell.vain_cost for cell in held),
        vain_entries=whole(lambda cell: cell.vain_entries),
        share=100 * vain / held_talks if held_talks >= MINIMUM else None,
        undecided=whole(lambda cell: cell.undecided),
    )
