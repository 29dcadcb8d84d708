"""What is followed from its beginning: how many rows came to which end after how many days, put together.

Days are whole ones. A row was `seen` for the days that were over at the data end, at most to the horizon;
what came on the day still running is not known yet, for those who came and those who did not alike. An end
on the n-th day after the beginning has age n, so that "within 90 days" means 7,776,000 seconds to the last.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.period import Period
from core.query import Query, identifier
from metrics.compile import (
    NO_KEY,
    Slice,
    accepted_values,
    accepting,
    bound,
    grouping,
    in_periods,
    seen_sql,
)
from metrics.expressions import render
from metrics.model import Kpi

OPEN, ENDED, COMPETED = 0, 1, 2
"""How a row stands at the end of its `age`: still open, come to its end, come to a competing one before."""


def age_cells(prepared: Query, kpi: Kpi, dims: Sequence[str]) -> Query:
    """Rows (month, phase, dimensions, `seen`, `age`, `outcome`, `alike`) of a survival's prepared fact."""
    held = ["month", *(["phase"] if kpi.per == "phase" else []), *(identifier(f"dim_{dim}") for dim in dims)]
    keys = ", ".join([*held, "seen", "age", "outcome"])
    kept = ", ".join(held)
    where = kpi.trees.get("where")
    condition = f" AND ({render(where)})" if where is not None else ""
    sql = f"""SELECT {keys}, COUNT(*) AS alike
FROM (
  SELECT {kept}, seen, outcome, CAST(GREATEST(CASE outcome WHEN {ENDED} THEN CEIL(end_days)
    WHEN {COMPETED} THEN CEIL(other_days) ELSE seen END, 0) AS INTEGER) AS age
  FROM (
    SELECT {kept}, end_days, other_days, CAST(seen AS INTEGER) AS seen,
      {_outcome("end_days", "other_days", "seen")} AS outcome
    FROM (
      SELECT {kept}, {_days(kpi, "end")} AS end_days, {_days(kpi, "competing")} AS other_days,
        {_seen(kpi, "seen_days")} AS seen
      FROM ({prepared.sql}) AS prepared
      WHERE seen_days >= 0{condition}
    ) AS begun
  ) AS followed
) AS aged
GROUP BY {keys}"""
    return Query(sql=sql, values=prepared.values)


def ages_query(cells: Query, kpi: Kpi, cut: Slice, periods: Sequence[Period]) -> Query:
    """Rows (period, phase, group, seen, age, outcome, alike) of a survival KPI over its cells, those of one
    period, phase and group one after another. `period` counts from 0."""
    phase = "phase" if kpi.per == "phase" else NO_KEY
    spread = in_periods(cells, periods)
    sql = f"""
SELECT bucket, {phase} AS phase_key, {grouping(cut)} AS group_key, seen, age, outcome, SUM(alike) AS alike
FROM ({spread.sql}) AS spread
WHERE {accepting(cut)}
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY 1, 2, 3, 4, 5, 6"""
    return bound(sql, {**spread.values, **accepted_values(cut)})


def begun_sql() -> str:
    """Whether a row of a fact began before the data end."""
    return f"{seen_sql('dated_at')} >= 0"


def ended_sql(kpi: Kpi) -> str:
    """Whether a row of the fact has come to its end within the horizon, as far as it was seen."""
    seen = _seen(kpi, seen_sql("dated_at"))
    return f"{_outcome(_days(kpi, 'end'), _days(kpi, 'competing'), seen)} = {ENDED}"


def _days(kpi: Kpi, name: str) -> str:
    tree = kpi.trees.get(name)
    return "CAST(NULL AS DOUBLE)" if tree is None else f"({render(tree)})"


def _seen(kpi: Kpi, days: str) -> str:
    return f"LEAST(FLOOR({days}), {kpi.horizon_days})"


def _outcome(end: str, other: str, seen: str) -> str:
    """At the same instant the end goes before a competing one, as in a funnel."""
    return (
        f"CASE WHEN CEIL({end}) <= {seen} AND ({other} IS NULL OR {end} <= {other}) THEN {ENDED}"
        f" WHEN CEIL({other}) <= {seen} THEN {COMPETED} ELSE {OPEN} END"
    )
