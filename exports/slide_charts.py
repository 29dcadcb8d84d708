"""Native charts for slides: every value can be edited in the spreadsheet behind them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from core.text import Lang
from exports.chart_scale import Axis, apart, axis_of, shown_value, values_of
from exports.chart_workbook import chart_workbook, number_format
from exports.fitting import fitted, line_width
from exports.plain_words import one_line
from exports.sheet import Chart
from exports.slide_deck import ACCENT, FACE, GREY, INK, MUTE, RULE, TAGS
from exports.slide_parts import Box, Canvas, Style, describe

_COLOURS = {"treated": ACCENT, "control": GREY, "expected": MUTE}
LABEL = 11.0  # points
BIG_LABEL = 15.0
NAMES = 0.34  # share of a line chart's width that the names at the lines' ends take
CATEGORY_WIDTH = 190.0  # points beside bars
_NO_LEADER_LINES = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" xmlns:c15="http://schemas.microsoft.com/'
    'office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
Graph = Any  # python-pptx declares no types for charts


def place_chart(canvas: Canvas, chart: Chart, box: Box) -> None:
    """The chart in the box; `before_after` as a slope, `series` as lines, `groups` as bars."""
    lang = canvas.lang
    labels, series = _names(chart)
    values = values_of(chart)
    data = CategoryChartData(number_format=number_format(chart, lang))
    data.categories = labels
    for one, numbers in zip(series, values, strict=True):
        data.add_series(one, numbers)
    bars = chart.kind == "groups"
    frame = canvas.slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED if bars else XL_CHART_TYPE.LINE_MARKERS,
        *map(Pt, (box.left, box.top, box.width, box.height)),
        data,
    )
    frame.name = f"{canvas.name} · chart"
    describe(frame, one_line(chart.alt))
    graph = frame.chart
    graph.part.chart_workbook.update_from_xlsx_blob(
        chart_workbook(labels, series, values, number_format(chart, lang))
    )
    graph.has_title = False
    graph.font.size, graph.font.name = Pt(LABEL), FACE
    graph.font.color.rgb = RGBColor.from_string(MUTE)
    speak(graph, lang)
    axis = axis_of(chart)
    if bars:
        _dress_bars(graph, chart, axis, box, lang)
    else:
        _dress_lines(graph, chart, axis, box, lang)
        if chart.kind == "series" and chart.change_at is not None:
            _mark_change(canvas, chart, box)


def _names(chart: Chart) -> tuple[list[str], list[str]]:
    """Labels and series names no longer than their room; equal ones are told apart, as a chart needs."""
    width, room = (CATEGORY_WIDTH, 2.4) if chart.kind == "groups" else (150.0, 1.2)
    labels = [
        fitted(one_line(label) or "–", width=width, height=LABEL * room, sizes=(LABEL,)).words
        for label in chart.labels
    ]
    names = [
        fitted(one_line(one.name) or "–", width=150.0, height=LABEL * 2.4, sizes=(LABEL,)).words
        for one in chart.series
    ]
    return labels, names


def speak(graph: Graph, lang: Lang) -> None:
    """The language of the chart's own texts."""
    space = graph._chartSpace
    for found in space.findall("{*}lang"):
        space.remove(found)
    dated = space.find("{*}date1904")
    tag = parse_xml(f'<c:lang {nsdecls("c")} val="{TAGS[lang]}"/>')
    space.insert(0 if dated is None else space.index(dated) + 1, tag)
    for properties in space.iter("{*}defRPr"):
        properties.set("lang", TAGS[lang])


