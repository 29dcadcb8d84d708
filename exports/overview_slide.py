"""The overview as one slide: a row of stations with native charts; what costs, changed and happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exports.overview_sheet import ChangeLine, OverviewSheet, StationLine, Tone
from exports.plain_words import one_line
from exports.slide_deck import (
    ACCENT,
    BAD,
    GOOD,
    HEIGHT,
    MARGIN,
    MUTE,
    RULE,
    WIDTH,
    add_slide,
    blank_deck,
    deck_bytes,
)
from exports.slide_parts import Box, Canvas, Style
from exports.slide_sparkline import Course, place_sparkline

COLOURS: dict[Tone, str] = {"good": GOOD, "bad": BAD, "neutral": MUTE}
NAME = "overview"
TITLE = Style(sizes=(26, 24, 22, 20, 18), bold=True)
ABOUT = Style(sizes=(12, 11, 10, 9), colour=MUTE)
SAMPLE = Style(sizes=(11, 10), bold=True, colour="7A5B00", align="center", anchor="middle")
SAMPLE_FILL = "FFF4CC"
HOT = "FDF3F2"
PHASE = Style(sizes=(11, 10, 9, 8), bold=True)
KPI = Style(sizes=(9.5, 9, 8, 7.5), colour=MUTE)
VALUE = Style(sizes=(20, 18, 16, 14, 12, 10), bold=True)
TARGET = Style(sizes=(9, 8.5, 8), colour=MUTE)
ONWARD = Style(sizes=(9, 8), colour=MUTE, align="center")
HEADING = Style(sizes=(13, 12, 11), bold=True)
SMALL = Style(sizes=(9.5, 9, 8.5, 8), colour=MUTE)
BODY = Style(sizes=(11, 10.5, 10, 9.5, 9))
STATIONS_TOP, STATIONS_HEIGHT = 136.0, 156.0
COLUMNS_TOP = 308.0
FOOT_TOP = HEIGHT - 40


def overview_slide(sheet: OverviewSheet) -> bytes:
    """A PowerPoint file of one slide."""
    deck = blank_deck(sheet.title, sheet.lang, sheet.made_on)
    canvas = Canvas(add_slide(deck), NAME, sheet.lang)
    canvas.title(one_line(sheet.title), Box(left=MARGIN, top=34, width=WIDTH - 2 * MARGIN, height=64), TITLE)
    _about(canvas, sheet)
    _stations(canvas, sheet.stations)
    _columns(canvas, sheet)
    canvas.rule((MARGIN, FOOT_TOP), (WIDTH - MARGIN, FOOT_TOP), RULE, 1)
    foot = Box(left=MARGIN, top=FOOT_TOP + 7, width=WIDTH - 2 * MARGIN, height=14)
    canvas.text("footnote", one_line(sheet.footnote), foot, SMALL)
    canvas.notes(_notes(sheet))
    return deck_bytes(deck)


def _about(canvas: Canvas, sheet: OverviewSheet) -> None:
    left = MARGIN
    if sheet.sample:
        label = Box(left=left, top=102, width=96, height=17)
        canvas.frame(label, fill=SAMPLE_FILL, round_by=0.3)
        canvas.text("sample", one_line(sheet.sample), label, SAMPLE)
        left = label.right + 10
    spot = Box(left=left, top=103, width=WIDTH - MARGIN - left, height=15)
    canvas.text("about", one_line(sheet.about), spot, ABOUT)


def _stations(canvas: Canvas, stations: Sequence[StationLine]) -> None:
    width = (WIDTH - 2 * MARGIN) / max(len(stations), 1)
    bottom = STATIONS_TOP + STATIONS_HEIGHT
    for place, station in enumerate(stations):
        left = MARGIN + place * width
        if station.hot:
            canvas.frame(Box(left=left, top=STATIONS_TOP, width=width, height=STATIONS_HEIGHT), fill=HOT)
        inner = Box(left=left + 8, top=STATIONS_TOP, width=width - 14, height=STATIONS_HEIGHT)
        _station(canvas, station, inner)
    canvas.frame(
        Box(left=MARGIN, top=STATIONS_TOP, width=WIDTH - 2 * MARGIN, height=STATIONS_HEIGHT), edge=RULE
    )
    for place, station in enumerate(stations[:-1], start=1):
        x = MARGIN + place * width
        canvas.rule((x, STATIONS_TOP), (x, bottom), RULE, 1)
        if station.onward:
            chip = Box(left=x - 26, top=STATIONS_TOP - 13, width=52, height=11)
            canvas.text(f"onward {station.number}", f"{one_line(station.onward)} ›", chip, ONWARD)


def _station(canvas: Canvas, station: StationLine, box: Box) -> None:
    def line(part: str, words: str, top: float, height: float, style: Style) -> None:
        spot = Box(left=box.left, top=box.top + top, width=box.width, height=height)
        canvas.text(f"{part} {station.number}", one_line(words) or "–", spot, style)

    line("phase", f"{station.number} {station.phase}", 8, 14, PHASE)
    line("kpi", station.kpi, 24, 23, KPI)
    line("value", station.value, 49, 25, VALUE)
    line("target", station.target, 75, 11, TARGET)
    if sum(value is not None for value in station.course) > 1:
        chart = Box(left=box.left - 2, top=box.top + 88, width=box.width + 4, height=30)
        course = Course(
            name=f"course {station.number}",
            months=station.months,
            values=station.course,
            colour=COLOURS[station.tone],
            alt=f"{one_line(station.kpi)}: {one_line(station.said)}",
        )
        place_sparkline(canvas, course, chart)
    said = Style(sizes=(8.5, 8, 7.5, 7), bold=station.tone != "neutral", colour=COLOURS[station.tone])
    line("said", station.said, 121, 31, said)


def _columns(canvas: Canvas, sheet: OverviewSheet) -> None:
    gap = 30.0
    width = (WIDTH - 2 * MARGIN - 2 * gap) / 3
    lefts = [MARGIN + place * (width + gap) for place in range(3)]
    for part, heading, left in zip(
        ("leak", "changes", "news"), (sheet.leak_heading, sheet.changes_heading, sheet.news_heading), lefts,
        strict=True,
    ):  # fmt: skip
        spot = Box(left=left, top=COLUMNS_TOP, width=width, height=17)
        canvas.text(f"{part} heading", one_line(heading), spot, HEADING)
    first = Box(left=lefts[0], top=COLUMNS_TOP + 24, width=width, height=164)
    _sentences(canvas, "leak", sheet.leak, first)
    about = Box(left=lefts[1], top=COLUMNS_TOP + 19, width=width, height=12)
    canvas.text("changes about", one_line(sheet.changes_about), about, SMALL)
    _changes(canvas, sheet.changes[:5], Box(left=lefts[1], top=COLUMNS_TOP + 36, width=width, height=150))
    _sentences(canvas, "news", sheet.news[:5], replace(first, left=lefts[2]))


def _sentences(canvas: Canvas, part: str, sentences: Sequence[str], box: Box) -> None:
    top = box.top
    for place, sentence in enumerate(sentences, start=1):
        left = box.bottom - top
        if left < 13:
            break
        room = Box(left=box.left, top=top, width=box.width, height=min(left, 66 if part == "leak" else 42))
        top += canvas.text(f"{part} {place}", one_line(sentence), room, BODY) + 5


def _changes(canvas: Canvas, changes: Sequence[ChangeLine], box: Box) -> None:
    height = 30.0
    for place, change in enumerate(changes, start=1):
        top = box.top + (place - 1) * height
        if top + height > box.bottom:
            break
        canvas.rule((box.left, top), (box.right, top), RULE, 0.75)
        colour = ACCENT if change.tone == "neutral" else COLOURS[change.tone]
        name = Style(sizes=(11, 10, 9), bold=True, colour=colour)
        value = Style(sizes=(11, 10, 9), bold=True, align="right")
        left = Box(left=box.left, top=top + 3, width=box.width * 0.68, height=14)
        canvas.text(f"change {place}", one_line(change.name), left, name)
        right = Box(left=box.left + box.width * 0.7, top=top + 3, width=box.width * 0.3, height=14)
        canvas.text(f"change value {place}", one_line(change.value), right, value)
        below = Box(left=box.left, top=top + 17, width=box.width, height=12)
        canvas.text(f"change said {place}", one_line(change.said), below, SMALL)


def _notes(sheet: OverviewSheet) -> list[str]:
    stations = [
        " · ".join(
            part
            for part in (f"{one.number} {one.phase}", f"{one.kpi}: {one.value}", one.target, one.said)
            if part
        )
        for one in sheet.stations
    ]
    changes = [f"{one.name}: {one.value} ({one.said})" for one in sheet.changes]
    lines = [sheet.title, sheet.about, *stations, *sheet.leak, *changes, *sheet.news, sheet.footnote]
    return [one_line(line) for line in lines if line.strip()]
