"""The filter bar: period, comparison, journey model, attributes. Everything chosen stands in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

import streamlit as st

from cockpit.scope import Scope
from core.text import Lang, Text, same
from core.view import View
from ui.address import fill_many, say_unknown, write
from ui.choices import buttons, select
from ui.escaping import as_markdown
from ui.links import PERIOD_OF_PART, WHERE, WHOLE_HISTORY
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
    """Draw the bar and return what is chosen; values that the data lacks are named."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_filters"):
        basis = buttons("basis", {name: words.BASES[name](lang) for name in BASES}, words.BASIS(lang))
        months = {str(month): month.label(lang) for month in scope.months}
        month = select("month", months, words.MONTH(lang), 165)
        comparisons: dict[str, str] = {name: words.COMPARISONS[name](lang) for name in COMPARISONS}
        compare = cast("Comparison", select("compare", comparisons, words.COMPARE(lang), 205))
        model = _model(scope, lang)
        where = _where(scope, lang)
    say_unknown(lang)
    period = month if basis == "month" else f"{basis}:{month}"
    return Choice(view=View(model=model, period=period, where=where), compare=compare)


def section_bar(scope: Scope, part: str, lang: Lang) -> View:
    """The bar of a section of the funnel's page; there is nothing to compare with.

    A funnel follows the journeys of the whole history unless a period is chosen, qualification those of
    twelve months; open offers stand as of the data end. The periods have names of their own in the URL, as
    the other pages begin with the last month.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_filters"):
        period = _period(scope, part, lang) if part in PERIOD_OF_PART else None
        model = _model(scope, lang)
        where = _where(scope, lang)
    say_unknown(lang)
    return View(model=model, period=period, where=where)


def _period(scope: Scope, part: str, lang: Lang) -> str | None:
    labels = {name: words.BASES[name](lang) for name in BASES}
    if part == "funnel":
        labels = {WHOLE_HISTORY: words.EVERYTHING(lang)} | labels
    default = WHOLE_HISTORY if part == "funnel" else "r12"
    basis = buttons(PERIOD_OF_PART[part], labels, words.BASIS(lang), default=default, wrap=True)
    if basis == WHOLE_HISTORY:
        return None
    month = select("month", {str(m): m.label(lang) for m in scope.months}, words.MONTH(lang), 165)
    return month if basis == "month" else f"{basis}:{month}"


def _model(scope: Scope, lang: Lang) -> str:
    labels = {model: words.PHASES_COUNT.fill(n=phases)(lang) for model, _, phases in scope.models}
    return buttons("model", labels, words.MODEL(lang)) if len(labels) > 1 else scope.models[0][0]


def _where(scope: Scope, lang: Lang) -> dict[str, tuple[str, ...]]:
    for dimension in scope.dimensions:
        fill_many(WHERE + dimension.column, dimension.values)
    count = sum(bool(st.session_state[WHERE + dimension.column]) for dimension in scope.dimensions)
    label = words.FILTER_SET.fill(n=count) if count else words.FILTER
    where: dict[str, tuple[str, ...]] = {}
    with st.popover(label(lang), key="wm_where"):
        if not scope.dimensions:
            st.text(words.FILTER_NONE(lang))
        for dimension in scope.dimensions:
            key = WHERE + dimension.column
            chosen = st.multiselect(
                as_markdown(dimension.label(lang)),
                options=dimension.values,
                key=key,
                placeholder=words.ALL(lang),
                persist_state="session",
            )
            write(key, chosen)
            if chosen:
                where[dimension.column] = tuple(chosen)
    return where


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
