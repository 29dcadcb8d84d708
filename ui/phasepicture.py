"""The sections of the page about one phase."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cockpit.phase import WHATS, Passage, PhaseView, Step
from core.contract import EVENT_LABELS
from core.text import Lang, Text
from core.view import View
from metrics.result import KpiResult, Point
from metrics.wording import amount, month_name, reason_without_value, signal_words
from ui import blocks
from ui.downloads import downloads, table
from ui.filterbar import Comparison
from ui.kpichart import draw_kpi, draw_notes
from ui.links import address
from ui.stations import beside
from ui.words import phases as said

MOSTLY_ENDED = 0.2  # above this share of open visits, those that ended say little about the rest

ENDS = ("advanced", "skipped", "completed", "back", "lost", "open")


def phase_title(shown: PhaseView) -> Text:
    """The phase and what its visits do: `Preference: 38 % der beendeten Besuche gehen weiter, …`."""
    ends = shown.ends
    ended = ends.visits - ends.open
    if not ends.visits:
        finding = said.NO_VISITS
    elif not ended or ends.conversion is None:
        finding = said.MANY_OPEN.fill(n=ends.visits)
    elif ends.open > MOSTLY_ENDED * ends.visits:
        # Those that end first are not like the rest: their share would flatter or frighten.
        finding = said.STILL_OPEN.fill(open=ends.open, n=ends.visits)
        mature = _last_mature(shown)
        if mature is not None and mature.value is not None:
            finding = said.MATURE.fill(
                open=finding, month=month_name(mature.month), share=amount(mature.value, "percent")
            )
    else:
        finding = said.ONWARD.fill(
            share=amount(ends.conversion, "percent"), lost=amount(100 * ends.lost / ended, "percent")
        )
    return said.TITLE.fill(phase=shown.phase.name, finding=finding)


def _last_mature(shown: PhaseView) -> Point | None:
    """The latest month whose visits have had their time to end."""
    for result in shown.results:
        if result.kpi == "phase_conversion" and result.chart is not None:
            return next((p for p in reversed(result.chart.points) if p.whole and p.value is not None), None)
    return None


def draw_situation(shown: PhaseView, lang: Lang) -> None:
    """What the customer is in, what we want, what is usually done; beside it what must not be missing."""
    left, right = st.columns([1, 1.15], gap="large")
    phase = shown.phase
    with left:
        for name, text in ((said.SITUATION, phase.situation), (said.GOAL, phase.goal)):
            blocks.prose(text(lang), name(lang))
        if phase.measures:
            blocks.heading(said.MEASURES(lang))
            blocks.sentences([(measure(lang), None) for measure in phase.measures])
    with right:
        _must_do(shown, lang)


def draw_ends(shown: PhaseView, view: View, lang: Lang) -> None:
    """The six ends as bars with words; beside them where visits come from and go to."""
    blocks.rule()
    left, middle, right = st.columns([1.5, 1, 1], gap="large")
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    counts = {end: int(getattr(shown.ends, end)) for end in ENDS}
    with left:
        blocks.heading(said.ENDS(lang), said.ENDS_SUB.fill(n=shown.ends.visits, period=period)(lang))
        blocks.bars(
            [
                blocks.Bar(
                    label=said.END_NAMES[end](lang),
                    size=count,
                    value=_share(count, shown.ends.visits)(lang),
                    below=said.VISITS.fill(n=count)(lang),
                    accent="hotbar" if end == "lost" else "" if end in ("open", "back") else "on",
                )
                for end, count in counts.items()
            ],
            caption=said.ENDS(lang),
        )
        frame = pd.DataFrame(
            [(said.END_NAMES[end](lang), count) for end, count in counts.items()],
            columns=[column(lang) for column in said.END_COLUMNS],
        )
        downloads(frame, said.ENDS(lang), lang, "ends")
    with middle:
        _passages(shown.came_from, said.CAME_FROM, said.CAME_FROM_SUB, view, lang)
    with right:
        _passages(shown.went_to, said.WENT_TO, said.WENT_TO_SUB, view, lang)


def _share(part: int, whole: int) -> Text:
    return amount(100 * part / whole if whole else None, "percent")


def _passages(passages: Sequence[Passage], name: Text, sub: Text, view: View, lang: Lang) -> None:
    blocks.heading(name(lang), sub(lang))
    if not passages:
        blocks.note(said.NONE_BEGAN(lang))
        return
    total = sum(passage.visits for passage in passages)
    blocks.bars(
        [
            blocks.Bar(
                label=passage.name(lang),
                size=passage.visits,
                value=_share(passage.visits, total)(lang),
                below=said.VISITS.fill(n=passage.visits)(lang),
                href=address("phases", lang, view, phase=passage.phase) if passage.phase else None,
            )
            for passage in passages
        ],
        caption=name(lang),
    )
    frame = pd.DataFrame(
        [(passage.name(lang), passage.visits) for passage in passages],
        columns=[column(lang) for column in said.PASSAGE_COLUMNS],
    )
    downloads(frame, name(lang), lang, "from" if name is said.CAME_FROM else "to")


def _must_do(shown: PhaseView, lang: Lang) -> None:
    """The steps that must not be missing, each with its sign and how many visits show it."""
    if not shown.steps:
        return
    visits = shown.ends.visits
    blocks.heading(said.MUST_DO(lang), said.MUST_DO_SUB.fill(n=visits)(lang))
    blocks.rows(
        [
            blocks.Row(
                label=step.must_do.step(lang),
                below=step.must_do.sign(lang),
                value=_share(step.done, visits)(lang) if step.done is not None else "–",
                beside=_sign(step)(lang),
            )
            for step in shown.steps
        ],
        caption=said.MUST_DO(lang),
    )
    frame = pd.DataFrame(
        [(step.must_do.step(lang), step.must_do.sign(lang), step.done, visits) for step in shown.steps],
        columns=[column(lang) for column in said.STEP_COLUMNS],
    )
    downloads(frame, said.MUST_DO(lang), lang, "steps")


def _sign(step: Step) -> Text:
    """How many visits hold the event that shows the step; the data cannot show more than that."""
    event = step.must_do.event
    if step.done is None or event is None:
        return said.NO_SIGN
    return said.DONE.fill(n=step.done, event=EVENT_LABELS[event])


def draw_kpis(shown: PhaseView, view: View, compare: Comparison, lang: Lang) -> None:
    """A chart for each KPI with a value, two beside each other; the others say what they lack."""
    blocks.rule()
    blocks.heading(said.KPIS(lang))
    draw_notes(shown.notes, lang)
    lit = [result for result in shown.results if reason_without_value(result) is None]
    for first in range(0, len(lit), 2):
        pair = lit[first : first + 2]
        for column, result in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                _kpi(result, shown, view, compare, lang)
    dark = [result for result in shown.results if reason_without_value(result) is not None]
    if dark:
        blocks.heading(said.UNLIT(lang), said.UNLIT_SUB(lang))
        blocks.rows(
            [
                blocks.Row(
                    label=result.name(lang),
                    value="–",
                    below=signal_words(result)(lang),
                    href=address("kpis", lang, view, kpi=result.kpi, phase=result.phase or ""),
                )
                for result in dark
            ],
            caption=said.UNLIT(lang),
        )


def _kpi(result: KpiResult, shown: PhaseView, view: View, compare: Comparison, lang: Lang) -> None:
    value = amount(result.value, result.unit, shown.currency)
    title = said.KPI_WORDS.fill(kpi=result.name, value=value, words=signal_words(result))
    small: list[tuple[str, str | None]] = [
        (line(lang), None) for line in beside(result, compare, shown.currency)
    ]
    how = (said.HOW(lang), address("kpis", lang, view, kpi=result.kpi, phase=result.phase or ""))
    draw_kpi(
        result, lang, shown.currency, shown.notes, title=title, key=f"kpi_{result.kpi}", beside=[*small, how]
    )


def draw_met(shown: PhaseView, lang: Lang) -> None:
    """Touchpoints, channels and contents of the phase as tables; contacts without a phase are named."""
    blocks.rule()
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    for column, what in zip(st.columns(len(WHATS), gap="large"), WHATS, strict=True):
        with column:
            name = said.MET[what]
            blocks.heading(name(lang), said.MET_SUB.fill(period=period)(lang))
            if not shown.met[what]:
                blocks.note(said.MET_NONE[what if shown.met["touchpoint"] else "touchpoint"](lang))
                continue
            frame = pd.DataFrame(
                [(met.name, met.contacts, met.customers) for met in shown.met[what]],
                columns=[column_name(lang) for column_name in said.MET_COLUMNS],
            )
            table(frame, f"{name(lang)} {shown.phase.name(lang)}", lang, what)
    if shown.unassigned:
        names = sorted(shown.unassigned, key=lambda name: -shown.unassigned[name])[:5]
        note = said.UNASSIGNED.fill(n=sum(shown.unassigned.values()), names=", ".join(names))
        blocks.note(note(lang))
