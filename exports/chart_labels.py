"""What is written at the lines of a chart: names and figures, each once, the figures those of the claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exports.chart_scale import axis_of, values_of
from exports.sheet import Chart, Series


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words at a point of a series: at its `end` to the right, or `over` or `under` it. `clear`: the value
    that the words must clear, so that they stand on no line."""

    series: int
    place: int
    side: Literal["end", "over", "under"]
    named: bool
    valued: bool
    clear: float


def labels_of(chart: Chart) -> tuple[Label, ...]:
    """The labels of a chart over time. Where levels say the figures of the windows, single values go without:
    the last month is no result."""
    drawn = values_of(chart)
    levels = {one.role for one in chart.series if one.form == "level"}
    last = max(
        (place for values in drawn for place, value in enumerate(values) if value is not None), default=0
    )
    found = []
    for number, (one, values) in enumerate(zip(chart.series, drawn, strict=True)):
        known = [place for place, value in enumerate(values) if value is not None]
        if not known or (one.form == "line" and one.role in levels):
            continue
        end = known[-1]
        value = values[end] or 0.0
        if one.form == "level" and end < last:
            found.append(_within(chart, drawn, number, known, value))
            continue
        valued = one.form == "level" or not levels
        found.append(Label(series=number, place=end, side="end", named=True, valued=valued, clear=value))
    return tuple(found)


def _within(
    chart: Chart, drawn: list[list[float | None]], number: int, known: list[int], value: float
) -> Label:
    """The label of a level that ends before the chart does: on the side with more room."""
    under = axis_of(chart).share(value) > 0.5
    beside = [other for values in drawn for place in known if (other := values[place]) is not None]
    return Label(
        series=number,
        place=known[len(known) // 2],
        side="under" if under else "over",
        named=True,
        valued=True,
        clear=min(beside) if under else max(beside),
    )


def faint(one: Series, chart: Chart) -> bool:
    """Whether single values stay in the background, because levels say what they come to."""
    return one.form == "line" and any(other.form == "level" for other in chart.series)
