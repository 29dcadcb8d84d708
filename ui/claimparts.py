"""The frame of the page of proofs: which part or which proof is looked at, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cockpit.claims import Entry, entry, shelf
from cockpit.mentions import stamp
from cockpit.workspace import Workspace
from core.text import Lang, Text
from ui import blocks
from ui.address import say_unknown, write
from ui.choices import buttons
from ui.person import person
from ui.session import remembered, working
from ui.words import claims as words

_CHOSEN = "claim"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a part of the page works with: everything on the shelf, where the title goes, who acts (may be
    nobody yet)."""

    ws: Workspace
    entries: Sequence[Entry]
    head: DeltaGenerator
    who: str


def chosen_claim(ws: Workspace, lang: Lang) -> Entry | None:
    """The proof that the URL names, if there is one of that id on the shelf."""
    said = st.query_params.get(_CHOSEN, "")
    if said not in {claim.id for claim in ws.state.claims.offered()}:
        if said:
            blocks.note(words.UNKNOWN.fill(claim=said)(lang))
        return None
    write(_CHOSEN, [said])
    return remembered(ws, "proof", (said, *stamp(ws)), lambda: entry(ws, said))


def found_entries(ws: Workspace, lang: Lang) -> list[Entry]:
    """Everything on the shelf, held against today's data and consents."""
    with working(lang):
        return remembered(ws, "shelf", stamp(ws), lambda: shelf(ws))


def part_and_person(ws: Workspace, lang: Lang) -> tuple[str, str]:
    """Which part of the page is shown, and who acts."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_claim_bar"):
        labels = {name: text(lang) for name, text in words.PARTS.items()}
        part = buttons("part", labels, words.VIEW(lang), wrap=True)
        who = person(ws, lang)
    say_unknown(lang)
    return part, who


def phases_of(ws: Workspace) -> dict[str, Text]:
    """The phases of the base model, in order, by id."""
    return {phase.id: phase.name for phase in ws.models[ws.settings.base_model].phases}
