"""Bars for slides: one row a label, each with its value."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from core.text import Lang
from exports.chart_scale import Axis, shown_value, values_of
from exports.chart_workbook import number_format
from exports.fitting import line_width
from exports.sheet import Chart
from exports.slide_deck import GREY, INK
from exports.slide_parts import Box
from exports.slide_plot import CATEGORY_WIDTH, COLOURS, LABEL, lay_out_plot, names_of, scale


def dress_bars(graph: Any, chart: Chart, axis: Axis, box: Box, lang: Lang) -> None:
    """Bars from the top down in the order of the labels; a legend only for several series."""
    several = len(chart.series) > 1
    graph.has_legend = several
    if several:
        graph.legend.position, graph.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        graph.legend.font.size = Pt(LABEL)
    widest = max(line_width(label, LABEL) for label in names_of(chart)[0])
    left = (min(widest, CATEGORY_WIDTH) + 12) / box.width
    lay_out_plot(graph, left, 0.12 if several else 0.02, 1 - left - 0.02, 0.86 if several else 0.96)
    scale(graph.value_axis, _with_room(axis, chart, box.width * (1 - left - 0.02), lang), visible=False)
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
    plot.data_labels.number_format = number_format(chart, lang)
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(LABEL)
    plot.data_labels.font.bold = True
    plot.data_labels.font.color.rgb = RGBColor.from_string(INK)
    for one, drawn in zip(chart.series, plot.series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = RGBColor.from_string(COLOURS[one.role])
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
