"""Nothing that names a customer leaves in an anonymous file, neither shown nor hidden.

The words of a sheet are the caller's; here stands the last gate before the bytes leave.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from html import unescape

from pypdf import PdfReader

from core.errors import UsageFault
from core.text import Text
from exports.embedding import kind_of, manifest_in
from exports.reading import places
from exports.sheet import CaseStudy, Chart, Quote, Series, Sheet, Shown

FEWEST = 10  # DESIGN section 8: an anonymous claim is refused below n = 10
_TAG = re.compile("<[^>]*>")
_ZIP = b"PK\x03\x04"

_NAMES_ITS_CUSTOMER = Text(
    de="Der Nachweis {claim} ist nur anonym freigegeben; {what} darf nicht mit hinaus.",
    en="The proof {claim} is cleared only without names; {what} must not leave with it.",
)
_TOO_FEW = Text(
    de="Der Nachweis {claim} ist nur anonym freigegeben und beruht auf weniger als {fewest} Fällen. "
    "Er verlässt das Haus nicht, weil sich die Fälle zuordnen ließen.",
    en="The proof {claim} is cleared only without names and rests on fewer than {fewest} cases. "
    "It does not leave, because the cases could be told apart.",
)
_PARTS = {
    "logo": Text(de="das Logo", en="the logo"),
    "person": Text(de="die Person zum Zitat", en="the person of the quote"),
    "picture": Text(de="das Bild zum Zitat", en="the picture of the quote"),
    "evidence": Text(de="die Tabelle der Werte", en="the table of values"),
}


def refuse_names(sheet: Sheet) -> None:
    """UsageFault where an anonymous sheet still has a logo, a person, a picture, rows, or rests on n < 10."""
    if not sheet.anonymous:
        return
    quote = sheet.quote
    present = {
        "logo": sheet.logo is not None,
        "person": quote is not None and bool(quote.person.strip()),
        "picture": quote is not None and quote.picture is not None,
        "evidence": sheet.evidence is not None,
    }
    for part, there in present.items():
        if there:
            raise UsageFault(_NAMES_ITS_CUSTOMER.fill(claim=sheet.claim, what=_PARTS[part]))
    if any(fact.role == "n" and fact.value is not None and fact.value < FEWEST for fact in sheet.facts):
        raise UsageFault(_TOO_FEW.fill(claim=sheet.claim, fewest=FEWEST))


def words_of(told: Sheet | CaseStudy) -> list[str]:
    """Every text that a sheet or a story holds, however deep: what an exporter may write somewhere."""
    return list(_strings(told))


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple():
            for item in value:
                yield from _strings(item)
        case Sheet() | CaseStudy() | Quote() | Chart() | Series() | Shown():
            for part in fields(value):
                yield from _strings(getattr(value, part.name))


def found_within(file: bytes, names: Sequence[str]) -> list[str]:
    """Which of the names occur anywhere in the file: visible or hidden text, sheets behind charts, notes,
    properties, manifest; whatever their case, and over the borders of runs."""
    said = "\n".join(_folded(text) for text in _texts(file))
    return [name for name in names if name.strip() and _folded(name) in said]


def _texts(file: bytes) -> Iterator[str]:
    """All text of a file, unpacked as deep as it goes."""
    yield file.decode("utf-8", "ignore")
    yield file.decode("utf-16-le", "ignore")
    kind = kind_of(file)
    if file.startswith(_ZIP):
        yield from _parts(file)
    elif kind is not None:
        yield manifest_in(file) or ""
        yield from (place.text for place in places(file))
    if kind == "pdf":
        yield from _objects(file)


def _parts(package: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        for name in opened.namelist():
            yield name
            content = opened.read(name)
            if content.startswith(_ZIP):
                yield from _parts(content)
                continue
            text = content.decode("utf-8", "ignore")
            yield unescape(text)
            yield unescape(_TAG.sub("", text))


def _objects(file: bytes) -> Iterator[str]:
    """Every string and stream of a PDF, properties and tags included."""
    reader = PdfReader(io.BytesIO(file))
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        held = reader.get_object(number)
        if held is None:
            continue
        yield str(held)
        stream = getattr(held, "get_data", None)
        if stream is not None:
            try:
                yield stream().decode("utf-8", "ignore")
            except (zlib.error, NotImplementedError):
                continue


def _folded(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]+", " ", unicodedata.normalize("NFKC", text)).casefold().strip()
