"""Native charts for slides: every value can be edited in the spreadsheet behind them."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from core.text import Lang
from exports.chart_scale import axis_of, values_of
from exports.chart_workbook import chart_workbook, number_format
from exports.plain_words import one_line
from exports.sheet import Chart
from exports.slide_bars import dress_bars
from exports.slide_deck import FACE, MUTE, TAGS
from exports.slide_lines import PLOT, dress_lines
from exports.slide_parts import Box, Canvas, Style, describe
from exports.slide_plot import LABEL, names_of


def place_chart(canvas: Canvas, chart: Chart, box: Box) -> None:
    """The chart in the box; `before_after` as a slope, `series` as lines, `groups` as bars."""
    lang = canvas.lang
    labels, series = names_of(chart)
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
        dress_bars(graph, chart, axis, box, lang)
    else:
        dress_lines(graph, chart, axis, box, lang)
        if chart.kind == "series" and chart.change_at is not None:
            _mark_change(canvas, chart, box)


def speak(graph: Any, lang: Lang) -> None:
    """The language of the chart's own texts."""
    space = graph._chartSpace
    for found in space.findall("{*}lang"):
        space.remove(found)
    dated = space.find("{*}date1904")
    tag = parse_xml(f'<c:lang {nsdecls("c")} val="{TAGS[lang]}"/>')
    space.insert(0 if dated is None else space.index(dated) + 1, tag)
    for properties in space.iter("{*}defRPr"):
        properties.set("lang", TAGS[lang])


def _mark_change(canvas: Canvas, chart: Chart, box: Box) -> None:
    """A thin line between the last label before the change and the first after it, with its name on top."""
    x = box.left + box.width * (PLOT.left + PLOT.width * (chart.change_at or 0) / max(len(chart.labels), 1))
    top, bottom = (box.top + box.height * share for share in (PLOT.top, PLOT.bottom))
    canvas.rule((x, top), (x, bottom), MUTE, 1)
    if chart.change_label:
        half = min(90.0, x - box.left, box.right - x)
        label = Box(left=x - half, top=box.top, width=2 * half, height=box.height * PLOT.top)
        style = Style(sizes=(LABEL, 9), colour=MUTE, align="center", anchor="bottom")
        canvas.text("turning point", chart.change_label, label, style)
