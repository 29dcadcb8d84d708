"""Which phase is looked at; the choice stands in the URL."""

from __future__ import annotations

import streamlit as st

from core.text import Lang
from journeys.model import JourneyModel
from ui.escaping import as_markdown
from ui.words import phases as words


def choose_phase(model: JourneyModel, lang: Lang) -> str:
    """A row of phases in the journey's order; the first one where the URL names none of this model."""
    names = {phase.id: f"{number} {phase.name(lang)}" for number, phase in enumerate(model.phases, 1)}
    chosen: str = st.segmented_control(
        words.PHASE(lang),
        options=model.phase_ids,
        format_func=lambda phase: as_markdown(names[phase]),
        default=model.phase_ids[0],
        required=True,
        key="phase",
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen
