"""The language switch in the header. The choice stands in the URL, so links keep it."""

from __future__ import annotations

import streamlit as st

from core.text import LANGS, Lang
from ui.words import common as words


def language() -> Lang:
    """Draw the switch and return the language chosen; German comes first."""
    with st.container(key="wm_lang"):
        chosen: Lang = st.segmented_control(
            words.LANGUAGE("de") + " / " + words.LANGUAGE("en"),
            options=LANGS,
            format_func=str.upper,
            default="de",
            required=True,
            key="lang",
            bind="query-params",
            label_visibility="collapsed",
        )
    return chosen
