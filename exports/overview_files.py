"""The overview as a file that carries the signed manifest of its numbers, as claims do."""

from __future__ import annotations

from typing import Literal

from exports.embedding import with_manifest
from exports.json_text import plain
from exports.manifest import overview_manifest, signed
from exports.overview_sheet import OverviewSheet
from exports.overview_slide import overview_slide
from exports.reading import places
from exports.typesetting import typeset


def overview_file(sheet: OverviewSheet, to: Literal["pdf", "pptx"], key: bytes) -> bytes:
    """One landscape page as tagged PDF, or one slide with native charts."""
    if to == "pptx":
        slide = overview_slide(sheet)
        return with_manifest(slide, signed(overview_manifest(places(slide), sheet), key))
    read = places(overview_pdf(sheet))
    return overview_pdf(sheet, manifest=signed(overview_manifest(read, sheet), key))


def overview_pdf(sheet: OverviewSheet, *, manifest: str | None = None) -> bytes:
    return typeset("overview", plain(sheet), lang=sheet.lang, made_on=sheet.made_on, attached=manifest)
