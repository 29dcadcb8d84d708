"""Erasing customers on their request, in two steps: look up, confirm."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cockpit.erasure import erase, held
from cockpit.people import name_of, remember_name
from cockpit.workspace import Workspace
from core.contract import contract
from core.text import Lang, Text
from ui import blocks
from ui.downloads import table
from ui.words import data as words

_ASKED = "wm_erase"
_DONE = "wm_erased"


def draw_erasing(ws: Workspace, lang: Lang) -> None:
    """What is held of the customers named, and erasing it for good."""
    blocks.heading(words.PARTS["erase"](lang), words.ERASE_ABOUT(lang))
    told: Text | None = st.session_state.pop(_DONE, None)
    if told is not None:
        st.success(told(lang))
    with st.form("erase_look", border=False):
        typed = st.text_area(words.ERASE_IDS(lang), key="erase_ids", height=110, width=520)
        if st.form_submit_button(words.ERASE_LOOK(lang)):
            st.session_state[_ASKED] = tuple(dict.fromkeys(filter(None, map(str.strip, typed.splitlines()))))
    asked: tuple[str, ...] = st.session_state.get(_ASKED, ())
    if not asked:
        return
    found = held(ws, asked)
    blocks.heading(words.ERASE_HELD(lang), words.ERASE_HELD_SUB(lang))
    if found:
        frame = pd.DataFrame(
            [(one.customer_id, contract()[one.table].label(lang), one.rows) for one in found],
            columns=[column(lang) for column in words.HELD_COLUMNS],
        )
        table(frame, words.ERASE_HELD(lang), lang, "held")
    else:
        blocks.note(words.ERASE_NONE(lang))
    with st.form("erase", border=False):
        who = st.text_input(words.WHO(lang), name_of(ws), max_chars=80, width=520)
        sure = st.checkbox(words.ERASE_SURE.fill(n=len(asked))(lang))
        if not st.form_submit_button(words.ERASE(lang)):
            return
    if not sure:
        st.warning(words.ERASE_TICK(lang))
        return
    if not who.strip():
        st.warning(words.WHO_NEEDED(lang))
        return
    remember_name(ws, who)
    done = erase(ws, asked, who.strip())
    st.session_state.pop(_ASKED)
    st.session_state[_DONE] = words.ERASED.fill(
        n=done.customers, rows=done.rows, originals=len(done.originals), id=done.id
    )
    st.rerun()  # the title and everything else count anew
