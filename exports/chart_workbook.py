"""The spreadsheet behind a native chart, and the number format that both show their values in."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from core.text import Lang
from exports.chart_scale import unit_gap
from exports.plain_words import one_line
from exports.sheet import Chart

_COUNTRY: dict[Lang, str] = {"de": "407", "en": "809"}


def number_format(chart: Chart, lang: Lang, *, unit: bool = True) -> str:
    """The chart's number format in its language, a real minus sign and the unit included."""
    digits = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    words = one_line(chart.unit).replace('"', "”")
    after = f'"{unit_gap(words, lang)}{words}"' if unit and words else ""
    country = f"[$-{_COUNTRY[lang]}]"
    return f'{country}{digits}{after};{country}"−"{digits}{after}'


def chart_workbook(labels: list[str], names: list[str], values: list[list[float | None]], form: str) -> bytes:
    """The sheet behind the chart, where the chart's references expect it; no formula, no link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # not the hour it was made in
        sheet = book.add_worksheet("Sheet1")
        figures = book.add_format({"num_format": form})
        for row, label in enumerate(labels, start=1):
            sheet.write_string(row, 0, label)
        for column, (name, numbers) in enumerate(zip(names, values, strict=True), start=1):
            sheet.write_string(0, column, name)
            for row, number in enumerate(numbers, start=1):
                if number is not None:
                    sheet.write_number(row, column, number, figures)
        sheet.set_column(0, 0, 28)
    return out.getvalue()