def _dress_lines(graph: Graph, chart: Chart, axis: Axis, box: Box, lang: Lang) -> None:
    graph.has_legend = False
    slope = chart.kind == "before_after"
    left, width = (0.16, 1 - 0.16 - NAMES - 0.04) if slope else (0.09, 1 - 0.09 - NAMES + 0.06)
    top, height = (0.10, 0.86) if slope else (0.08, 0.80)
    lay_out_plot(graph, left, top, width, height)
    ticked = replace(chart, decimals=axis.decimals)
    _scale(graph.value_axis, axis, visible=not slope, form=number_format(ticked, lang, unit=False))
    across = graph.category_axis
    across.tick_labels.font.size = Pt(LABEL if slope else LABEL - 2)
    across._element.find("{*}txPr").find("{*}bodyPr").set("rot", "-1")
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.tick_label_position = XL_TICK_LABEL_POSITION.HIGH if slope else XL_TICK_LABEL_POSITION.LOW
    across.format.line.color.rgb = RGBColor.from_string(RULE)
    across.has_major_gridlines = slope
    if slope:
        across.format.line.fill.background()
        across.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE)
        _cross_on_categories(graph)
    else:
        _skip_labels(across, len(chart.labels))
    ends = _ends(chart)
    wanted = [0.0 if end is None else 1 - axis.share(end[1]) for end in ends]
    row = (2.4 * LABEL + (4 if slope else 0)) / (box.height * height)
    moved = _moved(wanted, ends, row)
    starts = _starts(chart, axis)
    moved_starts = _moved([0.0 if start is None else start for start in starts], starts, row * 0.7)
    for place, (one, drawn) in enumerate(zip(chart.series, graph.plots[0].series, strict=True)):
        treated = one.role == "treated"
        drawn.smooth = False
        drawn.format.line.color.rgb = RGBColor.from_string(_COLOURS[one.role])
        drawn.format.line.width = Pt(3.25 if treated else 1.75)
        if one.role == "expected":
            drawn.format.line.dash_style = MSO_LINE.DASH
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE if slope else XL_MARKER_STYLE.NONE
        if slope:
            drawn.marker.size = 11 if treated else 8
            drawn.marker.format.fill.solid()
            drawn.marker.format.fill.fore_color.rgb = RGBColor.from_string(_COLOURS[one.role])
            drawn.marker.format.line.fill.background()
        shifts: dict[int, tuple[str, float]] = {}
        if slope and starts[place] is not None and len(chart.labels) > 1:
            shifts[0] = ("l", (moved_starts[place] - (starts[place] or 0.0)) * height)
        end = ends[place]
        if end is not None:
            shifts[end[0]] = ("r", (moved[place] - wanted[place]) * height)
        _label_points(drawn, treated, shifts, chart, lang)


def _ends(chart: Chart) -> list[tuple[int, float] | None]:
    """The last known value of each series with its place."""
    found: list[tuple[int, float] | None] = []
    for values in values_of(chart):
        known = [(place, value) for place, value in enumerate(values) if value is not None]
        found.append(known[-1] if known else None)
    return found


def _starts(chart: Chart, axis: Axis) -> list[float | None]:
    """Where each first value stands; of equal ones only the first is labelled."""
    firsts = [values[0] if values else None for values in values_of(chart)]
    return [
        None if first is None or first in firsts[:place] else 1 - axis.share(first)
        for place, first in enumerate(firsts)
    ]


def _moved(wanted: list[float], present: list[Any], least: float) -> list[float]:
    """The spots of those present moved apart; the others stay."""
    places = [place for place, one in enumerate(present) if one is not None]
    spread = apart([wanted[place] for place in places], least, low=-0.05, high=1.05)
    return [spread[places.index(place)] if place in places else spot for place, spot in enumerate(wanted)]


def _label_points(
    drawn: Any, treated: bool, shifts: dict[int, tuple[str, float]], chart: Chart, lang: Lang
) -> None:
    """Value at the start, name and value at the end; every other point goes without."""
    colour = ACCENT if treated else MUTE
    size = BIG_LABEL if treated and chart.kind == "before_after" else LABEL
    labels = "".join(
        f'<c:dLbl><c:idx val="{place}"/>'
        f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{shift:.4f}"/></c:manualLayout></c:layout>'
        f'<c:numFmt formatCode="{escape(number_format(chart, lang), {chr(34): "&quot;"})}" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr algn="l"><a:defRPr lang="{TAGS[lang]}" '
        f'sz="{int(size * 100)}" b="{int(treated)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{FACE}"/></a:defRPr></a:pPr><a:endParaRPr lang="{TAGS[lang]}"/></a:p></c:txPr>'
        f'<c:dLblPos val="{side}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        f'<c:showSerName val="{int(side == "r")}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        "<c:separator>\n</c:separator></c:dLbl>"
        for place, (side, shift) in sorted(shifts.items())
    )
    element = parse_xml(
        f'<c:dLbls {nsdecls("c", "a")}>{labels}<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName '
        'val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        f"{_NO_LEADER_LINES}</c:dLbls>"
    )
    drawn._element._insert_dLbls(element)


