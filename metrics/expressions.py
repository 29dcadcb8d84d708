"""Expressions of KPI definitions: parsed, checked against an allow-list and rendered anew, never pasted."""

from __future__ import annotations

from collections.abc import Collection

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from core.errors import did_you_mean

_SHAPE: tuple[type[exp.Expr], ...] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Star, exp.Paren, exp.Where,
    exp.Filter, exp.Distinct, exp.Case, exp.If, exp.Neg, exp.DataType, exp.Cast, exp.Tuple,
)  # fmt: skip
_OPERATORS: tuple[type[exp.Expr], ...] = (
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE,
    exp.LT, exp.LTE, exp.In, exp.Is, exp.Between,
)  # fmt: skip
AGGREGATES: tuple[type[exp.Expr], ...] = (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max)
_FUNCTIONS: tuple[type[exp.Expr], ...] = (
    *AGGREGATES, exp.Coalesce, exp.Nullif, exp.Abs, exp.Round, exp.Greatest, exp.Least,
)  # fmt: skip
ALLOWED_FUNCTIONS = "count, sum, avg, min, max, coalesce, nullif, abs, round, greatest, least, case"


def parse(text: str, columns: Collection[str], *, aggregate: bool) -> exp.Expr:
    """The expression as a tree over the given columns.

    `aggregate`: every column must stand inside an aggregate (a numerator); else none may occur (a value, a
    condition). Raises ValueError with a reason that names the word at fault.
    """
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
    except SqlglotError as error:
        raise ValueError(f"cannot be read: {str(error).splitlines()[0]}") from error
    for node in tree.walk():
        if isinstance(node, exp.Column):
            _check_column(node, columns)
        elif not isinstance(node, (*_SHAPE, *_OPERATORS, *_FUNCTIONS)):
            name = node.name if isinstance(node, exp.Anonymous) else node.key
            reason = f"“{name}” is not allowed here; allowed functions: {ALLOWED_FUNCTIONS}"
            raise ValueError(reason)  # noqa: TRY004 - a fault of the text, not of a type
        if isinstance(node, AGGREGATES) and not aggregate:
            raise ValueError(f"“{node.key}” aggregates, but one value per row is wanted here")
        if isinstance(node, AGGREGATES) and node.find_ancestor(*AGGREGATES):
            raise ValueError("an aggregate inside an aggregate")
    if aggregate:
        _check_all_aggregated(tree)
    return tree


def _check_column(node: exp.Column, columns: Collection[str]) -> None:
    if node.table:
        raise ValueError(f"“{node.sql()}”: a column is named without its table")
    if node.name not in columns:
        close = did_you_mean(node.name, sorted(columns))
        hint = f"; did you mean “{close}”?" if close else f"; known are: {', '.join(sorted(columns))}"
        raise ValueError(f"unknown column “{node.name}”{hint}")


def _check_all_aggregated(tree: exp.Expr) -> None:
    if tree.find(*AGGREGATES) is None:
        raise ValueError("an aggregate is wanted here, such as count(*) or sum(value)")
    for column in tree.find_all(exp.Column):
        if column.find_ancestor(*AGGREGATES, exp.Filter) is None:
            raise ValueError(f"“{column.name}” stands outside of an aggregate")


def columns_of(tree: exp.Expr) -> set[str]:
    return {column.name for column in tree.find_all(exp.Column)}


def compared_with(tree: exp.Expr, column: str) -> tuple[tuple[str, ...], ...]:
    """The texts that a column is compared with: one group per comparison, its members being alternatives.

    >>> tree = parse("count(*) FILTER (WHERE event IN ('won', 'lost'))", {"event"}, aggregate=True)
    >>> compared_with(tree, "event")
    (('won', 'lost'),)
    """
    groups = []
    for node in tree.find_all(exp.EQ, exp.In):
        if isinstance(node.this, exp.Column) and node.this.name == column:
            others = node.expressions if isinstance(node, exp.In) else [node.expression]
            groups.append(tuple(o.this for o in others if isinstance(o, exp.Literal) and o.is_string))
    return tuple(group for group in groups if group)


def narrowed(tree: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    """The aggregate expression with every aggregate counting only rows that meet the condition."""
    if condition is None:
        return tree.copy()

    def narrow(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Filter):
            kept = node.expression.this
            return exp.Filter(this=node.this, expression=exp.Where(this=_both(kept, condition)))
        if isinstance(node, AGGREGATES):
            return exp.Filter(this=node, expression=exp.Where(this=condition.copy()))
        children = {
            name: [narrow(c) if isinstance(c, exp.Expr) else c for c in child]
            if isinstance(child, list)
            else narrow(child)
            if isinstance(child, exp.Expr)
            else child
            for name, child in node.args.items()
        }
        return type(node)(**children)

    return narrow(tree.copy())


def _both(first: exp.Expr, second: exp.Expr) -> exp.Expr:
    return exp.And(this=exp.Paren(this=first.copy()), expression=exp.Paren(this=second.copy()))


def render(tree: exp.Expr) -> str:
    """SQL of the tree, every name quoted."""
    return tree.sql(dialect="duckdb", identify=True)
