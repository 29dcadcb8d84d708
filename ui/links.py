"""Addresses inside the app: a page and the view to show on it, so that a link reproduces what is seen."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from core.text import Lang
from core.view import View

PageId = Literal[
    "overview", "phases", "funnel", "maturity", "actions", "projects", "claims",
    "kpis", "data",
]  # fmt: skip
WHERE = "where_"  # the prefix of a filter's query parameter; own columns may be called anything

# The query parameter that names the period of a section; the Monday list has none.
PERIOD_OF_PART = {"funnel": "entered", "qualification": "span"}
WHOLE_HISTORY = "all"

PATHS: dict[PageId, str] = {
    "overview": "", "phases": "phases", "funnel": "funnel", "maturity": "maturity", "actions": "actions",
    "projects": "projects", "claims": "claims",
    "kpis": "kpis", "data": "data",
}  # fmt: skip


def query(lang: Lang, view: View, page: PageId, **more: str) -> list[tuple[str, str]]:
    """The view as query parameters, each said explicitly: a default may change when new data arrives."""
    said = view.period or ""
    basis, _, month = said.partition(":") if said[:1].isalpha() else ("month", ":", said)
    pairs = [("lang", lang), ("model", view.model)]
    name = PERIOD_OF_PART.get(more.get("part", "")) if page == "funnel" else "basis"
    if name and view.period:
        pairs += [(name, basis), *([("month", month)] if month else [])]
    elif name and page == "funnel":
        pairs.append((name, WHOLE_HISTORY))
    pairs += [(WHERE + name, value) for name, values in sorted(view.where.items()) for value in values]
    return pairs + [(name, value) for name, value in more.items() if value]


def address(page: PageId, lang: Lang, view: View, **more: str) -> str:
    """A relative address: `phases?lang=de&model=…&phase=preference`."""
    more.setdefault(
        "compare", st.session_state.get("compare", "")
    )  # a choice of the frame, no part of the view
    return f"{PATHS[page] or '.'}?{urlencode(query(lang, view, page, **more))}"


def plain_address(page: PageId, lang: Lang, **more: str) -> str:
    """The address of a page that shows no view: `actions?lang=de&action=12`."""
    pairs = [("lang", lang), *((name, value) for name, value in more.items() if value)]
    return f"{PATHS[page] or '.'}?{urlencode(pairs)}"
