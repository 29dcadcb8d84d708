"""Who acts: a name typed once for the installation, shown as unverified until there is a login."""

from __future__ import annotations

import streamlit as st

from cockpit.people import name_of, remember_name
from cockpit.workspace import Workspace
from core.text import Lang
from ui.escaping import as_markdown
from ui.words import actions as words

_KEY, _HERE = "wm_person", "wm_person_here"


def person(ws: Workspace, lang: Lang) -> str:
    """The name, with a field to type or change it; empty while nobody has."""

    def keep() -> None:
        remember_name(ws, st.session_state[_KEY])

    name = name_of(ws)
    label = as_markdown(words.PERSON_SHOWN.fill(name=name)(lang)) if name else words.PERSON(lang)
    with st.popover(label, key="wm_person_box", icon=None):
        st.text_input(
            words.PERSON(lang), name, key=_KEY, max_chars=80, on_change=keep, help=words.PERSON_ABOUT(lang)
        )
    return name


def ask_name(ws: Workspace, why: str, lang: Lang) -> None:
    """The field for the name in the place where it is missing, with the reason for asking."""

    def keep() -> None:
        remember_name(ws, st.session_state[_HERE])

    st.text_input(why, key=_HERE, max_chars=80, on_change=keep, placeholder=words.PERSON(lang), width=420)


def named(who: str, lang: Lang) -> bool:
    """Whether somebody acts; says what is missing where nobody does."""
    if not who:
        st.warning(words.PERSON_NEEDED(lang))
    return bool(who)
