"""Charts as plain Plotly figures (dicts): lines for time with XmR limits. Direct labels, no legend."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from cockpit.notes import Note
from core.period import Month
from core.text import Lang
from metrics.result import Chart, KpiResult, Limits, Point, Unit
from metrics.wording import amount, onset
from ui.theme import Palette
from ui.words import charts as words

Figure = dict[str, Any]
Says = Callable[[float | None], str]

CONFIG: Mapping[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d",
    ],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}  # fmt: skip


def plain(text: str) -> str:
    """Text for a Plotly label, where markup and links would be drawn."""
    return html.escape(text, quote=False)


def _day(month: Month) -> str:
    return month.start.isoformat()


def xmr(
    result: KpiResult, lang: Lang, colours: Palette, *, currency: str = "EUR", notes: Sequence[Note] = ()
) -> Figure:
    """An XmR chart: points over mean and natural limits, signals coloured and labelled, breaks and notes.

    Months that are not whole yet are hollow and outside every rule. Without a chart it is empty.
    """
    chart = result.chart
    points = [point for point in chart.points if point.value is not None] if chart else []
    # Changes of a percentage are percentage points; the unit of every other change stays what it is.
    unit: Unit = "points" if chart and chart.seasonal and result.unit == "percent" else result.unit

    def says(value: float | None) -> str:
        sign = "+" if chart and chart.seasonal and value is not None and value > 0 else ""
        return sign + plain(amount(value, unit, currency)(lang))

    colour = _status_colours(result, colours)
    data = [_line([point for point in points if point.whole], colour, says, lang, colours)]
    running = [point for point in points if not point.whole]
    if running:
        data.append(_hollow(running, says, lang, colours))
    shapes, labels = _bands(chart.limits if chart else (), colours, lang)
    lines, names = _notes(notes, chart, points, colours)
    shapes += lines
    labels += names
    labels += _ends(chart, colour, says, colours)
    layout = _layout(points, lang, colours)
    if chart and chart.limits:
        edges = _apart(chart.limits[-1], points)
        layout["yaxis"] |= {"tickvals": edges, "ticktext": [says(edge) for edge in edges]}
    layout |= {"shapes": shapes, "annotations": labels}
    layout["margin"]["t"] = 28 + max((name.get("yshift", 0) for name in names), default=-10)
    return {"data": data, "layout": layout}


def _apart(limits: Limits, points: Sequence[Point]) -> list[float]:
    """The limits as ticks; the upper one alone where both would be written over each other."""
    values = [limits.lower, limits.upper, *(point.value for point in points if point.value is not None)]
    close = limits.upper - limits.lower < 0.15 * (max(values) - min(values))
    return [limits.upper] if close else [limits.lower, limits.upper]


def _notes(
    notes: Sequence[Note], chart: Chart | None, points: Sequence[Point], colours: Palette
) -> tuple[list[Figure], list[Figure]]:
    """A line for each note with its number in the list; the one where a signal began says its text."""
    shapes: list[Figure] = []
    labels: list[Figure] = []
    begun = onset(chart) if chart else None
    telling = [note for note in notes if begun and begun - 1 <= note.month <= begun][-1:]
    numbers: dict[Month, list[str]] = defaultdict(list)
    for number, note in enumerate(notes, 1):
        if points and points[0].month <= note.month <= points[-1].month:
            numbers[note.month].append(note.text if note in telling else str(number))
    for month, texts in numbers.items():
        at = {"x0": _day(month), "x1": _day(month), "yref": "y domain", "y0": 0, "y1": 1}
        stroke = {"color": colours.mute, "width": 1, "dash": "dot"}
        shapes.append(at | {"type": "line", "layer": "above", "opacity": 0.45, "line": stroke})
        place: Figure = {"yref": "y domain", "yanchor": "bottom"}
        if any(note.month == month for note in telling):
            place |= {"xanchor": "right", "yshift": 13}
        labels.append(_label(_day(month), 1.0, ", ".join(texts), colours.mute) | place)
    return shapes, labels


def _status_colours(result: KpiResult, colours: Palette) -> Callable[[Month], str]:
    """The colour of a month: accent, or by its signal good, bad, or ink where a KPI has no direction."""
    flagged = {signal.at: signal for signal in result.chart.signals} if result.chart else {}

    def colour(month: Month) -> str:
        signal = flagged.get(month)
        if signal is None:
            return colours.accent
        if result.direction == "none":
            return colours.ink
        return colours.good if (signal.side == "high") == (result.direction == "up") else colours.bad

    return colour


def _line(
    points: Sequence[Point], colour: Callable[[Month], str], says: Says, lang: Lang, colours: Palette
) -> Figure:
    dots = [colour(point.month) for point in points]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [_day(point.month) for point in points],
        "y": [point.value for point in points],
        "line": {"color": colours.accent, "width": 2},
        "marker": {"color": dots, "size": [6 if dot == colours.accent else 9 for dot in dots]},
        "customdata": [[plain(p.month.label(lang)), says(p.value), p.n] for p in points],
        "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><br>n = %{customdata[2]}<extra></extra>",
    }


def _hollow(points: Sequence[Point], says: Says, lang: Lang, colours: Palette) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_day(point.month) for point in points],
        "y": [point.value for point in points],
        "marker": {"color": colours.paper, "size": 7, "line": {"color": colours.mute, "width": 1.5}},
        "customdata": [
            [plain(p.month.label(lang)), says(p.value), plain(words.RUNNING(lang))] for p in points
        ],
        "hovertemplate": "%{customdata[0]}: %{customdata[1]} (%{customdata[2]})<extra></extra>",
    }


def _bands(stretches: Sequence[Limits], colours: Palette, lang: Lang) -> tuple[list[Figure], list[Figure]]:
    """A band and a dotted mean for each stretch of limits, with a word where a new baseline begins."""
    shapes: list[Figure] = []
    labels: list[Figure] = []
    for place, limits in enumerate(stretches):
        # Half a month to both sides, so that the band holds its points.
        span = {
            "x0": (limits.first - 1).start.replace(day=16).isoformat(),
            "x1": limits.last.start.replace(day=16).isoformat(),
            "layer": "below",
        }
        band = {"type": "rect", "y0": limits.lower, "y1": limits.upper, "fillcolor": colours.band}
        mean = {"type": "line", "y0": limits.mean, "y1": limits.mean}
        shapes.append(span | band | {"line": {"width": 0}})
        shapes.append(span | mean | {"line": {"color": colours.mute, "width": 1, "dash": "dot"}})
        if place:
            word = words.BY_HAND.fill(note=limits.note) if limits.note else words.NEW_BASIS
            labels.append(
                _label(span["x0"], limits.upper, word(lang), colours.mute) | {"xanchor": "left", "yshift": 8}
            )
    return shapes, labels


def _ends(chart: Chart | None, colour: Callable[[Month], str], says: Says, colours: Palette) -> list[Figure]:
    """Right of the plot: the mean in force and, where it does not collide, the last value."""
    whole = [point for point in chart.points if point.whole and point.value is not None] if chart else []
    if chart is None or not chart.limits or not whole:
        return []
    limits, last = chart.limits[-1], whole[-1]
    at_end = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8}
    ends = [_label("", limits.mean, "", colours.mute) | at_end | {"text": says(limits.mean)}]
    if abs((last.value or 0.0) - limits.mean) >= 0.25 * (limits.upper - limits.lower):
        text = f"<b>{says(last.value)}</b>"
        ends.append(_label("", last.value or 0.0, "", colour(last.month)) | at_end | {"text": text})
    return ends


def _label(x: str, y: float, text: str, colour: str) -> Figure:
    return {"x": x, "y": y, "text": plain(text), "showarrow": False, "font": {"size": 12, "color": colour}}


def _layout(points: Sequence[Point], lang: Lang, colours: Palette) -> Figure:
    months = [point.month for point in points]
    every = max(1, -(-len(months) // 7))
    ticks = months[::-1][::every][::-1]
    quiet = {"showgrid": False, "zeroline": False, "fixedrange": True}
    small = {"color": colours.mute, "size": 12}
    return frame(lang, colours) | {
        "xaxis": quiet
        | {
            "type": "date",
            "range": [
                (months[0] - 1).start.replace(day=14).isoformat(),
                months[-1].start.replace(day=18).isoformat(),
            ]
            if months
            else None,
            "tickvals": [_day(month) for month in ticks],
            "ticktext": [f"{month.month:02d}/{month.year % 100:02d}" for month in ticks],
            "tickangle": 0,
            "tickfont": small,
        },
        "yaxis": quiet | {"automargin": True, "nticks": 4, "tickfont": small},
    }


def frame(lang: Lang, colours: Palette) -> Figure:
    """What every chart's layout has in common; axes come on top."""
    return {
        "height": 230,
        "margin": {"l": 8, "r": 76, "b": 28},
        "separators": ",." if lang == "de" else ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "font": {"color": colours.mute, "size": 12, "family": "Inter, 'Helvetica Neue', Arial, sans-serif"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }


def draw(figure: Figure, alt: str, key: str) -> None:
    """Show a figure. `alt` says in one sentence what it shows; the bar on top offers it as a picture."""
    st.plotly_chart(figure, theme=None, config=dict(CONFIG), alt=alt, key=key)
