"""The overview as it leaves the house: the page's own words and figures on one sheet, as PDF or slide."""

from __future__ import annotations

from typing import Literal

from cockpit.findings import Change
from cockpit.overview import Overview, Station
from cockpit.workspace import Workspace
from core.text import Lang, Text
from exports.overview_files import overview_file
from exports.overview_sheet import ChangeLine, OverviewSheet, StationLine
from metrics.result import KpiResult, Limits
from metrics.wording import DASH, amount, number, reason_without_value, signal_words, tone
from store.signing import signing_key

LAST = 24  # months of a station's small line, as on the page
SIGNS = {"high": "▲", "low": "▼"}

SAMPLE = Text(de="Beispieldaten", en="Sample data")
ABOUT = Text(
    de="{period}, {whole} · {scope} · Datenstand {day} · {n} Kundenreisen",
    en="{period}, {whole} · {scope} · data as of {day} · {n} customer journeys",
)
WHOLE = {
    True: Text(de="abgeschlossen", en="complete"),
    False: Text(de="noch nicht abgeschlossen", en="not yet complete"),
}
TARGET = Text(de="Ziel {value}", en="Target {value}")
LEAK = Text(de="Was am meisten kostet", en="What costs most")
NO_LEAK = Text(
    de="Kein Leck lässt sich beziffern: zu wenige Fälle.", en="No leak can be put in money: too few cases."
)
UP_TO = Text(
    de="Obergrenze: was es brächte, kauften die Verlorenen wie die anderen. Phasen sind nicht addierbar.",
    en="An upper bound: what it would bring if the lost bought as the others do. Phases do not add up.",
)
CHANGES = {
    0: Text(de="Keine Veränderung ist ein Signal", en="No change is a signal"),
    1: Text(de="Eine Veränderung ist ein Signal", en="One change is a signal"),
}
CHANGES_MANY = Text(de="{n} Veränderungen sind ein Signal", en="{n} changes are signals")
CHECKED = Text(
    de="{n} Kennzahlen geprüft; zufällig wären etwa {f} zu erwarten",
    en="{n} KPIs checked; about {f} would be expected by chance",
)
FOOTNOTE = Text(
    de="Schnappschuss {snapshot} · Werte in Prozent zwischen den Phasen: beendete Besuche, die weitergehen, "
    "zwölf Monate · prüfbar mit „verify“",
    en="Snapshot {snapshot} · percentages between phases: visits that ended by moving on, twelve months · "
    "can be checked with “verify”",
)


def overview_sheet(ws: Workspace, shown: Overview, scope: Text, lang: Lang) -> OverviewSheet:
    """The overview in one language; `scope` says the filter."""
    count = len(shown.changes)
    by_chance = Text(de=number(shown.expected_false, 1, "de"), en=number(shown.expected_false, 1, "en"))
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    last = len(shown.stations)
    return OverviewSheet(
        lang=lang,
        title=shown.title(lang),
        about=ABOUT.fill(
            period=period,
            whole=WHOLE[shown.whole],
            scope=scope,
            day=shown.data_end.date(),
            n=shown.journeys,
        )(lang),
        sample=SAMPLE(lang) if shown.sample else None,
        stations=tuple(
            _station(station, shown.currency, lang, last=station.number == last) for station in shown.stations
        ),
        leak_heading=LEAK(lang),
        leak=(shown.leak_said(lang), UP_TO(lang)) if shown.leak_said else (NO_LEAK(lang),),
        changes_heading=(CHANGES.get(count) or CHANGES_MANY.fill(n=count))(lang),
        changes_about=CHECKED.fill(n=shown.checked, f=by_chance)(lang),
        changes=tuple(_change(change, shown.currency, lang) for change in shown.changes),
        news_heading=shown.news.title(lang),
        news=tuple(sentence.text(lang) for sentence in shown.news.sentences),
        footnote=FOOTNOTE.fill(snapshot=shown.snapshot)(lang),
        snapshot=shown.snapshot,
        made_on=ws.now().date(),
    )


def overview_bytes(
    ws: Workspace, shown: Overview, scope: Text, lang: Lang, to: Literal["pdf", "pptx"]
) -> bytes:
    """The sheet as a file with its signed manifest."""
    return overview_file(overview_sheet(ws, shown, scope, lang), to, signing_key(ws.root))


def _station(station: Station, currency: str, lang: Lang, *, last: bool) -> StationLine:
    result, flow = station.result, station.flow
    months, course = _course(result)
    limits = _limits(result)
    target = result.target if result else None
    goal = amount(target.value, result.unit, currency) if result and target else None
    return StationLine(
        number=station.number,
        phase=station.phase.name(lang),
        kpi=result.name(lang) if result else DASH(lang),
        value=amount(result.value, result.unit, currency)(lang) if result else DASH(lang),
        target=TARGET.fill(value=goal)(lang) if goal else "",
        said=signal_words(result)(lang) if result else "",
        tone=tone(result) if result else "neutral",
        hot=station.hot,
        onward=amount(round(flow.percent), "percent")(lang) if flow and not last else "",
        course=course,
        months=months,
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
    )


def _course(result: KpiResult | None) -> tuple[tuple[str, ...], tuple[float | None, ...]]:
    """The last whole months of the chart, rounded to two decimals."""
    if result is None or result.chart is None or reason_without_value(result) is not None:
        return (), ()
    points = [point for point in result.chart.points if point.whole][-LAST:]
    values = (None if point.value is None else round(point.value, 2) for point in points)
    return tuple(str(point.month) for point in points), tuple(values)


def _limits(result: KpiResult | None) -> Limits | None:
    """The limits that hold at the end of the chart."""
    if result is None or result.chart is None or not result.chart.limits:
        return None
    return result.chart.limits[-1]


def _change(change: Change, currency: str, lang: Lang) -> ChangeLine:
    result = change.result
    return ChangeLine(
        name=f"{SIGNS[change.signal.side]} {result.name(lang)}",
        value=amount(result.value, result.unit, currency)(lang),
        said=change.words(lang),
        tone=tone(result),
    )
