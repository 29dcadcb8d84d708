"""What KPI results say together: which changes are signals, how strong, and the sentence above them all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.text import Text
from metrics.result import Chart, KpiResult, Limits, Signal
from metrics.wording import amount, month_name, onset, rule_words, tone


@dataclass(frozen=True, kw_only=True)
class Change:
    """A KPI with a signal at its last whole month. `strength`: the shift in its standard errors."""

    result: KpiResult
    signal: Signal
    strength: float
    words: Text


def charted(result: KpiResult) -> bool:
    """Whether the KPI's chart could have shown a signal."""
    return result.mature and result.chart is not None and result.chart.verdict in ("signal", "normal")


def ranked(results: Sequence[KpiResult]) -> tuple[Change, ...]:
    """The KPIs with a signal, the strongest first."""
    found = [
        Change(
            result=result, signal=signal, strength=strength(result.chart, signal), words=rule_words(signal)
        )
        for result in results
        if result.status == "ok" and result.chart is not None and (signal := result.signal) is not None
    ]
    return tuple(sorted(found, key=lambda c: (-c.strength, c.result.kpi, c.result.phase or "")))


def in_force(chart: Chart, signal: Signal) -> Limits | None:
    """The limits that the run of a signal broke: those that held before it began."""
    since = onset(chart) or signal.since
    before = [limits for limits in chart.limits if limits.first < since]
    return before[-1] if before else (chart.limits[0] if chart.limits else None)


def strength(chart: Chart, signal: Signal) -> float:
    """How far the months of the run lie from the mean before, in standard errors of their average."""
    limits = in_force(chart, signal)
    since = onset(chart) or signal.since
    run = [
        point.value for point in chart.points if point.value is not None and since <= point.month <= signal.at
    ]
    if limits is None or not run:
        return 0.0
    sigma = (limits.upper - limits.mean) / 3  # the limits lie three standard deviations from the mean
    shift = abs(sum(run) / len(run) - limits.mean)
    if sigma <= 0:  # a baseline without any variation: as strong as a point just outside the limits
        return 3.0 * math.sqrt(len(run))
    return shift / sigma * math.sqrt(len(run))


def usual(result: KpiResult) -> float | None:
    """What the KPI was before its signal; None where the chart shows changes instead of values."""
    chart, signal = result.chart, result.signal
    if chart is None or signal is None:
        return None
    if chart.seasonal:
        return result.last_year
    limits = in_force(chart, signal)
    return limits.mean if limits else None


def leading(stations: Sequence[KpiResult], changes: Sequence[Change]) -> Change | None:
    """The change that the title names: bad before good, the stations' KPIs before others, by strength."""
    shown = {(result.kpi, result.phase) for result in stations}
    order = {"bad": 0, "good": 1, "neutral": 2}
    return min(
        changes,
        key=lambda change: (
            order[tone(change.result)],
            (change.result.kpi, change.result.phase) not in shown,
            -change.strength,
        ),
        default=None,
    )


def finding(
    lead: Change | None, results: Sequence[KpiResult], phases: Mapping[str, Text], currency: str
) -> Text:
    """The page's title: the leading change as a sentence, else that there is none to report."""
    if lead is not None:
        return change_sentence(lead, phases, currency)
    count = sum(charted(result) for result in results)
    if count:
        return Text(
            de="Keine Kennzahl zeigt ein Signal: alle {n} schwanken wie gewohnt",
            en="No KPI shows a signal: all {n} vary as usual",
        ).fill(n=count)
    known = sum(result.status == "ok" for result in results)
    return Text(
        de="{n} Kennzahlen berechnet; für Signale reicht der Verlauf noch nicht",
        en="{n} KPIs computed; there is too little history for signals yet",
    ).fill(n=known)


def change_sentence(change: Change, phases: Mapping[str, Text], currency: str) -> Text:
    """`Preference: Erfolgsquote nach Wert seit Juli niedriger, 27 % statt 35 %`."""
    result, signal = change.result, change.signal
    side = {
        "high": Text(de="höher", en="higher"),
        "low": Text(de="niedriger", en="lower"),
    }[signal.side]
    begun = (onset(result.chart) if result.chart else None) or signal.since
    since = month_name(begun, near=signal.at)
    said = (
        Text(de="{kpi} im {m} ungewöhnlich {side}", en="{kpi} unusually {side} in {m}")
        if begun == signal.at
        else Text(de="{kpi} seit {m} {side}", en="{kpi} {side} since {m}")
    )
    if begun == signal.at:
        side = {"high": Text(de="hoch", en="high"), "low": Text(de="niedrig", en="low")}[signal.side]
    sentence = said.fill(kpi=result.name, m=since, side=side)
    last = next((p.value for p in reversed(result.chart.points) if p.whole), None) if result.chart else None
    now = result.value if result.chart and result.chart.seasonal else last
    before = usual(result)
    if now is not None and before is not None:
        sentence = Text(de="{s}, {now} statt {before}", en="{s}, {now} instead of {before}").fill(
            s=sentence, now=amount(now, result.unit, currency), before=amount(before, result.unit, currency)
        )
    name = phases.get(result.phase or "")
    return Text(de="{p}: {s}", en="{p}: {s}").fill(p=name, s=sentence) if name else sentence
