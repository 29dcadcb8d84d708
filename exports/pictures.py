"""One claim as a picture: at the size of a slide, of a square post, of a link preview."""

from __future__ import annotations

from typing import Literal

from exports.sheet import Sheet
from exports.sheet_data import sheet_data
from exports.typesetting import typeset

Size = Literal["slide", "square", "link"]
SIZES: dict[Size, tuple[int, int]] = {"slide": (1920, 1080), "square": (1200, 1200), "link": (1200, 627)}


def picture(sheet: Sheet, size: Size = "slide") -> bytes:
    """The sheet as PNG of the size's pixels. InputFault for a logo or picture that is none."""
    width, height = SIZES[size]
    data = {"title": sheet.title, "width": width, "height": height, "sheet": sheet_data(sheet)}
    return typeset("picture", data, lang=sheet.lang, to="png", ppi=144, made_on=sheet.made_on)
