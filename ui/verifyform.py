"""Checking a file that came back, number by number."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cockpit.exporting import evidence
from cockpit.verifying import check_file, without_key
from core.text import Lang
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
    counts = found.counts
    bad = len(found.findings) - counts["same"] - counts["erased_same"]
    if found.origin != "ours":
        blocks.outcome(more.ORIGINS[found.origin](lang), "bad")
    elif bad or found.words:
        blocks.outcome(more.VERIFIED["trouble"].fill(bad=bad, n=len(found.findings))(lang), "bad")
    else:
        blocks.outcome(more.VERIFIED["same"].fill(n=len(found.findings))(lang), "good")
    if found.words:
        blocks.sentences([(place(lang), None) for place in found.words])
    if found.findings:
        rows = pd.DataFrame(
            [
                {
                    words.PAGE(lang): each.claim,
                    more.PLACE(lang): each.at(lang),
                    more.OUTCOME(lang): OUTCOMES[each.outcome](lang),
                    more.IN_FILE(lang): each.shown or "",
                    more.WHEN_MADE(lang): each.made or "",
                    more.TODAY_SAYS(lang): each.now or "",
                }
                for each in found.findings
            ]
        )
        table(rows, more.VERIFY_TITLE(lang), lang, "verified")
