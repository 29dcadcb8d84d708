"""Answering: a respondent's own sheet, one dimension a screen. Served by the answering process alone."""

from __future__ import annotations

import streamlit as st

from cockpit.answering import Sheet, sheet
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang
from ui import blocks
from ui.answercourse import REVIEW, START, arrive, draw_progress, draw_steps, part_of
from ui.answerends import chips, draw_closed_door, draw_over, draw_review, draw_start
from ui.answerform import draw_dimension
from ui.answers import renew, token
from ui.session import workspace
from ui.theme import apply_answering
from ui.words import answering as words


def page(lang: Lang) -> None:
    apply_answering()
    ws, held = workspace(rebuilt=False), token()
    if held is None:
        draw_closed_door(lang, wrong=False)
        return
    try:
        own = sheet(ws, held)
    except UsageFault:
        draw_closed_door(lang, wrong=True)
        return
    if own.over:
        draw_over(own, lang)
        return
    renew(dict(own.seat.answers))
    _draw(ws, own, lang)
    arrive()


def _draw(ws: Workspace, own: Sheet, lang: Lang) -> None:
    part = part_of(own)
    place = st.empty()
    match part:
        case _ if part == START:
            draw_start(own, lang)
        case _ if part == REVIEW:
            draw_progress(own, None, place, lang)
            draw_review(ws, own, lang)
        case _:
            number, dimension = next(
                (number, one) for number, one in enumerate(own.dimensions, 1) if one.id == part
            )
            draw_progress(own, dimension, place, lang)
            step = words.STEP.fill(place=number, all=len(own.dimensions))(lang)
            blocks.title(dimension.name(lang), [step, *chips(own, lang)])
            if dimension.about:
                blocks.prose(dimension.about(lang))
            draw_dimension(ws, own, dimension, place, lang)
            draw_steps(own, part, lang)
