"""One proof: the finding, its figures, whether it is still true, taking it away."""

from __future__ import annotations

import streamlit as st

from cockpit.claims import Entry
from cockpit.workspace import Workspace
from core.text import Lang
from ui import blocks
from ui.claimcard import draw_quote
from ui.claimdetail import draw_claim_title, draw_figures, draw_grade, draw_stale, draw_ways
from ui.claimtake import draw_take, draw_uses
from ui.links import plain_address
from ui.person import person
from ui.words import common


def draw_one(ws: Workspace, shown: Entry, lang: Lang) -> None:
    draw_ways(shown, lang)
    draw_claim_title(shown, lang)
    who = person(ws, lang)
    draw_stale(ws, shown, who, lang)
    left, right = st.columns([1.35, 1], gap="large")
    with left:
        draw_figures(shown, ws.settings.currency, lang)
    with right:
        draw_quote(shown, lang)
        draw_grade(shown, lang)
        draw_take(ws, shown, who, lang)
        draw_uses(ws, shown, who, lang)
    blocks.foot([(common.LINK_HERE(lang), plain_address("claims", lang, claim=shown.claim.id))])
