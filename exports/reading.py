"""What a file shows, by place: slides with their charts and the spreadsheets behind them, pages, cells.

The same reading serves twice: a file that leaves is read to write down every number in its manifest, and a
file that comes back is read to compare. So no number is forgotten, wherever an exporter put it.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import openpyxl
from PIL.Image import open as decoded  # from memory, never from disk
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from core.errors import InputFault
from core.text import Text
from exports.embedding import Kind, kind_of

Seen = Literal["text", "chart", "hidden", "notes"]
LARGEST = 300_000_000  # bytes of an unpacked file
PARTS = 5_000
_SEPARATOR = " · "
_NUMBER = re.compile(r"\S*\d\S*")
_EDGES = ".,;:!?()[]{}„“”\"'»«‚‘’…"
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_INVISIBLE = re.compile("[\u200b\u00ad]")

SLIDE = Text(de="Folie {number}, {part}", en="Slide {number}, {part}")
PAGE = Text(de="Seite {number}", en="Page {number}")
REMARK = Text(de="Seite {number}, Anmerkung", en="Page {number}, annotation")
CELL = Text(de="Blatt „{sheet}“, Zelle {cell}", en="Sheet “{sheet}”, cell {cell}")
PIXELS = Text(de="Bild", en="Picture")
ALT = Text(de="{at}, Alternativtext", en="{at}, alternative text")
NOTES = Text(de="Notizen", en="notes")
TABLE_BEHIND = Text(de="{chart}, Tabelle dahinter, Zelle {cell}", en="{chart}, sheet behind it, cell {cell}")
_UNREADABLE = Text(
    de="Die Datei lässt sich nicht als PowerPoint-, PDF-, Excel- oder PNG-Datei lesen.",
    en="The file cannot be read as a PowerPoint, PDF, Excel or PNG file.",
)
_TOO_LARGE = Text(
    de="Die Datei ist ausgepackt größer als 300 MB und wird nicht geprüft.",
    en="The file is larger than 300 MB when unpacked and is not checked.",
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place with its text. `where` stays when slides move; `at` says it to a person."""

    where: str
    at: Text
    text: str
    seen: Seen = "text"


def numbers_in(text: str) -> list[str]:
    """Every word that holds a digit, as shown, without the punctuation around it.

    >>> numbers_in("−4,1 Tage (95 %: −5,6 bis −2,6), W-7F3K2.")
    ['−4,1', '95', '−5,6', '−2,6', 'W-7F3K2']
    """
    return [word.strip(_EDGES) for word in _NUMBER.findall(_INVISIBLE.sub("", text))]


