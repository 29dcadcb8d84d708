"""Funnel and qualification: how far journeys get and what the leaks cost; further sections beside it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cockpit.funnel import funnel, usual_route
from cockpit.leaks import leaks
from cockpit.scope import scope_of
from core.text import Lang
from pages.qualification import draw_section
from ui.empty import empty_state
from ui.filterbar import section_bar
from ui.frame import Opened, When, draw_foot, draw_title
from ui.funnelchoice import choose_part, choose_route, route_query
from ui.funnelcourse import draw_course
from ui.funnelpicture import draw_groups, draw_rates, draw_steps, funnel_title
from ui.leakpicture import draw_leaks
from ui.session import remembered, working, workspace
from ui.words import funnel as words


def page(lang: Lang) -> None:
    ws = workspace()
    scope = remembered(ws, "scope", (), lambda: scope_of(ws))
    if scope is None:
        empty_state(ws, lang, words.EMPTY_NEEDS)
        return
    head = st.container()
    part = choose_part(lang)
    view = section_bar(scope, part, lang)
    opened = Opened(ws=ws, scope=scope, view=view, head=head)
    with working(lang):
        if part == "funnel":
            _funnel(opened, lang)
        else:
            draw_section(opened, part, lang)


def _funnel(on: Opened, lang: Lang) -> None:
    usual = remembered(on.ws, "route", (on.view.model,), lambda: usual_route(on.ws, on.view))
    if usual is None:
        return
    names = {dimension.column: dimension.label(lang) for dimension in on.scope.dimensions}
    route, by = choose_route(usual, names, lang)
    cut = replace(on.view, by=by)
    shown = remembered(on.ws, "funnel", (cut.key(), route), lambda: funnel(on.ws, cut, route))
    cost = remembered(on.ws, "leaks", (on.view.key(),), lambda: leaks(on.ws, on.view))
    if shown is None or cost is None:
        return
    with on.head:
        when: When = shown.period or "whole history"
        draw_title(funnel_title(shown), on.scope, on.view, when, lang, journeys=shown.all.entered)
    left, right = st.columns([1.35, 1], gap="large")
    with left:
        draw_steps(shown, on.view, lang)
    with right:
        draw_rates(shown, lang)
    if by is not None:
        draw_groups(shown, names[by], lang)
    left, right = st.columns([1.35, 1], gap="large")
    with left:
        draw_course(shown, lang)
    with right:
        draw_leaks(cost, on.view, lang)
    draw_foot(on.scope, on.view, lang, "funnel", **route_query(route, by))
