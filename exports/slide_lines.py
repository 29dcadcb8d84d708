"""Lines for slides: a slope from before to after, or a course over time with the levels of its windows."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from core.text import Lang
from exports.chart_labels import faint, labels_of
from exports.chart_scale import Axis, apart, values_of
from exports.chart_workbook import number_format
from exports.sheet import Chart, Series
from exports.slide_deck import FACE, MUTE, RULE, TAGS, TINT
from exports.slide_parts import Box
from exports.slide_plot import COLOURS, LABEL, lay_out_plot, scale

BIG_LABEL = 15.0
SLOPE = Box(left=0.16, top=0.10, width=0.46, height=0.86)  # shares of the chart
PLOT = Box(left=0.07, top=0.08, width=0.64, height=0.80)
_NO_LEADER_LINES = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" xmlns:c15="http://schemas.microsoft.com/'
    'office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)


@dataclass(frozen=True, kw_only=True)
class _Spot:
    """A label of one point: on which side, moved down by a share of the chart, with which words."""

    place: int
    side: str  # as the format has it: l, r, t, b
    shift: float
    size: float
    strong: bool
    named: bool = True
    valued: bool = True
    between: str = "\n"


def dress_lines(graph: Any, chart: Chart, axis: Axis, box: Box, lang: Lang) -> None:
    """Lines, axes and labels in the product's look."""
    graph.has_legend = False
    slope = chart.kind == "before_after"
    plot = SLOPE if slope else PLOT
    lay_out_plot(graph, plot.left, plot.top, plot.width, plot.height)
    ticked = replace(chart, decimals=axis.decimals)
    scale(graph.value_axis, axis, visible=not slope, form=number_format(ticked, lang, unit=False))
    _dress_categories(graph, chart, slope=slope)
    spots = _slope_spots(chart, axis, box) if slope else _course_spots(chart, axis, box)
    for one, drawn, labelled in zip(chart.series, graph.plots[0].series, spots, strict=True):
        _dress(drawn, one, chart)
        _label(drawn, COLOURS["treated"] if one.role == "treated" else MUTE, labelled, chart, lang)


def _dress_categories(graph: Any, chart: Chart, *, slope: bool) -> None:
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
        # Points stand on the lines of their labels, not between them.
        between = parse_xml(f'<c:crossBetween {nsdecls("c")} val="midCat"/>')
        graph.value_axis._element.find("{*}crosses").addnext(between)
        return
    for tag in ("tickLblSkip", "tickMarkSkip"):
        every = max(math.ceil(len(chart.labels) / 7), 1)
        element = parse_xml(f'<c:{tag} {nsdecls("c")} val="{every}"/>')
        across._element.find("{*}noMultiLvlLbl").addprevious(element)


def _dress(drawn: Any, one: Series, chart: Chart) -> None:
    """Thick and dark what the claim says, thin and pale what it comes from."""
    slope, quiet = chart.kind == "before_after", faint(one, chart)
    treated = one.role == "treated"
    colour = RGBColor.from_string(TINT if treated and quiet else COLOURS[one.role])
    drawn.smooth = False
    drawn.format.line.color.rgb = colour
    drawn.format.line.width = Pt(1.5 if quiet else 3.25 if treated else 2.25 if one.form == "level" else 1.75)
    if one.role == "expected":
        drawn.format.line.dash_style = MSO_LINE.ROUND_DOT if quiet else MSO_LINE.DASH
    drawn.marker.style = XL_MARKER_STYLE.CIRCLE if slope else XL_MARKER_STYLE.NONE
    if slope:
        drawn.marker.size = 11 if treated else 8
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.fill.background()


