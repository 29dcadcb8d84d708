"""What a slide is made of: text boxes whose words fit, lines, frames and pictures, all with alt texts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from core.text import Lang
from exports.fitting import LINE, Fitted, fitted
from exports.plain_words import one_line
from exports.raster import size_of
from exports.slide_deck import FACE, HEIGHT, INK, PALE, TAGS, WIDTH, Slide

Align = Literal["left", "center", "right"]
_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_ANCHOR = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext '
    'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
Shape = Any


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle in points from the top left of the slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True, kw_only=True)
class Style:
    """How words are set; `sizes` falling, in points."""

    sizes: tuple[float, ...]
    bold: bool = False
    colour: str = INK
    align: Align = "left"
    anchor: Literal["top", "middle", "bottom"] = "top"


class Canvas:
    """One slide to draw on. Every named shape carries the name of its claim, so that a slide keeps its places
    when it is moved into another deck."""

    def __init__(self, slide: Slide, name: str, lang: Lang) -> None:
        self.slide, self.name, self.lang = slide, one_line(name), lang

    def text(self, part: str, words: str, box: Box, style: Style, *, end: str = "") -> float:
        """A text box with the words made to fit, `end` kept; gives the height in points that they take."""
        fit = fitted(words, width=box.width, height=box.height, sizes=style.sizes, bold=style.bold, end=end)
        taken = replace(box, height=fit.height) if style.anchor == "top" else box
        shape = self.slide.shapes.add_textbox(*_points(taken))
        shape.name = f"{self.name} · {part}"
        _write(shape.text_frame, fit, style, self.lang)
        return fit.height

    def title(self, words: str, box: Box, style: Style) -> float:
        """The same in the slide's title placeholder, which readers for the blind announce."""
        fit = min(
            (
                fitted(
                    words, width=box.width, height=box.height, sizes=style.sizes[skipped:], bold=style.bold
                )
                for skipped in (0, 1)
            ),
            key=lambda fit: fit.lines,  # one step smaller where that saves a line
        )
        shape = self.slide.shapes.title
        shape.name = f"{self.name} · title"
        shape.left, shape.top, shape.width, shape.height = _points(replace(box, height=fit.height))
        _write(shape.text_frame, fit, style, self.lang)
        return fit.height

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, thick: float = 1
    ) -> None:
        line = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Pt, (*start, *end)))
        line.line.color.rgb = RGBColor.from_string(colour)
        line.line.width = Pt(thick)
        _without_theme(line)
        _decorate(line)

    def frame(
        self, box: Box, *, fill: str | None = None, edge: str | None = None, round_by: float = 0
    ) -> None:
        """A rectangle, or an ellipse where `round_by` is 1; readers for the blind pass over it."""
        form = MSO_SHAPE.OVAL if round_by >= 1 else MSO_SHAPE.ROUNDED_RECTANGLE
        shape = self.slide.shapes.add_shape(form if round_by else MSO_SHAPE.RECTANGLE, *_points(box))
        if 0 < round_by < 1:
            shape.adjustments[0] = round_by
        if fill:
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor.from_string(fill)
        else:
            shape.fill.background()
        if edge:
            shape.line.color.rgb = RGBColor.from_string(edge)
            shape.line.width = Pt(1)
        else:
            shape.line.fill.background()
        _without_theme(shape)
        _decorate(shape)

    def picture(self, part: str, picture: bytes, box: Box, *, alt: str, align: Align = "left") -> Box:
        """A picture made by `raster.redrawn`, as large as the box allows; gives where it stands."""
        width, height = size_of(picture)
        scale = min(box.width / width, box.height / height)
        left = box.left if align == "left" else box.right - width * scale
        spot = Box(left=left, top=box.top, width=width * scale, height=height * scale)
        shape = self.slide.shapes.add_picture(io.BytesIO(picture), *_points(spot))
        shape.name = f"{self.name} · {part}"
        describe(shape, alt)
        return spot

    def watermark(self, words: str) -> None:
        """Large pale words across the slide, behind everything that is placed later."""
        box = Box(left=WIDTH * 0.1, top=HEIGHT / 2 - 70, width=WIDTH * 0.8, height=140)
        style = Style(sizes=(110, 80, 60, 40), bold=True, colour=PALE, align="center", anchor="middle")
        self.text("watermark", one_line(words), box, style)
        self.slide.shapes[-1].rotation = -24.0

    def notes(self, lines: Sequence[str]) -> None:
        """Speaker notes, a paragraph a line."""
        frame = self.slide.notes_slide.notes_text_frame
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            run._r.get_or_add_rPr().set("lang", TAGS[self.lang])


def describe(shape: Shape, alt: str) -> None:
    """The text that stands for a picture or chart where it cannot be seen."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def dress(run: Any, *, size: float, bold: bool, colour: str, lang: Lang) -> None:
    """Size, weight, colour, typeface and language of one run: spelling is checked in its own language."""
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FACE
    run.font.color.rgb = RGBColor.from_string(colour)
    run._r.get_or_add_rPr().set("lang", TAGS[lang])


def _points(box: Box) -> tuple[Pt, Pt, Pt, Pt]:
    return Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def _write(frame: Any, fit: Fitted, style: Style, lang: Lang) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = _ANCHOR[style.anchor]
    for place, line in enumerate(fit.words.split("\n")):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = _ALIGN[style.align]
        paragraph.line_spacing = Pt(fit.size * LINE)
        run = paragraph.add_run()
        run.text = line
        dress(run, size=fit.size, bold=style.bold, colour=style.colour, lang=lang)


def _decorate(shape: Shape) -> None:
    shape._element.xpath(".//p:cNvPr")[0].append(parse_xml(_DECORATIVE))


def _without_theme(shape: Shape) -> None:
    """Nothing inherited from a style: no shadow, no gradient."""
    for style in shape._element.findall("{*}style"):
        shape._element.remove(style)
