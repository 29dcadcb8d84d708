"""The slides around the single findings: the story of a case study, and a table of all findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from core.text import Lang
from exports.fitting import LINE, fitted, line_width
from exports.plain_words import one_line, plain_words
from exports.sheet import CaseStudy, Sheet, Shown
from exports.sheet_words import (
    APPROACH,
    CHANGE,
    CONTINUED,
    FIGURES,
    FINDING,
    GRADE_SHORT,
    MARKS,
    RESULT,
    SITUATION,
    SUBJECT,
    bare,
    by_whom,
    claims_line,
    quoted,
    reference,
)
from exports.slide_deck import ACCENT, HEIGHT, INK, MARGIN, MUTE, RULE, WIDTH, Deck, add_slide
from exports.slide_parts import Box, Canvas, Style, dress

ROWS = 6
TITLE = Style(sizes=(26, 24, 22, 20, 18), bold=True)
UNDER_TITLE = Style(sizes=(13, 12, 11), colour=MUTE)
HEADING = Style(sizes=(14,), bold=True, colour=ACCENT)
BODY = Style(sizes=(15, 14, 13, 12, 11, 10.5))
SAID = Style(sizes=(17, 16, 15, 14, 13, 12, 11))
BIG = Style(sizes=(30, 26, 22, 20, 18, 16.5, 15, 13, 11), bold=True, colour=ACCENT)
SMALL = Style(sizes=(11, 10), colour=MUTE)
GUTTER = 20.0  # between tiles
FOOT = Style(sizes=(9.5, 9, 8.5, 8), colour=MUTE)
WIDTHS = (0.46, 0.27, 0.19, 0.08)


def add_story(deck: Deck, story: CaseStudy) -> None:
    """Situation, approach and result side by side; in full in the speaker notes."""
    first = story.sheets[0]
    canvas = Canvas(add_slide(deck), "story", first.lang)
    if first.watermark:
        canvas.watermark(first.watermark)
    title = Box(left=MARGIN, top=38, width=WIDTH - 2 * MARGIN, height=66)
    used = canvas.title(one_line(story.title), title, TITLE)
    under = Box(left=MARGIN, top=title.top + max(used, 32) + 6, width=title.width, height=17)
    canvas.text("subject", one_line(first.subject), under, UNDER_TITLE)
    parts = [(SITUATION, story.situation), (APPROACH, story.approach), (RESULT, story.result)]
    width, top = (WIDTH - 2 * MARGIN - 2 * 36) / 3, under.bottom + 24
    below = HEIGHT - 62 - (112 if first.key_facts or first.quote else 0)
    for place, (heading, words) in enumerate(parts):
        left = MARGIN + place * (width + 36)
        canvas.rule((left, top), (left + width, top), ACCENT, 1.5)
        spot = Box(left=left, top=top + 10, width=width, height=18)
        canvas.text(f"heading {place + 1}", heading(first.lang), spot, HEADING)
        body = Box(left=left, top=top + 36, width=width, height=below - top - 36)
        canvas.text(f"text {place + 1}", words, body, BODY)
    _proof(canvas, first, below + 16)
    claims = Box(left=MARGIN, top=HEIGHT - 39, width=WIDTH - 2 * MARGIN, height=24)
    canvas.rule((MARGIN, HEIGHT - 46), (WIDTH - MARGIN, HEIGHT - 46), RULE, 1)
    canvas.text("footnote", claims_line(story.sheets), claims, FOOT)
    quotes = [quoted(sheet.quote, sheet.lang) for sheet in story.sheets if sheet.quote]
    notes = [f"{heading(first.lang)}: {plain_words(words)}" for heading, words in parts]
    canvas.notes([line for note in [*notes, *quotes] for line in note.split("\n") if line])


def _proof(canvas: Canvas, first: Sheet, top: float) -> None:
    """The figures that carry the first finding, and the customer's words beside them."""
    half, left = (WIDTH - 2 * MARGIN - 36) / 2, MARGIN
    if first.key_facts:
        add_tiles(canvas, first.key_facts[:2], Box(left=left, top=top, width=half, height=74), columns=2)
        left += half + 36
    if first.quote is None:
        return
    opening, closing = MARKS[first.lang]
    room = Box(left=left + 16, top=top, width=WIDTH - MARGIN - left - 16, height=66)
    used = canvas.text("quote", f"{opening}{bare(first.quote)}", room, SAID, end=closing)
    canvas.frame(Box(left=left, top=top, width=3, height=used), fill=ACCENT)
    who = Box(left=room.left, top=top + used + 7, width=room.width, height=15)
    canvas.text("person", by_whom(first.quote), who, UNDER_TITLE)


