"""How a KPI's cases come to their end with the days since they began: curve, band, horizon, who is open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from cockpit.handbook import Explanation
from core.text import Lang, Text
from metrics.result import Estimate, KpiResult
from metrics.survival import Age
from metrics.wording import NORMAL, amount, number, rule_words
from ui import blocks, charts, staircase
from ui.charts import Figure, plain
from ui.downloads import downloads
from ui.theme import Palette, palette
from ui.words import following as words


def draw_ages(shown: Explanation, lang: Lang) -> None:
    """The curve of a KPI that follows cases; nothing for others, and nothing where too few began."""
    found = shown.result.estimate
    if found is None or len(shown.course) < 2 or found.starts < shown.kpi.minimum_n:
        return
    blocks.rule()
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    title = course_title(found, shown.course[-1].competing, shown.kpi.quantile)
    blocks.heading(title(lang), words.SUB.fill(period=period, n=found.starts)(lang))
    alt = words.ALT.fill(kpi=shown.kpi.name, share=amount(found.share, "percent"), days=found.days)
    figure = ages_figure(shown.course, found, shown.kpi.quantile, lang, palette())
    charts.draw(figure, alt(lang), key="ages_chart")
    name = f"{shown.kpi.name(lang)} {words.COURSE(lang)}"
    downloads(ages_table(shown.course, lang), name, lang, "ages")


def course_title(found: Estimate, other: float, quantile: float | None) -> Text:
    """What the curve says: how far it gets by the horizon, or when the quantile is reached."""
    values = {
        "share": amount(found.share, "percent"),
        "other": amount(other, "percent"),
        "days": found.days,
        "horizon": found.horizon,
        "quantile": amount(100 * (quantile or 0.0), "percent"),
        "until": found.until,
    }
    if found.until is not None:
        return words.TITLE_QUANTILE.fill(**values)
    if found.days < found.horizon:
        return words.TITLE_YOUNG.fill(**values)
    if quantile is not None:
        return words.TITLE_NOT_REACHED.fill(**values)
    return (words.TITLE_SHARE if other else words.TITLE_SHARE_ALONE).fill(**values)


def ages_figure(
    points: Sequence[Age], found: Estimate, quantile: float | None, lang: Lang, colours: Palette
) -> Figure:
    """The figure: band, staircase, competing ends in grey, the horizon, the quantile as a dot; under the days
    how many were still open."""
    horizon, last = found.horizon, points[-1]
    steps = [*points, replace(last, day=found.days)]
    days = [point.day for point in steps]
    data = [
        staircase.edge(days, [point.lower for point in steps], colours, fill=False),
        staircase.edge(days, [point.upper for point in steps], colours, fill=True),
    ]
    labels = [staircase.end_label(last.day, last.share, amount(last.share, "percent")(lang), colours)]
    if last.competing:
        data.append(_otherwise(days, [point.competing for point in steps], colours))
        labels.append(_otherwise_label(last, horizon, lang, colours))
    said = [_said(point, lang) for point in steps]
    data.append(staircase.stairs(days, [point.share for point in steps], said, colours))
    if quantile is not None and found.until is not None:
        data.append(staircase.dot(found.until, 100 * quantile, colours))
        said_until = words.UNTIL.fill(n=found.until)(lang)
        labels.append(staircase.dot_label(found.until, 100 * quantile, said_until, colours))
    named = {day: _tick(points, day, lang) for day in _days_named(found)}
    highest = max(max(point.upper, point.competing) for point in points)
    top = max(highest, 100 * (quantile or 0))
    layout = staircase.layout((horizon, top), labels, named, lang, colours)
    layout["margin"] |= {"b": 84}
    layout["xaxis"]["title"] = {
        "text": plain(words.AXIS(lang)), "standoff": 8, "font": {"color": colours.mute, "size": 12},
    }  # fmt: skip
    layout["shapes"] = [
        {
            "type": "line", "x0": horizon, "x1": horizon, "yref": "y domain", "y0": 0, "y1": 1,
            "line": {"color": colours.mute, "width": 1, "dash": "dot"},
        }
    ]  # fmt: skip
    return {"data": data, "layout": layout}


def _days_named(found: Estimate) -> list[int]:
    """The start, round days, the last day that was seen and the horizon, none too close to another."""
    round_days = staircase.ticks(found.horizon)
    apart = 0.6 * round_days[0]
    ends = sorted({found.days, found.horizon})
    if found.days < apart or found.horizon - found.days < apart:
        ends = [found.horizon]
    between = [day for day in round_days if all(abs(day - end) > apart for end in ends)]
    return sorted({0, *between, *ends})


def _tick(points: Sequence[Age], day: int, lang: Lang) -> str:
    """A day and how many were still open on it; beyond what was seen nobody knows."""
    place = bisect_left([point.day for point in points], day)
    return f"{day}<br>{number(points[place].at_risk, 0, lang)}" if place < len(points) else str(day)


def _said(point: Age, lang: Lang) -> list[str]:
    lower, upper = amount(point.lower, "percent"), amount(point.upper, "percent")
    return [
        plain(words.AFTER_DAYS.fill(n=point.day)(lang)),
        plain(amount(point.share, "percent")(lang)),
        plain(words.AT_RISK.fill(lower=lower, upper=upper, n=point.at_risk)(lang)),
    ]


def _otherwise(days: Sequence[int], values: Sequence[float], colours: Palette) -> Figure:
    return {
        "type": "scatter", "mode": "lines", "x": list(days), "y": list(values), "hoverinfo": "skip",
        "line": {"color": colours.mute, "width": 1.5, "shape": "hv"},
    }  # fmt: skip


def _otherwise_label(last: Age, horizon: int, lang: Lang, colours: Palette) -> Figure:
    """On the side of its line where the other curve is not; behind a curve too short to write over."""
    above, behind = last.competing >= last.share, last.day < 0.6 * horizon
    away = 6 if behind else 3  # the other curve's own label stands behind it, too
    return {
        "x": last.day, "y": last.competing, "showarrow": False,
        "xanchor": "left" if behind else "right", "xshift": 8 if behind else -4,
        "text": plain(words.OTHERWISE.fill(share=amount(last.competing, "percent"))(lang)),
        "yanchor": "bottom" if above else "top", "yshift": away if above else -away,
        "font": {"size": 12, "color": colours.mute},
    }  # fmt: skip


def ages_table(points: Sequence[Age], lang: Lang) -> pd.DataFrame:
    """The curve to take away: day, share with interval, competing share, still open."""
    return pd.DataFrame(
        [(p.day, p.share, p.lower, p.upper, p.competing, p.at_risk) for p in points],
        columns=[column(lang) for column in words.COLUMNS],
    )


def whole_months(result: KpiResult, quantile: float | None) -> Text | None:
    """What the chart's months say while the period shown is too young to; None where it says nothing."""
    if result.chart is None or result.estimate is None:
        return None
    if result.chart.verdict == "untested" and quantile is not None:
        return words.GAPS.fill(kpi=result.name, quantile=amount(100 * quantile, "percent"))
    if result.chart.verdict not in ("signal", "normal"):
        return None
    latest = result.chart.latest
    rule = rule_words(latest) if latest else NORMAL
    return words.WHOLE_MONTHS.fill(kpi=result.name, rule=rule, horizon=result.estimate.horizon)


