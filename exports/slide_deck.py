"""An empty deck in the product's look: 16:9, own colours and typefaces, one layout, no template's traces."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Pt

from core.text import Lang
from exports.plain_words import one_line

WIDTH, HEIGHT = 960.0, 540.0  # points: 13.33 x 7.5 inches
MARGIN = 48.0
FACE = "Arial"  # on every machine; LibreOffice sets it in Liberation Sans of the same widths
TAGS: dict[Lang, str] = {"de": "de-DE", "en": "en-GB"}

INK, MUTE, RULE, GREY, WASH, ACCENT, PAPER = (
    "18212B", "56636F", "DDE3E9", "A9B4BF", "F5F7F9", "0F5C7A", "FFFFFF",
)  # fmt: skip
BAD, GOOD, PALE, TINT = "A3241B", "136B3F", "F0F2F4", "8CB6C6"
_THEME_COLOURS = {
    "dk1": INK, "lt1": PAPER, "dk2": MUTE, "lt2": WASH, "accent1": ACCENT, "accent2": GREY, "accent3": MUTE,
    "accent4": BAD, "accent5": GOOD, "accent6": RULE, "hlink": ACCENT, "folHlink": MUTE,
}  # fmt: skip
_TITLE_ONLY = "Title Only"
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats'
    '.org/officeDocument/2006/extended-properties"><Application>Wegmarke</Application></Properties>'
)

# python-pptx declares no types for decks, slides and shapes that a checker could use.
Deck = Any
Slide = Any


def blank_deck(title: str, lang: Lang, made_on: dt.date) -> Deck:
    """A deck without slides. Its properties name the title and the product, nobody and no company."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.find(".//{*}sldSz").attrib.pop("type", None)
    for layout in list(deck.slide_layouts):
        if layout.name != _TITLE_ONLY:
            deck.slide_layouts.remove(layout)
    _fit_master(deck, lang)
    _own_theme(deck)
    _own_properties(deck, title, lang, made_on)
    return deck


def add_slide(deck: Deck) -> Slide:
    """A slide with a title placeholder and nothing else."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    for placeholder in list(slide.placeholders):
        if placeholder.placeholder_format.idx != 0:
            placeholder.element.getparent().remove(placeholder.element)
    return slide


def deck_bytes(deck: Deck) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _fit_master(deck: Deck, lang: Lang) -> None:
    """Placeholders of the 4:3 default moved into a wide page; what no slide uses goes."""
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.idx == 0:
                shape.left, shape.top = Pt(MARGIN), Pt(40)
                shape.width, shape.height = Pt(WIDTH - 2 * MARGIN), Pt(70)
            elif shape.placeholder_format.idx == 1:
                shape.left, shape.top = Pt(MARGIN), Pt(140)
                shape.width, shape.height = Pt(WIDTH - 2 * MARGIN), Pt(330)
            else:
                shape.element.getparent().remove(shape.element)
        for run in holder.element.iter("{*}rPr", "{*}endParaRPr"):
            run.set("lang", TAGS[lang])
    for style in deck.slide_master.element.iter("{*}titleStyle"):
        level = style.find("{*}lvl1pPr")
        level.set("algn", "l")
        level.find("{*}defRPr").set("sz", "2600")
        level.find("{*}defRPr").set("b", "1")
    for defaults in deck.element.iter("{*}defRPr"):
        if "lang" in defaults.attrib:
            defaults.set("lang", TAGS[lang])


def _own_theme(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RT.THEME)
    theme = part.blob.decode("utf-8")
    for name, colour in _THEME_COLOURS.items():
        theme = re.sub(
            rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>', theme, count=1
        )
    theme = theme.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FACE}"/>')
    theme = theme.replace('name="Office Theme"', 'name="Wegmarke"').replace(
        'name="Office"', 'name="Wegmarke"'
    )
    part._blob = theme.encode("utf-8")


def _own_properties(deck: Deck, title: str, lang: Lang, made_on: dt.date) -> None:
    properties = deck.core_properties
    properties.title = one_line(title)[:255]
    properties.author = properties.last_modified_by = "Wegmarke"
    properties.comments = properties.subject = properties.keywords = properties.category = ""
    properties.language = TAGS[lang]
    properties.created = properties.modified = dt.datetime(made_on.year, made_on.month, made_on.day)
    package = deck.part.package
    for key, rel in list(package._rels.items()):
        if rel.reltype == RT.THUMBNAIL:
            package.drop_rel(key)
        elif rel.reltype == RT.EXTENDED_PROPERTIES:
            rel.target_part._blob = _APP.encode("utf-8")
    for key, rel in list(deck.part.rels.items()):
        if rel.reltype == RT.PRINTER_SETTINGS:
            deck.part.rels.pop(key)
