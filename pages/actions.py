"""Actions: who does what by when, overdue first; the roadmap; the jour fixe; one action with its history."""

from __future__ import annotations

from cockpit.actions import listed, roadmap_of
from core.text import Lang
from pages.action import draw_one
from ui import blocks
from ui.actionform import Desk, draw_new, told
from ui.actionlist import choose_actions, draw_list, draw_unowned
from ui.actionparts import (
    chosen_action,
    draw_action_foot,
    draw_jour_fixe_of,
    draw_none,
    draw_title,
    take,
    who_and_part,
)
from ui.actionwords import names_of
from ui.roadmappicture import draw_roadmap
from ui.session import workspace
from ui.words import actions as words


def page(lang: Lang) -> None:
    ws = workspace()
    names = names_of(ws)
    told(lang)
    number = chosen_action(ws)
    if number is not None:
        draw_one(ws, number, names, lang)
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
    draw_action_foot(lang, part=part)