def followed_lines(found: Estimate, quantile: float | None) -> list[tuple[Text, Text, Text | None]]:
    """The calculation's lines between value and target: label, value, small print."""
    lower, upper = amount(found.lower, "percent"), amount(found.upper, "percent")
    share = words.BETWEEN.fill(lower=lower, upper=upper)
    lines: list[tuple[Text, Text, Text | None]] = []
    if quantile is None and found.days == found.horizon:
        lines.append((words.INTERVAL, share, None))
    else:
        if found.until is not None:
            lines.append((words.INTERVAL, _days_between(found), None))
        lines.append((words.SHARE_BY.fill(days=found.days), amount(found.share, "percent"), share))
    still = found.starts - found.ended - found.competed
    about = words.OPEN_ABOUT.fill(horizon=found.horizon)
    begun = words.FOLLOWED.fill(n=found.followed, horizon=found.horizon)
    lines.append((words.ENDED, amount(found.ended, "count"), None))
    if found.competed:
        lines.append((words.COMPETED, amount(found.competed, "count"), None))
    lines.append((words.OPEN, amount(still, "count"), about))
    lines.append((words.STARTS, amount(found.starts, "count"), begun))
    return lines


def _days_between(found: Estimate) -> Text:
    lower, upper = found.until_lower, found.until_upper
    if upper is None:
        return words.FROM.fill(lower=amount(None if lower is None else float(lower), "days"))
    days = amount(float(upper), "days")
    return days if lower == upper else words.BETWEEN.fill(lower=lower, upper=days)
