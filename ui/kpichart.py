"""A KPI over time: a title that says what the chart shows, the XmR chart, its values to take away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cockpit.notes import Note
from core.text import Lang, Text
from metrics.result import KpiResult
from metrics.wording import amount, signal_words, unit_words
from ui import blocks, charts
from ui.downloads import downloads
from ui.theme import palette
from ui.words import charts as said


def draw_kpi(
    result: KpiResult,
    lang: Lang,
    currency: str,
    notes: Sequence[Note],
    *,
    title: Text,
    key: str,
    beside: Sequence[tuple[str, str | None]] = (),
) -> None:
    """The XmR chart of a result, or in words why there is none. `beside`: target, comparison, addresses."""
    chart = result.chart
    whole = [point for point in chart.points if point.whole and point.value is not None] if chart else []
    if chart is None or len(whole) < 2:
        blocks.heading(title(lang), signal_words(result)(lang))
        blocks.small_print(beside)
        return
    cases = [point.n for point in whole]
    unit = (
        said.CHANGE.fill(unit=unit_words(result.unit, currency))
        if chart.seasonal
        else unit_words(result.unit, currency)
    )
    without = said.UNTESTED if chart.verdict == "untested" else said.NO_LIMITS
    limits = said.LIMITS if chart.limits else without
    many = said.RANGE.fill(low=min(cases), high=max(cases)) if min(cases) < max(cases) else cases[0]
    sub = said.SUB.fill(unit=unit, n=many, limits=limits)
    blocks.heading(title(lang), sub(lang), beside)
    alt = said.ALT.fill(
        kpi=result.name, words=signal_words(result), value=amount(result.value, result.unit, currency)
    )
    charts.draw(
        charts.xmr(result, lang, palette(), currency=currency, notes=notes), alt(lang), key=f"{key}_chart"
    )
    downloads(series(result, lang), result.name(lang), lang, key)


def draw_notes(notes: Sequence[Note], lang: Lang) -> None:
    """The dated notes with the numbers that charts show."""
    if notes:
        listed = " · ".join(
            f"{number} {note.text} ({note.month.month:02d}/{note.month.year % 100:02d})"
            for number, note in enumerate(notes, 1)
        )
        blocks.note(said.NOTES.fill(notes=listed)(lang))


def series(result: KpiResult, lang: Lang) -> pd.DataFrame:
    """The chart as a table: month, value, numerator, denominator, n, whole, mean, limits, signal."""
    chart = result.chart
    if chart is None:
        return pd.DataFrame()
    flagged = {signal.at: signal for signal in chart.signals}
    lines = []
    for point in chart.points:
        limits = next((li for li in chart.limits if li.first <= point.month <= li.last), None)
        signal = flagged.get(point.month)
        lines.append(
            (
                str(point.month), point.value, point.numerator, point.denominator, point.n,
                said.YES_NO[point.whole](lang),
                limits.mean if limits else None, limits.lower if limits else None,
                limits.upper if limits else None, said.RULES[signal.kind](lang) if signal else None,
            )
        )  # fmt: skip
    return pd.DataFrame(lines, columns=[column(lang) for column in said.COLUMNS])
