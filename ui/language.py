"""The language switch in the header. The choice stands in the URL, so links keep it."""

from __future__ import annotations

from typing import cast

import streamlit as st

from core.text import LANGS, Lang
from ui.choices import buttons
from ui.words import common as words


def language() -> Lang:
    """Draw the switch and return the language chosen; German comes first."""
    name = f"{words.LANGUAGE('de')} / {words.LANGUAGE('en')}"
    with st.container(key="wm_lang"):
        return cast("Lang", buttons("lang", {lang: lang.upper() for lang in LANGS}, name))
