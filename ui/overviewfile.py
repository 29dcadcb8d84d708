"""The overview to take along: one PDF, one slide; made when somebody asks."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from cockpit.overview import Overview
from cockpit.overviewsheet import overview_bytes
from cockpit.workspace import Workspace
from core.text import Lang, Text
from ui.words import overview as words

TYPES: dict[Literal["pdf", "pptx"], str] = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def draw_overview_files(ws: Workspace, shown: Overview, scope: Text, lang: Lang) -> None:
    """Two quiet buttons."""
    with st.container(horizontal=True, gap="small", key="wm_overview_files"):
        for to, media in TYPES.items():
            st.download_button(
                words.TAKE_ALONG[to](lang),
                data=partial(overview_bytes, ws, shown, scope, lang, to),
                file_name=f"{words.FILE(lang)}-{shown.period.last}.{to}",
                mime=media,
                key=f"overview_{to}",
                type="tertiary",
                on_click="ignore",
                help=words.TAKE_ALONG_ABOUT(lang),
            )