def add_tiles(canvas: Canvas, facts: Sequence[Shown], box: Box, *, columns: int) -> None:
    """Facts as large figures in rows."""
    height = min(92.0, box.height / max(-(-len(facts) // columns), 1))
    width = (box.width - GUTTER * (columns - 1)) / columns
    label_room = label_height(facts, box.width, columns=columns)
    for place, fact in enumerate(facts):
        row, column = divmod(place, columns)
        left, top = box.left + column * (width + GUTTER), box.top + row * height
        canvas.rule((left, top), (left + width, top), RULE, 1)
        label = Box(left=left, top=top + 7, width=width, height=label_room)
        canvas.text(f"{fact.place} label", one_line(fact.label), label, SMALL)
        figure = Box(left=left, top=top + label_room + 9, width=width, height=height - label_room - 20)
        canvas.text(fact.place, one_line(fact.text), figure, BIG)


def label_height(facts: Sequence[Shown], width: float, *, columns: int) -> float:
    """Points for the labels of tiles in a box of `width`: two lines for all where one is too long for one."""
    each = (width - GUTTER * (columns - 1)) / columns
    smallest = SMALL.sizes[-1]
    return 27 if any(line_width(one_line(fact.label), smallest) > each for fact in facts) else 14


def add_overview(deck: Deck, sheets: Sequence[Sheet]) -> None:
    """All findings in one table, six rows a slide."""
    pages = [sheets[start : start + ROWS] for start in range(0, len(sheets), ROWS)]
    for number, page in enumerate(pages, start=1):
        first = page[0]
        canvas = Canvas(add_slide(deck), f"overview {number}", first.lang)
        if watermark := next((sheet.watermark for sheet in page if sheet.watermark), None):
            canvas.watermark(watermark)
        heading = FIGURES
        if len(pages) > 1:
            heading = CONTINUED.fill(title=FIGURES, number=number, total=len(pages))
        box = Box(left=MARGIN, top=38, width=WIDTH - 2 * MARGIN, height=34)
        canvas.title(heading(first.lang), box, TITLE)
        _table(canvas, page)
        canvas.notes([f"{one_line(sheet.title)} – {reference(sheet)}" for sheet in page])


def _table(canvas: Canvas, page: Sequence[Sheet]) -> None:
    lang = canvas.lang
    width = WIDTH - 2 * MARGIN
    row_height = 62.0
    frame = canvas.slide.shapes.add_table(
        len(page) + 1, len(WIDTHS), *map(Pt, (MARGIN, 92, width, 26 + row_height * len(page)))
    )
    frame.name = f"{canvas.name} · table"
    table = frame.table
    _plain_style(table)
    for column, share in enumerate(WIDTHS):
        table.columns[column].width = Pt(width * share)
    table.rows[0].height = Pt(26)
    for column, heading in enumerate((FINDING, SUBJECT, CHANGE, GRADE_SHORT)):
        _cell(table.cell(0, column), heading(lang), width * WIDTHS[column], 26, lang, bold=True, colour=MUTE)
    for row, sheet in enumerate(page, start=1):
        table.rows[row].height = Pt(row_height)
        change = next((fact.text for fact in sheet.facts if fact.role == "change"), "–")
        for column, words in enumerate((sheet.title, sheet.subject, change, sheet.grade)):
            _cell(
                table.cell(row, column), one_line(words) or "–", width * WIDTHS[column], row_height, lang,
                bold=column in (2, 3), colour=ACCENT if column >= 2 else INK,
            )  # fmt: skip


def _plain_style(table: Any) -> None:
    """No bands and no fills of a table style: thin lines under the rows are enough."""
    table.first_row = True
    table.horz_banding = False
    style = table._tbl.tblPr.find("{*}tableStyleId")
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"


def _cell(
    cell: Any, words: str, width: float, height: float, lang: Lang, *, bold: bool = False, colour: str = INK
) -> None:
    fit = fitted(words, width=width - 12, height=height - 8, sizes=(13, 12, 11, 10, 9), bold=bold)
    cell.margin_left, cell.margin_right, cell.margin_top, cell.margin_bottom = Pt(0), Pt(8), Pt(3), Pt(3)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.line_spacing = Pt(fit.size * LINE)
    run = paragraph.add_run()
    run.text = fit.words
    dress(run, size=fit.size, bold=bold, colour=colour, lang=lang)
    properties = cell._tc.get_or_add_tcPr()
    line = f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:lnB>'
    properties.insert(0, parse_xml(line))
