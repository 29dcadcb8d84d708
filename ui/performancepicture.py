"""Maturity against performance: each phase's level across, what its KPI reaches of its target up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from checklists.performance import MIDDLE, WEAK, Footing
from checklists.scoring import TOP
from checklists.wording import level_text, period_words
from cockpit.roundresults import Line, RoundView
from core.period import period_text
from core.text import Lang, Text
from core.view import View
from metrics.wording import amount, joined
from ui import blocks
from ui.charts import Figure, draw, frame, plain
from ui.downloads import downloads
from ui.links import address
from ui.roundpicture import notes, round_title
from ui.theme import Palette, palette
from ui.words import maturity as words

# Labels are placed for a narrow window, so that they do not meet on a phone either (pixels).
_WIDTH, _HEIGHT, _LINE = 300.0, 330.0, 15.0
_PER_LETTER = 6.6
IN_TITLE = 2
"""Phases that the title names; the picture shows all."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A phase in the picture: `x` its level, `y` the percent that its KPI reaches."""

    line: Line
    name: Text
    x: float
    y: float
    footing: Footing


def spots(shown: RoundView) -> list[Spot]:
    """The phases that have both a level and a KPI with something to be held against."""
    return [
        Spot(
            line=line,
            name=shown.model.phase(line.dimension.phase or "").name,
            x=line.score.continuous,
            y=found.percent,
            footing=found,
        )
        for line in shown.lines
        if line.score.continuous is not None and (found := line.footing) is not None
    ]


def performance_title(shown: RoundView) -> Text:
    """`Sales, act here first: Preference; there the KPI is weak and maturity low`."""
    found, team = spots(shown), shown.round.team
    if not found:
        return round_title(shown)
    first = [one.name for one in _urgent_first(found) if one.line.first_here][:IN_TITLE]
    if not first:
        return words.PERFORMANCE_NONE.fill(team=team)
    return words.PERFORMANCE_FIRST.fill(team=team, phases=joined(first))


def draw_performance(shown: RoundView, lang: Lang) -> None:
    """The picture, and under it each phase with its figures; a link leads to its KPI."""
    found = spots(shown)
    if not found:
        blocks.prose(words.PERFORMANCE_EMPTY(lang))
        return
    blocks.note(words.PERFORMANCE_SUB(lang))
    blocks.note(words.FIRST_SUB.fill(weak=WEAK, middle=MIDDLE)(lang))
    alt = words.PERFORMANCE_ALT.fill(n=len(found), first=performance_title(shown))
    draw(scatter(found, lang, palette()), alt(lang), key="performance_chart")
    blocks.rows([_row(one, shown, lang) for one in _urgent_first(found)], words.PARTS["performance"](lang))
    names = {one.line.dimension.id for one in found}
    missing = [
        line.dimension.name for line in shown.lines if line.dimension.phase and line.dimension.id not in names
    ]
    if missing:
        blocks.note(words.NOT_COMPARED.fill(names=joined(missing))(lang))
    table = performance_table(shown, lang)
    downloads(table, words.PARTS["performance"](lang), lang, "performance", notes(shown, lang))


def _urgent_first(found: Sequence[Spot]) -> list[Spot]:
    return sorted(found, key=lambda one: (-one.line.urgency, one.y))


def _against(one: Spot, shown: RoundView) -> Text:
    reference = amount(one.footing.reference, one.footing.result.unit, shown.currency)
    return words.OF_AGAINST[one.footing.against].fill(value=reference)


def _row(one: Spot, shown: RoundView, lang: Lang) -> blocks.Row:
    result = one.footing.result
    said = words.KPI_LINE.fill(
        kpi=result.name,
        value=amount(result.value, result.unit, shown.currency),
        against=_against(one, shown),
    )
    first = f" · {words.FIRST_HERE(lang)}" if one.line.first_here else ""
    return blocks.Row(
        label=f"{one.name(lang)}{first}",
        below=f"{said(lang)} ({period_words(result)(lang)}, n = {result.n})",
        value=words.PERCENT_OF.fill(percent=amount(round(one.y), "percent"))(lang),
        beside=words.LEVEL_IS.fill(level=level_text(one.x))(lang),
        accent="bad" if one.line.first_here else "",
        href=address(
            "kpis",
            lang,
            View(model=shown.model.id, period=period_text(result.period)),
            kpi=result.kpi,
            phase=result.phase or "",
        ),
    )


