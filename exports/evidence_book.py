"""Claims as an Excel file: what is claimed on the first sheet, then the values if consent allows."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from core.text import Lang, Text
from exports.fitting import fitted
from exports.plain_words import one_line, plain_words
from exports.sheet import Sheet
from exports.sheet_words import FINDING, GRADE_SHORT, PROOF, SUBJECT, by_whom, quoted, source_line

_TEXT = 32_000  # Excel holds 32,767 characters in a cell
_NUMBER: dict[Lang, re.Pattern[str]] = {
    "de": re.compile(r"[−-]?(?!0\d)(\d{1,3}(\.\d{3})+|\d+)(,\d+)?"),
    "en": re.compile(r"[−-]?(?!0\d)(\d{1,3}(,\d{3})+|\d+)(\.\d+)?"),
}
SIZE = 10.0  # points
TEXT_WIDTH = 490.0  # points: 96 characters
CLAIMS = Text(de="Nachweise", en="Proofs")
VALUES = Text(de="Werte {number}", en="Values {number}")
PERIOD = Text(de="Zeitraum", en="Period")
PROVENANCE = Text(de="Herkunft", en="Provenance")
FOOTNOTE = Text(de="Fußnote", en="Footnote")
QUOTE = Text(de="Zitat", en="Quote")
SOURCE = Text(de="Quelle", en="Source")


def evidence_book(sheets: Sequence[Sheet]) -> bytes:
    """An Excel file: a block a claim on the first sheet, one more sheet for each claim with evidence rows.

    Every text is a text: no formula, no link. Numbers of the evidence are numbers. ValueError without one.
    """
    if not sheets:
        raise ValueError("a book needs at least one sheet")
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    lang, made_on = sheets[0].lang, max(sheet.made_on for sheet in sheets)
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": one_line(sheets[0].title)[:255],
                "author": "Wegmarke",
                "created": dt.datetime(made_on.year, made_on.month, made_on.day),
            }
        )
        _claims(book, sheets, lang)
        for number, sheet in enumerate(sheets, start=1):
            if sheet.evidence:
                _values(book, sheet, VALUES.fill(number=number)(lang))
    return out.getvalue()


def _claims(book: Any, sheets: Sequence[Sheet], lang: Lang) -> None:
    page = book.add_worksheet(CLAIMS(lang))
    page.hide_gridlines(2)
    face: dict[str, object] = {"font_name": "Arial", "font_size": SIZE, "valign": "top"}
    title = book.add_format(
        face | {"bold": True, "font_size": 14, "font_color": "#0F5C7A", "text_wrap": True}
    )
    label = book.add_format(face | {"font_color": "#56636F", "text_wrap": True})
    text = book.add_format(face | {"text_wrap": True})
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 96)
    row = 0
    for sheet in sheets:
        page.write_string(row, 0, _cell(PROOF.fill(claim=sheet.claim)(lang)), label)
        page.write_string(row, 1, _cell(sheet.title), title)
        page.set_row(row, _height(sheet.title, 14.0, bold=True))
        for name, words in _lines(sheet):
            row += 1
            page.write_string(row, 0, _cell(name), label)
            page.write_string(row, 1, _cell(words), text)
            page.set_row(row, _height(words, SIZE))
        row += 3
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _height(words: str, size: float, *, bold: bool = False) -> float:
    """In points, with all lines of the words to be seen; a row takes no more than 409."""
    lines = fitted(_cell(words), width=TEXT_WIDTH, height=1e9, sizes=(size,), bold=bold).lines
    return min(lines * size * 1.35 + 4, 409.0)


def _lines(sheet: Sheet) -> list[tuple[str, str]]:
    """What stands under a title: label and words, empty ones left out."""
    lang = sheet.lang
    quote = f"{quoted(sheet.quote, lang)} {by_whom(sheet.quote)}" if sheet.quote else ""
    lines = [
        (FINDING(lang), sheet.sentence),
        (SUBJECT(lang), sheet.subject),
        (PERIOD(lang), sheet.period),
        *((fact.label, fact.text) for fact in sheet.facts),
        (GRADE_SHORT(lang), sheet.grade_sentence),
        (PROVENANCE(lang), sheet.provenance),
        (QUOTE(lang), quote),
        (FOOTNOTE(lang), sheet.footnote),
        (SOURCE(lang), source_line(sheet)),
    ]
    if sheet.watermark:
        lines.insert(0, (sheet.watermark, sheet.watermark))
    return [(name, words) for name, words in lines if words.strip()]


def _values(book: Any, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    face: dict[str, object] = {"font_name": "Arial", "font_size": SIZE}
    bold = face | {"bold": True, "bottom": 1, "bottom_color": "#56636F", "text_wrap": True, "valign": "top"}
    plain = book.add_format(face)
    header, *rows = sheet.evidence or ((),)
    for column, words in enumerate(header):
        figures = any(number_in(row[column], sheet.lang) is not None for row in rows)
        form = book.add_format(bold | {"align": "right" if figures else "left"})
        page.write_string(0, column, _cell(words), form)
    forms = [_form(book, face, [row[column] for row in rows], sheet.lang) for column in range(len(header))]
    for line, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            number = number_in(words, sheet.lang)
            if number is None:
                page.write_string(line, column, _cell(words), plain)
            else:
                page.write_number(line, column, number, forms[column])
    page.set_column(0, max(len(header) - 1, 0), 20)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    if header:
        page.autofilter(0, 0, max(len(rows), 1), len(header) - 1)


def _form(book: Any, face: dict[str, object], texts: Sequence[str], lang: Lang) -> Any:
    """As many decimals as the column's texts show, so that figures stand under each other."""
    decimal = "," if lang == "de" else "."
    numbers = [text for text in texts if number_in(text, lang) is not None]
    places = max((len(text.partition(decimal)[2]) for text in numbers), default=0)
    return book.add_format(face | {"num_format": "#,##0" + ("." + "0" * places if places else "")})


def number_in(words: str, lang: Lang) -> float | None:
    """The number that a cell's text is in its language, or None where it is a text (a month, a name).

    >>> number_in("−1.234,5", "de"), number_in("09/2025", "de")
    (-1234.5, None)
    """
    bare = words.strip()
    if not _NUMBER[lang].fullmatch(bare) or len(bare) > 15:
        return None
    thousands, decimal = (".", ",") if lang == "de" else (",", ".")
    return float(bare.replace(thousands, "").replace(decimal, ".").replace("−", "-"))


def _cell(words: str) -> str:
    return plain_words(words)[:_TEXT]
