"""The handbook's pieces: one KPI from its meaning to its rows, and the table of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from cockpit.handbook import Entry, Explanation
from cockpit.notes import Note
from core.catalog import Fault
from core.text import Lang, Text
from core.view import View
from journeys.model import JourneyModel
from metrics.result import KpiResult
from metrics.wording import amount, joined, need_words, reason_without_value, signal_words
from ui import blocks
from ui.downloads import downloads, grid, table
from ui.followpicture import draw_ages, followed_lines, whole_months
from ui.kpichart import draw_kpi, draw_notes
from ui.links import address
from ui.resulttable import phase_of, result_table
from ui.words import common, following
from ui.words import handbook as words
from ui.words.factrows import FACT_COLUMNS, ID_FACTS


def kpi_title(shown: Explanation, model: JourneyModel, currency: str) -> Text:
    """The KPI with its figure and what it says: `Win rate: 24 %, signal: lower since July`."""
    name = shown.kpi.name
    if shown.phase is not None:
        name = Text(de="{kpi} ({phase})", en="{kpi} ({phase})").fill(
            kpi=name, phase=model.phase(shown.phase).name
        )
    said = signal_words(shown.result)
    if reason_without_value(shown.result) is not None:
        return words.TITLE.fill(kpi=name, value=said)
    value = amount(shown.result.value, shown.kpi.unit, currency)
    return words.TITLE_WORDS.fill(kpi=name, value=value, words=said)


def draw_meaning(shown: Explanation, entry: Entry, currency: str, lang: Lang) -> None:
    """What the KPI tells and how it is computed; beside it the calculation with its numbers."""
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        blocks.prose(shown.kpi.question(lang), words.OWN(lang) if entry.own else "")
        blocks.prose(shown.kpi.how(lang), words.HOW(lang))
        if shown.kpi.pitfalls is not None:
            blocks.prose(shown.kpi.pitfalls(lang), words.PITFALL(lang))
        blocks.prose(" ".join(about(lang) for about in shown.facts), words.COUNTED(lang))
        if shown.result.needs:
            blocks.prose(
                joined([need_words(need) for need in shown.result.needs])(lang), words.UNTIL_NEEDS(lang)
            )
    with right:
        _calculation(shown, currency, lang)


def _calculation(shown: Explanation, currency: str, lang: Lang) -> None:
    result, kpi = shown.result, shown.kpi
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    day = shown.data_end[:10] and pd.Timestamp(shown.data_end).date()
    sub = words.RECKONED_SUB.fill(period=period, day=day or "–", n=shown.n)
    blocks.heading(words.RECKONED(lang), sub(lang))
    least = words.MINIMUM.fill(n=kpi.minimum_n) if kpi.minimum_n > 1 else None
    lines: list[tuple[Text, Text, Text | None]] = [
        (words.VALUE, amount(result.value, kpi.unit, currency), least)
    ]
    if kpi.kind in ("ratio", "mean"):
        lines += [(words.NUMERATOR, _plain(shown.numerator), None)]
        lines += [(words.DENOMINATOR, _plain(shown.denominator), None)]
    if result.estimate is not None:
        lines += followed_lines(result.estimate, kpi.quantile)
    else:
        lines.append((words.CASES, _plain(shown.n), None))
    if result.target is not None:
        owner = common.OWNER.fill(name=result.target.owner or "–")
        lines.append((words.TARGET, amount(result.target.value, kpi.unit, currency), owner))
    waits = None
    if result.estimate is not None and not result.mature:
        waits = following.ONLY_WHOLE.fill(horizon=result.estimate.horizon)
    lines.append((words.BEFORE, amount(result.previous, kpi.unit, currency), waits))
    lines.append((words.LAST_YEAR, amount(result.last_year, kpi.unit, currency), None))
    blocks.rows(
        [
            blocks.Row(label=name(lang), value=value(lang), below=small(lang) if small else "")
            for name, value, small in lines
        ],
        caption=words.RECKONED(lang),
    )
    if result.note is not None:
        blocks.note(result.note(lang))


def _plain(value: float | None) -> Text:
    """A counted number as it is, without a unit."""
    if value is None:
        return Text(de="–", en="–")
    shown = int(value) if float(value).is_integer() else round(value, 2)
    return Text(de="{v}", en="{v}").fill(v=shown)


def draw_course(shown: Explanation, notes: Sequence[Note], currency: str, lang: Lang) -> None:
    """The KPI over time; before it, where cases are followed, how they come to their end."""
    draw_ages(shown, lang)
    blocks.rule()
    title = words.TITLE.fill(kpi=shown.kpi.name, value=signal_words(shown.result))
    if not shown.result.mature:
        title = whole_months(shown.result, shown.kpi.quantile) or title
    draw_kpi(shown.result, lang, currency, notes, title=title, key="course")
    draw_notes(notes, lang)


def draw_groups(results: Sequence[KpiResult], name: str, currency: str, lang: Lang) -> None:
    """The KPI broken down by an attribute: bars for what has a value, a table for all."""
    if not results:
        return
    first = results[0]
    period = Text(de=first.period.label("de"), en=first.period.label("en"))
    sub = words.GROUPS_SUB.fill(kpi=first.name, period=period)
    blocks.heading(words.GROUPS.fill(name=name)(lang), sub(lang))
    lit = sorted((r for r in results if r.value is not None), key=lambda r: -(r.value or 0.0))
    blocks.bars(
        [
            blocks.Bar(
                label=result.group or "–",
                size=result.value or 0.0,
                value=amount(result.value, result.unit, currency)(lang),
                below=common.N.fill(n=result.n)(lang),
                accent="on",
            )
            for result in lit
        ],
        caption=sub(lang),
    )
    dark = [result for result in results if result.value is None]
    if dark:
        blocks.rows(
            [
                blocks.Row(label=result.group or "–", value="–", below=signal_words(result)(lang))
                for result in dark
            ],
            caption=words.GROUPS_DARK(lang),
        )
    frame = pd.DataFrame(
        [
            (r.group or "–", r.value, r.numerator, r.denominator, r.n, signal_words(r)(lang))
            for r in [*lit, *dark]
        ],
        columns=[column(lang) for column in words.GROUP_COLUMNS],
    )
    downloads(frame, f"{first.name(lang)} {name}", lang, "groups")


def draw_rows(
    shown: Explanation,
    every: Callable[[bool], pd.DataFrame],
    said: Callable[[pd.DataFrame], pd.DataFrame],
    lang: Lang,
) -> None:
    """The first rows behind the figure; all of them are fetched when someone asks for the file.

    `said` puts rows into the words of the reader.
    """
    blocks.rule()
    parts = [(words.ROWS, words.ROWS_SUB, words.ROWS_WHOLE, shown.rows, shown.count, False)]
    if shown.below is not None:
        below_sub, below_whole = words.ROWS_BELOW_SUB, words.ROWS_BELOW_WHOLE
        parts.append((words.ROWS_BELOW, below_sub, below_whole, shown.below, shown.count_below, True))
    for name, first, whole, rows, count, below in parts:
        sub = first if len(rows) < count else whole
        blocks.heading(name(lang), sub.fill(shown=len(rows), all=count)(lang))
        if rows.empty:
            blocks.note(words.NO_ROWS(lang))
            continue
        ids = [FACT_COLUMNS[column](lang) for column in ID_FACTS]
        grid(said(rows), name(lang), lang, f"rows_{below}_table", ids)
        file = f"{shown.kpi.name(lang)} {name(lang)}"
        downloads(partial(_every, every, said, below), file, lang, f"rows_{below}")


def _every(
    every: Callable[[bool], pd.DataFrame], said: Callable[[pd.DataFrame], pd.DataFrame], below: bool
) -> pd.DataFrame:
    return said(every(below))


def draw_origin(shown: Explanation, lang: Lang) -> None:
    """The snapshot, the version of the definition, the sources; the SQL that ran with its values."""
    blocks.rule()
    blocks.heading(words.ORIGIN(lang), words.ORIGIN_SUB(lang))
    lines = [
        words.SNAPSHOT.fill(id=shown.snapshot, at=shown.made_at),
        words.VERSION.fill(version=shown.version),
        *(
            words.SOURCE.fill(name=source.name, day=source.data_end.date())
            if source.data_end
            else words.SOURCE_UNDATED.fill(name=source.name)
            for source in shown.sources
        ),
    ]
    blocks.sentences([(line(lang), None) for line in lines])
    with st.expander(words.SQL(lang)):  # of its full height: a box that scrolls is out of a keyboard's reach
        blocks.note(words.SQL_SUB(lang))
        st.code(shown.sql, language="sql", wrap_lines=True)
        if shown.values:
            frame = pd.DataFrame(
                [(name, str(value)) for name, value in shown.values.items()],
                columns=[column(lang) for column in words.BOUND_COLUMNS],
            )
            table(frame, words.BOUND(lang), lang, "bound")


def draw_all(entries: Sequence[Entry], model: JourneyModel, view: View, currency: str, lang: Lang) -> None:
    """Every KPI in one list by phase, each leading to its page, and the whole as a file."""
    results = [result for entry in entries for result in entry.results]
    lit = [result for result in results if reason_without_value(result) is None]
    signals = sum(result.signal is not None for result in lit)
    blocks.rule()
    title = words.ALL_KPIS.fill(lit=len(lit), all=len(results), signals=signals)
    period = results[0].period.label(lang) if results else ""
    blocks.heading(title(lang), words.ALL_SUB.fill(period=period)(lang))
    chapters: dict[str, list[tuple[Entry, KpiResult]]] = {}
    for entry in entries:
        for result in entry.results:
            chapters.setdefault(phase_of(result, model, lang), []).append((entry, result))
    order = [phase.name(lang) for phase in model.phases if phase.name(lang) in chapters]
    rest = [name for name in chapters if name not in order]
    names = [*order, *rest]
    columns = st.columns(2, gap="large")
    for name, half in zip(names, _halves([len(chapters[name]) for name in names]), strict=True):
        with columns[half]:
            blocks.heading(name)
            blocks.rows(
                [
                    blocks.Row(
                        label=result.name(lang),
                        value=amount(result.value, result.unit, currency)(lang),
                        below=signal_words(result)(lang),
                        beside=common.N.fill(n=result.n)(lang) if result.value is not None else "",
                        href=address("kpis", lang, view, kpi=result.kpi, phase=_phase_of(entry, result)),
                    )
                    for entry, result in chapters[name]
                ],
                caption=name,
            )
    downloads(result_table(results, model, currency, lang), words.PAGE(lang), lang, "all_kpis")


def _halves(lengths: Sequence[int]) -> list[int]:
    """0 for the chapters of the left half, 1 for the right; read down, then on, also on a narrow screen."""
    before = [sum(lengths[:place]) for place in range(len(lengths))]
    return [int(start + length / 2 > sum(lengths) / 2) for start, length in zip(before, lengths, strict=True)]


def _phase_of(entry: Entry, result: KpiResult) -> str:
    return (result.phase or "") if entry.kpi.per is not None else ""


def draw_broken(faults: Sequence[Fault], lang: Lang) -> None:
    """Own KPIs that could not be loaded, by file and field."""
    if faults:
        blocks.heading(words.BROKEN.fill(n=len(faults))(lang))
        blocks.sentences([(fault.text(lang), None) for fault in faults])
