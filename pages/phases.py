"""Phases: one phase in depth."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cockpit.mentions import mentions, of_phase
from cockpit.phase import phase_view
from cockpit.scope import scope_of
from cockpit.triggers import triggers
from core.text import Lang
from ui.empty import empty_state
from ui.filterbar import filter_bar
from ui.frame import draw_foot, draw_title
from ui.mentionlines import draw_phase_proofs
from ui.phasechoice import choose_phase
from ui.phasepicture import draw_ends, draw_kpis, draw_met, draw_situation, phase_title
from ui.session import remembered, working, workspace
from ui.triggerpicture import draw_triggers


def page(lang: Lang) -> None:
    ws = workspace()
    scope = remembered(ws, "scope", (), lambda: scope_of(ws))
    if scope is None:
        empty_state(ws, lang)
        return
    head = st.container()
    choice = filter_bar(scope, lang)
    view = choice.view
    phase = choose_phase(ws.models[view.model], lang)
    with working(lang):
        shown = remembered(ws, "phase", (view.key(), phase), lambda: phase_view(ws, view, phase))
        if shown is None:
            return
        year = replace(view, period=f"r12:{shown.period.last}")
        moving = remembered(ws, "triggers", (year.key(), phase), lambda: triggers(ws, year, phase))
    if moving is None:
        return
    with head:
        draw_title(phase_title(shown), scope, view, shown.period, lang)
    draw_situation(shown, lang)
    draw_ends(shown, view, lang)
    draw_triggers(moving, lang)
    draw_phase_proofs(of_phase(mentions(ws), ws.models[view.model], phase), lang)
    draw_kpis(shown, view, choice.compare, lang)
    draw_met(shown, lang)
    draw_foot(scope, view, lang, "phases", phase=phase)
