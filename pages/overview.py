"""Overview: the journey as connected stations, what changed, what happened since the last visit."""

from __future__ import annotations

import streamlit as st

from cockpit.actions import count
from cockpit.mentions import mentions
from cockpit.overview import overview
from cockpit.projects import closing_soon
from cockpit.rounds import mark
from cockpit.scope import scope_of
from cockpit.standing import weakest_of
from core.text import Lang
from ui import blocks
from ui.empty import empty_state
from ui.filterbar import filter_bar, scope_words
from ui.findings import draw_balance, draw_changes, draw_news, draw_strongest
from ui.frame import draw_foot, draw_title
from ui.overviewfile import draw_overview_files
from ui.projectsoon import draw_proofs_and_soon
from ui.session import remembered, working, workspace
from ui.standing import draw_standing
from ui.stations import draw_stations
from ui.visit import last_seen
from ui.words import overview as words


def page(lang: Lang) -> None:
    ws = workspace()
    scope = remembered(ws, "scope", (), lambda: scope_of(ws))
    if scope is None:
        empty_state(ws, lang)
        return
    head = st.container()
    choice = filter_bar(scope, lang)
    view, seen = choice.view, last_seen(ws, scope.snapshot)
    with working(lang):
        shown = remembered(ws, "overview", (view.key(), seen), lambda: overview(ws, view, seen))
    if shown is None:
        return
    with head:
        draw_title(shown.title, scope, view, shown.period, lang, journeys=shown.journeys)
    draw_stations(shown, view, choice.compare, lang)
    weak = remembered(ws, "weakest", (mark(ws),), lambda: weakest_of(ws))
    draw_standing(shown, weak, count(ws), view, lang)
    draw_proofs_and_soon(mentions(ws), closing_soon(ws), lang)
    left, middle, right = st.columns([1.1, 1, 1], gap="large")
    with left:
        draw_balance(shown, view, choice.compare, lang)
    with middle:
        draw_changes(shown, view, lang)
    with right:
        draw_news(shown, view, lang)
    draw_strongest(shown, lang)
    if shown.hints:
        blocks.heading(words.HINTS(lang))
        blocks.sentences([(hint(lang), None) for hint in shown.hints])
    draw_overview_files(ws, shown, scope_words(scope, view), lang)
    draw_foot(scope, view, lang)
