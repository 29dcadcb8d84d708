"""Where the header stands, whether there is one, and what the columns are called."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from store.intake.faults import Unreadable
from store.intake.limits import Limits

Notice = tuple[str, str]

_TITLE_LINES = 10
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[+-]?(\d{1,3}([.,' ]\d{3})+|\d+)([.,]\d+)?(e[+-]?\d+)?\s*[%€$]?", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T]\d{1,2}:\d{2}.*)?")
_PERIOD = re.compile(r"(0?[1-9]|1[0-2])?[./-]?(19|20)\d{2}|(19|20)\d{2}[./-]?(0?[1-9]|1[0-2])")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, kw_only=True)
class Header:
    """`row` is the index of the header among the given rows, None where there is none.

    `first` is the index of the first data row. `raw` are the header's cells as they stand, `columns` their
    unique names. `notices` (German, English) say what was changed and why.
    """

    row: int | None
    first: int
    raw: tuple[str, ...]
    columns: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


def find_header(rows: Sequence[Sequence[str]], limits: Limits) -> Header:
    """The header among the first rows of a table. Rows without a filled cell are skipped.

    Raises Unreadable for too many columns, for a table without rows, and where header and rows differ in
    width so that no one can say which name belongs to which column.
    """
    filled = [(index, row) for index, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        raise Unreadable("Die Datei enthält keine Zeilen.", "The file holds no rows.")
    widths = Counter(len(row) for _, row in filled)
    width = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    position = _position([row for _, row in filled], width)
    index, cells = filled[position]
    body = [row for _, row in filled[position + 1 :]]
    usual = _trimmed(cells)
    if len(usual) > limits.columns:
        raise Unreadable(
            "Die Datei hat {count} Spalten, erlaubt sind {most}.",
            "The file has {count} columns; at most {most} are allowed.",
            count=len(usual),
            most=limits.columns,
        )
    if _looks_like_data(usual, body):
        columns = tuple(f"Spalte {number}" for number in range(1, len(cells) + 1))
        notice = (
            "Die Datei hat keine Kopfzeile: Schon die erste Zeile enthält Daten. Die Spalten heißen "
            "„Spalte 1“, „Spalte 2“ und so weiter.",
            "The file has no header: its first row already holds data. The columns are called “Spalte 1”, "
            "“Spalte 2” and so on.",
        )
        return Header(row=None, first=index, raw=(), columns=columns, notices=(notice,))
    if not body:
        raise Unreadable(
            "Die Datei enthält nur eine Kopfzeile und keine Daten.",
            "The file holds a header and no data.",
        )
    raw = _fitting(usual, cells, body)
    columns, notices = unique_names(raw)
    return Header(row=index, first=index + 1, raw=tuple(raw), columns=columns, notices=notices)


def _position(rows: Sequence[Sequence[str]], width: int) -> int:
    """The first row that names most of the columns: title lines are narrower, or nearly empty.

    A row that leaves many columns without a name gives way to a fuller one soon below it that is plainly a
    header: words over dates and numbers.
    """
    most, nearly_all = max(2, (width + 1) // 2), max(2, -(-width * 4 // 5))
    if width == 1:
        most = nearly_all = 1
    first = next((at for at, row in enumerate(rows) if _named(row) >= most and len(row) > width // 2), 0)
    if _named(rows[first]) < nearly_all:
        for at in range(first + 1, min(first + _TITLE_LINES, len(rows) - 1)):
            if _named(rows[at]) >= nearly_all:
                evidence = _evidence(rows[at], rows[at + 1 :])
                if evidence.header and not evidence.data:
                    return at
    return first


def _named(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _trimmed(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _fitting(usual: list[str], cells: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The header cells, as many as the rows have; trailing delimiters in header or rows count for nothing."""
    needed = Counter(len(_trimmed(row)) for row in body)
    widths = Counter(len(row) for row in body)
    if widths[len(cells)] * 2 > len(body):
        filled_beyond = any(len(_trimmed(row)) > len(usual) for row in body if len(row) == len(cells))
        return list(cells) if filled_beyond else usual
    if sum(count for width, count in needed.items() if width <= len(usual)) * 2 > len(body) and (
        max(widths, key=lambda width: (widths[width], width)) > len(usual)
    ):
        return usual
    usual_width, count = widths.most_common(1)[0]
    if usual_width != len(cells) and count * 2 > len(body):
        raise Unreadable(
            "Die Kopfzeile hat {header} Felder, die meisten Zeilen haben aber {row}. Damit ist unklar, "
            "welcher Name zu welcher Spalte gehört. Bitte ergänzen Sie die Kopfzeile.",
            "The header has {header} fields, but most rows have {row}. So it is unclear which name belongs "
            "to which column. Please complete the header.",
            header=len(cells),
            row=usual_width,
        )
    return list(cells)


