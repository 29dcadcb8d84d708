"""A share that grows with the days since a beginning: a staircase with its band, labelled directly."""

from __future__ import annotations

from collections.abc import Sequence

from core.text import Lang
from ui import charts
from ui.charts import Figure, plain
from ui.theme import Palette

NICE_DAYS = (1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365, 730, 1825)


def edge(days: Sequence[float], values: Sequence[float], colours: Palette, *, fill: bool) -> Figure:
    """One edge of the band; the upper one fills down to the lower."""
    return {
        "type": "scatter", "mode": "lines", "x": list(days), "y": list(values),
        "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip",
    } | ({"fill": "tonexty", "fillcolor": colours.band} if fill else {})  # fmt: skip


def stairs(
    days: Sequence[float], values: Sequence[float], said: Sequence[Sequence[str]], colours: Palette
) -> Figure:
    """The staircase; `said` has for each point when, the value and its interval in words."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(days),
        "y": list(values),
        "line": {"color": colours.accent, "width": 2, "shape": "hv"},
        "customdata": [list(words) for words in said],
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b> %{customdata[2]}<extra></extra>",
    }


def dot(day: float, value: float, colours: Palette) -> Figure:
    """A point that a label names."""
    return {
        "type": "scatter", "mode": "markers", "x": [day], "y": [value], "hoverinfo": "skip",
        "marker": {"color": colours.accent, "size": 9},
    }  # fmt: skip


def end_label(day: float, value: float, said: str, colours: Palette) -> Figure:
    """What the staircase has come to, behind its end."""
    return {
        "x": day, "y": value, "text": f"<b>{plain(said)}</b>", "showarrow": False, "xanchor": "left",
        "xshift": 8, "font": {"size": 13, "color": colours.accent},
    }  # fmt: skip


def dot_label(day: float, value: float, said: str, colours: Palette) -> Figure:
    """The words of a dot, beside and below it."""
    return {
        "x": day, "y": value, "text": plain(said), "showarrow": False, "xanchor": "left", "yanchor": "top",
        "xshift": 8, "yshift": -2, "font": {"size": 12, "color": colours.ink},
    }  # fmt: skip


def ticks(reach: float) -> list[int]:
    """Round days after the beginning, seven at most; with its end where round days lead to it."""
    steps = [days for days in NICE_DAYS if reach / days <= 7] or [NICE_DAYS[-1]]
    step = next((days for days in steps if reach % days == 0 and reach / days >= 3), steps[0])
    return [step * place for place in range(1, int(reach // step) + 1)]


def layout(
    size: tuple[float, float],
    labels: Sequence[Figure],
    named: dict[int, str],
    lang: Lang,
    colours: Palette,
) -> Figure:
    """The frame: days from 0 to the first of `size`, percent to a bit above the second; `named` days have
    words below them."""
    reach, highest = size
    small = {"color": colours.mute, "size": 12}
    quiet = {"showgrid": False, "zeroline": False, "fixedrange": True, "tickfont": small}
    return charts.frame(lang, colours) | {
        "height": 300,
        "margin": {"l": 8, "r": 76, "b": 40, "t": 12},
        "annotations": list(labels),
        "xaxis": quiet
        | {
            "range": [0, reach],
            "tickvals": list(named),
            "ticktext": list(named.values()),
            "tickangle": 0,
        },
        "yaxis": quiet
        | {
            "range": [0, highest * 1.08],
            "nticks": 5,
            "automargin": True,
            "ticksuffix": "\u202f%" if lang == "de" else "%",
            "showgrid": True,
            "gridcolor": colours.line,
        },
    }
