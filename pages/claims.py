"""Proofs: the shelf sales works from, proofs for a prospect, the range, consents, checking a file."""

from __future__ import annotations

import streamlit as st

from core.text import Lang
from pages.claim import draw_one
from ui import blocks
from ui.actionform import told
from ui.claimfilter import choose
from ui.claimparts import Desk, chosen_claim, found_entries, part_and_person, phases_of
from ui.claimshelf import draw_none, draw_shelf, draw_shelf_title, draw_unclaimed, ready
from ui.claimtake import draw_together
from ui.consentform import draw_consents
from ui.empty import empty_state
from ui.links import plain_address
from ui.prospectform import choose_prospect, draw_prospect
from ui.rangepicture import draw_range
from ui.session import workspace
from ui.storypage import chosen_story, draw_stories, draw_story
from ui.theme import apply_projects
from ui.verifyform import draw_verify
from ui.words import claims as words
from ui.words import common


def page(lang: Lang) -> None:
    ws = workspace()
    apply_projects()
    told(lang)
    chosen = chosen_claim(ws, lang)
    if chosen is not None:
        draw_one(ws, chosen, lang)
        return
    entries = found_entries(ws, lang)
    if not entries and ws.warehouse.head() is None:
        empty_state(ws, lang, words.NONE_ABOUT)
        return
    if story := chosen_story(entries):
        draw_story(ws, story, lang)
        return
    head = st.container()
    part, who = part_and_person(ws, lang)
    _part(Desk(ws=ws, entries=entries, head=head, who=who), part, lang)
    blocks.foot([(common.LINK_HERE(lang), plain_address("claims", lang, part=part))])


def _part(on: Desk, part: str, lang: Lang) -> None:
    match part:
        case "prospect":
            phases = phases_of(on.ws)
            draw_prospect(on, choose_prospect(phases, lang), phases, lang)
        case "range":
            draw_range(on, lang)
        case "stories":
            draw_stories(on, lang)
        case "consent":
            draw_consents(on, lang)
        case "verify":
            draw_verify(on, lang)
        case _:
            draw_shelf_title(on, lang)
            if on.entries:
                draw_shelf(choose(on.entries, phases_of(on.ws), lang), len(on.entries), lang)
                draw_together(on.ws, ready(on.entries), on.who, lang)
            else:
                draw_none(lang)
            draw_unclaimed(on, lang)
