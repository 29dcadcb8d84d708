"""Claims in any format, with the signed manifest of every number that the file shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from core.errors import InputFault
from core.text import Text
from exports.anonymity import refuse_names, words_of
from exports.documents import document
from exports.embedding import with_manifest
from exports.evidence_book import evidence_book
from exports.manifest import manifest_of, shown_in_picture, signed
from exports.pictures import Size, picture
from exports.plain_words import plain_words
from exports.reading import places
from exports.sheet import CaseStudy, Sheet
from exports.slides import slides
from exports.typefaces import without_shape

Format = Literal["pptx", "pdf", "png", "xlsx"]
FORMATS: tuple[Format, ...] = ("pptx", "pdf", "png", "xlsx")
MEDIA: dict[Format, str] = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_NO_SHAPE = Text(
    de="PDF und Bild haben für diese Schriftzeichen keine Schrift: {signs}. Bitte nehmen Sie PowerPoint oder "
    "schreiben Sie den Text in lateinischer Schrift.",
    en="PDF and picture have no typeface for these characters: {signs}. Please take PowerPoint, or write the "
    "text in Latin letters.",
)


def sealed(content: Sequence[Sheet] | CaseStudy, to: Format, key: bytes, *, size: Size = "slide") -> bytes:
    """The claims as a file that carries its manifest, signed with the installation's key.

    A picture shows the first claim at `size`. ValueError without a sheet; InputFault for a logo or picture
    that is none, and for letters that a PDF or picture could not show; UsageFault for an anonymous sheet that
    names somebody. What consent allows is for the caller to decide: everything else in a sheet is written.
    """
    sheets = list(content.sheets if isinstance(content, CaseStudy) else content)
    for sheet in sheets:
        refuse_names(sheet)
    told = [content] if isinstance(content, CaseStudy) else sheets
    words = [plain_words(text) for one in told for text in words_of(one)]
    if to in ("pdf", "png") and (signs := without_shape(words)):
        raise InputFault(_NO_SHAPE.fill(signs=" ".join(signs[:20])))
    if to == "pdf":
        # A PDF takes its manifest while it is set, so it is set twice: tags and typefaces stay whole.
        return document(content, manifest=signed(manifest_of(places(document(content)), sheets), key))
    if to == "png":
        pixels = picture(sheets[0], size)
        return with_manifest(pixels, signed(shown_in_picture(places(pixels)[0], sheets[0]), key))
    plain = slides(content) if to == "pptx" else evidence_book(sheets)
    return with_manifest(plain, signed(manifest_of(places(plain), sheets), key))
