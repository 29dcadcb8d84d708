"""Pictures of a before and after: a slope between two windows, and the course with the go-live in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import Lang
from metrics.result import Unit
from metrics.wording import amount, unit_words
from proof.effect import Effect, Point
from proof.figures import figures
from proof.window import grain_of
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
    """Before and after of the treated; beside it the control group's, and what was to be expected without the
    project (dashed) with its 95 % interval.

    Empty without a figure on both sides.
    """
    told = pair(effect, ink.currency)
    if told is None or effect.before is None or effect.after is None:
        return {"data": [], "layout": frame(ink.lang, ink.colours)}
    before, after = (shown.text(ink.lang) for shown in told)
    data = [_leg(effect.before, effect.after, ink.colours.accent, 3, "solid")]
    ends = [(effect.after, f"<b>{plain(after)}</b> · {plain(words.TREATED(ink.lang))}", ink.colours.accent)]
    starts = [(effect.before, f"<b>{plain(before)}</b>", ink.colours.ink)]
    if effect.control_before is not None and effect.control_after is not None:
        data.append(_leg(effect.control_before, effect.control_after, ink.colours.mute, 1.5, "solid"))
        name = plain(words.CONTROL(ink.lang))
        ends.append((effect.control_after, f"{ink.says(effect.control_after)} · {name}", ink.colours.mute))
        starts.append((effect.control_before, ink.says(effect.control_before), ink.colours.mute))
    level = expected_level(effect)
    if level is not None:
        data.append(_leg(effect.before, level.value, ink.colours.mute, 1.5, "dash"))
        data[-1]["error_y"] = {
            "type": "data", "symmetric": False, "array": [0, level.high - level.value],
            "arrayminus": [0, level.value - level.low], "color": ink.colours.mute, "thickness": 1.5,
            "width": 6,
        }  # fmt: skip
        told_level = figures(effect, ink.currency)
        said = plain(told_level.expected.text(ink.lang)) if told_level else ink.says(level.value)
        ends.append((level.value, f"{said} · {plain(words.EXPECTED(ink.lang))}", ink.colours.mute))
    values = [*(value for value, *_ in (*ends, *starts)), *((level.low, level.high) if level else ())]
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


@dataclass(frozen=True, kw_only=True)
class Level:
    """What was to be expected of the after window without the project, with its 95 % interval."""

    value: float
    low: float
    high: float


def expected_level(effect: Effect) -> Level | None:
    """None for a plain comparison, which knows nothing but the figure before."""
    if effect.design == "plain" or effect.expected is None or effect.after is None:
        return None
    low, high = (
        effect.expected if bound is None else effect.after - bound for bound in (effect.high, effect.low)
    )
    return Level(value=effect.expected, low=min(low, effect.expected), high=max(high, effect.expected))


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


Days = tuple[dt.date, dt.date]
"""First and last day of a window."""


def compared_windows(effect: Effect) -> tuple[Days, ...]:
    """The windows that a comparison rests on, for the course."""
    return tuple(window for window in (effect.baseline, effect.window) if window)


def is_fitted(effect: Effect | None) -> bool:
    """Whether a design expects something of each period: what stands beside its course is that."""
    return effect is not None and effect.design in ("its", "synthetic")


def level_behind(effect: Effect | None) -> Level | None:
    """The level to draw behind a course. A fitted course is its own expectation, period by period."""
    return None if effect is None or is_fitted(effect) else expected_level(effect)


def course_words(points: Sequence[Point], effect: Effect | None, ink: Ink, *, shaded: bool) -> str:
    """What a course shows, for the line above it: unit, how often, what its lines and grounds mean."""
    beside = any(point.beside is not None for point in points)
    kind = "alone" if not beside else "its" if is_fitted(effect) else "control"
    often = words.OFTEN[grain_of([point.period for point in points])]
    about = [words.SERIES_SUB[kind].fill(unit=unit_words(ink.unit, ink.currency), often=often)]
    about += [words.LEVEL] if level_behind(effect) else []
    about += [words.SHADED] if shaded else []
    return "; ".join(each(ink.lang) for each in about)


def course(
    points: Sequence[Point],
    go_live: dt.date,
    ink: Ink,
    *,
    expected: bool = False,
    windows: Sequence[Days] = (),
    level: Level | None = None,
) -> Figure:
    """The treated figure period by period, beside it the control group's (grey) or the `expected` one
    (dashed), and the line of the go-live. `windows`: what is compared, shaded; `level`: what was to be
    expected in the last of them."""
    points = sorted(points, key=lambda point: point.period)
    data = []
    if level is not None and windows:
        data += _expected(level, windows[-1], ink)
    if any(point.beside is not None for point in points):
        data.append(_run(points, ink, expected=expected))
    data.append(_run(points, ink, expected=None))
    days = [point.period for point in points]
    every = max(1, -(-len(days) // 7))
    ticks = days[::-1][::every][::-1]
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True}
    small = {"color": ink.colours.mute, "size": 12}
    live = go_live.isoformat()
    layout = frame(ink.lang, ink.colours)
    layout |= {
        "margin": {"l": 8, "r": 20, "t": 26, "b": 28},
        "xaxis": axis | {
            "type": "date", "tickvals": [day.isoformat() for day in ticks], "tickangle": 0, "tickfont": small,
            "ticktext": [f"{day.month:02d}/{day.year % 100:02d}" for day in ticks],
        },
        "yaxis": axis | {"automargin": True, "nticks": 4, "tickfont": small, "rangemode": "normal"},
        "shapes": [
            *(
                {"type": "rect", "x0": first.isoformat(), "x1": last.isoformat(), "yref": "paper", "y0": 0,
                 "y1": 1, "line": {"width": 0}, "fillcolor": ink.colours.band, "layer": "below"}
                for first, last in windows
            ),
            {"type": "line", "x0": live, "x1": live, "yref": "paper", "y0": 0, "y1": 1,
             "line": {"color": ink.colours.mute, "width": 1, "dash": "dot"}},
        ],
        "annotations": [{
            "x": live, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
            "text": plain(words.LIVE.fill(day=go_live)(ink.lang)), "font": small,
        }],
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _expected(level: Level, window: Days, ink: Ink) -> list[Figure]:
    """The level that was to be expected over the after window: dashed, in the band of its interval."""
    days = [day.isoformat() for day in window]
    around = f"{ink.says(level.low)} – {ink.says(level.high)}"
    band = {
        "type": "scatter", "mode": "lines", "x": [*days, *days[::-1]], "hoverinfo": "skip", "fill": "toself",
        "y": [level.low, level.low, level.high, level.high], "line": {"width": 0},
        "fillcolor": ink.colours.band,
    }  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines", "x": days, "y": [level.value, level.value],
        "line": {"color": ink.colours.mute, "width": 1.5, "dash": "dash"},
        "hovertemplate": f"{plain(words.EXPECTED(ink.lang))}: <b>{ink.says(level.value)}</b><br>{around}"
        "<extra></extra>",
    }  # fmt: skip
    return [band, line]


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
