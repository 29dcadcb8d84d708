"""KPI definitions as queries: what counts by month, period and group, and the rows behind a figure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from sqlglot import exp

from core.period import Period
from core.query import Query, identifier
from metrics.cells import adds_up, aggregates_of, over_cells, value_cells
from metrics.expressions import columns_of, narrowed, render
from metrics.facts import Fact, Frame, fact_sql, month_number, month_sql, shared_sql
from metrics.model import Kpi

_NAMED = re.compile(r"\$(\w+)")
_NOTHING = "CAST(NULL AS VARCHAR)"

Role = Literal["numerator", "denominator", "n", "customers"]


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Which rows of a fact count and how they are told apart. `by` and the keys of `where` are dimensions."""

    frame: Frame
    by: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(sorted({*self.where, *([self.by] if self.by else [])}))


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """One aggregate of one KPI over one fact; `measures` gives the same one for the same definition."""

    kpi: str
    role: Role
    fact: Fact
    tree: exp.Expr

    @cached_property
    def sql(self) -> str:
        return render(self.tree)

    @cached_property
    def adds_up(self) -> bool:
        """Whether its cells say what its rows say (metrics.cells)."""
        return adds_up(self.tree)

    @cached_property
    def aggregates(self) -> tuple[str, ...]:
        """What its cells must hold."""
        return aggregates_of([self.tree])

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of the fact that it reads."""
        return frozenset(columns_of(self.tree))


@lru_cache(maxsize=1024)
def measures(kpi: Kpi) -> tuple[Measure, ...]:
    """What has to be counted for a KPI. A median has none: it is ranked (`ranked_query`)."""
    trees = kpi.trees
    where = trees.get("where")

    def measure(role: Role, tree: exp.Expr, fact: Fact) -> Measure:
        return Measure(kpi=kpi.id, role=role, fact=fact, tree=narrowed(tree, where))

    if kpi.kind == "median":
        return ()
    if kpi.kind == "ratio":
        cases = trees.get("n") or _cases(trees["denominator"])
        return (
            measure("numerator", trees["numerator"], kpi.fact),
            measure("denominator", trees["denominator"], kpi.denominator_fact),
            measure("n", cases, kpi.denominator_fact),
        )
    value = trees["value"]
    counted = exp.Count(this=value.copy())
    cases = trees.get("n") or counted
    if kpi.kind == "distinct":
        distinct = exp.Count(this=exp.Distinct(expressions=[value.copy()]))
        return (measure("numerator", distinct, kpi.fact), measure("n", trees.get("n") or distinct, kpi.fact))
    total = measure("numerator", exp.Sum(this=value.copy()), kpi.fact)
    if kpi.kind == "sum":
        return (total, measure("n", cases, kpi.fact))
    return (total, measure("denominator", counted, kpi.fact), measure("n", cases, kpi.fact))


@lru_cache(maxsize=1024)
def customers_measure(kpi: Kpi) -> Measure | None:
    """How many customers stand behind a figure; None where nobody can be told apart (reach, spend)."""
    fact = next((f for f in (kpi.denominator_fact, kpi.fact) if not f.anonymous), None)
    if fact is None:
        return None
    customers = exp.Count(this=exp.Distinct(expressions=[exp.column("customer_id")]))
    narrow = narrowed(customers, kpi.trees.get("where"))
    return Measure(kpi=kpi.id, role="customers", fact=fact, tree=narrow)


@lru_cache(maxsize=4096)
def over(measure: Measure, aggregates: tuple[str, ...]) -> str:
    """The measure over cells that hold these aggregates."""
    return over_cells(measure.tree, aggregates)


def _cases(denominator: exp.Expr) -> exp.Expr:
    """The cases behind a ratio: what the denominator counts, else all rows."""
    inner = denominator.this if isinstance(denominator, exp.Filter) else denominator
    return denominator if isinstance(inner, exp.Count) else exp.Count(this=exp.Star())


def shared_query(place: str, frame: Frame, dims: Sequence[str]) -> Query:
    """A relation that several facts read, with dimensions."""
    return _bound(shared_sql(place, frame, dims), _moments(frame))


def prepared_query(
    fact: Fact,
    columns: Collection[str],
    frame: Frame,
    dims: Sequence[str],
    made: Mapping[str, str] | None = None,
) -> Query:
    """The fact's rows ready to be counted: `month` (as month_sql writes it), `dim_<name>` of each dimension
    as text, and these columns. `made`: see fact_sql."""
    picked = "".join(f", fact.{identifier(column)}" for column in sorted(columns))
    told = "".join(
        f", CAST(fact.{name} AS VARCHAR) AS {name}" for dim in dims for name in [identifier(f"dim_{dim}")]
    )
    sql = f"""
