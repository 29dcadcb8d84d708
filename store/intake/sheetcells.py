"""Cells of an xlsx sheet that say something else than their value: damaged ones, shares in per cent."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.intake.textrecords import Reason

ERROR: Reason = (
    "Die Zelle enthält einen Excel-Fehler (etwa #NV oder #BEZUG!).",
    "The cell holds an Excel error (such as #N/A or #REF!).",
)
UNCOMPUTED: Reason = (
    "Die Zelle enthält eine Formel ohne gespeichertes Ergebnis. Bitte in Excel öffnen und neu speichern.",
    "The cell holds a formula without a stored result. Please open and save the file in Excel.",
)

_CHUNK = 1024 * 1024
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b(?:\w+:)?id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_CELL = re.compile(rb"<c\b([^>]*)(?<!/)>(.*?)</c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_EMPTY_RESULT = re.compile(rb"(</f>|<f\b[^>]*/>)\s*(<v>\s*</v>|<v\s*/>)?\s*$")


_STYLE = re.compile(rb'\bs="(\d+)"')
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*?>")
_FORMAT_ID = re.compile(rb'\bnumFmtId="(\d+)"')
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_PER_CENT = frozenset({9, 10})
"""Number formats that every workbook knows: 0% and 0.00%."""


@dataclass(frozen=True)
class Marked:
    """Cells by 0-based row and column of the sheet's filled area: `damaged` read as empty and are not (Excel
    errors, formulas that nobody has computed); `per_cent` hold 0.3 and show 30 %."""

    damaged: dict[int, dict[int, Reason]]
    per_cent: dict[int, set[int]]


def marked_cells(path: Path, sheet: str) -> Marked:
    """What stands beside the values of a sheet; nothing unless the file is an xlsx."""
    nothing = Marked({}, {})
    if not zipfile.is_zipfile(path):
        return nothing
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        if part is None:
            return nothing
        shares = _per_cent_styles(archive)
        damaged: dict[int, dict[int, Reason]] = {}
        per_cent: dict[int, set[int]] = {}
        top = left = 10**9
        for attributes, content in _cells(archive, part):
            place = _PLACE.search(attributes)
            if place is None:
                continue
            row, column = int(place[2]) - 1, _column(place[1])
            top, left = min(top, row), min(left, column)
            if b't="e"' in attributes:
                damaged.setdefault(row, {})[column] = ERROR
            elif b"<f" in content and b't="str"' not in attributes and _EMPTY_RESULT.search(content):
                damaged.setdefault(row, {})[column] = UNCOMPUTED
            elif shares and (style := _STYLE.search(attributes)) and int(style[1]) in shares:
                per_cent.setdefault(row, set()).add(column)
    return Marked(
        {row - top: {column - left: why for column, why in cells.items()} for row, cells in damaged.items()},
        {row - top: {column - left for column in cells} for row, cells in per_cent.items()},
    )


def _per_cent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The cell styles (`s`) whose number format shows per cent."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = archive.read("xl/styles.xml")
    ids = set(_PER_CENT)
    for number_format in _NUMBER_FORMAT.findall(styles):
        identity = _FORMAT_ID.search(number_format)
        code = re.search(rb'\bformatCode="([^"]*)"', number_format)
        if identity and code and "%" in _LITERAL.sub("", html.unescape(code[1].decode("utf-8", "replace"))):
            ids.add(int(identity[1]))
    formats = _CELL_FORMATS.search(styles)
    used = [_FORMAT_ID.search(each) for each in _FORMAT.findall(formats[0] if formats else b"")]
    return frozenset(place for place, found in enumerate(used) if found and int(found[1]) in ids)


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    ids = {
        html.unescape(name.decode("utf-8", "replace")): identity
        for name, identity in _SHEET.findall(archive.read("xl/workbook.xml"))
    }
    for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        if sheet in ids and b'Id="' + ids[sheet] + b'"' in relation:
            target = re.search(rb'Target="([^"]*)"', relation)
            if target:
                part = posixpath.normpath(posixpath.join("/xl", target[1].decode("utf-8", "replace")))[1:]
                return part if part in names else None
    return None


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, bytes]]:
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(b"</c>")
            if cut < 0:
                continue
            for found in _CELL.finditer(rest, 0, cut + 4):
                yield found[1], found[2]
            rest = rest[cut + 4 :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
