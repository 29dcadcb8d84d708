"""Maturity: rounds of checklists, what a round says, what to do, how far teams came."""

from __future__ import annotations

import streamlit as st

from cockpit.roundhistory import history
from cockpit.roundresults import round_view
from cockpit.rounds import mark, over, rounds
from core.text import Lang
from ui.performancepicture import draw_performance, performance_title
from ui.planpicture import draw_plan, plan_title
from ui.progresspicture import draw_progress, progress_title
from ui.roundchoice import choose_part, choose_round
from ui.roundlist import draw_rounds
from ui.roundpicture import (
    draw_agenda,
    draw_profile,
    draw_round_foot,
    draw_round_title,
    round_title,
    statement_title,
)
from ui.roundrunning import tell
from ui.session import remembered, working, workspace
from ui.statementpicture import draw_contradictions, draw_statements

TITLES = {"plan": plan_title, "performance": performance_title, "statements": statement_title}


def page(lang: Lang) -> None:
    ws = workspace()
    head = st.container()
    closed = over(ws)
    part = choose_part(closed, lang)
    tell(lang)
    if part == "rounds":
        draw_rounds(ws, rounds(ws), head, lang)
        return
    chosen, now = choose_round(closed, lang), mark(ws)
    with working(lang):
        shown = remembered(ws, "round", (chosen, now), lambda: round_view(ws, chosen))
        gone = remembered(ws, "rounds", (chosen, now), lambda: history(ws, chosen))
    title = TITLES.get(part, round_title)(shown)
    with head:
        draw_round_title(progress_title(shown, gone) if part == "progress" else title, shown, lang)
    match part:
        case "statements":
            draw_contradictions(shown, lang)
            draw_statements(shown, lang)
        case "performance":
            draw_performance(shown, lang)
        case "plan":
            draw_plan(ws, shown, lang)
        case "progress":
            draw_progress(shown, gone, lang)
        case _:
            left, right = st.columns([1.2, 1], gap="large")
            with left:
                draw_agenda(ws, shown, lang)
            with right:
                draw_profile(shown, lang)
    draw_round_foot(part, chosen, lang)