def _slope_spots(chart: Chart, axis: Axis, box: Box) -> list[list[_Spot]]:
    """The value at the start, once where several begin alike, name and value at the end, moved apart."""
    drawn = values_of(chart)
    row = (2.4 * LABEL + 4) / (box.height * SLOPE.height)
    firsts = [values[0] if values else None for values in drawn]
    shown = [None if first in firsts[:place] else first for place, first in enumerate(firsts)]
    starts = _moved(shown, axis, row * 0.7)
    ends = _moved([_last(values) for values in drawn], axis, row)
    spots = []
    for place, (one, values) in enumerate(zip(chart.series, drawn, strict=True)):
        size = BIG_LABEL if one.role == "treated" else LABEL
        at_ends = []
        if starts[place] is not None and len(chart.labels) > 1:
            at_ends.append(
                _Spot(
                    place=0, side="l", shift=(starts[place] or 0.0) * SLOPE.height, named=False, size=size,
                    strong=one.role == "treated",
                )
            )  # fmt: skip
        if ends[place] is not None:
            at_ends.append(
                _Spot(
                    place=_last_place(values), side="r", shift=(ends[place] or 0.0) * SLOPE.height, size=size,
                    strong=one.role == "treated",
                )
            )  # fmt: skip
        spots.append(at_ends)
    return spots


def _course_spots(chart: Chart, axis: Axis, box: Box) -> list[list[_Spot]]:
    """Names and figures at the right end, moved apart; a level that ends before has them over or under it."""
    labels = labels_of(chart)
    plot = box.height * PLOT.height
    at_end = {label.series: label for label in labels if label.side == "end"}
    wanted = [at_end[place].clear if place in at_end else None for place in range(len(chart.series))]
    moved = _moved(wanted, axis, 2.4 * LABEL / plot)
    spots: list[list[_Spot]] = [[] for _ in chart.series]
    for label in labels:
        one = chart.series[label.series]
        value = values_of(chart)[label.series][label.place] or 0.0
        shift = moved[label.series]
        if label.side != "end":
            gap = 4.0 if label.side == "under" else -4.0
            shift = axis.share(value) - axis.share(label.clear) + gap / plot
        side = {"end": "r", "over": "t", "under": "b"}[label.side]
        spots[label.series].append(
            _Spot(
                place=label.place, side=side, shift=(shift or 0.0) * PLOT.height, named=label.named,
                valued=label.valued, size=LABEL, strong=one.role == "treated",
                between="\n" if label.side == "end" else " ",
            )
        )  # fmt: skip
    return spots


def _last_place(values: list[float | None]) -> int:
    return max((place for place, value in enumerate(values) if value is not None), default=0)


def _last(values: list[float | None]) -> float | None:
    return values[_last_place(values)] if values else None


def _moved(values: list[float | None], axis: Axis, least: float) -> list[float | None]:
    """How far down (a share of the plot) each label must go so that none touches another."""
    known = [(place, 1 - axis.share(value)) for place, value in enumerate(values) if value is not None]
    spread = apart([spot for _, spot in known], least, low=-0.05, high=1.05)
    shifts: list[float | None] = [None] * len(values)
    for (place, spot), new in zip(known, spread, strict=True):
        shifts[place] = new - spot
    return shifts


def _label(drawn: Any, colour: str, spots: list[_Spot], chart: Chart, lang: Lang) -> None:
    """Labels at these points; every other point goes without."""
    form = quoteattr(number_format(chart, lang))
    labels = "".join(
        f'<c:dLbl><c:idx val="{spot.place}"/>'
        f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{spot.shift:.4f}"/></c:manualLayout></c:layout>'
        f'<c:numFmt formatCode={form} sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr algn="l"><a:defRPr lang="{TAGS[lang]}" '
        f'sz="{int(spot.size * 100)}" b="{int(spot.strong)}"><a:solidFill><a:srgbClr val="{colour}"/>'
        f'</a:solidFill><a:latin typeface="{FACE}"/></a:defRPr></a:pPr><a:endParaRPr lang="{TAGS[lang]}"/>'
        f'</a:p></c:txPr><c:dLblPos val="{spot.side}"/><c:showLegendKey val="0"/>'
        f'<c:showVal val="{int(spot.valued)}"/><c:showCatName val="0"/>'
        f'<c:showSerName val="{int(spot.named)}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        f"<c:separator>{spot.between}</c:separator></c:dLbl>"
        for spot in sorted(spots, key=lambda spot: spot.place)
    )
    element = parse_xml(
        f'<c:dLbls {nsdecls("c", "a")}>{labels}<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName '
        'val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        f"{_NO_LEADER_LINES}</c:dLbls>"
    )
    drawn._element._insert_dLbls(element)
