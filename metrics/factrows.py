"""The rows of a fact with dimensions, and those of them that a filter accepts.

Sections that ask more of a fact than a KPI does read its rows, or cells of them, kept beside the snapshot
with every dimension that people filter by; the filter comes after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.query import Query, accepts, identifier
from metrics.facts import Fact, Frame, fact_sql

_NAMED = re.compile(r"\$(\w+)")


def told(fact: Fact, frame: Frame, dims: Sequence[str]) -> Query:
    """The fact's rows with `dim_<name>` of each dimension as text ("" where it is missing)."""
    texts = "".join(
        f", COALESCE(CAST({name} AS VARCHAR), '') AS {name}"
        for name in (identifier(f"dim_{dim}") for dim in dims)
    )
    columns = ", ".join(identifier(name) for name in dict.fromkeys(["dated_at", "row_key", *fact.columns]))
    sql = f"SELECT {columns}{texts}\nFROM (\n{fact_sql(fact, frame, dims)}\n) AS fact"
    moments = {"data_end": frame.data_end, "data_start": frame.data_start, "horizon": frame.horizon}
    return _bound(sql, moments)


def asking(
    sql: str, rows: Query, where: Mapping[str, tuple[str, ...]] | None = None, **values: object
) -> Query:
    """`sql` over the relation `chosen`: those of the rows (or cells) whose dimensions a filter accepts."""
    condition = accepts({f"dim_{name}": accepted for name, accepted in (where or {}).items()})
    relation = f"SELECT * FROM (\n{rows.sql}\n) AS told WHERE {condition.sql}"
    return _bound(
        f"WITH chosen AS (\n{relation}\n)\n{sql.strip()}", {**rows.values, **condition.values, **values}
    )


def _bound(sql: str, values: Mapping[str, object]) -> Query:
    """The query with the values that its text names (not every fact looks at the data's end or start)."""
    named = set(_NAMED.findall(sql))
    return Query(sql=sql, values={name: value for name, value in values.items() if name in named})
