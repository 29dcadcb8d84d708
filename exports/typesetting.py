"""Documents set by typst: data in, PDF or PNG out. Templates and typefaces come with the product.

What people wrote reaches a template as JSON in `sys.inputs` alone: it is never markup, and the only folder
that a template could read is the one of the templates.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Literal

import typst

from core.text import Lang
from exports.json_text import plain
from exports.plain_words import breakable, plain_words
from exports.typefaces import FONTS, shown_by_first_font, shown_by_fonts

TEMPLATES = Path(__file__).with_name("templates")
A_TAGGED_PDF: list[typst.PDFStandard] = ["ua-1"]


def typeset(
    template: str,
    data: Mapping[str, object],
    *,
    lang: Lang,
    to: Literal["pdf", "png"] = "pdf",
    ppi: int = 144,
    made_on: dt.date | None = None,
    attached: str | None = None,
) -> bytes:
    """The template filled with data: a tagged PDF (PDF/UA-1, typefaces embedded), or its first page as PNG.

    `data` is anything that `exports.json_text.plain` takes; a template reads it as `data`, and the language
    as `lang`, from `look.typ`. `made_on` dates the document; with equal data the bytes are equal too.
    `attached` is JSON text that a PDF carries as a file (the manifest of its numbers). Characters that no
    typeface shows become U+FFFD.
    """
    values = plain(data)
    compiled = partial(_compiled, template, lang=lang, to=to, ppi=ppi, made_on=made_on, attached=attached)
    try:
        return compiled(_each_text(values, shown_by_fonts))
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        # A mark and its letter may each have a shape, but in different typefaces.
        return compiled(_each_text(values, shown_by_first_font))


def _compiled(
    template: str,
    values: object,
    *,
    lang: Lang,
    to: Literal["pdf", "png"],
    ppi: int,
    made_on: dt.date | None,
    attached: str | None,
) -> bytes:
    day = made_on or dt.date(2000, 1, 1)
    pages = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format=to,
        ppi=ppi,
        sys_inputs={
            "data": json.dumps(values, ensure_ascii=False, allow_nan=False),
            "lang": lang,
            "made_on": made_on.isoformat() if made_on else "",
            "attached": attached or "",
        },
        pdf_standards=A_TAGGED_PDF if to == "pdf" else [],
        timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
    )
    return pages[0] if isinstance(pages, list) else pages


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _each_text(value: object, showable: Callable[[str], str]) -> object:
    match value:
        case str():
            return breakable(showable(plain_words(value)))
        case list():
            return [_each_text(item, showable) for item in value]
        case dict():
            return {key: _each_text(item, showable) for key, item in value.items()}
    return value
