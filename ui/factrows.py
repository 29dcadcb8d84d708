"""The rows behind a figure as people read them: labels instead of column names, words instead of codes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from pandas.api.types import is_bool_dtype

from core.contract import EVENT_LABELS, contract
from core.text import Lang, Text
from journeys.model import JourneyModel
from ui.words.data import NO, YES
from ui.words.factrows import DIRECTIONS, FACT_COLUMNS, MONEY_FACTS
from ui.words.phases import END_NAMES


def readable(
    rows: pd.DataFrame, model: JourneyModel, dimensions: Mapping[str, str], currency: str, lang: Lang
) -> pd.DataFrame:
    """The rows in the order they came, with labelled columns; columns without a single entry are left out.

    `dimensions` are the labels of own columns. Money columns name the currency.
    """
    kept = rows.dropna(axis="columns", how="all")
    if "from_row" in kept:  # source and row name it better than its key does
        kept = kept.drop(columns="row_key")
    phases = {phase.id: phase.name for phase in model.phases}
    spoken = {str(column): _spoken(values, str(column), phases, lang) for column, values in kept.items()}
    frame = pd.DataFrame(spoken, index=kept.index)
    labels = [column_label(column, dimensions, currency, lang) for column in spoken]
    return frame.set_axis(_unique(labels), axis="columns")


def column_label(column: str, dimensions: Mapping[str, str], currency: str, lang: Lang) -> str:
    """What people call a column of a fact; a column nobody named keeps its name."""
    if column in FACT_COLUMNS:
        label = FACT_COLUMNS[column](lang)
        return f"{label} ({currency})" if column in MONEY_FACTS else label
    for table in contract().values():
        if column in table.columns:
            known = table.columns[column]
            return f"{known.label(lang)} ({currency})" if known.money else known.label(lang)
    return dimensions.get(column, column)


def _spoken(values: pd.Series, column: str, phases: Mapping[str, Text], lang: Lang) -> pd.Series:
    """Yes and no, phases, events, endings and directions in words; everything else as it is."""
    coded: dict[str, Mapping[str, Text]] = {
        "phase": phases, "entered_from": phases, "event": EVENT_LABELS, "ending": END_NAMES,
        "direction": DIRECTIONS,
    }  # fmt: skip
    if is_bool_dtype(values) or all(isinstance(value, bool) for value in values.dropna()):
        return values.map(lambda value: (YES if value else NO)(lang), na_action="ignore")
    words = coded.get(column)
    if words is None:
        return values
    return values.map(lambda value: words[value](lang) if value in words else value, na_action="ignore")


def _unique(labels: list[str]) -> list[str]:
    """Labels with a number behind those that came before."""
    met: dict[str, int] = {}
    found = []
    for label in labels:
        met[label] = met.get(label, 0) + 1
        found.append(label if met[label] == 1 else f"{label} ({met[label]})")
    return found
