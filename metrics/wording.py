"""How figures and signals are written, in both languages: unit near the number, signs with a word."""

from __future__ import annotations

from typing import Literal

from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

from core.contract import EVENT_LABELS, contract
from core.period import Month
from core.text import LOCALES, Lang, Text, same
from metrics.result import Chart, KpiResult, Signal, Unit

Tone = Literal["good", "bad", "neutral"]
NARROW = "\u202f"  # spaces that do not break: the number keeps its sign (narrow) or its word
SPACE = "\u00a0"
DASH = same("–")

_SUFFIX: dict[Unit, Text] = {
    "percent": same("%"),
    "points": Text(de="Punkte", en="points"),
    "days": Text(de="Tage", en="days"),
    "hours": same("h"),
    "minutes": same("min"),
    "score5": Text(de="von 5", en="of 5"),
    "score7": Text(de="von 7", en="of 7"),
    "ratio": same("×"),
}


_WRITTEN_OUT: dict[Unit, Text] = {
    "percent": Text(de="Prozent", en="Percent"),
    "points": Text(de="Punkte", en="Points"),
    "count": Text(de="Anzahl", en="Number"),
    "days": Text(de="Tage", en="Days"),
    "hours": Text(de="Stunden", en="Hours"),
    "minutes": Text(de="Minuten", en="Minutes"),
    "score5": Text(de="Note von 1 bis 5", en="Score from 1 to 5"),
    "score7": Text(de="Note von 1 bis 7", en="Score from 1 to 7"),
    "ratio": Text(de="Verhältnis", en="Ratio"),
}


def number(value: float, decimals: int, lang: Lang) -> str:
    """A number as its language writes it, with a real minus sign."""
    shown = round(value, decimals) + 0.0  # no negative zero
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(shown, format=pattern, locale=LOCALES[lang]).replace("-", "−")


def _decimals(value: float, unit: Unit) -> int:
    match unit:
        case "percent" | "days" | "hours":
            return 0 if float(value).is_integer() or abs(value) >= 100 else 1
        case "eur":
            return 0 if abs(value) >= 100 else 2
        case "count":
            return 0 if float(value).is_integer() or abs(value) >= 100 else 1
        case "score5" | "score7" | "ratio":
            return 2
    return 0


def figure(value: float | None, unit: Unit, currency: str = "EUR") -> tuple[Text, Text | None]:
    """The number and its unit apart, as a tile sets them. Money from a million on is written in millions."""
    if value is None:
        return DASH, None
    if unit == "eur":
        symbol = {lang: get_currency_symbol(currency, locale=LOCALES[lang]) for lang in LOCALES}
        if abs(value) >= 999_500:
            shown = Text(de=number(value / 1e6, 2, "de"), en=number(value / 1e6, 2, "en"))
            return shown, Text(de=f"Mio.{SPACE}{symbol['de']}", en=f"m{SPACE}{symbol['en']}")
        decimals = _decimals(value, unit)
        return (
            Text(de=number(value, decimals, "de"), en=number(value, decimals, "en")),
            Text(de=symbol["de"], en=symbol["en"]),
        )
    decimals = _decimals(value, unit)
    shown = Text(de=number(value, decimals, "de"), en=number(value, decimals, "en"))
    return shown, _SUFFIX.get(unit)


def amount(value: float | None, unit: Unit, currency: str = "EUR") -> Text:
    """The number with its unit, as a sentence sets it."""
    shown, suffix = figure(value, unit, currency)
    if suffix is None:
        return shown
    space = SPACE if suffix.de[0].isalpha() and len(suffix.de) > 1 else NARROW
    tight = unit == "percent"  # English sets no space before the per cent sign
    return Text(de=f"{shown.de}{space}{suffix.de}", en=f"{shown.en}{'' if tight else space}{suffix.en}")


def unit_words(unit: Unit, currency: str = "EUR") -> Text:
    """The unit written out, for the small print under a title."""
    if unit == "eur":
        return same(currency)
    return _WRITTEN_OUT[unit]


def month_name(month: Month, *, near: Month | None = None) -> Text:
    """The month in words; its year only where it lies a year or more from `near`."""
    bare = near is not None and abs((near.year - month.year) * 12 + near.month - month.month) < 12
    pattern = "LLLL" if bare else "LLLL y"
    return Text(
        de=format_date(month.start, pattern, locale="de_DE"),
        en=format_date(month.start, pattern, locale="en_GB"),
    )


def onset(chart: Chart) -> Month | None:
    """Since when the last month's signal holds: back over months in a row flagged on the same side."""
    latest = chart.latest
    if latest is None:
        return None
    flagged = {signal.at: signal for signal in chart.signals if signal.side == latest.side}
    since = latest.since
    for point in reversed([point for point in chart.points if point.whole and point.value is not None]):
        if point.month >= since:
            continue
        if point.month not in flagged:
            break
        since = min(point.month, flagged[point.month].since)
    return since


def tone(result: KpiResult) -> Tone:
    """Whether the latest signal is good news for this KPI; neutral without a signal or a direction."""
    signal = result.signal
    if signal is None or result.direction == "none":
        return "neutral"
    return "good" if (signal.side == "high") == (result.direction == "up") else "bad"


_VERDICT = {"good": Text(de="günstig", en="good"), "bad": Text(de="ungünstig", en="bad")}