def places(file: bytes) -> list[Place]:
    """Every place with text, in order. InputFault for a file of another kind, a broken or a huge one."""
    kind = kind_of(file)
    if kind is None:
        raise InputFault(_UNREADABLE)
    if kind in ("pptx", "xlsx"):
        _check_size(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # readers warn about parts that nothing here depends on
            return [place for place in _READ[kind](file) if place.text.strip()]
    except InputFault:
        raise
    except Exception as fault:  # three foreign readers, each with its own faults on broken input
        raise InputFault(_UNREADABLE) from fault


def _check_size(file: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            parts = package.infolist()
    except zipfile.BadZipFile:
        raise InputFault(_UNREADABLE) from None
    if len(parts) > PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise InputFault(_TOO_LARGE)


def _slides(file: bytes) -> Iterator[Place]:
    deck: Any = Presentation(io.BytesIO(file))
    for number, slide in enumerate(deck.slides, start=1):
        shapes = list(_each(slide.shapes))
        named = (shape.name.partition(_SEPARATOR)[0] for shape in shapes if _SEPARATOR in shape.name)
        owner = next(named, f"slide {number}")
        for shape in shapes:
            name = shape.name
            if slide.shapes.title is not None and shape.shape_id == slide.shapes.title.shape_id:
                name = f"{owner}{_SEPARATOR}title"  # LibreOffice gives placeholders names of its own
            at = SLIDE.fill(number=number, part=name.partition(_SEPARATOR)[2] or name)
            yield from _shape(shape, name, at)
        if slide.has_notes_slide:
            frame = slide.notes_slide.notes_text_frame
            yield Place(
                where=f"{owner}{_SEPARATOR}notes",
                at=SLIDE.fill(number=number, part=NOTES),
                text=frame.text if frame is not None else "",
                seen="notes",
            )


def _each(shapes: Iterable[Any]) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _each(shape.shapes)
        else:
            yield shape


def _shape(shape: Any, name: str, at: Text) -> Iterator[Place]:
    if getattr(shape, "has_text_frame", False):
        yield Place(where=name, at=at, text=shape.text_frame.text)
    if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
        yield Place(where=f"{name}!pixels", at=at, text=_pixels_in_letters(shape.image.blob))
    if not getattr(shape, "has_text_frame", False):
        alt = shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""
        yield Place(where=f"{name}!alt", at=ALT.fill(at=at), text=alt, seen="hidden")
    if getattr(shape, "has_table", False):
        for row, cells in enumerate(shape.table.rows, start=1):
            for column, cell in enumerate(cells.cells, start=1):
                yield Place(where=f"{shape.name}!R{row}C{column}", at=at, text=cell.text_frame.text)
    if getattr(shape, "has_chart", False):
        yield from _chart(shape, at)


def _chart(shape: Any, at: Text) -> Iterator[Place]:
    """Cached values and words of the drawing, number formats, and every cell of the sheet behind it."""
    space = shape.chart._chartSpace
    counts: dict[str, int] = {}
    for element in space.iter("{*}v", "{*}t"):
        kind = element.tag.rpartition("}")[2]
        counts[kind] = counts.get(kind, 0) + 1
        shown = _canonical(element.text or "") if kind == "v" else element.text or ""
        yield Place(where=f"{shape.name}!{kind}{counts[kind]}", at=at, text=shown, seen="chart")
    for element in space.iter("{*}numFmt"):
        # Labels of categories are words: a format changes nothing about them.
        over_words = element.getparent().tag.endswith(("catAx", "dateAx"))
        if not over_words and (shown := _format_of(element)) != "General":
            yield Place(where=f"{shape.name}!{_format_place(element)}", at=at, text=shown, seen="chart")
    behind = shape.chart.part.chart_workbook.xlsx_part
    if behind is not None:
        _check_size(behind.blob)
        for sheet, cell, text in _cells(behind.blob):
            yield Place(
                where=f"{shape.name}!{sheet}!{cell}",
                at=TABLE_BEHIND.fill(chart=at, cell=cell),
                text=text,
                seen="hidden",
            )


def _format_of(element: Any) -> str:
    """A number format without the ways of writing it: quotes, escapes, the country of a section."""
    code = re.sub(r"\[\$-\w+\]", "", element.get("formatCode") or "General")
    linked = " linked" if element.get("sourceLinked") in ("1", "true") else ""
    return re.sub(r'["\\]', "", code) + linked if code != "General" else code


def _format_place(element: Any) -> str:
    """Which label or axis a format belongs to."""
    holder = element.getparent()
    kind = holder.tag.rpartition("}")[2]
    if kind not in ("dLbl", "dLbls"):
        return f"format {kind}"
    series = next((up for up in holder.iterancestors("{*}ser")), None)
    of = "" if series is None else series.find("{*}idx").get("val")
    point = holder.find("{*}idx")
    return f"format {kind} {of} {'' if point is None else point.get('val')}"


def _pixels_in_letters(picture: bytes) -> str:
    """The fingerprint of a picture's pixels, in letters: it is no number that somebody reads."""
    with decoded(io.BytesIO(picture)) as image:
        digest = hashlib.sha256(repr(image.size).encode() + image.convert("RGBA").tobytes()).hexdigest()
    return digest.translate(_LETTERS)


def _canonical(text: str) -> str:
    """A value as a spreadsheet keeps it; 16.10 and 16.1 are the same."""
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def _cells(book: bytes) -> Iterator[tuple[str, str, str]]:
    workbook = openpyxl.load_workbook(io.BytesIO(book))
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
                    yield sheet.title, cell.coordinate, f"{cell.value:.15g}" if number else str(cell.value)


def _book(file: bytes) -> Iterator[Place]:
    for sheet, cell, text in _cells(file):
        yield Place(where=f"{sheet}!{cell}", at=CELL.fill(sheet=sheet, cell=cell), text=text)


def _pages(file: bytes) -> Iterator[Place]:
    for number, page in enumerate(PdfReader(io.BytesIO(file)).pages, start=1):
        yield Place(where=f"page {number}", at=PAGE.fill(number=number), text=page.extract_text())
        for place, mark in enumerate(page.get("/Annots") or [], start=1):
            yield Place(
                where=f"page {number} annotation {place}",
                at=REMARK.fill(number=number),
                text=str(mark.get_object().get("/Contents") or ""),
            )


def _pixels(file: bytes) -> Iterator[Place]:
    """A picture shows its numbers only as a whole: the fingerprint of its pixels."""
    with decoded(io.BytesIO(file), formats=("PNG",)) as image:
        fingerprint = hashlib.sha256(repr(image.size).encode() + image.convert("RGBA").tobytes()).hexdigest()
    yield Place(where="pixels", at=PIXELS, text=fingerprint)


_READ: dict[Kind, Any] = {"pptx": _slides, "pdf": _pages, "xlsx": _book, "png": _pixels}
