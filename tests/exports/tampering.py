"""Files changed as someone might change them: one digit here, one there, the manifest gone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
from pptx import Presentation

from exports import properties
from exports.embedding import PART, manifest_in


def part_changed(file: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed; the part must be there, and the change must change it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as package, zipfile.ZipFile(out, "w") as new:
        for part in package.infolist():
            content = package.read(part)
            if part.filename == name:
                changed = change(content)
                assert changed != content
                content = changed
            new.writestr(part.filename, content)
        assert name in package.namelist()
    return out.getvalue()


def without_part(file: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as package, zipfile.ZipFile(out, "w") as new:
        assert name in package.namelist()
        for part in package.infolist():
            if part.filename != name:
                new.writestr(part.filename, package.read(part))
    return out.getvalue()


def without_manifest(file: bytes) -> bytes:
    return without_part(without_part(file, PART), properties.PART)


def manifest_changed(file: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A package whose manifest says something else under the old signature."""
    text = manifest_in(file)
    assert text is not None
    outer = json.loads(text)
    change(outer["manifest"])
    forged = json.dumps(outer, ensure_ascii=False).replace("&", "&amp;").replace("<", "&lt;")
    body = f'<manifest xmlns="urn:wegmarke:manifest">{forged}</manifest>'
    return part_changed(file, PART, lambda _: body.encode())


def slide_text_changed(file: bytes, old: str, new: str) -> bytes:
    """One text on the slides (not the notes) changed, by PowerPoint's own means."""
    deck: Any = Presentation(io.BytesIO(file))
    runs = [
        run
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if old in run.text
    ]
    assert runs
    runs[0].text = runs[0].text.replace(old, new)
    return _saved(deck)


def chart_sheet_changed(file: bytes, cell: str, value: float) -> bytes:
    """One cell of the spreadsheet behind the first chart changed; the drawing stays as it was."""
    deck: Any = Presentation(io.BytesIO(file))
    chart = next(shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.worksheets[0][cell].value != value
    book.worksheets[0][cell].value = value
    out = io.BytesIO()
    book.save(out)
    chart.part.chart_workbook.update_from_xlsx_blob(out.getvalue())
    return _saved(deck)


def cell_changed(file: bytes, find: str, value: str) -> bytes:
    """The first cell with this text changed in an Excel file; everything else is kept as it is."""
    return part_changed(
        file, "xl/sharedStrings.xml", lambda content: content.replace(find.encode(), value.encode(), 1)
    )


def _saved(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
