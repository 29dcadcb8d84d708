"""Up to when a source is complete, and what is planned beyond it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from core.contract import contract
from core.period import Month
from core.query import identifier
from store.warehouse.manifest import Part
from store.warehouse.workbench import Workbench

BY_PERIOD = ("reach", "spend", "measurements")
"""Tables whose rows are dated by the first day of the month (or week) that they sum up."""


def data_end(
    bench: Workbench, table: str, relation: str, stated: dt.datetime | None, now: dt.datetime
) -> dt.datetime | None:
    """The last instant that an import covers: as stated, else of its last row that is not in the future.

    A row of a table by period covers its month, as far as that has passed. None: nothing dates the source.
    """
    column = contract()[table].time
    if stated or not column or column not in bench.columns(relation):
        return stated
    last: dt.datetime | None
    (last,) = bench.row(
        f"SELECT max({identifier(column)}) FROM {relation} WHERE {identifier(column)} <= $now", {"now": now}
    )
    if last is None or table not in BY_PERIOD:
        return last
    month_end = dt.datetime.combine(Month.of(last).end, dt.time()) - dt.timedelta(microseconds=1)
    return min(month_end, now)


def planned(bench: Workbench, table: str, parts: Sequence[Part], end: dt.datetime | None) -> int:
    """Contacts in the parts after the data end. Other tables plan nothing."""
    return planned_in(bench, table, bench.over(parts), end) if parts else 0


def planned_in(bench: Workbench, table: str, relation: str, end: dt.datetime | None) -> int:
    """The same of any relation."""
    if table != "contacts":
        return 0
    (count,) = bench.row(
        f"SELECT count(*) FROM {relation} WHERE NOT coalesce(occurred_at <= $end, false)", {"end": end}
    )
    return int(count)
