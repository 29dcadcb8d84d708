"""The entry script of the answering process: theme, language, the respondent's page and no other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from pages import answering
from ui import theme
from ui.address import begin, publish
from ui.language import language
from ui.session import faults_shown
from ui.words import answering as words

st.set_page_config(page_title="Wegmarke", page_icon=str(Path(__file__).with_name("icon.png")))
begin()
lang = language()
theme.apply(lang)
page = st.navigation(
    [st.Page(partial(answering.page, lang), title=words.PAGE(lang), url_path="", default=True)],
    position="hidden",
)
with faults_shown(lang):
    page.run()
publish(page.url_path)
