"""What a person can choose from: months, models, attributes with their values. What the filter bar offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.kept import kept_rows
from cockpit.workspace import Workspace
from core.contract import contract
from core.period import Month, Period, parse_period
from core.query import Query, accepts, identifier
from core.text import Text, same
from core.view import View
from store.warehouse.manifest import Manifest
from store.warehouse.snapshot import Snapshot

OFFERED = ("segment", "product", "channel", "region", "team", "persona", "price_tier")
MOST_VALUES = 60  # an attribute with more values is an identifier, or belongs into a breakdown


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """An attribute to filter by: its column, what people call it, its values from frequent to rare."""

    column: str
    label: Text
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A snapshot as the filter bar sees it. `months` are whole ones, the latest first."""

    snapshot: str
    sample: bool
    data_end: dt.datetime
    months: tuple[Month, ...]
    models: tuple[tuple[str, Text, int], ...]
    dimensions: tuple[Dimension, ...]
    journeys: int


def data_end_of(manifest: Manifest) -> dt.datetime | None:
    """The earliest data end of the sources of contacts: what every figure over contacts can rest on."""
    ends = [
        source.data_end
        for source in manifest.sources.values()
        if source.table == "contacts" and source.data_end is not None
    ]
    return min(ends, default=None)


def latest_month(data_end: dt.datetime) -> Month:
    """The last month that is whole at the data end."""
    month = Month.of(data_end.date())
    return month if Period(month, month).whole(data_end) else month - 1


def period_of(ws: Workspace, view: View, manifest: Manifest) -> Period:
    """The view's period against this snapshot's data end. Raises UsageFault on a period that is none."""
    end = data_end_of(manifest) or manifest.made_at
    return parse_period(view.period, latest=latest_month(end), fiscal_start=ws.settings.fiscal_year_start)


def scope_of(ws: Workspace) -> Scope | None:
    """What can be chosen in the head snapshot; None while there are no contacts."""
    head = ws.warehouse.head()
    data_end = data_end_of(head) if head else None
    if head is None or data_end is None:
        return None
    with ws.warehouse.open() as snapshot:
        start, journeys = data_start(ws, snapshot), count_journeys(ws, snapshot, View())
        dimensions = offered(ws, snapshot)
    last = latest_month(data_end)
    earliest = min(Month.of(start) if start else last, last)
    return Scope(
        snapshot=head.id,
        sample=head.sample,
        data_end=data_end,
        months=tuple(reversed(earliest.until(last))),
        models=tuple(
            (model.id, model.name, len(model.phases))
            for model in sorted(ws.models.entries.values(), key=lambda model: model.id != head.base_model)
            if head.base_model in (model.id, model.coarsens)
        ),
        dimensions=dimensions,
        journeys=journeys,
    )


def offered(ws: Workspace, snapshot: Snapshot) -> tuple[Dimension, ...]:
    """The attributes of contacts that it makes sense to filter by: few values, but more than one."""
    columns = contract()["contacts"].columns
    names = {name: columns[name].label for name in OFFERED} | {
        column: same(header) for column, header in snapshot.manifest.dimensions.items()
    }
    return tuple(
        found
        for column, label in names.items()
        if (found := _dimension(ws, snapshot, column, label)) is not None
    )


def _dimension(ws: Workspace, snapshot: Snapshot, column: str, label: Text) -> Dimension | None:
    name = identifier(column)
    query = Query(
        sql=f"SELECT CAST({name} AS VARCHAR) AS v, count(*) AS n FROM contacts WHERE {name} IS NOT NULL "
        f"GROUP BY v ORDER BY n DESC, v LIMIT {MOST_VALUES + 1}"
    )
    found = kept_rows(ws, snapshot, query)
    if not 2 <= len(found) <= MOST_VALUES:
        return None
    return Dimension(column=column, label=label, values=tuple(value for value, _ in found))


def data_start(ws: Workspace, snapshot: Snapshot) -> dt.datetime | None:
    """When the first contact happened; None without contacts."""
    ((first,),) = kept_rows(ws, snapshot, Query(sql="SELECT CAST(MIN(first_at) AS VARCHAR) FROM journeys"))
    return dt.datetime.fromisoformat(first) if first else None


def count_journeys(ws: Workspace, snapshot: Snapshot, view: View) -> int:
    """The journeys that pass a view's filters."""
    where, values = where_sql(view)
    query = Query(sql=f"SELECT count(*) FROM journeys WHERE {where}", values=values)
    ((count,),) = kept_rows(ws, snapshot, query, unfiltered=not view.where)
    return int(count)


def where_sql(view: View) -> tuple[str, dict[str, object]]:
    """The view's filter over columns of contacts, visits or journeys, with its bound values."""
    condition = accepts(view.where)
    return condition.sql, dict(condition.values)
