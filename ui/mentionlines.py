"""Proofs as other pages mention them: the newest on the overview, those of a phase on its page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.mentions import Mention, PhaseProofs, newest_proven
from core.text import Lang, Text
from ui import blocks
from ui.claimcard import used_words
from ui.links import plain_address
from ui.words import claims as words

MOST = 4


def draw_newest(found: Sequence[Mention], lang: Lang) -> None:
    """One quiet line: the newest proven improvement."""
    newest = newest_proven(found)
    if newest is not None:
        claim = newest.claim
        said = words.NEWEST.fill(title=claim.title, grade=claim.grade, day=claim.made_at.date())
        blocks.small_print([(said(lang), _address(newest, lang))])


def draw_phase_proofs(found: PhaseProofs, lang: Lang) -> None:
    """What has been proven in this phase and how often it was shown; what else helps customers decide."""
    if not (found.own or found.helping):
        return
    blocks.heading(_title(found)(lang))
    left, right = st.columns([1, 1], gap="large")
    for column, listed, name in ((left, found.own, words.OF_PHASE), (right, found.helping, words.HELPING)):
        if listed:
            with column:
                blocks.rows([_row(each, lang) for each in listed[:MOST]], name(lang))
                if column is right:
                    blocks.note(words.HELPING(lang))


def _title(found: PhaseProofs) -> Text:
    proven = sum(each.proven for each in found.own)
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