SELECT {month_sql("fact.dated_at")} AS month{told}{picked}
FROM (
{fact_sql(fact, frame, dims, made)}
) AS fact
WHERE dated_at <= $horizon"""
    return _bound(sql, _moments(frame))


def columns_counted(kpi: Kpi, fact: Fact) -> frozenset[str]:
    """The columns of a fact that counting a KPI reads."""
    trees = [kpi.trees[name] for name in ("value", "where") if name in kpi.trees and kpi.kind == "median"]
    read = {column for tree in trees for column in columns_of(tree)}
    read |= {column for measure in measures(kpi) if measure.fact.id == fact.id for column in measure.columns}
    return frozenset(read | ({"phase"} if kpi.per == "phase" else set())) & set(fact.columns)


def monthly_query(relation: Query, columns: Sequence[str], cut: Slice, *, per_phase: bool) -> Query:
    """Rows (month, phase, group, one column an aggregate) over a prepared fact or its cells."""
    return _grouped(relation, columns, cut, "month", per_phase=per_phase)


def period_query(
    relation: Query, columns: Sequence[str], cut: Slice, periods: Sequence[Period], *, per_phase: bool
) -> Query:
    """Rows (period, phase, group, columns): what cannot be added up from months. `period` counts from 0."""
    return _grouped(_in_periods(relation, periods), columns, cut, "bucket", per_phase=per_phase)


def ranked_query(cells: Query, kpi: Kpi, cut: Slice, periods: Sequence[Period]) -> Query:
    """Rows (period, phase, group, median, n) of a median KPI over its cells (metrics.cells.value_cells), by
    ranks so that every engine agrees."""
    phase = "phase" if kpi.per == "phase" else _NOTHING
    spread = _in_periods(cells, periods)
    sql = f"""
