"""A small line over its natural limits, as a labelled picture (inline SVG is stripped by Streamlit)."""

from __future__ import annotations

import base64
import html

from metrics.result import Chart
from metrics.wording import Tone

WIDTH, HEIGHT, PAD = 156, 40, 4
# Mid tones that carry on white and on the dark ground alike: the picture cannot follow the page's theme.
STROKE: dict[Tone, str] = {"neutral": "#74828f", "bad": "#cf4a3f", "good": "#2b9463"}


def sparkline(chart: Chart, alt: str, tone: Tone, last: int = 24) -> str:
    """An `<img>` of the last whole points with the limits that hold for each as a band behind them."""
    points = [point for point in chart.points if point.whole][-last:]
    values = [point.value for point in points if point.value is not None]
    if len(values) < 2:
        return '<span class="wm-spark wm-empty"></span>'
    months = [point.month for point in points]
    bands = [
        (max(limit.first, months[0]), min(limit.last, months[-1]), limit.lower, limit.upper)
        for limit in chart.limits
        if limit.last >= months[0] and limit.first <= months[-1]
    ]
    low = min([*values, *(band[2] for band in bands)])
    high = max([*values, *(band[3] for band in bands)])
    span = (high - low) or 1.0
    step = WIDTH / max(len(points) - 1, 1)

    def y(value: float) -> float:
        return round(HEIGHT - PAD - (value - low) / span * (HEIGHT - 2 * PAD), 1)

    shapes = []
    for first, until, lower, upper in bands:
        left = sum(month < first for month in months)
        right = sum(month <= until for month in months) - 1
        x = max(left - 0.5, 0) * step
        width = min(right + 0.5, len(points) - 1) * step - x
        shapes.append(
            f'<rect x="{x:.1f}" y="{y(upper)}" width="{width:.1f}" '
            f'height="{max(y(lower) - y(upper), 1):.1f}" fill="#8394a3" fill-opacity=".16"/>'
        )
    runs: list[list[str]] = [[]]
    for index, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{index * step:.1f},{y(point.value)}")
    shapes += [
        f'<polyline fill="none" stroke="{STROKE[tone]}" stroke-width="1.7" stroke-linejoin="round" '
        f'vector-effect="non-scaling-stroke" points="{" ".join(run)}"/>'
        for run in runs
        if len(run) > 1
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none" width="{WIDTH}" height="{HEIGHT}">{"".join(shapes)}</svg>'
    )
    data = base64.b64encode(svg.encode()).decode()
    return f'<img class="wm-spark" alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{data}">'
