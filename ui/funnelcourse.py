"""How the expected rate grows with the days since the entry: a staircase with its band, labelled directly."""

from __future__ import annotations

from cockpit.funnel import FunnelView
from core.text import Lang
from journeys.funnel import CurvePoint, Expected, Funnel
from metrics.wording import amount
from ui import blocks, charts
from ui.charts import Figure, plain
from ui.downloads import downloads
from ui.funnelpicture import notes
from ui.funneltables import course_table
from ui.theme import Palette, palette
from ui.words import funnel as words

NICE_DAYS = (1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365, 730, 1825)


def draw_course(shown: FunnelView, lang: Lang) -> None:
    """The curve of all journeys; nothing where there are too few to say anything."""
    found, expected = shown.all, shown.all.expected
    if expected is None or len(found.curve) < 2:
        return
    names = {phase.id: phase.name for phase in shown.phases}
    start, end = names[shown.route.start or ""], names[shown.route.end or ""]
    days = found.to_convert_days
    title = words.COURSE.fill(days=round(days)) if days is not None else words.COURSE_PLAIN
    blocks.heading(title(lang), words.COURSE_SUB.fill(start=start, end=end, n=found.entered)(lang))
    alt = words.COURSE_ALT.fill(end=end, value=amount(expected.value, "percent"), days=round(expected.days))
    charts.draw(course(found, expected, lang, palette()), alt(lang), key="funnel_course_chart")
    downloads(
        course_table(shown, lang),
        words.COURSE_PLAIN(lang),
        lang,
        "funnel_course",
        notes=notes(shown, lang),
    )


def course(found: Funnel, expected: Expected, lang: Lang, colours: Palette) -> Figure:
    """The figure: band, staircase, the time to convert as a dot, the rate at the end."""
    points = found.curve
    reach = max(expected.days, points[-1].days)
    last = CurvePoint(days=reach, value=points[-1].value, lower=points[-1].lower, upper=points[-1].upper)
    stairs = [*points, last]
    data = [
        _edge(stairs, [point.lower for point in stairs], colours, fill=False),
        _edge(stairs, [point.upper for point in stairs], colours, fill=True),
        {
            "type": "scatter",
            "mode": "lines",
            "x": [point.days for point in stairs],
            "y": [point.value for point in stairs],
            "line": {"color": colours.accent, "width": 2, "shape": "hv"},
            "customdata": [_said(point, lang) for point in stairs],
            "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b> %{customdata[2]}<extra></extra>",
        },
    ]
    labels = [
        {
            "x": reach, "y": expected.value,
            "text": f"<b>{plain(amount(expected.value, 'percent')(lang))}</b>",
            "showarrow": False, "xanchor": "left", "xshift": 8,
            "font": {"size": 13, "color": colours.accent},
        }
    ]  # fmt: skip
    if found.to_convert_days is not None:
        days, half = found.to_convert_days, expected.value / 2
        data.append(
            {
                "type": "scatter", "mode": "markers", "x": [days], "y": [half], "hoverinfo": "skip",
                "marker": {"color": colours.accent, "size": 9},
            }
        )  # fmt: skip
        said = f"{words.DAYS.fill(n=round(days))(lang)}: {amount(half, 'percent')(lang)}"
        labels.append(
            {
                "x": days, "y": half, "text": plain(said), "showarrow": False, "xanchor": "left",
                "yanchor": "top", "xshift": 8, "yshift": -2, "font": {"size": 12, "color": colours.ink},
            }
        )  # fmt: skip
    return {"data": data, "layout": _layout(reach, max(p.upper for p in stairs), labels, lang, colours)}


def _edge(stairs: list[CurvePoint], values: list[float], colours: Palette, *, fill: bool) -> Figure:
    """One edge of the band; the upper one fills down to the lower."""
    return {
        "type": "scatter", "mode": "lines", "x": [point.days for point in stairs], "y": values,
        "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip",
    } | ({"fill": "tonexty", "fillcolor": colours.band} if fill else {})  # fmt: skip


def _said(point: CurvePoint, lang: Lang) -> list[str]:
    between = words.INTERVAL.fill(lower=amount(point.lower, "percent"), upper=amount(point.upper, "percent"))
    return [
        plain(words.AFTER_DAYS.fill(n=round(point.days))(lang)),
        plain(amount(point.value, "percent")(lang)),
        plain(between(lang)),
    ]


def _layout(reach: float, highest: float, labels: list[Figure], lang: Lang, colours: Palette) -> Figure:
    step = next((days for days in NICE_DAYS if reach / days <= 7), NICE_DAYS[-1])
    ticks = [step * place for place in range(1, int(reach // step) + 1)]
    small = {"color": colours.mute, "size": 12}
    quiet = {"showgrid": False, "zeroline": False, "fixedrange": True, "tickfont": small}
    return charts.frame(lang, colours) | {
        "height": 300,
        "margin": {"l": 8, "r": 76, "b": 40, "t": 12},
        "annotations": labels,
        "xaxis": quiet
        | {
            "range": [0, reach],
            "tickvals": ticks,
            "ticktext": [str(t) if t < ticks[-1] else f"{t}<br>{words.DAY_UNIT(lang)}" for t in ticks],
            "tickangle": 0,
        },
        "yaxis": quiet
        | {
            "range": [0, highest * 1.08],
            "nticks": 5,
            "automargin": True,
            "ticksuffix": "\u202f%" if lang == "de" else "%",
            "showgrid": True,
            "gridcolor": colours.line,
        },
    }
