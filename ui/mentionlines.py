"""Proofs as other pages mention them: the newest on the overview, those of a phase on its page."""

from __future__ import annotations

import streamlit as st

from cockpit.mentions import Mention, PhaseProofs
from cockpit.stories import claims_of
from cockpit.workspace import Workspace
from core.text import Lang, Text
from ui import blocks
from ui.claimcard import used_words
from ui.links import plain_address
from ui.storypage import story_address
from ui.words import claims as words
from ui.words import stories

MOST = 4


def draw_proofs_of(ws: Workspace, project: str, lang: Lang) -> None:
    """On a project's page: its proofs, and the case study that goes with them."""
    claims = claims_of(ws, project)
    ways: list[tuple[str, str | None]] = [
        (stories.PROOF.fill(claim=claim.id)(lang), plain_address("claims", lang, claim=claim.id))
        for claim in claims
    ]
    if ways:
        blocks.small_print([*ways, (words.STORY_OF(lang), story_address(project, lang))])


def draw_phase_proofs(found: PhaseProofs, lang: Lang) -> None:
    """What has been proven in this phase and how often it was shown; what else helps customers decide."""
    if not (found.own or found.helping):
        return
    blocks.heading(_title(found)(lang), words.HELPING(lang) if not found.own else "")
    places = st.columns([1, 1], gap="large")
    shown = [each for each in ((found.own, words.OF_PHASE), (found.helping, words.HELPING)) if each[0]]
    for column, (listed, name) in zip(places, shown, strict=False):
        with column:
            blocks.rows([_row(each, lang) for each in listed[:MOST]], name(lang))
            if listed is found.helping and found.own:
                blocks.note(words.HELPING(lang))


def _title(found: PhaseProofs) -> Text:
    """What is proven here; where nothing is, what from elsewhere helps here."""
    proven = sum(each.proven for each in found.own)
    if proven == 0 and found.helping:
        helping = words.PHASE_HELP_ONE if len(found.helping) == 1 else words.PHASE_HELP
        return helping.fill(n=len(found.helping))
    if proven == 0:
        return words.PHASE_NONE
    return (words.PHASE_ONE if proven == 1 else words.PHASE_PROVEN).fill(n=proven)


def _row(each: Mention, lang: Lang) -> blocks.Row:
    used = used_words(each.uses, each.won)
    return blocks.Row(
        label=each.claim.title(lang),
        below=f"{words.GRADE_IS.fill(name=each.claim.grade)(lang)} · {used(lang)}",
        value=words.ALLOWED[each.permission.allowed](lang),
        href=_address(each, lang),
    )


def _address(each: Mention, lang: Lang) -> str:
    return plain_address("claims", lang, claim=each.claim.id)
