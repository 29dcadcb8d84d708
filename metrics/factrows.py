"""The rows of a fact that a slice accepts, for sections that ask more of them than a KPI does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.query import Query, accepts
from metrics.compile import Slice
from metrics.facts import Fact, fact_sql

_NAMED = re.compile(r"\$(\w+)")


def accepted(fact: Fact, cut: Slice, dims: Sequence[str] = ()) -> Query:
    """A SELECT of the fact's rows that pass the filters, none later than the data end.

    Beside its own columns it has `dim_<name>` for each of `dims` and of the filters; it binds `$data_end`.
    """
    condition = accepts({f"dim_{name}": values for name, values in cut.where.items()})
    wanted = sorted({*cut.where, *dims})
    return Query(
        sql=f"""
SELECT * FROM (
{fact_sql(fact, cut.frame, wanted)}
) AS fact WHERE {condition.sql}""",
        values={
            **condition.values,
            "data_end": cut.frame.data_end,
            "data_start": cut.frame.data_start,
            "horizon": cut.frame.horizon,
        },
    )


def asking(sql: str, rows: Query, **values: object) -> Query:
    """`sql` over the relation `chosen`, which holds `rows`, with the values that either of them names."""
    whole = f"WITH chosen AS ({rows.sql}\n)\n{sql.strip()}"
    named = set(_NAMED.findall(whole))
    held = {**rows.values, **values}
    return Query(sql=whole, values={name: value for name, value in held.items() if name in named})
