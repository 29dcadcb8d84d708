"""The URL as the place where choices stand, so that a link reproduces a view in either language.

Streamlit's own `bind` writes the labels that people read into the URL; those change with the language. Here a
widget's state is filled from the URL before it is drawn and written back, by value, after it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.text import Lang
from ui import blocks
from ui.words import common as words

_WRITTEN = "wm_written"
_UNKNOWN = "wm_unknown"


def _news(key: str) -> list[str]:
    """What the URL says that this session did not write there itself."""
    said = st.query_params.get_all(key)
    return said if said != st.session_state.get(_WRITTEN, {}).get(key) else []


def _check(said: Sequence[str], options: Sequence[str]) -> None:
    st.session_state.setdefault(_UNKNOWN, []).extend(value for value in said if value not in options)


def fill_one(key: str, options: Sequence[str], default: str) -> None:
    """Before a choice is drawn: the URL's value, else what was chosen before, else the default."""
    said = _news(key)
    _check(said, options)
    if said and said[-1] in options:
        st.session_state[key] = said[-1]
    elif st.session_state.get(key) not in options:
        st.session_state[key] = default


def fill_many(key: str, options: Sequence[str]) -> None:
    """Before a widget of several choices is drawn."""
    said = _news(key)
    _check(said, options)
    known = [value for value in said if value in options]
    st.session_state[key] = known or [v for v in st.session_state.get(key, []) if v in options]


def write(key: str, values: Sequence[str]) -> None:
    """After the widget: the URL says what is chosen, explicitly, because defaults change as data arrives."""
    written = st.session_state.setdefault(_WRITTEN, {})
    written[key] = list(values)
    if st.query_params.get_all(key) != list(values):
        if values:
            st.query_params[key] = list(values)
        else:
            del st.query_params[key]


def say_unknown(lang: Lang) -> None:
    """Name what a link asked for and this workspace does not have, instead of dropping it silently."""
    unknown = st.session_state.pop(_UNKNOWN, [])
    if unknown:
        blocks.note(words.UNKNOWN.fill(names=", ".join(dict.fromkeys(unknown)))(lang))
