"""The entry script: theme, language, navigation. The only place that names pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from core.text import Lang, Text
from pages import (
    actions,
    claims,
    data,
    funnel,
    handbook,
    maturity,
    overview,
    phases,
    projects,
)
from ui import theme
from ui.address import begin, let_navigation_begin_anew, publish
from ui.language import language
from ui.links import PATHS, PageId
from ui.session import faults_shown
from ui.words import actions as actions_words
from ui.words import claims as claims_words
from ui.words import data as data_words
from ui.words import funnel as funnel_words
from ui.words import handbook as handbook_words
from ui.words import maturity as maturity_words
from ui.words import overview as overview_words
from ui.words import phases as phases_words
from ui.words import projects as projects_words

PAGES: tuple[tuple[PageId, Callable[[Lang], None], Text], ...] = (
    ("overview", overview.page, overview_words.PAGE),
    ("phases", phases.page, phases_words.PAGE),
    ("funnel", funnel.page, funnel_words.PAGE),
    ("maturity", maturity.page, maturity_words.PAGE),
    ("actions", actions.page, actions_words.PAGE),
    ("projects", projects.page, projects_words.PAGE),
    ("claims", claims.page, claims_words.PAGE),
    ("kpis", handbook.page, handbook_words.PAGE),
    ("data", data.page, data_words.PAGE),
)

st.set_page_config(page_title="Wegmarke", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")
begin()
lang = language()
theme.apply(lang)
page = st.navigation(
    [
        st.Page(partial(draw, lang), title=name(lang), url_path=PATHS[page_id], default=not PATHS[page_id])
        for page_id, draw, name in PAGES
    ],
    position="top",
)
with faults_shown(lang):
    page.run()
publish(page.url_path)
let_navigation_begin_anew()
