"""From the cockpit's stations to the track's stops: words, signs, addresses."""

from __future__ import annotations

from dataclasses import replace

from cockpit.overview import Overview, Station
from core.text import Lang, Text
from core.view import View
from metrics.result import KpiResult
from metrics.wording import amount, figure, reason_without_value, signal_words, tone
from ui.downloads import downloads
from ui.filterbar import Comparison
from ui.links import address
from ui.resulttable import result_table
from ui.track import Stop, track
from ui.words import common as words
from ui.words import overview as said


def draw_stations(shown: Overview, view: View, compare: Comparison, lang: Lang) -> None:
    """The station track of an overview. Between the last station and nothing no share is shown."""
    last = len(shown.stations)
    stops = [
        _stop(
            station,
            address("phases", lang, view, phase=station.phase.id),
            tuple(line(lang) for line in beside(station.result, compare, shown.currency)),
            shown.currency,
            lang,
        )
        for station in shown.stations
    ]
    connected = [
        _with_flow(stop, station, lang) if station.number < last else stop
        for stop, station in zip(stops, shown.stations, strict=True)
    ]
    track(connected, said.TRACK(lang))
    results = [station.result for station in shown.stations if station.result is not None]
    downloads(result_table(results, shown.model, shown.currency, lang), said.TRACK(lang), lang, "stations")


def _with_flow(stop: Stop, station: Station, lang: Lang) -> Stop:
    flow = station.flow
    if flow is None:
        return stop
    share = amount(round(flow.percent), "percent")
    spoken = said.ONWARD.fill(share=share, phase=station.phase.name, a=flow.onward, b=flow.ended)
    return replace(stop, onward=share(lang), onward_words=spoken(lang))


def _stop(station: Station, href: str, below: tuple[str, ...], currency: str, lang: Lang) -> Stop:
    result = station.result
    if result is None:
        return Stop(
            number=station.number, phase=station.phase.name(lang), kpi=said.NO_HEADLINE(lang), value="–",
            unit="", below=(), words="", tone="neutral", signal=False, hot=False, chart=None, chart_words="",
            href=href,
        )  # fmt: skip
    value, unit = figure(result.value, result.unit, currency)
    spoken = signal_words(result)
    return Stop(
        number=station.number,
        phase=station.phase.name(lang),
        kpi=result.name(lang),
        value=value(lang),
        unit=unit(lang) if unit else "",
        below=below,
        words=spoken(lang),
        tone=tone(result),
        signal=result.signal is not None,
        hot=station.hot,
        chart=result.chart if reason_without_value(result) is None else None,
        chart_words=said.CHART.fill(kpi=result.name, words=spoken)(lang),
        href=href,
    )


def beside(result: KpiResult | None, compare: Comparison, currency: str) -> list[Text]:
    """Target and comparison in small print: what was planned, what it was before."""
    lines: list[Text] = []
    if result is None:
        return lines
    if result.target is not None:
        goal = amount(result.target.value, result.unit, currency)
        word = {True: words.TARGET_MET, False: words.TARGET_MISSED, None: words.TARGET}[result.target.met]
        lines.append(word.fill(value=goal))
    before = result.last_year if compare == "last_year" else result.previous
    if compare != "plan" and before is not None:
        lines.append(words.COMPARED[compare].fill(value=amount(before, result.unit, currency)))
    return lines
