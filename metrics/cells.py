"""Cells: a fact's rows of one month (and phase) that are alike in the dimensions, counted together.

A view's figures come from cells as well as from rows, whatever it filters by those dimensions, and cells are
far fewer: a snapshot's are made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from core.query import Query, identifier
from metrics.expressions import AGGREGATES, render
from metrics.model import Kpi

_JOINED: tuple[type[exp.Expr], ...] = (exp.Count, exp.Sum, exp.Min, exp.Max)


def adds_up(tree: exp.Expr) -> bool:
    """Whether what an expression gives over all rows follows from what its aggregates give over cells.

    An average and a count of different values do not.
    """
    return all(isinstance(node, _JOINED) for node in tree.find_all(*AGGREGATES)) and not tree.find(
        exp.Distinct
    )


def aggregates_of(trees: Iterable[exp.Expr]) -> tuple[str, ...]:
    """The aggregates that the expressions are made of, each once, as SQL."""
    return tuple(dict.fromkeys(render(node) for tree in trees for node in _aggregates(tree)))


def over_cells(tree: exp.Expr, aggregates: Sequence[str]) -> str:
    """The expression over cells that hold these aggregates as columns a0, a1 and so on."""

    def joined(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, (exp.Filter, *AGGREGATES)):
            return node
        column = exp.column(f"a{aggregates.index(render(node))}")
        inner = node.this if isinstance(node, exp.Filter) else node
        return type(inner)(this=column) if isinstance(inner, (exp.Min, exp.Max)) else exp.Sum(this=column)

    return render(tree.copy().transform(joined, copy=False))


def _aggregates(tree: exp.Expr) -> list[exp.Expr]:
    """The outermost filtered or plain aggregates."""
    return [
        node
        for node in tree.find_all(exp.Filter, *AGGREGATES)
        if node.find_ancestor(exp.Filter, *AGGREGATES) is None
    ]


def adding_cells(
    prepared: Query, aggregates: Sequence[str], dims: Sequence[str], *, per_phase: bool
) -> Query:
    """Rows (month, phase, dimensions, a0, a1 ...) of a prepared fact."""
    keys = _keys(dims, per_phase)
    columns = ", ".join([*keys, *(f"{sql} AS a{place}" for place, sql in enumerate(aggregates))])
    sql = f"SELECT {columns}\nFROM ({prepared.sql}) AS prepared\nGROUP BY {', '.join(keys)}"
    return Query(sql=sql, values=prepared.values)


def value_cells(prepared: Query, kpi: Kpi, dims: Sequence[str]) -> Query:
    """Rows (month, phase, dimensions, `ranked_value`, `alike`) of a median's values.

    Visits of a single contact, all of no length, are half of many.
    """
    keys = ", ".join(_keys(dims, kpi.per == "phase"))
    value = render(kpi.trees["value"])
    where = kpi.trees.get("where")
    condition = f" AND ({render(where)})" if where is not None else ""
    sql = f"""SELECT {keys}, {value} AS ranked_value, COUNT(*) AS alike
FROM ({prepared.sql}) AS prepared
WHERE {value} IS NOT NULL{condition}
GROUP BY {keys}, {value}"""
    return Query(sql=sql, values=prepared.values)


def different_rows(prepared: Query, columns: Iterable[str], dims: Sequence[str], *, per_phase: bool) -> Query:
    """Rows (month, phase, dimensions, columns) of a prepared fact, each once: they tell what differs."""
    picked = sorted({*map(identifier, columns), *_keys(dims, per_phase)})
    return Query(
        sql=f"SELECT DISTINCT {', '.join(picked)}\nFROM ({prepared.sql}) AS prepared", values=prepared.values
    )


def _keys(dims: Sequence[str], per_phase: bool) -> list[str]:
    return ["month", *(["phase"] if per_phase else []), *(identifier(f"dim_{dim}") for dim in dims)]
