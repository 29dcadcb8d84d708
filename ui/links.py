"""Addresses inside the app: a page and the view to show on it, so that a link reproduces what is seen."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from core.text import Lang
from core.view import View

PageId = Literal["overview", "phases", "kpis", "data"]
WHERE = "where_"  # the prefix of a filter's query parameter; own columns may be called anything

PATHS: dict[PageId, str] = {"overview": "", "phases": "phases", "kpis": "kpis", "data": "data"}


def query(lang: Lang, view: View, **more: str) -> list[tuple[str, str]]:
    """The view as query parameters, each said explicitly: a default may change when new data arrives."""
    basis, _, month = (view.period or "month").rpartition(":")
    pairs = [("lang", lang), ("model", view.model)]
    if view.period:
        pairs += [("basis", basis or "month"), ("month", month)]
    pairs += [(WHERE + name, value) for name, values in sorted(view.where.items()) for value in values]
    return pairs + [(name, value) for name, value in more.items() if value]


def address(page: PageId, lang: Lang, view: View, **more: str) -> str:
    """A relative address: `phases?lang=de&model=…&phase=preference`."""
    more.setdefault(
        "compare", st.session_state.get("compare", "")
    )  # a choice of the frame, no part of the view
    return f"{PATHS[page] or '.'}?{urlencode(query(lang, view, **more))}"