def unique_names(raw: Sequence[str]) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Names that differ from each other: empty ones are numbered, repeated ones get `(2)`, `(3)`."""
    names: list[str] = []
    given = {_plain(cell) for cell in raw}
    seen: set[str] = set()
    empty = repeated = 0
    for number, cell in enumerate(raw, start=1):
        name = _SPACE.sub(" ", cell.replace("\ufeff", "")).strip()
        made_up = not name
        empty += made_up
        repeated += not made_up and _plain(name) in seen
        candidate = name = name or f"Spalte {number}"
        count = 1
        while _plain(candidate) in seen or (made_up and _plain(candidate) in given):
            count += 1
            candidate = f"{name} ({count})"
            made_up = True
        seen.add(_plain(candidate))
        names.append(candidate)
    notices: list[Notice] = []
    if empty:
        notices.append(
            (
                f"Spalten ohne Namen in der Kopfzeile: {empty}. Sie heißen hier „Spalte“ mit ihrer Nummer.",
                f"Columns without a name in the header: {empty}. "
                "Here they are called “Spalte” and their number.",
            )
        )
    if repeated:
        notices.append(
            (
                f"Mehrfach vergebene Spaltennamen: {repeated}. Die späteren tragen eine Nummer, etwa „(2)“.",
                f"Column names used more than once: {repeated}. The later ones carry a number such as “(2)”.",
            )
        )
    return tuple(names), tuple(notices)


def _plain(name: str) -> str:
    return _SPACE.sub(" ", name.replace("\ufeff", "")).strip().casefold()


def fingerprint(columns: Sequence[str], *, headerless: bool) -> str:
    """A hash of the column names, whatever their order and case; it recognises the next such file."""
    names = sorted(_plain(name) for name in columns)
    text = "\x1f".join(["headerless" if headerless else "header", *names])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _shape(cell: str) -> str:
    text = cell.strip()
    if not text:
        return ""
    if _DATE.fullmatch(text):
        return "date"
    if _NUMBER.fullmatch(text):
        return "number"
    return "mail" if _MAIL.fullmatch(text) else "text"


class _Evidence(NamedTuple):
    """Columns that speak for a header, for data; columns of words, and those that repeat its word."""

    header: int
    data: int
    words: int
    repeated: int


def _evidence(cells: Sequence[str], body: Sequence[Sequence[str]]) -> _Evidence:
    """Whether a row is of the same stuff as the rows below it, column by column.

    Below it numbers, dates or addresses, and it is a word: a header. It is one of them: data. Years and
    months as headers of numbers (`2023`, `01.2024`) say nothing either way.
    """
    header = data = repeated = words = 0
    for column, cell in enumerate(cells):
        below = [row[column].strip() for row in body if column < len(row) and row[column].strip()]
        shape = _shape(cell)
        if not below or not shape:
            continue
        usual, count = Counter(_shape(value) for value in below).most_common(1)[0]
        if count < 0.8 * len(below):
            continue
        if usual == "text":
            words += 1
            repeated += cell.strip() in below
            data += shape == "mail"
        elif shape == usual:
            data += not (usual == "number" and _is_period(cell) and not all(map(_is_period, below)))
        elif shape == "text":
            header += 1
    return _Evidence(header, data, words, repeated)


def _looks_like_data(cells: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is data. Among nothing but words, it is if most of its words come again below."""
    if not body:
        return bool(cells) and all(_shape(cell) in ("number", "date", "mail") for cell in cells)
    found = _evidence(cells, body)
    if found.header == 0 and found.data == 0:
        return found.words >= 2 and found.repeated * 2 > found.words
    return found.data > found.header


def _is_period(cell: str) -> bool:
    return _PERIOD.fullmatch(cell.strip()) is not None
