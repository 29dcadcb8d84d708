"""What of a round leaves as a document: the workshop sheet, the quick check for a prospect."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cockpit.people import name_of
from cockpit.roundpapers import quick_check, workshop_sheet
from cockpit.roundresults import RoundView
from cockpit.workspace import Workspace
from core.text import Lang
from ui.person import ask_name
from ui.words import maturity as words

PDF_TYPE = "application/pdf"


def draw_papers(ws: Workspace, shown: RoundView, lang: Lang) -> None:
    """A button for each document that this round gives; it is made when someone asks for it."""
    who = name_of(ws)
    if shown.round.open and shown.plan is not None and shown.disclosure.shown and not who:
        ask_name(ws, words.QUICK_NAME(lang), lang)
    elif shown.round.open and shown.plan is not None and shown.disclosure.shown:
        st.download_button(
            words.QUICK_CHECK(lang),
            data=partial(quick_check, ws, shown.round.id, lang, who),
            file_name=f"{words.QUICK_FILE(lang)}.pdf",
            mime=PDF_TYPE,
            key="quickcheck_pdf",
            type="primary",
            on_click="ignore",
            help=words.QUICK_HELP(lang),
        )
    if shown.agenda:
        st.download_button(
            words.WORKSHOP_SHEET(lang),
            data=partial(workshop_sheet, ws, shown.round.id, lang),
            file_name=f"{words.WORKSHOP_FILE(lang)}.pdf",
            mime=PDF_TYPE,
            key="workshop_pdf",
            on_click="ignore",
            help=words.WORKSHOP_HELP(lang),
        )
