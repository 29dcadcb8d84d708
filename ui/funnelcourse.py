"""How the expected rate grows with the days since the entry: a staircase with its band, labelled directly."""

from __future__ import annotations

from cockpit.funnel import FunnelView
from core.text import Lang
from journeys.funnel import CurvePoint, Expected, Funnel
from metrics.wording import amount
from ui import blocks, charts, staircase
from ui.charts import Figure, plain
from ui.downloads import downloads
from ui.funnelpicture import notes
from ui.funneltables import course_table
from ui.theme import Palette, palette
from ui.words import funnel as words


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
    steps = [*points, last]
    days = [point.days for point in steps]
    data = [
        staircase.edge(days, [point.lower for point in steps], colours, fill=False),
        staircase.edge(days, [point.upper for point in steps], colours, fill=True),
        staircase.stairs(
            days, [point.value for point in steps], [_said(point, lang) for point in steps], colours
        ),
    ]
    end = amount(expected.value, "percent")(lang)
    labels = [staircase.end_label(reach, expected.value, end, colours)]
    if found.to_convert_days is not None:
        half_at, half = found.to_convert_days, expected.value / 2
        data.append(staircase.dot(half_at, half, colours))
        said = f"{words.DAYS.fill(n=round(half_at))(lang)}: {amount(half, 'percent')(lang)}"
        labels.append(staircase.dot_label(half_at, half, said, colours))
    ticks = staircase.ticks(reach)
    named = {tick: str(tick) if tick < ticks[-1] else f"{tick}<br>{words.DAY_UNIT(lang)}" for tick in ticks}
    highest = max(point.upper for point in steps)
    return {"data": data, "layout": staircase.layout((reach, highest), labels, named, lang, colours)}


def _said(point: CurvePoint, lang: Lang) -> list[str]:
    between = words.INTERVAL.fill(lower=amount(point.lower, "percent"), upper=amount(point.upper, "percent"))
    return [
        plain(words.AFTER_DAYS.fill(n=round(point.days))(lang)),
        plain(amount(point.value, "percent")(lang)),
        plain(between(lang)),
    ]