WITH counted AS (
  SELECT bucket, {phase} AS phase_key, {_group(cut)} AS group_key, ranked_value, SUM(alike) AS alike
  FROM ({spread.sql}) AS spread
  WHERE {_conditions(cut)}
  GROUP BY 1, 2, 3, 4
), ranked AS (
  SELECT bucket, phase_key, group_key, ranked_value, alike,
    SUM(alike) OVER (PARTITION BY bucket, phase_key, group_key ORDER BY ranked_value
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS place,
    SUM(alike) OVER (PARTITION BY bucket, phase_key, group_key) AS n
  FROM counted
)
SELECT bucket, phase_key, group_key, AVG(ranked_value) AS numerator, MAX(n) AS n
FROM ranked WHERE 2 * place >= n AND 2 * (place - alike) <= n
GROUP BY bucket, phase_key, group_key"""
    return _bound(sql, {**spread.values, **_accepted(cut)})


def chosen_query(kpi: Kpi, cut: Slice, period: Period, *, phase: str | None, below: bool) -> Query:
    """The rows of a fact behind a figure, in no order: the numerator's or (`below`) the denominator's."""
    fact = kpi.denominator_fact if below else kpi.fact
    where = kpi.trees.get("where")
    conditions = [
        _conditions(cut),
        "dated_at <= $horizon",
        "dated_at >= $period_start",
        "dated_at < $period_end",
    ]
    values: dict[str, object] = {**_values(cut), **bounds(fact, period, cut.frame)}
    if where is not None:
        conditions.append(f"({render(where)})")
    if "value" in kpi.trees:
        conditions.append(f"({render(kpi.trees['value'])}) IS NOT NULL")
    if phase is not None:
        conditions.append("phase = $phase")
        values["phase"] = phase
    sql = f"""
WITH fact AS (
{fact_sql(fact, cut.frame, cut.dimensions)}
)
SELECT * FROM fact WHERE {" AND ".join(conditions)}"""
    return _bound(sql, values)


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
    return _bound(sql, chosen.values)


def figure_query(kpi: Kpi, cut: Slice, period: Period, *, phase: str | None) -> Query:
    """One row with the KPI's numerator, denominator, n for a period: the query that the handbook shows.

    A median is its own numerator.
    """
    if kpi.kind == "median":
        prepared = prepared_query(kpi.fact, columns_counted(kpi, kpi.fact), cut.frame, cut.dimensions)
        inner = ranked_query(value_cells(prepared, kpi, cut.dimensions), kpi, cut, [period])
        condition = " WHERE phase_key = $phase" if phase is not None else ""
        values = {**inner.values, **({"phase": phase} if phase is not None else {})}
        return _bound(f"SELECT * FROM (\n{inner.sql}\n) AS figure{condition}", values)
    values = _values(cut)
    selected = []
    facts = {fact.id: fact for fact in kpi.used_facts}
    for measure in measures(kpi):
        fact = measure.fact
        start, end = f"{fact.id}_start", f"{fact.id}_end"
        span = bounds(fact, period, cut.frame)
        values |= {start: span["period_start"], end: span["period_end"]}
        conditions = [_conditions(cut), "dated_at <= $horizon", f"dated_at >= ${start}", f"dated_at < ${end}"]
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
    return _bound(f"WITH {relations}\nSELECT\n" + ",\n".join(selected), values)


def bounds(fact: Fact, period: Period, frame: Frame) -> dict[str, object]:
    """From when to when a fact's rows make a period's figure, by the way its months are put together."""
    first = {"flow": period.first, "stock": period.last, "cumulative": min(frame.months[0], period.last)}
    return {
        "period_start": dt.datetime.combine(first[fact.regroup].start, dt.time()),
        "period_end": dt.datetime.combine(period.end, dt.time()),
    }


def _bound(sql: str, values: Mapping[str, object]) -> Query:
    """The query with the values that its text names (not every fact looks at the data's end or start)."""
    named = set(_NAMED.findall(sql))
    return Query(sql=sql.strip(), values={name: value for name, value in values.items() if name in named})


def _grouped(relation: Query, columns: Sequence[str], cut: Slice, bucket: str, *, per_phase: bool) -> Query:
    phase = "phase" if per_phase else _NOTHING
    counted = "".join(f",\n  {column} AS m{place}" for place, column in enumerate(columns))
    sql = f"""
SELECT {bucket} AS bucket, {phase} AS phase_key, {_group(cut)} AS group_key{counted}
FROM ({relation.sql}) AS relation
WHERE {_conditions(cut)}
GROUP BY 1, 2, 3"""
    return _bound(sql, {**relation.values, **_accepted(cut)})


def _group(cut: Slice) -> str:
    return f"COALESCE({identifier(f'dim_{cut.by}')}, '')" if cut.by else _NOTHING


def _in_periods(relation: Query, periods: Sequence[Period]) -> Query:
    """A prepared fact's rows or cells with the `bucket` of each period that their month lies in."""
    rows = ", ".join(
        f"({place}, {month_number(month)})" for place, period in enumerate(periods) for month in period.months
    )
    sql = f"""
SELECT * FROM ({relation.sql}) AS relation
JOIN (VALUES {rows}) AS buckets(bucket, bucket_month) ON bucket_month = month"""
    return Query(sql=sql, values=relation.values)


def _conditions(cut: Slice) -> str:
    conditions = []
    for place, (name, accepted) in enumerate(sorted(cut.where.items())):
        column = f"CAST({identifier(f'dim_{name}')} AS VARCHAR)"
        names = ", ".join(f"$where_{place}_{index}" for index in range(len(accepted)))
        conditions.append(f"{column} IN ({names})" if names else "FALSE")
    return " AND ".join(conditions) or "TRUE"


def _moments(frame: Frame) -> dict[str, object]:
    return {"data_end": frame.data_end, "data_start": frame.data_start, "horizon": frame.horizon}


def _accepted(cut: Slice) -> dict[str, object]:
    return {
        f"where_{place}_{index}": value
        for place, (_, accepted) in enumerate(sorted(cut.where.items()))
        for index, value in enumerate(accepted)
    }


def _values(cut: Slice) -> dict[str, object]:
    return {**_moments(cut.frame), **_accepted(cut)}
