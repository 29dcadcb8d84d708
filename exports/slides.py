"""Claims as slides: the finding as title, a native chart, a quote, a quiet footer with the claim id.

Nothing overflows, because every text is measured before it is placed: smaller first, shortened last. What was
shortened stands in full in the speaker notes.
"""

from __future__ import annotations

from collections.abc import Sequence

from exports.fitting import line_width
from exports.plain_words import one_line, plain_words
from exports.raster import redrawn
from exports.sheet import CaseStudy, Sheet
from exports.sheet_words import (
    LOGO,
    MARKS,
    PICTURE,
    bare,
    by_whom,
    chart_title,
    quoted,
    reference_lines,
    sentence,
    source_line,
)
from exports.slide_charts import place_chart
from exports.slide_deck import (
    ACCENT,
    HEIGHT,
    MARGIN,
    MUTE,
    RULE,
    WIDTH,
    Deck,
    add_slide,
    blank_deck,
    deck_bytes,
)
from exports.slide_parts import Box, Canvas, Style
from exports.slide_story import SMALL, add_overview, add_story, add_tiles, label_height

LOGO_BOX = Box(left=WIDTH - MARGIN - 110, top=38, width=110, height=40)
TITLE = Style(sizes=(26, 24, 22, 20, 18), bold=True)
UNDER_TITLE = Style(sizes=(13, 12, 11), colour=MUTE)
SENTENCE = Style(sizes=(14, 13, 12, 11))
QUOTE = Style(sizes=(18, 17, 16, 15, 14, 13, 12, 11))
SPEAKER = Style(sizes=(12, 11, 10), bold=True)
SPEAKER_ROLE = Style(sizes=(12, 11, 10), colour=MUTE)
GRADE_HEAD = Style(sizes=(12.5, 12, 11), bold=True)
GRADE_BODY = Style(sizes=(11, 10.5, 10, 9), colour=MUTE)
FOOT = Style(sizes=(9.5, 9, 8.5, 8), colour=MUTE)
FOOT_RIGHT = Style(sizes=(9.5, 9, 8.5, 8), colour=MUTE, align="right")

CONTENT_BOTTOM = 478.0
LEFT_WIDTH = 528.0
RIGHT = 612.0


def slides(sheets: Sequence[Sheet] | CaseStudy) -> bytes:
    """A PowerPoint file: one slide a sheet; before them, for a case study, its story, and from three
    sheets on a table of all findings. ValueError without a sheet."""
    story = sheets if isinstance(sheets, CaseStudy) else None
    each = list(sheets.sheets if isinstance(sheets, CaseStudy) else sheets)
    if not each:
        raise ValueError("a deck needs at least one sheet")
    first = each[0]
    deck = blank_deck(story.title if story else first.title, first.lang, max(one.made_on for one in each))
    if story:
        add_story(deck, story)
    if len(each) >= 3:
        add_overview(deck, each)
    names = _names(each)
    for sheet, name in zip(each, names, strict=True):
        _add(deck, sheet, name)
    return deck_bytes(deck)


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """The claims' ids, told apart where one is shown twice."""
    claims = [sheet.claim for sheet in sheets]
    return [
        claim if claim not in claims[:place] else f"{claim} ({claims[: place + 1].count(claim)})"
        for place, claim in enumerate(claims)
    ]


def _add(deck: Deck, sheet: Sheet, name: str) -> None:
    canvas = Canvas(add_slide(deck), name, sheet.lang)
    if sheet.watermark:
        canvas.watermark(sheet.watermark)
    top = _head(canvas, sheet)
    _figures(canvas, sheet, top)
    _aside(canvas, sheet, top)
    _foot(canvas, sheet)
    canvas.notes(_notes(sheet))


def _head(canvas: Canvas, sheet: Sheet) -> float:
    """Title, subject and period, logo; gives where the content may begin."""
    width = WIDTH - 2 * MARGIN
    if sheet.logo:
        canvas.picture(
            "logo", redrawn(sheet.logo), LOGO_BOX,
            alt=LOGO.fill(subject=one_line(sheet.subject))(sheet.lang), align="right",
        )  # fmt: skip
        width -= LOGO_BOX.width + 24
    box = Box(left=MARGIN, top=38, width=width, height=66)
    used = canvas.title(one_line(sheet.title), box, TITLE)
    under = Box(left=MARGIN, top=box.top + max(used, 32) + 6, width=width, height=17)
    words = " · ".join(part for part in map(one_line, (sheet.subject, sheet.period)) if part)
    canvas.text("subject", words, under, UNDER_TITLE)
    return under.bottom + 18


def _figures(canvas: Canvas, sheet: Sheet, top: float) -> None:
    sentence_height = 54.0
    width = LEFT_WIDTH
    box = Box(left=MARGIN, top=top, width=width, height=CONTENT_BOTTOM - sentence_height - 10 - top)
    if sheet.chart:
        title = Box(left=MARGIN, top=top, width=width, height=16)
        canvas.text("chart title", chart_title(sheet.chart, sheet.lang), title, SMALL)
        chart = Box(left=box.left, top=top + 20, width=width, height=box.height - 20)
        place_chart(canvas, sheet.chart, chart)
    else:
        facts = sheet.facts[:12]
        add_tiles(canvas, facts, box, columns=2 if len(facts) <= 6 else 3)
    below = Box(left=MARGIN, top=CONTENT_BOTTOM - sentence_height, width=width, height=sentence_height)
    canvas.text("sentence", one_line(sheet.sentence), below, SENTENCE)


