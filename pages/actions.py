"""Actions: who does what by when, overdue first; the roadmap; the jour fixe; one action with its history."""

from __future__ import annotations

import streamlit as st

from cockpit.actions import history, listed, roadmap_of, sinces
from cockpit.workspace import Workspace
from core.text import Lang
from ui import blocks
from ui.actiondetail import draw_detail_title, draw_history, draw_since
from ui.actionform import Desk, draw_edit, draw_new, seen, told
from ui.actionlist import choose_actions, draw_list, draw_unowned
from ui.actionparts import chosen_action, draw_jour_fixe_of, draw_none, draw_title, take, who_and_part
from ui.actionwords import Names, names_of
from ui.roadmappicture import draw_roadmap
from ui.session import remembered, workspace
from ui.words import actions as words


def page(lang: Lang) -> None:
    ws = workspace()
    names = names_of(ws)
    told(lang)
    number = chosen_action(ws)
    if number is not None:
        _one(ws, number, names, lang)
        return
    everything = listed(ws)
    draw_title(everything, lang)
    part, who = who_and_part(ws, lang)
    match part:
        case "new":
            blocks.note(words.NEW_ABOUT(lang))
            draw_new(Desk(ws=ws, who=who, names=names), everything, lang)
        case _ if not everything.actions:
            draw_none(ws, lang)
        case "jourfixe":
            draw_jour_fixe_of(ws, names, who, lang)
        case _:
            wanted = choose_actions(everything, names, lang)
            if part == "roadmap":
                draw_roadmap(roadmap_of(ws, wanted), lang)
            else:
                draw_list(listed(ws, wanted), names, lang)
                draw_unowned(everything.actions, take(ws, who), lang)


def _one(ws: Workspace, number: int, names: Names, lang: Lang) -> None:
    one = seen(ws, number)
    draw_detail_title(one, names, lang)
    _, who = who_and_part(ws, lang, parts=False)
    left, right = st.columns([1, 1.15], gap="large")
    with left:
        blocks.heading(words.EDIT(lang))
        others = [each for each in listed(ws).actions if each.id != number]
        draw_edit(Desk(ws=ws, who=who, names=names), one, others, lang)
    with right:
        if one.baseline is not None:
            found = remembered(ws, "since", (one.id, one.version), lambda: sinces(ws, [one]))
            draw_since(one, found.get(one.id), names, lang)
        draw_history(history(ws, number), names, lang)
