"""Which KPI of the handbook is looked at; the choice stands in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from cockpit.handbook import Entry
from core.text import Lang
from journeys.model import JourneyModel
from metrics.result import KpiResult
from ui.choices import select
from ui.words import handbook as words

KEY = "kpi"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A KPI and, where it stands once for every phase, the phase."""

    kpi: str
    phase: str | None


def choose_kpi(entries: Sequence[Entry], model: JourneyModel, lang: Lang) -> Chosen:
    """One list of all KPIs by phase; a second one where the KPI exists for each phase."""
    by_phase = {result.kpi: result for entry in entries for result in entry.results}
    labels = {
        entry.kpi.id: f"{phase_name(by_phase.get(entry.kpi.id), entry, model, lang)} · {entry.kpi.name(lang)}"
        for entry in entries
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_kpi_choice"):
        kpi = select(KEY, labels, words.KPI(lang), 460)
        entry = next(entry for entry in entries if entry.kpi.id == kpi)
        if entry.kpi.per is None:
            return Chosen(kpi=kpi, phase=None)
        names = {phase.id: phase.name(lang) for phase in model.phases}
        return Chosen(kpi=kpi, phase=select("phase", names, words.KPI(lang), 200))


def choose_breakdown(dimensions: dict[str, str], lang: Lang) -> str | None:
    """An attribute to break the KPI down by, or none."""
    labels = {"": f"{words.BY(lang)}: {words.NOT_BROKEN(lang)}"} | {
        column: f"{words.BY(lang)}: {label}" for column, label in dimensions.items()
    }
    return select("by", labels, words.BY(lang), 300) or None


def phase_name(result: KpiResult | None, entry: Entry, model: JourneyModel, lang: Lang) -> str:
    """The phase of the chosen model that shows a KPI."""
    if entry.kpi.per is not None or result is None or result.phase not in model.phase_ids:
        return words.ACROSS(lang)
    return model.phase(result.phase).name(lang)