def _aside(canvas: Canvas, sheet: Sheet, top: float) -> None:
    """The quote above, the strength of the evidence at the bottom, both in the right column."""
    width = WIDTH - MARGIN - RIGHT
    grade_top = _grade(canvas, sheet, Box(left=RIGHT, top=CONTENT_BOTTOM - 128, width=width, height=128))
    if not sheet.quote:
        if sheet.chart:
            column = Box(left=RIGHT, top=top, width=width, height=grade_top - 18 - top)
            add_tiles(canvas, (sheet.key_facts or sheet.facts)[:4], column, columns=1)
        return
    if sheet.chart and sheet.key_facts:
        facts = sheet.key_facts[:2]
        key = Box(left=RIGHT, top=top, width=width, height=50 + label_height(facts, width, columns=2))
        add_tiles(canvas, facts, key, columns=2)
        top = key.bottom + 14
    quote, inner = sheet.quote, RIGHT + 18
    room = grade_top - 18 - top
    speaker_height = 36.0
    words = Box(left=inner, top=top, width=width - 18, height=room - speaker_height - 10)
    opening, closing = MARKS[sheet.lang]
    said = f"{opening}{bare(quote)}"
    used = canvas.text("quote", said, words, QUOTE, end=closing)
    canvas.frame(Box(left=RIGHT, top=top, width=3, height=used), fill=ACCENT)
    left, under = inner, top + used + 10
    if quote.picture:
        picture = Box(left=inner, top=under, width=34, height=34)
        alt = PICTURE.fill(person=by_whom(quote) or "–")(sheet.lang)
        shown = canvas.picture("picture", redrawn(quote.picture, longest=300), picture, alt=alt)
        left = shown.right + 10
    lines = [
        (words, style)
        for words, style in ((one_line(quote.person), SPEAKER), (one_line(quote.role), SPEAKER_ROLE))
        if words
    ]
    for place, (line, style) in enumerate(lines):
        spot = Box(left=left, top=under + 17 * place, width=RIGHT + width - left, height=16)
        canvas.text("person" if style is SPEAKER else "role", line, spot, style)


def _grade(canvas: Canvas, sheet: Sheet, box: Box) -> float:
    """A framed note on how strong the evidence is, as tall as its words; gives its top."""
    head, _, reason = one_line(sheet.grade_sentence).partition(": ")
    if not reason:
        head, reason = one_line(sheet.grade_sentence), ""
    body = " ".join(part for part in (sentence(reason), sentence(one_line(sheet.provenance))) if part)
    inner_width = box.width - 28 - 48
    head_height = 15.0 * (2 if line_width(head, 12.5, bold=True) > inner_width else 1)
    body_lines = min(int(line_width(body, 11) / (box.width - 28)) + 2, 6) if body else 0
    body_height = min(body_lines * 13.4, box.height - head_height - 34)
    height = max(14 + head_height + (6 + body_height if body else 0) + 12, 58)
    top = box.bottom - height
    canvas.frame(Box(left=box.left, top=top, width=box.width, height=height), edge=RULE, round_by=0.05)
    circle = Box(left=box.right - 14 - 34, top=top + 12, width=34, height=34)
    canvas.frame(circle, edge=ACCENT, round_by=1)
    letter = Style(sizes=(16,), bold=True, colour=ACCENT, align="center", anchor="middle")
    canvas.text("grade", sheet.grade, circle, letter)
    spot = Box(left=box.left + 14, top=top + 14, width=inner_width, height=head_height + 2)
    used = canvas.text("grade sentence", head, spot, GRADE_HEAD)
    if body:
        under = max(top + 14 + used + 6, circle.bottom + 2 if used < 16 else 0)
        rest = Box(left=spot.left, top=under, width=box.width - 28, height=box.bottom - 10 - under)
        canvas.text("provenance", body, rest, GRADE_BODY)
    return top


def _foot(canvas: Canvas, sheet: Sheet) -> None:
    top = HEIGHT - 46
    canvas.rule((MARGIN, top), (WIDTH - MARGIN, top), RULE, 1)
    lines = [one_line(line) for line in reference_lines(sheet)]
    right_width = min(max(line_width(line, 9.5) for line in lines) + 6, 330)
    left = Box(left=MARGIN, top=top + 7, width=WIDTH - 2 * MARGIN - right_width - 24, height=24)
    canvas.text("footnote", one_line(sheet.footnote), left, FOOT)
    spot = Box(left=WIDTH - MARGIN - right_width, top=top + 7, width=right_width, height=24)
    canvas.text("reference", "\n".join(lines), spot, FOOT_RIGHT)


def _notes(sheet: Sheet) -> list[str]:
    """What a speaker needs: everything in full, the facts, source and n, where the evidence lies."""
    facts = [f"{one_line(fact.label)}: {one_line(fact.text)}" for fact in sheet.facts]
    quote = [f"{quoted(sheet.quote, sheet.lang)} {by_whom(sheet.quote)}".strip()] if sheet.quote else []
    parts = [
        sheet.title, sheet.sentence, *facts, *quote, sheet.grade_sentence, sheet.provenance, sheet.footnote,
        *sheet.notes.split("\n"), source_line(sheet),
    ]  # fmt: skip
    return [line for line in map(plain_words, parts) if line.strip()]
