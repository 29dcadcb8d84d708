"""The overview's findings: what changed, effort beside money, news, the strongest signal as a chart."""

from __future__ import annotations

from cockpit.findings import Change
from cockpit.news import WAITING
from cockpit.overview import Overview
from core.text import Lang, Text
from core.view import View
from metrics.result import KpiResult
from metrics.wording import amount, number, signal_words, tone
from ui import blocks
from ui.downloads import downloads
from ui.filterbar import Comparison
from ui.kpichart import draw_kpi, draw_notes
from ui.links import address
from ui.resulttable import result_table
from ui.stations import beside
from ui.words import common as words
from ui.words import overview as said

SHOWN = 5


def draw_changes(shown: Overview, view: View, lang: Lang) -> None:
    """The KPIs with a signal, the strongest first, with how many are to be expected by chance."""
    if not shown.checked:
        blocks.heading(said.UNCHECKED(lang), said.UNCHECKED_ABOUT(lang))
        return
    count = len(shown.changes)
    title = said.SIGNALS.get(count) or said.SIGNALS_MANY.fill(n=count)
    by_chance = Text(de=number(shown.expected_false, 1, "de"), en=number(shown.expected_false, 1, "en"))
    blocks.heading(title(lang), said.CHECKED.fill(n=shown.checked, f=by_chance)(lang))
    if not count:
        blocks.note(said.NO_SIGNALS(lang))
        return
    blocks.rows(
        [_change_row(change, shown, view, lang) for change in shown.changes[:SHOWN]], caption=title(lang)
    )
    results = [change.result for change in shown.changes]
    downloads(result_table(results, shown.model, shown.currency, lang), title(lang), lang, "changes")
    if count > SHOWN:
        blocks.small_print([(said.MORE.fill(n=count - SHOWN)(lang), address("kpis", lang, view))])


def _change_row(change: Change, shown: Overview, view: View, lang: Lang) -> blocks.Row:
    result = change.result
    sign = "▲" if change.signal.side == "high" else "▼"
    good = tone(result)
    accent: blocks.Accent = "strong" if good == "neutral" else good
    verdict = {"good": words.GOOD, "bad": words.BAD}.get(good)
    below = f"{verdict(lang)} · {change.words(lang)}" if verdict else change.words(lang)
    return blocks.Row(
        label=f"{sign} {kpi_name(result, shown)(lang)}",
        value=amount(result.value, result.unit, shown.currency)(lang),
        below=below,
        beside=_counted(result, shown.currency)(lang),
        accent=accent,
        href=kpi_address(result, view, lang),
    )


def kpi_name(result: KpiResult, shown: Overview) -> Text:
    """The KPI's name, with its phase where one definition stands for all phases."""
    same_kpi = {other.result.phase for other in shown.changes if other.result.kpi == result.kpi}
    phase = next((phase for phase in shown.model.phases if phase.id == result.phase), None)
    if phase is None or len(same_kpi) == 1:
        return result.name
    return Text(de="{kpi} ({phase})", en="{kpi} ({phase})").fill(kpi=result.name, phase=phase.name)


def kpi_address(result: KpiResult, view: View, lang: Lang) -> str:
    return address("kpis", lang, view, kpi=result.kpi, phase=result.phase or "")


def _counted(result: KpiResult, currency: str) -> Text:
    """Target, else numerator of denominator, else n: never a bare number."""
    if result.target is not None:
        return words.TARGET.fill(value=amount(result.target.value, result.unit, currency))
    counted = [x for x in (result.numerator, result.denominator) if x is not None and float(x).is_integer()]
    if result.unit == "percent" and len(counted) == 2:
        return words.OF.fill(a=int(counted[0]), b=int(counted[1]))
    return words.N.fill(n=result.n)


def draw_balance(shown: Overview, view: View, compare: Comparison, lang: Lang) -> None:
    """What customers say beside what they pay."""
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    blocks.heading(said.BALANCE(lang), said.BALANCE_SUB.fill(period=period)(lang))
    pairs = [*shown.effort, *shown.money]
    if not pairs:
        blocks.note(said.BALANCE_NONE(lang))
        return
    blocks.rows(
        [
            blocks.Row(
                label=result.name(lang),
                value=amount(result.value, result.unit, shown.currency)(lang),
                below=signal_words(result)(lang),
                beside=" · ".join(line(lang) for line in beside(result, compare, shown.currency)),
                href=kpi_address(result, view, lang),
            )
            for result in pairs
        ],
        caption=said.BALANCE(lang),
    )
    downloads(result_table(pairs, shown.model, shown.currency, lang), said.BALANCE(lang), lang, "balance")


def draw_news(shown: Overview, view: View, lang: Lang) -> None:
    """Since your last visit, sentence by sentence."""
    blocks.heading(shown.news.title(lang), shown.news.about(lang))
    blocks.sentences(
        [
            (sentence.text(lang), _where_it_leads(sentence.kpi, view, lang) if sentence.kpi else None)
            for sentence in shown.news.sentences
        ]
    )


def _where_it_leads(kpi: str, view: View, lang: Lang) -> str:
    """To the computation of the KPI; the offers that wait are a list to work through."""
    if kpi == WAITING:
        return address("funnel", lang, view, part="offers")
    return address("kpis", lang, view, kpi=kpi)


def draw_strongest(shown: Overview, lang: Lang) -> None:
    """The chart behind the page's title."""
    if shown.lead is None:
        return
    blocks.rule()
    draw_kpi(shown.lead, lang, shown.currency, shown.notes, title=shown.title, key="lead")
    draw_notes(shown.notes, lang)
