"""Addresses inside the app: a page and the view to show on it, so that a link reproduces what is seen."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from core.text import Lang
from core.view import View

PageId = Literal["overview", "phases", "funnel", "kpis", "data"]
WHERE = "where_"  # the prefix of a filter's query parameter; own columns may be called anything

ENTERED = "entered"  # the period of a funnel: when journeys entered it
WHOLE_HISTORY = "all"

PATHS: dict[PageId, str] = {
    "overview": "", "phases": "phases", "funnel": "funnel", "kpis": "kpis", "data": "data",
}  # fmt: skip


def query(lang: Lang, view: View, page: PageId, **more: str) -> list[tuple[str, str]]:
    """The view as query parameters, each said explicitly: a default may change when new data arrives."""
    basis, _, month = (view.period or "month").rpartition(":")
    pairs = [("lang", lang), ("model", view.model)]
    if page == "funnel" and view.period is None:
        pairs.append((ENTERED, WHOLE_HISTORY))
    elif view.period:
        pairs += [(ENTERED if page == "funnel" else "basis", basis or "month"), ("month", month)]
    pairs += [(WHERE + name, value) for name, values in sorted(view.where.items()) for value in values]
    return pairs + [(name, value) for name, value in more.items() if value]


def address(page: PageId, lang: Lang, view: View, **more: str) -> str:
    """A relative address: `phases?lang=de&model=…&phase=preference`."""
    more.setdefault(
        "compare", st.session_state.get("compare", "")
    )  # a choice of the frame, no part of the view
    return f"{PATHS[page] or '.'}?{urlencode(query(lang, view, page, **more))}"
