"""Which KPI of the handbook is looked at; the choice stands in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from cockpit.handbook import Entry
from core.text import Lang
from journeys.model import JourneyModel
from ui.choices import select
from ui.resulttable import phase_of
from ui.words import handbook as words

KEY = "kpi"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A KPI and, where it stands once for every phase, the phase."""

    kpi: str
    phase: str | None


def choose_kpi(entries: Sequence[Entry], model: JourneyModel, lang: Lang) -> Chosen:
    """One list of all KPIs by phase; a second one where the KPI exists for each phase."""
    labels = {entry.kpi.id: f"{_chapter(entry, model, lang)} · {entry.kpi.name(lang)}" for entry in entries}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_kpi_choice"):
        kpi = select(KEY, labels, words.KPI(lang), 460, default=_first(entries))
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


def _first(entries: Sequence[Entry]) -> str:
    """What is shown before anyone chooses: the first KPI with a signal, else with a value, else the first."""
    single = [(entry.kpi.id, entry.results[0]) for entry in entries if len(entry.results) == 1]
    valued = [(name, result) for name, result in single if result.value is not None]
    signals = [name for name, result in valued if result.signal is not None]
    return [*signals, *(name for name, _ in valued), entries[0].kpi.id][0]


def _chapter(entry: Entry, model: JourneyModel, lang: Lang) -> str:
    """The phase that shows a KPI; the whole journey where it stands for every phase."""
    if entry.kpi.per is not None or not entry.results:
        return words.ACROSS(lang)
    return phase_of(entry.results[0], model, lang)
