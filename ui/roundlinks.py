"""The links of a round, shown once after they were made."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cockpit.answering import answering_address, link
from cockpit.workspace import Workspace
from core.text import Lang
from store.state.round import Invitation
from ui import blocks
from ui.downloads import downloads
from ui.words import rounds as words

_LINKS = "wm_links"


def keep_links(team: str, made: Sequence[Invitation]) -> None:
    """Hold the tokens for this session alone, until its person says that they are handed out."""
    st.session_state[_LINKS] = (team, tuple(made))


def draw_links(ws: Workspace, lang: Lang) -> None:
    """A line to copy for each person; nothing where no links were just made."""
    kept: tuple[str, tuple[Invitation, ...]] | None = st.session_state.get(_LINKS)
    if kept is None:
        return
    team, made = kept
    with st.container(border=True, key="wm_links_box"):
        title = words.LINKS if len(made) > 1 else words.LINK_ONE
        blocks.heading(title.fill(n=len(made), team=team)(lang), words.LINKS_ABOUT(lang))
        if answering_address(ws) is None:
            blocks.callout([(words.LINKS_SERVER(lang), None)])
        for one in made:
            whose = words.LINK_FOR_ROLE if one.role else words.LINK_FOR
            blocks.note(whose.fill(person=one.person, role=one.role)(lang))
            st.code(link(ws, one.token), language=None)
        rows = [(one.person, one.role, link(ws, one.token)) for one in made]
        frame = pd.DataFrame(rows, columns=[column(lang) for column in words.LINK_COLUMNS])
        downloads(frame, words.LINKS_CSV(lang), lang, "links")
        if st.button(words.LINKS_DONE(lang), key="links_done"):
            st.session_state.pop(_LINKS)
            st.rerun()
