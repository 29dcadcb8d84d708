"""Pictures of a before and after: a slope between two windows, and the course with the go-live in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import Lang
from metrics.result import Unit
from metrics.wording import amount
from proof.effect import Effect, Point
from ui.charts import Figure, frame, plain
from ui.projectwords import pair
from ui.theme import Palette
from ui.words import projects as words


@dataclass(frozen=True, kw_only=True)
class Ink:
    """How a picture is drawn: language, colours, unit and currency of its numbers."""

    lang: Lang
    colours: Palette
    unit: Unit
    currency: str

    def says(self, value: float | None) -> str:
        return plain(amount(value, self.unit, self.currency)(self.lang))


def slope(effect: Effect, ink: Ink) -> Figure:
    """Before and after of the treated, and beside it the control group's or what was to be expected.

    Empty without a figure on both sides.
    """
    told = pair(effect, ink.currency)
    if told is None or effect.before is None or effect.after is None:
        return {"data": [], "layout": frame(ink.lang, ink.colours)}
    before, after = (shown.text(ink.lang) for shown in told)
    beside = _beside(effect)
    data = [
        _leg(effect.before, effect.after, ink.colours.accent, 3, "solid"),
        *(
            [_leg(beside[0], beside[1], ink.colours.mute, 1.5, "dash" if beside[2] else "solid")]
            if beside
            else []
        ),
    ]
    ends = [(effect.after, f"<b>{plain(after)}</b> · {plain(words.TREATED(ink.lang))}", ink.colours.accent)]
    if beside:
        name = words.EXPECTED if beside[2] else words.CONTROL
        ends.append((beside[1], f"{ink.says(beside[1])} · {plain(name(ink.lang))}", ink.colours.mute))
    starts = [(effect.before, f"<b>{plain(before)}</b>", ink.colours.ink)]
    if beside and not beside[2]:
        starts.append((beside[0], ink.says(beside[0]), ink.colours.mute))
    values = [value for value, *_ in (*ends, *starts)]
    spread = (max(values) - min(values)) or abs(max(values)) or 1.0
    labels = _pushed(starts, spread, x=0, anchor="right", shift=-12)
    labels += _pushed(ends, spread, x=1, anchor="left", shift=12)
    layout = frame(ink.lang, ink.colours)
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True}
    layout |= {
        "height": 280,
        "margin": {"l": 78, "r": 150, "t": 30, "b": 10},
        "xaxis": axis
        | {
            "range": [-0.04, 1.04], "tickvals": [0, 1], "side": "top", "tickangle": 0,
            "ticktext": [plain(words.BEFORE(ink.lang)), plain(words.AFTER(ink.lang))],
            "tickfont": {"color": ink.colours.mute, "size": 12},
        },
        "yaxis": axis
        | {"visible": False, "range": [min(values) - 0.18 * spread, max(values) + 0.18 * spread]},
        "shapes": [
            {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1,
             "line": {"color": ink.colours.line, "width": 1}, "layer": "below"}
            for x in (0, 1)
        ],
        "annotations": labels,
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _beside(effect: Effect) -> tuple[float, float, bool] | None:
    """What stands beside the treated: the control group's figures, else what was expected; True: expected."""
    if effect.control_before is not None and effect.control_after is not None:
        return effect.control_before, effect.control_after, False
    if effect.design != "plain" and effect.expected is not None and effect.before is not None:
        return effect.before, effect.expected, True
    return None


def _leg(before: float, after: float, colour: str, width: float, dash: str) -> Figure:
    return {
        "type": "scatter", "mode": "lines+markers", "x": [0, 1], "y": [before, after], "hoverinfo": "skip",
        "line": {"color": colour, "width": width, "dash": dash},
        "marker": {"color": colour, "size": 11 if width > 2 else 7}, "cliponaxis": False,
    }  # fmt: skip


def _pushed(
    labels: Sequence[tuple[float, str, str]], spread: float, *, x: int, anchor: str, shift: int
) -> list[Figure]:
    """Labels at one end; those that would be written over each other are moved apart."""
    placed: list[Figure] = []
    last: float | None = None
    for value, text, colour in sorted(labels, key=lambda each: each[0]):
        at = value if last is None else max(value, last + 0.13 * spread)
        last = at
        placed.append({
            "x": x, "y": at, "text": text, "showarrow": False, "xanchor": anchor, "xshift": shift,
            "align": "left", "font": {"size": 14, "color": colour},
        })  # fmt: skip
    return placed


def course(points: Sequence[Point], go_live: dt.date, ink: Ink, *, expected: bool = False) -> Figure:
    """The treated figure period by period, beside it the control group's (grey) or the `expected` one
    (dashed), and the line of the go-live."""
    points = sorted(points, key=lambda point: point.period)
    data = []
    if any(point.beside is not None for point in points):
        data.append(_run(points, ink, expected=expected))
    data.append(_run(points, ink, expected=None))
    days = [point.period for point in points]
    every = max(1, -(-len(days) // 7))
    ticks = days[::-1][::every][::-1]
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True}
    small = {"color": ink.colours.mute, "size": 12}
    layout = frame(ink.lang, ink.colours)
    layout |= {
        "margin": {"l": 8, "r": 20, "t": 26, "b": 28},
        "xaxis": axis | {
            "type": "date", "tickvals": [day.isoformat() for day in ticks], "tickangle": 0, "tickfont": small,
            "ticktext": [f"{day.month:02d}/{day.year % 100:02d}" for day in ticks],
        },
        "yaxis": axis | {"automargin": True, "nticks": 4, "tickfont": small, "rangemode": "normal"},
        "shapes": [{
            "type": "line", "x0": go_live.isoformat(), "x1": go_live.isoformat(), "yref": "paper", "y0": 0,
            "y1": 1, "line": {"color": ink.colours.mute, "width": 1, "dash": "dot"},
        }],
        "annotations": [{
            "x": go_live.isoformat(), "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
            "text": plain(words.LIVE.fill(day=go_live)(ink.lang)), "font": small,
        }],
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _run(points: Sequence[Point], ink: Ink, *, expected: bool | None) -> Figure:
    """One line of the course; `expected` None: the treated, else what stands beside it."""
    treated = expected is None
    values = [point.treated if treated else point.beside for point in points]
    name = words.TREATED if treated else words.EXPECTED if expected else words.CONTROL
    return {
        "type": "scatter",
        "mode": "lines+markers" if treated else "lines",
        "x": [point.period.isoformat() for point in points],
        "y": values,
        "connectgaps": False,
        "line": {
            "color": ink.colours.accent if treated else ink.colours.mute, "width": 2 if treated else 1.5,
            "dash": "dash" if expected else "solid",
        },
        "marker": {"color": ink.colours.accent, "size": 5},
        "customdata": [
            [f"{point.period.month:02d}/{point.period.year}", ink.says(value), plain(name(ink.lang))]
            for point, value in zip(points, values, strict=True)
        ],
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
    }  # fmt: skip
