"""What has been measured for projects, those among them that nobody has entered yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.kept import kept_rows
from cockpit.workspace import Workspace
from core.query import Query
from proof.project import same_key

_MEASURED = Query(
    sql="SELECT project, kpi, count(*), CAST(CAST(MIN(period) AS DATE) AS VARCHAR), "
    "CAST(CAST(MAX(period) AS DATE) AS VARCHAR), count(numerator) "
    "FROM measurements WHERE project IS NOT NULL AND kpi IS NOT NULL GROUP BY project, kpi "
    "ORDER BY project, kpi"
)


@dataclass(frozen=True, kw_only=True)
class MeasuredKpi:
    """A KPI that measurements name for a project. `last` is the first day of the last period; `shares`:
    whether its rows have numerators."""

    project: str
    name: str
    rows: int
    first: dt.date
    last: dt.date
    shares: bool


def measured_kpis(ws: Workspace) -> tuple[MeasuredKpi, ...]:
    """All that has been measured, by project and name; empty without measurements."""
    head = ws.warehouse.head()
    if head is None or not any(source.table == "measurements" for source in head.sources.values()):
        return ()
    with ws.open() as snapshot:
        found = kept_rows(ws, snapshot, _MEASURED)
    return tuple(
        MeasuredKpi(
            project=project, name=name, rows=rows, first=dt.date.fromisoformat(first),
            last=dt.date.fromisoformat(last), shares=bool(numerators),
        )
        for project, name, rows, first, last, numerators in found
    )  # fmt: skip


def unclaimed(ws: Workspace) -> dict[str, tuple[MeasuredKpi, ...]]:
    """What was measured for projects that nobody has entered, by the name that the files give them."""
    keys = [project.key for project in ws.state.projects.all()]
    found: dict[str, tuple[MeasuredKpi, ...]] = {}
    for each in measured_kpis(ws):
        if not any(same_key(each.project, key) for key in keys):
            found[each.project] = (*found.get(each.project, ()), each)
    return found
