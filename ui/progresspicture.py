"""Round by round: a small chart for each dimension with every team's levels, and what changed since."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import streamlit as st

from checklists.findings import Risen
from checklists.model import Dimension
from checklists.scoring import TOP
from checklists.wording import level_text
from cockpit.roundhistory import Course, History
from cockpit.roundresults import RoundView
from core.text import Lang, Text, written
from metrics.wording import number
from ui import blocks
from ui.blocks import esc
from ui.downloads import downloads
from ui.roundpicture import level_words, notes
from ui.words import progress as words

WIDTH, HEIGHT, PAD = 220, 92, 7
# Mid tones that carry on white and on the dark ground alike: a picture cannot follow the page's theme.
OWN, OTHER, GRID = "#2f8bb0", "#8394a3", "#8394a3"
DASHES = ("5 3", "2 3", "8 3 2 3")
MOST_CHANGES = 4
MOST_DIMENSIONS = 6
TELLING = 0.1
"""A change of a team value that is told beside the largest one."""

Levels = list[tuple[dt.date, float]]


def progress_title(shown: RoundView, gone: History) -> Text:
    """`Sales: level 1.8 → 2.3, risen most: Preference`."""
    own = gone.courses[0].stages if gone.courses else ()
    if not own or own[0].round.id == shown.round.id:
        return words.PROGRESS_FIRST.fill(team=shown.round.team)
    before = next((a for a, b in pairwise(own) if b.round.id == shown.round.id), None)
    old, new = before.score.overall if before else None, shown.score.overall
    if old is None or new is None:
        return words.PROGRESS_FIRST.fill(team=shown.round.team)
    said = words.PROGRESS_OVERALL.fill(team=shown.round.team, before=level_text(old), after=level_text(new))
    rises = [(_rise(one), one) for one in shown.progress]
    most = max(rises, key=lambda rise: rise[0], default=None)
    if most is None or most[0] <= 0:
        return said
    names = {one.id: one.name for one in gone.dimensions}
    return words.PROGRESS_UP.fill(
        team=shown.round.team,
        before=level_text(old),
        after=level_text(new),
        dimension=names[most[1].dimension],
    )


def _rise(one: Risen) -> float:
    before, after = one.before[0], one.after[0]
    return after - before if before is not None and after is not None else 0.0


def draw_progress(shown: RoundView, gone: History, lang: Lang) -> None:
    """Small multiples over rounds and teams; below, the statements behind what rose or fell."""
    days = [stage.day for course in gone.courses for stage in course.stages]
    sub = words.PROGRESS_SUB.fill(team=shown.round.team, first=min(days), last=max(days))
    blocks.heading(words.PROGRESS_HEAD(lang), sub(lang))
    span = (min(days), max(days))
    panels = "".join(_panel(one, gone.courses, span, lang) for one in gone.dimensions)
    st.html(f'<div class="wm-multiples">{panels}</div>')
    table = progress_table(gone, lang)
    downloads(table, words.PROGRESS_HEAD(lang), lang, "progress", notes(shown, lang))
    if shown.progress:
        _draw_changes(shown, lang)


def _panel(dimension: Dimension, courses: Sequence[Course], span: tuple[dt.date, dt.date], lang: Lang) -> str:
    """A dimension's name, its lines, and each team's levels in words."""
    lines = [(course.team, levels_of(course, dimension.id)) for course in courses]
    known = [(team, levels) for team, levels in lines if levels]
    told = [
        words.COURSE.fill(team=team, levels=" → ".join(number(level, 1, lang) for _, level in levels))(lang)
        for team, levels in known
    ]
    alt = words.COURSE_ALT.fill(dimension=dimension.name, courses="; ".join(told))(lang)
    said = "".join(
        f'<p class="{"wm-own" if team == courses[0].team else ""}">{esc(text)}</p>'
        for (team, _), text in zip(known, told, strict=True)
    )
    picture = multiple([levels for _, levels in lines], span, alt)
    return f"<div><h3>{esc(dimension.name(lang))}</h3>{picture}{said}</div>"


def levels_of(course: Course, dimension: str) -> Levels:
    """A team's level at the end of each round that knows the dimension."""
    found = [(stage.day, stage.level(dimension)) for stage in course.stages]
    return [(day, level) for day, level in found if level is not None]


