"""What a page shows while there is nothing to show: which file would fill it, and the sample."""

from __future__ import annotations

import streamlit as st

from cockpit.sample import load_sample
from cockpit.workspace import Workspace
from core.text import Lang, Text
from ui import blocks
from ui.links import PATHS
from ui.session import faults_shown
from ui.words import common as words


def empty_state(ws: Workspace, lang: Lang, needs: Text = words.EMPTY_NEEDS) -> None:
    """Say what the page needs, lead to the import, offer the sample with one button."""
    blocks.title(words.EMPTY_TITLE(lang))
    with st.container(key="wm_empty", border=True, width=780):
        blocks.prose(needs(lang))
        blocks.small_print([(words.EMPTY_OWN(lang), f"{PATHS['data']}?lang={lang}")])
        blocks.prose(words.EMPTY_SAMPLE_ABOUT(lang))
        if st.button(words.EMPTY_SAMPLE(lang), type="primary", key="load_sample"):
            bar = st.progress(0.0, text=words.LOADING_SAMPLE(lang))

            def progress(done: float) -> None:
                bar.progress(min(max(done, 0.0), 1.0), text=words.LOADING_SAMPLE(lang))

            with faults_shown(lang):
                load_sample(ws, progress)
                st.rerun()
