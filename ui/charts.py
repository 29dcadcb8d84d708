"""Charts as plain Plotly figures (dicts): lines for time with XmR limits. Direct labels, no legend."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.period import Month
from core.text import Lang, Text
from metrics.result import Chart, KpiResult, Limits, Unit
from metrics.wording import amount
from ui.theme import Palette, palette

Figure = dict[str, Any]

CONFIG: Mapping[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d",
    ],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}  # fmt: skip

NEW_BASIS = Text(de="neue Basis", en="new baseline")
BY_HAND = Text(de="Basis neu gesetzt: {note}", en="baseline reset: {note}")
RUNNING = Text(de="läuft noch", en="still running")
CHANGE = Text(de="Veränderung zum Vorjahresmonat", en="change from a year before")


@dataclass(frozen=True, kw_only=True)
class Note:
    """A dated note on a chart: a fair, a price rise, a new ERP."""

    month: Month
    text: str


def plain(text: str) -> str:
    """Text for a Plotly label, where markup and links would be drawn."""
    return html.escape(text, quote=False)


def _day(month: Month) -> str:
    return month.start.isoformat()


def _edges(limits: Limits) -> tuple[str, str]:
    """Half a month to both sides, so that the band holds its points."""
    return (limits.first - 1).start.replace(day=16).isoformat(), limits.last.start.replace(day=16).isoformat()


def xmr(result: KpiResult, chart: Chart, lang: Lang, colours: Palette, notes: Sequence[Note] = ()) -> Figure:
    """An XmR chart: points over mean and natural limits, signals coloured and labelled, breaks and notes.

    Months that are not whole yet are hollow and outside every rule.
    """
    unit: Unit = "points" if chart.seasonal and result.unit == "percent" else result.unit
    points = [point for point in chart.points if point.value is not None]
    flagged = {signal.at: signal for signal in chart.signals}

    def colour(month: Month) -> str:
        signal = flagged.get(month)
        if signal is None:
            return colours.accent
        if result.direction == "none":
            return colours.ink
        return colours.good if (signal.side == "high") == (result.direction == "up") else colours.bad

    whole = [point for point in points if point.whole]
    running = [point for point in points if not point.whole]
    says = {point.month: amount(point.value, unit)(lang) for point in points}
    data: list[Figure] = [
        {
            "type": "scatter", "mode": "lines+markers",
            "x": [_day(p.month) for p in whole], "y": [p.value for p in whole],
            "line": {"color": colours.accent, "width": 2},
            "marker": {
                "color": [colour(p.month) for p in whole],
                "size": [9 if p.month in flagged else 6 for p in whole],
            },
            "customdata": [[plain(p.month.label(lang)), plain(says[p.month]), p.n] for p in whole],
            "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><br>n = %{customdata[2]}<extra></extra>",
            "showlegend": False,
        }
    ]  # fmt: skip
    if running:
        data.append(
            {
                "type": "scatter", "mode": "markers",
                "x": [_day(p.month) for p in running], "y": [p.value for p in running],
                "marker": {"color": colours.paper, "size": 7, "line": {"color": colours.mute, "width": 1.5}},
                "customdata": [
                    [plain(p.month.label(lang)), plain(says[p.month]), plain(RUNNING(lang))] for p in running
                ],
                "hovertemplate": "%{customdata[0]}: %{customdata[1]} (%{customdata[2]})<extra></extra>",
                "showlegend": False,
            }
        )  # fmt: skip
    shapes: list[Figure] = []
    labels: list[Figure] = []
    for index, limits in enumerate(chart.limits):
        left, right = _edges(limits)
        shapes.append(
            {"type": "rect", "x0": left, "x1": right, "y0": limits.lower, "y1": limits.upper, "layer": "below",
             "fillcolor": colours.band, "line": {"width": 0}}
        )  # fmt: skip
        shapes.append(
            {"type": "line", "x0": left, "x1": right, "y0": limits.mean, "y1": limits.mean, "layer": "below",
             "line": {"color": colours.mute, "width": 1, "dash": "dot"}}
        )  # fmt: skip
        if index:
            word = BY_HAND.fill(note=limits.note) if limits.note else NEW_BASIS
            labels.append(_label(left, limits.upper, word(lang), colours.mute, anchor="left", shift=8))
    for place, note in enumerate(notes):
        shapes.append(
            {"type": "line", "x0": _day(note.month), "x1": _day(note.month), "yref": "paper", "y0": 0, "y1": 1,
             "layer": "below", "line": {"color": colours.mute, "width": 1}}
        )  # fmt: skip
        labels.append(
            _label(_day(note.month), 1.0, note.text, colours.mute, anchor="right", shift=6 + 14 * (place % 2))
            | {"yref": "paper", "xshift": -4, "yanchor": "bottom"}
        )
    if chart.limits and whole:
        end = chart.limits[-1]
        labels.append(_beside(end.mean, amount(end.mean, unit)(lang), colours.mute))
        last = whole[-1]
        near = abs((last.value or 0) - end.mean) < 0.08 * ((end.upper - end.lower) or 1)
        if not near:
            labels.append(
                _beside(last.value, f"<b>{plain(says[last.month])}</b>", colour(last.month), escaped=True)
            )
    return {"data": data, "layout": _layout(lang, colours, points, shapes, labels, bool(notes))}


def _label(x: str, y: float, text: str, colour: str, *, anchor: str, shift: float) -> Figure:
    return {
        "x": x, "y": y, "text": plain(text), "showarrow": False, "xanchor": anchor, "yshift": shift,
        "font": {"size": 12, "color": colour},
    }  # fmt: skip


def _beside(y: float | None, text: str, colour: str, *, escaped: bool = False) -> Figure:
    """A label right of the plot, at the height of what it names."""
    return {
        "xref": "paper", "x": 1, "y": y, "text": text if escaped else plain(text), "showarrow": False,
        "xanchor": "left", "xshift": 8, "font": {"size": 12, "color": colour},
    }  # fmt: skip


def _layout(
    lang: Lang,
    colours: Palette,
    points: Sequence[Any],
    shapes: list[Figure],
    labels: list[Figure],
    noted: bool,
) -> Figure:
    months = [point.month for point in points]
    every = max(1, -(-len(months) // 9))
    ticks = months[::-1][::every][::-1]
    return {
        "height": 230,
        "margin": {"l": 8, "r": 72, "t": 36 if noted else 16, "b": 28},
        "separators": ",." if lang == "de" else ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "shapes": shapes,
        "annotations": labels,
        "font": {"color": colours.mute, "size": 12},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {
            "type": "date", "showgrid": False, "zeroline": False, "fixedrange": True,
            "tickvals": [_day(month) for month in ticks],
            "ticktext": [f"{month.month:02d}/{month.year % 100:02d}" for month in ticks],
            "tickfont": {"color": colours.mute, "size": 12}, "linecolor": colours.line,
        },
        "yaxis": {
            "automargin": True, "showgrid": False, "zeroline": False, "fixedrange": True, "nticks": 4,
            "tickfont": {"color": colours.mute, "size": 12},
        },
    }  # fmt: skip


def draw(figure: Figure, alt: str, key: str) -> None:
    """Show a figure. `alt` says in one sentence what it shows; the bar on top offers it as a picture."""
    st.plotly_chart(figure, theme=None, config=dict(CONFIG), alt=alt, key=key)


def draw_xmr(
    result: KpiResult, chart: Chart, lang: Lang, alt: str, key: str, notes: Sequence[Note] = ()
) -> None:
    draw(xmr(result, chart, lang, palette(), notes), alt, key)
