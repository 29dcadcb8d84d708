"""Widgets whose choice stands in the URL, for pages and the filter bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ui.address import fill_one, write
from ui.escaping import as_markdown


def buttons(
    key: str, labels: Mapping[str, str], name: str, *, default: str | None = None, wrap: bool = False
) -> str:
    """One of a few values as connected buttons. `labels` maps each value to what people read."""
    options = list(labels)
    fill_one(key, options, default or options[0])
    chosen = st.segmented_control(
        name,
        options=options,
        format_func=lambda value: as_markdown(labels[value]),
        required=True,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
        wrap=wrap or None,
    )
    value = chosen or options[0]
    write(key, [value])
    return value


def current(key: str, options: Sequence[str], default: str = "") -> str:
    """What a choice will say once it is drawn: for labels that depend on other choices."""
    fill_one(key, options, default)
    return str(st.session_state[key])


def select(key: str, labels: Mapping[str, str], name: str, width: int, *, default: str | None = None) -> str:
    """One of many values from a list."""
    options: Sequence[str] = list(labels)
    fill_one(key, options, default or options[0])
    chosen = st.selectbox(
        name,
        options=options,
        format_func=lambda value: labels[value],
        key=key,
        label_visibility="collapsed",
        width=width,
        persist_state="session",
    )
    write(key, [chosen])
    return chosen
