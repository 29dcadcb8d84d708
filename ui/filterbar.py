"""The filter bar: period, comparison, journey model, attributes. Everything chosen stands in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import streamlit as st

from cockpit.scope import Scope
from core.period import Month
from core.text import Lang, Text, same
from core.view import View
from ui.escaping import as_markdown
from ui.links import WHERE
from ui.words import common as words

Comparison = Literal["last_year", "previous", "plan"]
COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
BASES = ("month", "ytd", "r12")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is looked at, and what it is compared with."""

    view: View
    compare: Comparison


def filter_bar(scope: Scope, lang: Lang) -> Choice:
    """Draw the bar and return what is chosen; values that the data lacks are dropped from the URL."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_filters"):
        basis = st.segmented_control(
            words.BASIS(lang),
            options=BASES,
            format_func=lambda name: words.BASES[name](lang),
            default="month",
            required=True,
            key="basis",
            bind="query-params",
            label_visibility="collapsed",
        )
        month = st.selectbox(
            words.MONTH(lang),
            options=[str(month) for month in scope.months],
            format_func=lambda text: Month.parse(text).label(lang),
            key="month",
            bind="query-params",
            label_visibility="collapsed",
            width=165,
        )
        compare = st.selectbox(
            words.COMPARE(lang),
            options=COMPARISONS,
            format_func=lambda name: words.COMPARISONS[name](lang),
            key="compare",
            bind="query-params",
            label_visibility="collapsed",
            width=205,
        )
        model = _model(scope, lang)
        where = _where(scope, lang)
    period = month if basis == "month" else f"{basis}:{month}"
    return Choice(view=View(model=model, period=period, where=where), compare=compare)


def _model(scope: Scope, lang: Lang) -> str:
    ids = [model for model, _, _ in scope.models]
    if len(ids) == 1:
        return ids[0]
    counts = {model: phases for model, _, phases in scope.models}
    chosen: str = st.segmented_control(
        words.MODEL(lang),
        options=ids,
        format_func=lambda model: words.PHASES_COUNT.fill(n=counts[model])(lang),
        default=ids[0],
        required=True,
        key="model",
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen


def _where(scope: Scope, lang: Lang) -> dict[str, tuple[str, ...]]:
    count = sum(bool(_set(WHERE + dimension.column)) for dimension in scope.dimensions)
    label = words.FILTER_SET.fill(n=count) if count else words.FILTER
    where: dict[str, tuple[str, ...]] = {}
    with st.popover(label(lang), key="wm_where"):
        if not scope.dimensions:
            st.text(words.FILTER_NONE(lang))
        for dimension in scope.dimensions:
            chosen = st.multiselect(
                as_markdown(dimension.label(lang)),
                options=dimension.values,
                key=WHERE + dimension.column,
                bind="query-params",
                placeholder=words.ALL(lang),
            )
            if chosen:
                where[dimension.column] = tuple(chosen)
    return where


def _set(key: str) -> object:
    """What the widget holds, or the URL before it was first drawn."""
    return st.session_state[key] if key in st.session_state else st.query_params.get_all(key)


def scope_words(scope: Scope, view: View) -> Text:
    """The filter as a chip says it; a mixed scope says so."""
    labels = {dimension.column: dimension.label for dimension in scope.dimensions}
    if not view.where:
        return words.ALL_SCOPES
    parts = [
        Text(de="{name}: {values}", en="{name}: {values}").fill(
            name=labels.get(column, same(column)), values=", ".join(values)
        )
        for column, values in view.where.items()
    ]
    return Text(de=" · ".join(part.de for part in parts), en=" · ".join(part.en for part in parts))
