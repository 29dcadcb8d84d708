"""Tables as CSV and Excel: what was in the frame comes back out, and nothing becomes a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.tables import csv_bytes, guarded, xlsx_bytes

FRAME = pd.DataFrame(
    {
        "Monat": ["2026-09", "2026-10"],
        "Wert": [27.4, None],
        "n": [121, 0],
        "am": [dt.datetime(2026, 10, 1, 8, 30), pd.NaT],
        "Notiz": ["=1+1", "–"],
    }
)


def read(data: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_german_spreadsheets_get_semicolons_and_decimal_commas() -> None:
    assert read(csv_bytes(FRAME, "de"), ";") == [
        ["Monat", "Wert", "n", "am", "Notiz"],
        ["2026-09", "27,4", "121", "2026-10-01 08:30:00", "'=1+1"],
        ["2026-10", "", "0", "", "–"],
    ]


def test_english_spreadsheets_get_commas_and_points() -> None:
    assert read(csv_bytes(FRAME, "en"), ",")[1][1] == "27.4"


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "+cmd", "-cmd", "@SUM(A1)", "|x", "%x", "＝1+1", "\t=1"])
def test_formulas_become_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "+49", "-3,5", "1e5", "-1.234,56", "plain", "", "a=b"])
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=1, max_size=5))
def test_no_text_cell_is_ever_a_formula_in_excel(texts: list[str]) -> None:
    frame = pd.DataFrame({"Text": pd.Series(texts, dtype=object)})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame)))["Wegmarke"]
    cells = [sheet.cell(row, 1) for row in range(2, len(texts) + 2)]
    assert all(cell.data_type != "f" for cell in cells)
    assert [cell.value or "" for cell in cells] == texts


def test_numbers_stay_numbers_in_excel_and_notes_get_a_sheet_of_their_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FRAME, ["Oktober 2026", "=2+2"])))
    assert book["Wegmarke"]["B2"].value == 27.4
    assert book["Wegmarke"]["B3"].value is None
    assert [cell.value for cell in book["Info"]["A"]] == ["Oktober 2026", "=2+2"]


def test_control_characters_do_not_break_an_excel_file() -> None:
    data = xlsx_bytes(pd.DataFrame({"a\x00b": ["x\x01y"]}))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Wegmarke"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("ab", "xy")
