"""The case study: text by hand, beside the figures that stay bound; leaving as slides or PDF."""

from __future__ import annotations

import streamlit as st

from cockpit.claims import Entry
from cockpit.exporting import Use, export_story, preview
from cockpit.stories import story, write
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang
from proof.handouts import Story
from ui import blocks
from ui.actionform import tell
from ui.claimtake import Kind, draw_files
from ui.person import named
from ui.session import faults_shown
from ui.words import claims as words

KINDS: tuple[Kind, ...] = (("pptx", "pptx", "slide"), ("pdf", "pdf", "slide"))


def draw_story(ws: Workspace, shown: Entry, who: str, lang: Lang) -> None:
    """The fields with what was written, else with a draft; then the files."""
    now = story(ws, shown.project.id, lang)
    about = words.STORY_SUB(lang)
    if now.edited_at is None:
        about = f"{about} {words.DRAFT(lang)}"
    else:
        about = f"{about} {words.EDITED.fill(at=now.edited_at, person=now.edited_by)(lang)}"
    blocks.heading(words.STORY(lang), about)
    _fields(ws, now, who, lang)
    try:
        preview(shown, lang)
    except UsageFault:
        return
    if who:
        use = Use(person=who, lang=lang)
        draw_files(
            lambda to, _: export_story(ws, shown.project.id, to, use),
            f"story-{shown.claim.id}",
            lang,
            lang,
            KINDS,
        )


def _fields(ws: Workspace, now: Story, who: str, lang: Lang) -> None:
    key = f"story_{now.project}_{now.lang}_{now.version}"
    with st.form(key, border=False):
        title = st.text_input(words.HEADLINE(lang), now.title, max_chars=300, key=f"{key}_title")
        columns = st.columns(3, gap="medium")
        texts = {}
        for column, name, label in zip(
            columns,
            ("situation", "approach", "result"),
            (words.SITUATION, words.APPROACH, words.RESULT),
            strict=True,
        ):
            with column:
                texts[name] = st.text_area(
                    label(lang), getattr(now, name), max_chars=5000, height=170, key=f"{key}_{name}"
                )
        sent = st.form_submit_button(words.SAVE(lang))
    if sent and named(who, lang):
        with faults_shown(lang):
            write(ws, now.model_copy(update={"title": title, **texts}), who)
            tell(words.SAVED)
            st.rerun()