def scatter(found: Sequence[Spot], lang: Lang, colours: Palette) -> Figure:
    """Dots with their phases' names; the corner where to act first is tinted and says so.

    A hollow dot is held against its own past, a full one against a target.
    """
    low, high = _range([one.y for one in found])
    full = [one.footing.against == "target" for one in found]
    tone = [colours.bad if one.line.first_here else colours.accent for one in found]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [one.x for one in found],
        "y": [one.y for one in found],
        "marker": {
            "size": 13,
            "color": [shade if is_full else colours.paper for shade, is_full in zip(tone, full, strict=True)],
            "line": {"color": tone, "width": 2},
        },
        "customdata": [[plain(one.name(lang)), plain(one.footing.result.name(lang))] for one in found],
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]}: %{y:.0f} %, %{x:.1f}<extra></extra>",
    }
    at_edge = {"type": "rect", "x0": 0, "x1": MIDDLE, "y0": low, "y1": WEAK, "layer": "below"}
    corner = at_edge | {"fillcolor": colours.bad, "opacity": 0.07, "line": {"width": 0}}
    reached = {
        "type": "line", "x0": 0, "x1": TOP, "y0": 100, "y1": 100, "layer": "below",
        "line": {"color": colours.mute, "width": 1, "dash": "dot"},
    }  # fmt: skip
    small = {"size": 12, "color": colours.mute}
    labels = [
        _label(0.06, low, words.FIRST_HERE(lang), colours.bad) | {"xanchor": "left", "yanchor": "bottom"},
        _label(TOP, 100, words.REACHED_LINE(lang), colours.mute) | {"xanchor": "right", "yanchor": "bottom"},
        *_names(found, low, high, lang, colours),
    ]
    quiet = {"zeroline": False, "fixedrange": True, "tickfont": small, "gridcolor": colours.line}
    across = quiet | {"range": [0, TOP], "dtick": 1, "title": {"text": words.X_AXIS(lang), "font": small}}
    up = quiet | {
        "range": [low, high],
        "nticks": 6,
        "showgrid": False,
        "title": {"text": words.Y_AXIS(lang), "font": small},
        "automargin": True,
    }
    layout = frame(lang, colours) | {
        "height": 430,
        "margin": {"l": 8, "r": 16, "t": 12, "b": 44},
        "xaxis": across,
        "yaxis": up,
        "shapes": [corner, reached],
        "annotations": labels,
    }
    return {"data": [dots], "layout": layout}


def _range(values: Sequence[float]) -> tuple[float, float]:
    """From a little below to a little above all values, with the 100 always inside."""
    low, high = min(*values, 100.0), max(*values, 100.0)
    room = 0.12 * (high - low) or 10.0
    return max(low - room, 0.0), high + room


def _label(x: float, y: float, text: str, colour: str) -> Figure:
    return {"x": x, "y": y, "text": plain(text), "showarrow": False, "font": {"size": 12, "color": colour}}


def _names(found: Sequence[Spot], low: float, high: float, lang: Lang, colours: Palette) -> list[Figure]:
    """The phases' names beside their dots, each where it meets no dot and no other name."""
    places = [(one.x / TOP * _WIDTH, (one.y - low) / (high - low) * _HEIGHT) for one in found]
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in places]
    names = []
    for one, (x, y) in zip(found, places, strict=True):
        wide = _PER_LETTER * len(one.name(lang))
        choices = (
            ("left", "middle", 11, 0, (x + 11, y - _LINE / 2, x + 11 + wide, y + _LINE / 2)),
            ("right", "middle", -11, 0, (x - 11 - wide, y - _LINE / 2, x - 11, y + _LINE / 2)),
            ("center", "bottom", 0, 9, (x - wide / 2, y + 9, x + wide / 2, y + 9 + _LINE)),
            ("center", "top", 0, -9, (x - wide / 2, y - 9 - _LINE, x + wide / 2, y - 9)),
        )
        xanchor, yanchor, xshift, yshift, box = min(choices, key=lambda choice: _clashes(choice[4], taken))
        taken.append(box)
        label = _label(one.x, one.y, one.name(lang), colours.ink)
        names.append(label | {"xanchor": xanchor, "yanchor": yanchor, "xshift": xshift, "yshift": yshift})
    return names


def _clashes(box: tuple[float, float, float, float], taken: Sequence[tuple[float, ...]]) -> int:
    outside = box[0] < 0 or box[2] > _WIDTH or box[1] < 0 or box[3] > _HEIGHT
    meets = sum(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
    return meets + 2 * outside


def performance_table(shown: RoundView, lang: Lang) -> pd.DataFrame:
    """One row a phase in the picture: PERFORMANCE_COLUMNS."""
    rows = [
        (
            one.name(lang), one.x, one.footing.result.name(lang), one.footing.result.value,
            _against(one, shown)(lang), one.y, one.footing.result.n, period_words(one.footing.result)(lang),
        )
        for one in spots(shown)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[column(lang) for column in words.PERFORMANCE_COLUMNS])
