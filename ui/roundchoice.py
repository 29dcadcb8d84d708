"""Which section of the page about maturity is shown, and which round. Both stand in the URL."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.roundhistory import ended_on
from core.text import Lang
from store.state.round import Round
from ui.address import fill_one, say_unknown, write
from ui.choices import buttons
from ui.words import maturity as words

ROUND = "round"


def choose_part(over: Sequence[Round], lang: Lang) -> str:
    """The section; while no round is over there are only the rounds themselves, and nothing to choose."""
    if not over:
        return "rounds"
    parts = {part: name(lang) for part, name in words.PARTS.items()}
    return buttons("part", parts, words.PART(lang), wrap=True)


def choose_round(over: Sequence[Round], lang: Lang) -> str:
    """One of the rounds that are over, the newest first."""
    labels = {
        one.id: words.ROUND_NAME.fill(team=one.team, checklist=one.checklist.name, day=ended_on(one))(lang)
        for one in over
    }
    fill_one(ROUND, list(labels), _usual(over))
    chosen: str = st.selectbox(
        words.ROUND(lang), options=list(labels), format_func=lambda one: labels[one], key=ROUND,
        label_visibility="collapsed", width=600, persist_state="session",
    )  # fmt: skip
    write(ROUND, [chosen])
    say_unknown(lang)
    return chosen


def _usual(over: Sequence[Round]) -> str:
    """The newest round of a team rather than one declared open, as that of a prospect is."""
    return next((one.id for one in over if not one.open), over[0].id)
