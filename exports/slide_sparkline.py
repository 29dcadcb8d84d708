"""A small native line without axes or labels: the course of a figure beside it."""

from __future__ import annotations

from dataclasses import dataclass

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from exports.chart_workbook import chart_workbook
from exports.slide_charts import speak
from exports.slide_parts import Box, Canvas, describe
from exports.slide_plot import lay_out_plot


@dataclass(frozen=True, kw_only=True)
class Course:
    """Months with their values; a value that is missing is None, at least two are there."""

    name: str
    months: tuple[str, ...]
    values: tuple[float | None, ...]
    colour: str
    alt: str


def place_sparkline(canvas: Canvas, course: Course, box: Box) -> None:
    """The line in the box; months and values lie in the sheet behind it."""
    months, values = list(course.months), list(course.values)
    data = CategoryChartData()
    data.categories = months
    data.add_series(course.name, values)
    where = map(Pt, (box.left, box.top, box.width, box.height))
    frame = canvas.slide.shapes.add_chart(XL_CHART_TYPE.LINE, *where, data)
    frame.name = f"{canvas.name} · {course.name}"
    describe(frame, course.alt)
    graph = frame.chart
    behind = chart_workbook(months, [course.name], [values], "General")
    graph.part.chart_workbook.update_from_xlsx_blob(behind)
    graph.has_title = graph.has_legend = False
    graph.value_axis.visible = graph.category_axis.visible = False
    graph.value_axis.has_major_gridlines = False
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    slack = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    graph.value_axis.minimum_scale, graph.value_axis.maximum_scale = low - slack, high + slack
    lay_out_plot(graph, 0.02, 0.04, 0.96, 0.92)
    speak(graph, canvas.lang)
    drawn = graph.plots[0].series[0]
    drawn.smooth = False
    drawn.format.line.color.rgb = RGBColor.from_string(course.colour)
    drawn.format.line.width = Pt(1.5)
