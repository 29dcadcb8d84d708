"""Which phase is looked at; the choice stands in the URL."""

from __future__ import annotations

import streamlit as st

from core.text import Lang
from journeys.model import JourneyModel
from ui.choices import buttons
from ui.words import phases as words

KEY = "phase"


def choose_phase(model: JourneyModel, lang: Lang) -> str:
    """A row of phases in the journey's order; the first one where the URL names none of this model."""
    names = {phase.id: f"{number} {phase.name(lang)}" for number, phase in enumerate(model.phases, 1)}
    default = _merging(model, st.session_state.get(KEY))
    return buttons(KEY, names, words.PHASE(lang), default=default, wrap=True)


def _merging(model: JourneyModel, before: str | None) -> str:
    """Where the phase chosen before went: to the phase that merges it, else to the model's first."""
    for phase in model.phases:
        if any(part.partition(":")[0] == before for part in phase.merges):
            return phase.id
    return model.phase_ids[0]
