"""Excel workbooks (xlsx, xlsm, xlsb, xls) and OpenDocument sheets, values as their cells hold them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from store.intake.containers import check_workbook
from store.intake.faults import Unreadable
from store.intake.headers import find_header, fingerprint, unique_names
from store.intake.limits import Limits
from store.intake.order import Order
from store.intake.sheetcells import Marked, marked_cells
from store.intake.textrecords import Reason

_SAMPLE_ROWS = 500
_BATCH = 20_000
_EXACT = 10**15  # Excel keeps 15 digits of a number

ROUNDED: Reason = (
    "Excel hat diese Zahl auf 15 Stellen gerundet; die ursprüngliche Nummer ist verloren. "
    "Bitte als Text speichern.",
    "Excel has rounded this number to 15 digits; the original number is lost. Please store it as text.",
)
BEYOND: Reason = (
    "Die Zeile hat Werte rechts von der letzten benannten Spalte.",
    "The row has values to the right of the last named column.",
)


def _open(path: Path, limits: Limits) -> CalamineWorkbook:
    check_workbook(path, limits)
    try:
        return CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError:
        raise Unreadable(
            "Die Arbeitsmappe ist mit einem Kennwort geschützt.", "The workbook is protected by a password."
        ) from None
    except CalamineError as error:
        raise Unreadable(
            "Die Arbeitsmappe ist beschädigt, abgeschnitten oder durch ein Kennwort geschützt ({reason}).",
            "The workbook is damaged, cut short or protected by a password ({reason}).",
            reason=str(error)[:200],
        ) from None


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except CalamineError as error:
        raise Unreadable(
            "Das Blatt „{sheet}“ lässt sich nicht lesen ({reason}). Vorhanden sind: {sheets}.",
            "The sheet “{sheet}” cannot be read ({reason}). There are: {sheets}.",
            sheet=name,
            reason=str(error)[:200],
            sheets=", ".join(book.sheet_names)[:300],
        ) from None


def sniff_sheet(path: Path, wanted: str | None, limits: Limits) -> dict[str, Any]:
    """The layout of a workbook as JSON values: of the sheet `wanted`, else of the largest visible one."""
    book = _open(path, limits)
    names = [
        each.name
        for each in book.sheets_metadata
        if each.visible == python_calamine.SheetVisibleEnum.Visible
        and each.typ == python_calamine.SheetTypeEnum.WorkSheet
    ] or book.sheet_names
    if wanted is None:
        sizes = {name: sheet.height * sheet.width for name in names if (sheet := _sheet(book, name))}
        filled = [name for name in names if sizes[name]]
        if not filled:
            raise Unreadable("Die Arbeitsmappe enthält keine Zeilen.", "The workbook holds no rows.")
        wanted = max(filled, key=lambda name: sizes[name])
    else:
        filled = names
    rows = [
        [written(value) for value in row]
        for row in itertools.islice(_sheet(book, wanted).iter_rows(), _SAMPLE_ROWS)
    ]
    header = find_header(rows, limits)
    notices = list(header.notices)
    others = [name for name in filled if name != wanted]
    if others:
        listed = ", ".join(others)[:300]
        notices.append(
            (
                f"Gelesen wird das Blatt „{wanted}“. Die Arbeitsmappe enthält außerdem: {listed}.",
                f"The sheet “{wanted}” is read. The workbook also holds: {listed}.",
            )
        )
    return {
        "kind": "excel",
        "sheet": wanted,
        "sheets": names,
        "header_row": header.row,
        "first_row": header.first if header.row is None else 0,
        "columns": list(header.columns),
        "fingerprint": fingerprint(header.columns, headerless=header.row is None),
        "notices": [{"de": de, "en": en} for de, en in notices],
    }


def read_sheet(order: Order) -> dict[str, Any]:
    """Every row that holds a value to `out` or `rejects`; rows are counted before they are read."""
    import numpy as np  # noqa: PLC0415 - sniffing does without

    from store.intake.arrays import columns_of  # noqa: PLC0415
    from store.intake.rawrows import RawRows  # noqa: PLC0415

    layout, columns = order.layout, order.layout["columns"]
    sheet = _sheet(_open(order.path, order.limits), layout["sheet"])
    header_row = layout["header_row"]
    first = layout["first_row"] if header_row is None else header_row + 1
    header = _header(sheet, header_row, columns)
    marked = marked_cells(order.path, layout["sheet"])
    merged = _merged(sheet, first)
    records = sum(1 for _ in _rows(sheet, first, merged))
    kinds = [Counter[str]() for _ in columns]
    with RawRows(order, header) as rows:
        numbers: list[int] = []
        batch: list[list[str]] = []
        for number, (place, values) in enumerate(_rows(sheet, first, merged), start=1):
            fault = _fault(values, place, columns, marked)
            if fault:
                reason, column = fault
                rows.reject(number, reason, " | ".join(map(written, values)), column)
                continue
            cells = values[: len(columns)] + [""] * (len(columns) - len(values))
            for counted, value in zip(kinds, cells, strict=True):
                counted[_kind(value)] += 1
            numbers.append(number)
            shares = marked.per_cent.get(place, ())
            batch.append([
                _per_cent(value) if column in shares else written(value)
                for column, value in enumerate(cells)
            ])  # fmt: skip
            if len(batch) == _BATCH:
                rows.add(np.array(numbers), columns_of(batch, len(columns)))
                order.progress(number / records)
                numbers, batch = [], []
        rows.add(np.array(numbers), columns_of(batch, len(columns)))
    typed = {name: kind for name, counted in zip(columns, kinds, strict=True) if (kind := _only(counted))}
    return rows.counted(records, typed)


def _header(sheet: CalamineSheet, row: int | None, columns: Sequence[str]) -> list[str]:
    if row is None:
        return []
    cells = [written(value) for value in next(itertools.islice(sheet.iter_rows(), row, None), [])][
        : len(columns)
    ]
    if list(unique_names(cells)[0]) != list(columns):
        raise Unreadable(
            "Die Kopfzeile passt nicht zur erkannten Form der Datei.",
            "The header does not fit the recognised shape of the file.",
        )
    return cells


def _merged(sheet: CalamineSheet, first: int) -> dict[int, dict[int, int]]:
    """Of cells merged downwards below the header: by row and column, the row that holds their value.

    A cell merged sideways stands for its first column only: its value has one meaning.
    """
    top, left = sheet.start or (0, 0)
    found: dict[int, dict[int, int]] = {}
    for (from_row, column), (to_row, _) in sheet.merged_cell_ranges or ():
        if from_row - top < first:
            continue
        for row in range(from_row + 1, to_row + 1):
            found.setdefault(row - top, {})[column - left] = from_row - top
    return found


def _rows(
    sheet: CalamineSheet, first: int, merged: Mapping[int, Mapping[int, int]]
) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold a value of their own, with their 0-based place in the sheet's filled area.

    A value merged downwards counts in every row that it covers.
    """
    holding = {row for columns in merged.values() for row in columns.values()}
    kept: dict[int, list[Any]] = {}
    for place, values in enumerate(itertools.islice(sheet.iter_rows(), first, None), start=first):
        if place in holding:
            kept[place] = values
        if any(value != "" for value in values):
            for column, row in merged.get(place, {}).items():
                values[column] = kept[row][column]
            yield place, values


