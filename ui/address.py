"""The URL as the place where choices stand, so that a link reproduces a view in either language.

Streamlit's own `bind` writes the labels that people read into the URL; those change with the language. And
writing `st.query_params` adds a step to the browser's history, so that going back would never leave the page.
Here a widget's state is filled from the URL before it is drawn, and the URL is replaced once a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from core.text import Lang
from ui import blocks
from ui.words import common as words

_SEEN = "wm_seen"  # what the URL said in the run before
_WRITTEN = "wm_written"  # what this session put there
_RUN = "wm_run"  # the choices of the present run, in the order of their widgets
_UNKNOWN = "wm_unknown"


def begin() -> None:
    """Start a run: no choice has been made yet."""
    st.session_state[_RUN] = {}


def _news(key: str) -> list[str]:
    """What the URL says that it did not say before and that this session did not put there."""
    said = st.query_params.get_all(key)
    seen = st.session_state.setdefault(_SEEN, {})
    known = (seen.get(key), st.session_state.get(_WRITTEN, {}).get(key))
    seen[key] = said
    return [] if said in known else said


def _check(said: Sequence[str], options: Sequence[str]) -> None:
    st.session_state.setdefault(_UNKNOWN, []).extend(value for value in said if value not in options)


def said_now(key: str) -> str:
    """What the URL asks for, else what was chosen before: for a choice that takes values beyond the usual."""
    said = st.query_params.get_all(key)
    seen = (st.session_state.get(_SEEN, {}).get(key), st.session_state.get(_WRITTEN, {}).get(key))
    return str(said[-1] if said and said not in seen else st.session_state.get(key, ""))


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
    """After the widget: what is chosen, for the URL."""
    st.session_state.setdefault(_WRITTEN, {})[key] = list(values)
    st.session_state.setdefault(_RUN, {})[key] = list(values)


def publish(page: str) -> None:
    """At the end of a run: the URL says every choice, explicitly, because defaults change as data arrives."""
    search = "?" + urlencode(st.session_state[_RUN], doseq=True)
    # Encoded as above it holds no quote and no angle bracket. The page's path makes the script a new one, so
    # that it is carried out again after a change of page.
    st.html(
        f"<script>/* {urlencode({'page': page})} */ if (location.search !== '{search}') "
        f"history.replaceState(history.state, '', '{search}');</script>",
        unsafe_allow_javascript=True,
    )


def let_navigation_begin_anew() -> None:
    """Once a page: an entry of the navigation leads to its page as such, also from one thing on that page.

    Streamlit keeps the URL's query where an entry leads to the page that is open already. Here it becomes a
    step in the browser's history that keeps the language alone, and Streamlit is told as if by going back.
    """
    st.html(
        "<script>if (!window.wmNavigation) { window.wmNavigation = true; "
        "document.addEventListener('click', event => { "
        "const entry = event.target.closest?.('[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]'); "
        "const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey; "
        "if (!entry || elsewhere || new URL(entry.href).pathname !== location.pathname) return; "
        "event.preventDefault(); event.stopPropagation(); "
        "const lang = new URLSearchParams(location.search).get('lang'); "
        "history.pushState(history.state, '', location.pathname + (lang ? '?lang=' + lang : '')); "
        "window.dispatchEvent(new PopStateEvent('popstate')); "
        "}, true); }</script>",
        unsafe_allow_javascript=True,
    )


def say_unknown(lang: Lang) -> None:
    """Name what a link asked for and this workspace does not have, instead of dropping it silently."""
    unknown = st.session_state.pop(_UNKNOWN, [])
    if unknown:
        blocks.note(words.UNKNOWN.fill(names=", ".join(dict.fromkeys(unknown)))(lang))
