"""Cells of an xlsx sheet that read as empty and are not: Excel errors, and formulas nobody has computed."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
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


def damaged_cells(path: Path, sheet: str) -> dict[int, dict[int, Reason]]:
    """Damaged cells by 0-based row and column of the sheet's filled area; none unless it is an xlsx."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        if part is None:
            return {}
        found: dict[int, dict[int, Reason]] = {}
        top = left = 10**9
        for attributes, content in _cells(archive, part):
            place = _PLACE.search(attributes)
            if place is None:
                continue
            row, column = int(place[2]) - 1, _column(place[1])
            top, left = min(top, row), min(left, column)
            if b't="e"' in attributes:
                found.setdefault(row, {})[column] = ERROR
            elif b"<f" in content and b't="str"' not in attributes and _EMPTY_RESULT.search(content):
                found.setdefault(row, {})[column] = UNCOMPUTED
    return {
        row - top: {column - left: reason for column, reason in cells.items()} for row, cells in found.items()
    }


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
