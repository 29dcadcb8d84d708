"""One dimension of a questionnaire: its statements with the answer scale, what became of each entry.

A statement is a fragment: an answer runs its own lines and the progress again, never the rest of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from checklists.model import Dimension, Statement
from cockpit.answering import Sheet
from cockpit.workspace import Workspace
from core.text import Lang
from store.state.round import LONGEST_TEXT
from ui import blocks
from ui.answercourse import draw_progress
from ui.answers import as_option, key, note_of, own_of, prepare, save
from ui.escaping import as_markdown, as_spoken_label
from ui.words import answering as words


def draw_dimension(
    ws: Workspace, sheet: Sheet, dimension: Dimension, progress: DeltaGenerator, lang: Lang
) -> None:
    """The statements below each other, each saving by itself."""
    for statement in dimension.statements:
        _statement(_Asked(ws=ws, sheet=sheet, dimension=dimension, lang=lang), statement, progress)


ACCENTS: dict[str, blocks.Accent] = {"saved": "good", "renewed": "strong", "failed": "bad"}


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Where a statement stands, and to whom it is asked."""

    ws: Workspace
    sheet: Sheet
    dimension: Dimension
    lang: Lang


@st.fragment
def _statement(asked: _Asked, statement: Statement, progress: DeltaGenerator) -> None:
    prepare(statement.id)
    with st.container(key=key(statement.id, "box"), border=True):
        _scale(asked, statement)
        _outcome(asked, statement)
        _beside(asked, statement)
    draw_progress(asked.sheet, asked.dimension, progress, asked.lang)


def _scale(asked: _Asked, statement: Statement) -> None:
    """A real group of radio buttons: its name is the statement, below each step its criterion."""
    lang, steps = asked.lang, asked.sheet.seat.round.checklist.choices(statement)
    names = {str(as_option(step.value)): step.name(lang) for step in steps}
    criteria = [criterion(lang) for criterion in statement.criteria] or [""] * len(steps)
    names |= {"not_applicable": words.NOT_APPLICABLE(lang), "dont_know": words.DONT_KNOW(lang)}
    criteria += [words.NOT_APPLICABLE_MEANS(lang), words.DONT_KNOW_MEANS(lang)]
    st.radio(
        as_spoken_label(statement.statement(lang)),
        options=list(names),
        format_func=lambda option: as_markdown(names[option]),
        captions=[as_markdown(criterion) for criterion in criteria],
        index=None,
        key=key(statement.id, "answer"),
        on_change=save,
        args=(asked.ws, statement.id),
        width="stretch",
    )


def _outcome(asked: _Asked, statement: Statement) -> None:
    """Why the statement matters, and what became of the last entry to it."""
    note, own, lang = note_of(statement.id), own_of(statement.id), asked.lang
    why = statement.why(lang) if statement.why else ""
    if note is None:
        saved = words.SAVED_ON.fill(moment=own.saved_at)(lang) if own.saved_at else ""
        blocks.outcome(saved, "mute", why)
        return
    blocks.outcome(note.text(lang), ACCENTS[note.kind], why)
    if note.lost:
        blocks.note(words.YOU_WROTE.fill(text=note.lost)(lang))
    if note.kind == "failed":
        st.button(
            words.TRY_AGAIN(lang),
            key=key(statement.id, "again"),
            on_click=save,
            args=(asked.ws, statement.id),
        )


def _beside(asked: _Asked, statement: Statement) -> None:
    """What nobody has to fill in: confidence, evidence for and against, whether it may be shown."""
    lang = asked.lang
    with st.expander(words.MORE(lang), key=key(statement.id, "more")):
        st.segmented_control(
            words.CONFIDENCE(lang),
            options=list(words.CONFIDENCES),
            format_func=lambda step: words.CONFIDENCES[step](lang),
            key=key(statement.id, "confidence"),
            on_change=save,
            args=(asked.ws, statement.id),
            wrap=True,
        )
        if statement.evidence:
            blocks.note(words.WOULD_SHOW.fill(evidence=statement.evidence)(lang))
        for part, label in (("for", words.EVIDENCE_FOR), ("against", words.EVIDENCE_AGAINST)):
            st.text_area(
                label(lang),
                key=key(statement.id, part),
                height=80,
                max_chars=LONGEST_TEXT,
                on_change=save,
                args=(asked.ws, statement.id),
            )
        st.text_input(
            words.LINK(lang), key=key(statement.id, "link"), max_chars=LONGEST_TEXT,
            on_change=save, args=(asked.ws, statement.id),
        )  # fmt: skip
        st.checkbox(
            words.MAY_BE_SHOWN(lang),
            key=key(statement.id, "shown"),
            on_change=save,
            args=(asked.ws, statement.id),
        )
