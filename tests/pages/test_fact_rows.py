"""Rows behind a figure are put into words for every fact there is."""

from __future__ import annotations

import pandas as pd
import pytest

from core.contract import contract
from core.text import LANGS, Lang
from journeys.model import load_models
from metrics.facts import facts
from ui.factrows import column_label, readable
from ui.words.factrows import FACT_COLUMNS


def test_every_column_of_every_fact_has_a_label() -> None:
    known = {name for table in contract().values() for name in table.columns} | set(FACT_COLUMNS)
    unnamed = {column for fact in facts().values() for column in fact.columns} - known
    assert unnamed == set()


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_columns_of_a_table_share_a_label(lang: Lang) -> None:
    for fact in facts().values():
        rows = pd.DataFrame({column: ["x"] for column in (*fact.columns, "own", "own_2")})
        said = readable(rows, load_models()["seven_phase"], {"own": "Wert", "own_2": "Wert"}, "EUR", lang)
        assert said.columns.is_unique


def test_codes_are_put_into_words_and_what_is_unknown_everywhere_is_left_out() -> None:
    rows = pd.DataFrame(
        {
            "row_key": [1, 2],
            "phase": ["preference", "<b>"],
            "won": [True, None],
            "value": [1.5, 2.0],
            "margin": [None, None],
        }
    )
    said = readable(rows, load_models()["seven_phase"], {}, "CHF", "de")
    assert list(said) == ["Zeilenschlüssel", "Phase", "Gewonnen", "Wert (CHF)"]
    assert said["Phase"].tolist() == ["Preference", "<b>"]
    assert said["Gewonnen"].iloc[0] == "ja"
    assert pd.isna(said["Gewonnen"].iloc[1])
    origin = readable(rows.assign(from_row=[7, 8]), load_models()["seven_phase"], {}, "CHF", "de")
    assert list(origin) == ["Phase", "Gewonnen", "Wert (CHF)", "Zeile der Datei"]
    assert column_label("own", {"own": "Branche"}, "CHF", "de") == "Branche"