def _dress_bars(graph: Graph, chart: Chart, axis: Axis, box: Box, lang: Lang) -> None:
    several = len(chart.series) > 1
    graph.has_legend = several
    if several:
        graph.legend.position, graph.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        graph.legend.font.size = Pt(LABEL)
    widest = max(line_width(label, LABEL) for label in _names(chart)[0])
    left = (min(widest, CATEGORY_WIDTH) + 12) / box.width
    lay_out_plot(graph, left, 0.12 if several else 0.02, 1 - left - 0.02, 0.86 if several else 0.96)
    _scale(graph.value_axis, _with_room(axis, chart, box.width * (1 - left - 0.02), lang), visible=False)
    down = graph.category_axis
    down.reverse_order = True
    down.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    down.major_tick_mark = XL_TICK_MARK.NONE
    down.format.line.color.rgb = RGBColor.from_string(GREY)
    down.tick_labels.font.size = Pt(LABEL)
    down.tick_labels.font.color.rgb = RGBColor.from_string(INK)
    plot = graph.plots[0]
    plot.gap_width, plot.overlap = 55, -10
    plot.has_data_labels = True
    plot.data_labels.show_value = True
    plot.data_labels.font.size = Pt(LABEL)
    plot.data_labels.font.bold = True
    plot.data_labels.font.color.rgb = RGBColor.from_string(INK)
    for one, drawn in zip(chart.series, plot.series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = RGBColor.from_string(_COLOURS[one.role])
        drawn.invert_if_negative = False


def _with_room(axis: Axis, chart: Chart, width: float, lang: Lang) -> Axis:
    """The axis wide enough for the labels beyond the ends of the bars."""
    known = [value for values in values_of(chart) for value in values if value is not None] or [0.0]
    widest = max(line_width(shown_value(value, chart, lang), LABEL, bold=True) for value in known) + 10
    low, high = min(*known, 0.0), max(*known, 0.0)
    span = (high - low) or 1.0
    sides = (low < 0) + (high > 0 or low == 0)
    room = span * widest / max(width - sides * widest, width * 0.3)
    return Axis(low=low - room * (low < 0), high=high + room * (high > 0 or low == 0), steps=axis.steps)


def _scale(axis: Any, scale: Axis, *, visible: bool, form: str = "General") -> None:
    axis.minimum_scale, axis.maximum_scale = scale.low, scale.high
    axis.major_unit = scale.steps[1] - scale.steps[0]
    axis.has_major_gridlines = visible
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    if visible:
        axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
        axis.tick_labels.font.size = Pt(LABEL - 1)
    else:
        axis.visible = False


def _cross_on_categories(graph: Graph) -> None:
    """Points stand on the lines of their labels, not between them."""
    between = parse_xml(f'<c:crossBetween {nsdecls("c")} val="midCat"/>')
    graph.value_axis._element.find("{*}crosses").addnext(between)


def _skip_labels(axis: Any, count: int) -> None:
    every = max(math.ceil(count / 7), 1)
    for tag in ("tickLblSkip", "tickMarkSkip"):
        element = parse_xml(f'<c:{tag} {nsdecls("c")} val="{every}"/>')
        axis._element.find("{*}noMultiLvlLbl").addprevious(element)


def lay_out_plot(graph: Graph, left: float, top: float, width: float, height: float) -> None:
    """The inner plot area as shares of the chart: labels outside it have the room that is left."""
    area = graph._chartSpace.chart.plotArea
    for found in area.findall("{*}layout"):
        area.remove(found)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/><c:x val="{left:.4f}"/><c:y val="{top:.4f}"/><c:w val="{width:.4f}"/>'
            f'<c:h val="{height:.4f}"/></c:manualLayout></c:layout>'
        ),
    )


def _mark_change(canvas: Canvas, chart: Chart, box: Box) -> None:
    """A thin line between the last label before the change and the first after it, with its name on top."""
    width = box.width * (1 - 0.09 - NAMES + 0.06)
    x = box.left + box.width * 0.09 + width * (chart.change_at or 0) / max(len(chart.labels), 1)
    canvas.rule((x, box.top + box.height * 0.08), (x, box.top + box.height * 0.88), MUTE, 1)
    if chart.change_label:
        half = min(90.0, x - box.left, box.right - x)
        label = Box(left=x - half, top=box.top, width=2 * half, height=box.height * 0.08)
        style = Style(sizes=(LABEL, 9), colour=MUTE, align="center", anchor="bottom")
        canvas.text("change", chart.change_label, label, style)
