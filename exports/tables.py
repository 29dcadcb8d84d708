"""A table as CSV or Excel. What a spreadsheet would run as a formula stays text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence

import pandas as pd
import xlsxwriter

from core.text import Lang

_FORMULA = ("=", "+", "-", "@", "|", "%")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|\d*[.,]\d+)([eE][+-]?\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_XLSX_TEXT = 32_000  # Excel holds 32,767 characters in a cell

Cell = str | int | float | bool | None


def guarded(text: str) -> str:
    """Text safe in a CSV cell: an apostrophe before whatever a spreadsheet would take for a formula.

    >>> guarded("=1+1"), guarded("-3,5"), guarded("＝cmd|x")
    ("'=1+1", '-3,5', "'＝cmd|x")
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.startswith(_FORMULA) and not _NUMBER.fullmatch(plain):
        return f"'{text}"
    return text


def _cell(value: object) -> Cell:
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    match value:
        case bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case dt.date():
            return value.isoformat()
    return _CONTROL.sub("", str(value))


def _rows(frame: pd.DataFrame) -> Iterator[list[Cell]]:
    for row in frame.itertuples(index=False, name=None):
        yield [_cell(value) for value in row]


def csv_bytes(frame: pd.DataFrame, lang: Lang = "de") -> bytes:
    """CSV as the language's spreadsheets open it: `;` and decimal comma in German, `,` and point in English.

    UTF-8 with BOM; times as ISO text; missing values as empty cells.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if lang == "de" else ",")

    def shown(cell: Cell) -> str:
        match cell:
            case None:
                return ""
            case bool():
                return "1" if cell else "0"
            case float():
                return repr(cell).replace(".", ",") if lang == "de" else repr(cell)
            case int():
                return str(cell)
        return guarded(cell)

    writer.writerow([guarded(str(column)) for column in frame.columns])
    writer.writerows([shown(cell) for cell in row] for row in _rows(frame))
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(frame: pd.DataFrame, notes: Sequence[str] = ()) -> bytes:
    """An Excel file: the table on the first sheet, what it shows (period, filter, snapshot) on the second."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("Wegmarke")
        for column, header in enumerate(frame.columns):
            sheet.write_string(0, column, _CONTROL.sub("", str(header))[:_XLSX_TEXT], bold)
        for line, row in enumerate(_rows(frame), start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell[:_XLSX_TEXT])
                elif cell is not None:
                    sheet.write(line, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
        if notes:
            about = book.add_worksheet("Info")
            for line, note in enumerate(notes):
                about.write_string(line, 0, _CONTROL.sub("", note)[:_XLSX_TEXT])
            about.autofit()
    return out.getvalue()
