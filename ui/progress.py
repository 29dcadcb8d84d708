"""How far long work has come."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def progress_bar(text: str) -> Callable[[float], None]:
    """A bar with a text; the function moves it to a share between 0 and 1."""
    bar = st.progress(0.0, text=text)

    def move(share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=text)

    return move
