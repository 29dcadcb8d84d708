"""What every native chart shares: colours, sizes, the room of its plot, its axis, its names."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from exports.chart_scale import Axis
from exports.fitting import fitted
from exports.plain_words import one_line
from exports.sheet import Chart
from exports.slide_deck import ACCENT, GREY, MUTE, RULE

COLOURS = {"treated": ACCENT, "control": GREY, "expected": MUTE}
LABEL = 11.0  # points
CATEGORY_WIDTH = 190.0  # points beside bars


def names_of(chart: Chart) -> tuple[list[str], list[str]]:
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


def scale(axis: Any, over: Axis, *, visible: bool, form: str = "General") -> None:
    """The value axis from end to end, with its lines and numbers or without."""
    axis.minimum_scale, axis.maximum_scale = over.low, over.high
    axis.major_unit = over.steps[1] - over.steps[0]
    axis.has_major_gridlines = visible
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    if visible:
        axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
        axis.tick_labels.font.size = Pt(LABEL - 1)
    else:
        axis.visible = False


def lay_out_plot(graph: Any, left: float, top: float, width: float, height: float) -> None:
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
