"""What stands behind a figure: the query that the handbook shows, and the rows that were counted."""

from __future__ import annotations

from core.period import Period
from core.query import Query, identifier
from metrics.ages import age_cells, ages_query, begun_sql, ended_sql
from metrics.cells import value_cells
from metrics.compile import (
    Slice,
    accepting,
    bound,
    bound_values,
    bounds,
    columns_counted,
    measures,
    prepared_query,
    ranked_query,
)
from metrics.expressions import render
from metrics.facts import fact_sql
from metrics.model import Kpi


def chosen_query(kpi: Kpi, cut: Slice, period: Period, *, phase: str | None, below: bool) -> Query:
    """The rows of a fact behind a figure, in no order: the numerator's or (`below`) the denominator's.

    Of what is followed these are the rows that came to their end, and all that began.
    """
    fact = kpi.denominator_fact if below else kpi.fact
    where = kpi.trees.get("where")
    conditions = [
        accepting(cut),
        "dated_at <= $horizon",
        "dated_at >= $period_start",
        "dated_at < $period_end",
    ]
    values: dict[str, object] = {**bound_values(cut), **bounds(fact, period, cut.frame)}
    if where is not None:
        conditions.append(f"({render(where)})")
    if "value" in kpi.trees:
        conditions.append(f"({render(kpi.trees['value'])}) IS NOT NULL")
    if kpi.kind == "survival":
        conditions.append(begun_sql() if below else f"{begun_sql()} AND {ended_sql(kpi)}")
    if phase is not None:
        conditions.append("phase = $phase")
        values["phase"] = phase
    sql = f"""
WITH fact AS (
{fact_sql(fact, cut.frame, cut.dimensions)}
)
SELECT * FROM fact WHERE {" AND ".join(conditions)}"""
    return bound(sql, values)


def rows_query(kpi: Kpi, cut: Slice, chosen: Query, *, below: bool, limit: int | None) -> Query:
    """Rows of `chosen_query` as people see them, in time order: what the fact tells, the dimensions asked
    for, and the row of the original file that each comes from."""
    fact = kpi.denominator_fact if below else kpi.fact
    columns = [f"fact.{identifier(c)}" for c in ("dated_at", *fact.columns)]
    columns += [
        f"fact.{identifier(f'dim_{name}')} AS {identifier(name)}"
        for name in cut.dimensions
        if name not in fact.columns
    ]
    joined = ""
    if fact.dims == "contact":
        columns += ["origin.touchpoint AS from_touchpoint", "origin.source AS from_source"]
        columns += ["origin.row_no AS from_row"]
        joined = " JOIN contacts AS origin ON origin.row_key = fact.row_key"
    first = f" ORDER BY dated_at, row_key LIMIT {int(limit)}" if limit else ""
    sql = f"""
SELECT {", ".join(columns)}
FROM (SELECT * FROM ({chosen.sql}) AS chosen{first}) AS fact{joined}
ORDER BY fact.dated_at, fact.row_key"""
    return bound(sql, chosen.values)


def figure_query(kpi: Kpi, cut: Slice, period: Period, *, phase: str | None) -> Query:
    """One row with the KPI's numerator, denominator, n for a period: the query that the handbook shows.

    A median is its own numerator. A survival has the rows of `ages_query`, from which its figure follows.
    """
    if kpi.kind in ("median", "survival"):
        prepared = prepared_query(kpi.fact, columns_counted(kpi, kpi.fact), cut.frame, cut.dimensions)
        if kpi.kind == "survival":
            inner = ages_query(age_cells(prepared, kpi, cut.dimensions), kpi, cut, [period])
        else:
            inner = ranked_query(value_cells(prepared, kpi, cut.dimensions), kpi, cut, [period])
        condition = " WHERE phase_key = $phase" if phase is not None else ""
        values = {**inner.values, **({"phase": phase} if phase is not None else {})}
        return bound(f"SELECT * FROM (\n{inner.sql}\n) AS figure{condition}", values)
    values = bound_values(cut)
    selected = []
    facts = {fact.id: fact for fact in kpi.used_facts}
    for measure in measures(kpi):
        fact = measure.fact
        start, end = f"{fact.id}_start", f"{fact.id}_end"
        span = bounds(fact, period, cut.frame)
        values |= {start: span["period_start"], end: span["period_end"]}
        conditions = [accepting(cut), "dated_at <= $horizon", f"dated_at >= ${start}", f"dated_at < ${end}"]
        if phase is not None:
            conditions.append("phase = $phase")
            values["phase"] = phase
        selected.append(
            f"  (SELECT {measure.sql} FROM fact_{fact.id}\n"
            f"    WHERE {' AND '.join(conditions)}) AS {measure.role}"
        )
    relations = ", ".join(
        f"fact_{fact.id} AS (\n{fact_sql(fact, cut.frame, cut.dimensions)}\n)" for fact in facts.values()
    )
    return bound(f"WITH {relations}\nSELECT\n" + ",\n".join(selected), values)