def _fault(
    values: list[Any], place: int, columns: Sequence[str], marked: Marked
) -> tuple[Reason, str | None] | None:
    for index, reason in marked.damaged.get(place, {}).items():
        if index < len(columns):
            return reason, columns[index]
    if any(value != "" for value in values[len(columns) :]):
        return BEYOND, None
    for column, value in zip(columns, values, strict=False):
        if isinstance(value, float) and abs(value) >= _EXACT:
            return ROUNDED, column
    return None


def written(value: Any) -> str:  # noqa: PLR0911 - one per kind of value
    """A cell as canonical text: ISO times, plain decimals with at most 15 digits, true and false."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return format(Decimal(f"{value:.15g}"), "f")
        case dt.datetime():
            return value.isoformat(sep=" ")
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _per_cent(value: Any) -> str:
    """A share as its cell shows it: `30%` for 0.3."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return written(value)
    return f"{format((Decimal(f'{value:.15g}') * 100).normalize(), 'f')}%"


def _kind(value: Any) -> str:
    match value:
        case "":
            return ""
        case bool():
            return "flag"
        case int() | float():
            return "number"
        case dt.date():
            return "time"
    return "text"


def _only(counted: Counter[str]) -> str | None:
    kinds = set(counted) - {""}
    return kinds.pop() if len(kinds) == 1 and kinds != {"text"} else None
