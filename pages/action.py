"""One action: its fields to change, what its KPI did since, its history."""

from __future__ import annotations

import streamlit as st

from cockpit.actions import action, history, listed, sinces
from cockpit.workspace import Workspace
from core.text import Lang
from ui import blocks
from ui.actiondetail import draw_detail_title, draw_history, draw_since
from ui.actionform import Desk, draw_edit
from ui.actionlist import draw_take
from ui.actionparts import draw_action_foot, take, who_and_part
from ui.actionwords import Names
from ui.session import remembered
from ui.words import actions as words


def draw_one(ws: Workspace, number: int, names: Names, lang: Lang) -> None:
    """The action of that number."""
    one = action(ws, number)
    draw_detail_title(one, names, lang)
    _, who = who_and_part(ws, lang, parts=False)
    left, right = st.columns([1, 1.15], gap="large")
    with left:
        blocks.heading(words.EDIT(lang))
        draw_take(one, take(ws, who), lang)
        others = [each for each in listed(ws).actions if each.id != number]
        draw_edit(Desk(ws=ws, who=who, names=names), one, others, lang)
    with right:
        if one.baseline is not None:
            found = remembered(ws, "since", (one.id, one.version), lambda: sinces(ws, [one]))
            draw_since(one, found.get(one.id), names, lang)
        draw_history(history(ws, number), names, lang)
    draw_action_foot(lang, action=str(number))