def multiple(lines: Sequence[Levels], span: tuple[dt.date, dt.date], alt: str) -> str:
    """An `<img>`: levels 0 to 5 over time, the first line in colour, the others dashed."""
    days = max((span[1] - span[0]).days, 1)

    def x(day: dt.date) -> float:
        return round(PAD + (day - span[0]).days / days * (WIDTH - 2 * PAD), 1)

    def y(level: float) -> float:
        return round(HEIGHT - PAD - level / TOP * (HEIGHT - 2 * PAD), 1)

    shapes = [
        f'<line x1="0" x2="{WIDTH}" y1="{y(level)}" y2="{y(level)}" stroke="{GRID}" '
        f'stroke-opacity="{0.5 if level == 0 else 0.18}"/>'
        for level in range(int(TOP) + 1)
    ]
    for place, line in reversed(list(enumerate(lines))):
        colour, radius = (OWN, 4) if place == 0 else (OTHER, 2.6)
        dash = "" if place == 0 else f'stroke-dasharray="{DASHES[(place - 1) % len(DASHES)]}"'
        points = " ".join(f"{x(day)},{y(level)}" for day, level in line)
        shapes.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="{2.2 if place == 0 else 1.4}" {dash} '
            f'stroke-linejoin="round" points="{points}"/>'
        )
        shapes += [
            f'<circle cx="{x(day)}" cy="{y(level)}" r="{radius}" fill="{colour}"/>' for day, level in line
        ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{"".join(shapes)}</svg>'
    )
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{esc(alt)}" src="data:image/svg+xml;base64,{data}">'


def _draw_changes(shown: RoundView, lang: Lang) -> None:
    """The dimensions that moved most, each with the statements that moved it; a table of all changes."""
    blocks.rule()
    blocks.heading(words.CHANGED_HEAD(lang), words.CHANGED_SUB(lang))
    moved = sorted((one for one in shown.progress if one.changed), key=_moved, reverse=True)
    if not moved:
        blocks.note(words.NOTHING_CHANGED(lang))
        return
    telling = [one for one in moved if _gated_moved(one)]
    telling += [one for one in moved if not _gated_moved(one)][: max(MOST_DIMENSIONS - len(telling), 0)]
    for place in range(0, len(telling), 2):
        sides = st.columns(2, gap="large")
        for side, one in zip(sides, telling[place : place + 2], strict=False):
            with side:
                _draw_dimension(one, shown, lang)
    if len(telling) < len(moved):
        blocks.note(words.MORE_MOVED.fill(n=len(moved) - len(telling))(lang))
    downloads(change_table(shown, lang), words.CHANGES(lang), lang, "changes", notes(shown, lang))


def _gated_moved(one: Risen) -> bool:
    return one.before[1] is not None and one.after[1] is not None and one.before[1] != one.after[1]


def _moved(one: Risen) -> tuple[bool, float]:
    return _gated_moved(one), abs(_rise(one))


def _draw_dimension(one: Risen, shown: RoundView, lang: Lang) -> None:
    names = {dimension.id: dimension.name for dimension in shown.round.checklist.dimensions}
    before, after = one.before[1], one.after[1]
    head = words.SAME_LEVEL
    if _gated_moved(one):
        head = words.ROSE if (after or 0) > (before or 0) else words.FELL
    levels = words.LEVELS_FROM_TO.fill(
        before=level_words(one.before[0], lang), after=level_words(one.after[0], lang)
    )
    title = head.fill(dimension=names[one.dimension], before=before or 0, after=after or 0)
    blocks.heading(title(lang), levels(lang))
    # The largest is always told; further ones only where the team's view has really moved.
    largest, *others = one.changed[:MOST_CHANGES]
    told = [largest, *(change for change in others if abs(change[2] - change[1]) >= TELLING)]
    blocks.rows([_change(change, shown, lang) for change in told], title(lang))
    if len(one.changed) > len(told):
        blocks.note(words.MORE_CHANGED.fill(n=len(one.changed) - len(told))(lang))


def change_table(shown: RoundView, lang: Lang) -> pd.DataFrame:
    """Every statement whose team value differs from the round before: CHANGE_COLUMNS."""
    names = {dimension.id: dimension.name(lang) for dimension in shown.round.checklist.dimensions}
    rows = [
        (names[one.dimension], shown.round.checklist.statement(name).statement(lang), before, after)
        for one in shown.progress
        for name, before, after in one.changed
    ]
    return pd.DataFrame(rows, columns=[column(lang) for column in words.CHANGE_COLUMNS])


def _change(change: tuple[str, float, float], shown: RoundView, lang: Lang) -> blocks.Row:
    name, before, after = change
    statement = shown.round.checklist.statement(name).statement
    sign = "▲" if after > before else "▼"
    return blocks.Row(
        label=words.CHANGED_STATEMENT.fill(sign=sign, statement=statement)(lang),
        value=words.FROM_TO.fill(before=round(before, 2), after=round(after, 2))(lang),
    )


def progress_table(gone: History, lang: Lang) -> pd.DataFrame:
    """One row a team, round and dimension: PROGRESS_COLUMNS."""
    names = {one.id: one.name(lang) for one in gone.dimensions}
    rows = [
        (
            course.team, written(stage.day, lang), names.get(one.dimension, one.dimension), one.continuous,
            one.gated, stage.respondents,
        )
        for course in gone.courses
        for stage in course.stages
        for one in stage.score.dimensions
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[column(lang) for column in words.PROGRESS_COLUMNS])
