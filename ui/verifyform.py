"""Checking a file that came back, number by number."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cockpit.exporting import evidence
from cockpit.verifying import check_file, without_key
from core.text import Lang
from exports.verified_words import remarks, summary
from exports.verifying import OUTCOMES, Verification
from ui import blocks
from ui.claimparts import Desk
from ui.downloads import table
from ui.session import faults_shown, working
from ui.words import claims as words
from ui.words import consents as more

LARGEST_MB = 50


def draw_verify(on: Desk, lang: Lang) -> None:
    """Takes a file and says of every number what became of it."""
    with on.head:
        blocks.title(more.VERIFY_TITLE(lang))
    blocks.note(more.VERIFY_ABOUT(lang))
    file = st.file_uploader(
        more.FILE(lang), ["pptx", "pdf", "xlsx", "png"], key="verify_file", max_upload_size=LARGEST_MB
    )
    if file is None:
        return
    with faults_shown(lang), working(lang):
        found = check_file(on.ws, file.getvalue(), evidence(on.ws))
        draw_verification(found, lang)
        for said in without_key(on.ws, file.getvalue()) if found.origin == "foreign" else ():
            blocks.prose(said(lang))


def draw_verification(found: Verification, lang: Lang) -> None:
    """What became of the file as a whole, then every number."""
    blocks.outcome(summary(found)(lang), "good" if found.sound else "bad")
    if told := remarks(found):
        blocks.sentences([(remark(lang), None) for remark in told])
    if found.findings:
        rows = pd.DataFrame(
            [
                {
                    words.ONE(lang): each.claim,
                    more.PLACE(lang): each.at(lang),
                    more.OUTCOME(lang): OUTCOMES[each.outcome](lang),
                    more.IN_FILE(lang): each.shown or "",
                    more.WHEN_MADE(lang): each.made or "",
                    more.TODAY_SAYS(lang): each.now or "",
                }
                for each in found.worst_first
            ]
        )
        table(rows, more.VERIFY_TITLE(lang), lang, "verified")
