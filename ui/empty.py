"""What a page shows while there is nothing to show: which file would fill it, and the sample."""

from __future__ import annotations

import streamlit as st

from cockpit.preparing import prepare
from cockpit.sample import load_sample
from cockpit.workspace import Workspace
from core.text import Lang, Text
from ui import blocks
from ui.links import PATHS
from ui.progress import progress_bar
from ui.session import faults_shown
from ui.words import common as words


def empty_state(ws: Workspace, lang: Lang, needs: Text = words.EMPTY_NEEDS, *, own: bool = True) -> None:
    """Say what the page needs, lead to the import (`own`), offer the sample with one button."""
    blocks.title(words.EMPTY_TITLE(lang))
    with st.container(key="wm_empty", border=True, width=780):
        blocks.prose(needs(lang))
        if own:
            blocks.small_print([(words.EMPTY_OWN(lang), f"{PATHS['data']}?lang={lang}")])
        blocks.prose(words.EMPTY_SAMPLE_ABOUT(lang))
        offer_sample(ws, lang)


def offer_sample(ws: Workspace, lang: Lang) -> None:
    """One button that fills an empty workspace with the sample."""
    if st.button(words.EMPTY_SAMPLE(lang), type="primary", key="load_sample"):
        with faults_shown(lang):
            loaded = load_sample(ws, progress_bar(words.LOADING_SAMPLE(lang)))
            prepare(loaded, progress_bar(words.PREPARING(lang)))
            st.rerun()
