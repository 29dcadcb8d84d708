"""Values derived from columns: `empft + nmgrs + 0.5 * emppt`, checked against an allow-list."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from sqlglot import exp

from core.errors import UsageFault
from core.text import Text
from metrics.expressions import columns_of, parse

_TWO_SIDED: Mapping[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: operator.truediv,
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.And: operator.and_,
    exp.Or: operator.or_,
}


class Expression:
    """An expression over columns; a column's own name, whatever it holds, is one too."""

    def __init__(self, text: str, columns: tuple[str, ...]) -> None:
        """UsageFault where it cannot be read or names an unknown column."""
        self._tree: exp.Expr = exp.column(text, quoted=True)
        if text in columns:
            return
        try:
            self._tree = parse(text, columns, aggregate=False)
        except ValueError as fault:
            raise UsageFault(
                Text(
                    de="„{text}“ ist weder eine Spalte noch ein Ausdruck über Spalten: {fault}",
                    en="“{text}” is neither a column nor an expression over columns: {fault}",
                ).fill(text=text, fault=str(fault))
            ) from fault

    @property
    def columns(self) -> set[str]:
        return columns_of(self._tree)

    def of(self, cells: Mapping[str, pd.Series[Any]]) -> pd.Series[Any]:
        """Its value for every row of the columns."""
        found = _value(self._tree, cells)
        length = len(next(iter(cells.values())))
        return found if isinstance(found, pd.Series) else pd.Series([found] * length)


def _value(node: exp.Expr, cells: Mapping[str, pd.Series[Any]]) -> Any:  # noqa: PLR0911 - one a kind of node
    two_sided = _TWO_SIDED.get(type(node))
    if two_sided is not None:
        return two_sided(_value(node.this, cells), _value(node.expression, cells))
    match node:
        case exp.Column():
            return cells[node.name]
        case exp.Paren():
            return _value(node.this, cells)
        case exp.Neg():
            return -_value(node.this, cells)
        case exp.Not():
            return ~_value(node.this, cells)
        case exp.Literal():
            return node.this if node.is_string else float(node.this)
        case exp.In():
            return _value(node.this, cells).isin([_value(each, cells) for each in node.expressions])
    raise UsageFault(
        Text(
            de="„{word}“ geht hier nicht; erlaubt sind + - * /, Vergleiche, AND, OR, NOT und IN.",
            en="“{word}” is not possible here; allowed are + - * /, comparisons, AND, OR, NOT and IN.",
        ).fill(word=node.key)
    )