NORMAL = Text(de="normale Schwankung", en="normal variation")
_TOO_SHORT = Text(de="zu wenig Verlauf (unter 8 Monaten)", en="too little history (under 8 months)")
_ESTIMATED = Text(de="geschätzt, offene Fälle mitgezählt", en="estimated, open cases included")
_WITHOUT_VERDICT = {
    "too_short": _TOO_SHORT,
    "untested": Text(de="ohne Signalprüfung (siehe Handbuch)", en="not tested for signals (see handbook)"),
    "season_unknown": Text(de="Saison unbekannt (unter 24 Monaten)", en="season unknown (under 24 months)"),
}


def _reason_without_verdict(result: KpiResult) -> Text | None:
    """Why the figure is called neither signal nor noise, or None where it is."""
    if not result.mature:
        return _ESTIMATED if result.estimate else Text(de="noch nicht ausgereift", en="not mature yet")
    return _TOO_SHORT if result.chart is None else _WITHOUT_VERDICT.get(result.chart.verdict)


def signal_words(result: KpiResult) -> Text:
    """What a tile says under its sparkline: the signal, normal variation, or why neither can be said."""
    chart = result.chart
    silent = reason_without_value(result) or _reason_without_verdict(result)
    if silent is not None or chart is None:
        return silent or _TOO_SHORT
    latest = chart.latest
    if latest is None:
        return NORMAL
    begun = onset(chart) or latest.since
    since = month_name(begun, near=latest.at)
    words = {
        ("high", False): Text(de="▲ Signal: seit {m} höher", en="▲ Signal: higher since {m}"),
        ("low", False): Text(de="▼ Signal: seit {m} niedriger", en="▼ Signal: lower since {m}"),
        ("high", True): Text(de="▲ Signal: {m} ungewöhnlich hoch", en="▲ Signal: {m} unusually high"),
        ("low", True): Text(de="▼ Signal: {m} ungewöhnlich niedrig", en="▼ Signal: {m} unusually low"),
    }[latest.side, begun == latest.at]
    verdict = _VERDICT.get(tone(result))
    said = words.fill(m=since)
    return Text(de="{s} ({v})", en="{s} ({v})").fill(s=said, v=verdict) if verdict else said


_RULE = {
    ("outside_limits", "high"): Text(de="{m} über der oberen Grenze", en="{m} above the upper limit"),
    ("outside_limits", "low"): Text(de="{m} unter der unteren Grenze", en="{m} below the lower limit"),
    ("run_of_eight", "high"): Text(de="acht in Folge über dem Mittel", en="eight in a row above the mean"),
    ("run_of_eight", "low"): Text(de="acht in Folge unter dem Mittel", en="eight in a row below the mean"),
    ("three_of_four", "high"): Text(
        de="drei von vier nahe der oberen Grenze", en="three of four near the upper limit"
    ),
    ("three_of_four", "low"): Text(
        de="drei von vier nahe der unteren Grenze", en="three of four near the lower limit"
    ),
}


def rule_words(signal: Signal) -> Text:
    """Which rule of the XmR chart found the signal."""
    return _RULE[signal.kind, signal.side].fill(m=month_name(signal.at))


def need_words(need: str) -> Text:
    """A need of a KPI in words people know: `contacts.promised_at`, `event:offer`, `reach`; `|` is an or."""
    return joined([_one_need(part) for part in need.split("|")], last_de="oder", last_en="or")


def _one_need(need: str) -> Text:
    table, _, column = need.rpartition(".")
    tables = contract()
    if need in tables:
        return Text(de="Datei „{name}“", en="file “{name}”").fill(name=tables[need].label)
    known = tables[table if table in tables else "contacts"].columns.get(column)
    if known is not None:
        return Text(de="Spalte „{name}“", en="column “{name}”").fill(name=known.label)
    event = EVENT_LABELS.get(need.removeprefix("event:"))
    if event is not None:
        return Text(de="Ereignis „{name}“", en="event “{name}”").fill(name=event)
    return same(need)


def joined(texts: list[Text], *, last_de: str = "und", last_en: str = "and") -> Text:
    """A, B and C."""
    if not texts:
        return DASH

    def said(words: list[str], last: str) -> str:
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"

    return Text(de=said([t.de for t in texts], last_de), en=said([t.en for t in texts], last_en))


_WITHOUT_VALUE = {
    "too_few": Text(de="zu wenige Fälle (n = {n})", en="too few cases (n = {n})"),
    "missing": Text(de="Es fehlt: {needs}", en="Missing: {needs}"),
    "not_for_filter": Text(de="für diesen Filter nicht verfügbar", en="not available for this filter"),
    "suppressed": Text(de="ausgeblendet: zu wenige Kunden", en="suppressed: too few customers"),
    "no_data": Text(de="keine Daten im Zeitraum", en="no data in the period"),
    "unobserved": Text(
        de="noch nicht zu sehen (Tag {days} von {horizon})", en="cannot be seen yet (day {days} of {horizon})"
    ),
    "not_reached": Text(
        de="nicht erreicht (bis Tag {horizon} erst {share})", en="not reached ({share} by day {horizon})"
    ),
}


def reason_without_value(result: KpiResult) -> Text | None:
    """Why there is no value, or None where there is one."""
    said = _WITHOUT_VALUE.get(result.status)
    if said is None:
        return None
    found = result.estimate
    followed = (
        {"days": found.days, "horizon": found.horizon, "share": amount(found.share, "percent")}
        if found
        else {}
    )
    needs = joined([need_words(need) for need in result.needs])
    return said.fill(n=result.n, needs=needs, **followed)
