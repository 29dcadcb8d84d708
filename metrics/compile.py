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
from metrics.cells import adds_up, aggregates_of, over_cells
from metrics.expressions import columns_of, narrowed, render
from metrics.facts import Fact, Frame, fact_sql, month_number, month_sql, shared_sql
from metrics.model import Kpi

_NAMED = re.compile(r"\$(\w+)")
NO_KEY = "CAST(NULL AS VARCHAR)"

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
    """What has to be counted for a KPI. A median has none: it is ranked (`ranked_query`); nor has a survival,
    whose rows are counted by age (metrics.ages)."""
    trees = kpi.trees
    where = trees.get("where")

    def measure(role: Role, tree: exp.Expr, fact: Fact) -> Measure:
        return Measure(kpi=kpi.id, role=role, fact=fact, tree=narrowed(tree, where))

    if kpi.kind in ("median", "survival"):
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
    return bound(shared_sql(place, frame, dims), _moments(frame))


def prepared_query(
    fact: Fact,
    columns: Collection[str],
    frame: Frame,
    dims: Sequence[str],
    made: Mapping[str, str] | None = None,
) -> Query:
    """The fact's rows ready to be counted: `month` (as month_sql writes it), `dim_<name>` of each dimension
    as text, and these columns; `seen_days` of a fact that can be followed. `made`: see fact_sql."""
    picked = "".join(f", fact.{identifier(column)}" for column in sorted(columns))
    if fact.follows:
        picked += f", {seen_sql('fact.dated_at')} AS seen_days"
    told = "".join(
        f", CAST(fact.{name} AS VARCHAR) AS {name}" for dim in dims for name in [identifier(f"dim_{dim}")]
    )
    sql = f"""
SELECT {month_sql("fact.dated_at")} AS month{told}{picked}
FROM (
{fact_sql(fact, frame, dims, made)}
) AS fact
WHERE dated_at <= $horizon"""
    return bound(sql, _moments(frame))


def columns_counted(kpi: Kpi, fact: Fact) -> frozenset[str]:
    """The columns of a fact that counting a KPI reads."""
    alone = {"median": ("value", "where"), "survival": ("end", "competing", "where")}.get(kpi.kind, ())
    trees = [kpi.trees[name] for name in alone if name in kpi.trees]
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
    return _grouped(in_periods(relation, periods), columns, cut, "bucket", per_phase=per_phase)


def ranked_query(cells: Query, kpi: Kpi, cut: Slice, periods: Sequence[Period]) -> Query:
    """Rows (period, phase, group, median, n) of a median KPI over its cells (metrics.cells.value_cells), by
    ranks so that every engine agrees."""
    phase = "phase" if kpi.per == "phase" else NO_KEY
    spread = in_periods(cells, periods)
    sql = f"""
WITH counted AS (
  SELECT bucket, {phase} AS phase_key, {grouping(cut)} AS group_key, ranked_value, SUM(alike) AS alike
  FROM ({spread.sql}) AS spread
  WHERE {accepting(cut)}
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
    return bound(sql, {**spread.values, **accepted_values(cut)})


def bounds(fact: Fact, period: Period, frame: Frame) -> dict[str, object]:
    """From when to when a fact's rows make a period's figure, by the way its months are put together."""
    first = {"flow": period.first, "stock": period.last, "cumulative": min(frame.months[0], period.last)}
    return {
        "period_start": dt.datetime.combine(first[fact.regroup].start, dt.time()),
        "period_end": dt.datetime.combine(period.end, dt.time()),
    }


def bound(sql: str, values: Mapping[str, object]) -> Query:
    """The query with the values that its text names (not every fact looks at the data's end or start)."""
    named = set(_NAMED.findall(sql))
    return Query(sql=sql.strip(), values={name: value for name, value in values.items() if name in named})


def _grouped(relation: Query, columns: Sequence[str], cut: Slice, bucket: str, *, per_phase: bool) -> Query:
    phase = "phase" if per_phase else NO_KEY
    counted = "".join(f",\n  {column} AS m{place}" for place, column in enumerate(columns))
    sql = f"""
SELECT {bucket} AS bucket, {phase} AS phase_key, {grouping(cut)} AS group_key{counted}
FROM ({relation.sql}) AS relation
WHERE {accepting(cut)}
GROUP BY 1, 2, 3"""
    return bound(sql, {**relation.values, **accepted_values(cut)})


def seen_sql(column: str) -> str:
    """How many days lie between a time and the data end."""
    return f"(EPOCH(CAST($data_end AS TIMESTAMP)) - EPOCH({column})) / 86400.0"


def grouping(cut: Slice) -> str:
    return f"COALESCE({identifier(f'dim_{cut.by}')}, '')" if cut.by else NO_KEY


def in_periods(relation: Query, periods: Sequence[Period]) -> Query:
    """A prepared fact's rows or cells with the `bucket` of each period that their month lies in."""
    rows = ", ".join(
        f"({place}, {month_number(month)})" for place, period in enumerate(periods) for month in period.months
    )
    sql = f"""
SELECT * FROM ({relation.sql}) AS relation
JOIN (VALUES {rows}) AS buckets(bucket, bucket_month) ON bucket_month = month"""
    return Query(sql=sql, values=relation.values)


def accepting(cut: Slice) -> str:
    """The condition that a slice's filter is; its values are those of `accepted_values`."""
    conditions = []
    for place, (name, accepted) in enumerate(sorted(cut.where.items())):
        column = f"CAST({identifier(f'dim_{name}')} AS VARCHAR)"
        names = ", ".join(f"$where_{place}_{index}" for index in range(len(accepted)))
        conditions.append(f"{column} IN ({names})" if names else "FALSE")
    return " AND ".join(conditions) or "TRUE"


def _moments(frame: Frame) -> dict[str, object]:
    return {"data_end": frame.data_end, "data_start": frame.data_start, "horizon": frame.horizon}


def accepted_values(cut: Slice) -> dict[str, object]:
    """The values of a filter by the names that `accepting` gives them."""
    return {
        f"where_{place}_{index}": value
        for place, (_, accepted) in enumerate(sorted(cut.where.items()))
        for index, value in enumerate(accepted)
    }


def bound_values(cut: Slice) -> dict[str, object]:
    """Everything that a query over a slice may bind; `bound` keeps what it names."""
    return {**_moments(cut.frame), **accepted_values(cut)}
