"""The sections about closings: win rate by count and value, why cases are lost, what a closing costs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cockpit.qualification import QualificationView
from core.text import Lang, Text, same
from core.view import View
from metrics.qualification import Absent, CostOfClosing, Decided, Reason
from metrics.wording import amount
from ui import blocks, charts
from ui.cohortchart import cohort_costs, quarter
from ui.dotplot import Dot, dots, percent_scale
from ui.downloads import downloads, grid
from ui.links import address
from ui.sections import draw_absent
from ui.theme import palette
from ui.words import qualification as said

MOST_REASONS = 8


def draw_closings(shown: QualificationView, view: View, lang: Lang) -> None:
    """Win rate by count and value, loss reasons and competitors, cost per closing by entry cohort."""
    if isinstance(shown.all, Absent):
        draw_absent(said.WINNING, shown.all, lang)
    else:
        _winning(shown, shown.all, view, lang)
    left, right = st.columns(2, gap="large")
    with left:
        _reasons(shown, shown.reasons, said.REASONS, lang)
    with right:
        _reasons(shown, shown.competitors, said.COMPETITORS, lang)
    blocks.rule()
    if isinstance(shown.costs, Absent):
        draw_absent(said.COSTS, shown.costs, lang)
    else:
        _costs(shown, shown.costs, view, lang)


def _winning(shown: QualificationView, counted: Decided, view: View, lang: Lang) -> None:
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    how = [(said.HOW(lang), address("kpis", lang, view, kpi="win_rate"))]
    sub = said.WINNING_SUB.fill(period=period)
    if counted.rate is None:
        title = said.FEW_CASES.fill(n=counted.cases) if counted.cases else said.NO_CASES
        blocks.heading(title(lang), sub(lang), how)
        return
    title = said.WINNING_FINDING_COUNT.fill(rate=amount(counted.rate.value, "percent"))
    if counted.rate_by_value is not None:
        title = said.WINNING_FINDING.fill(
            rate=amount(counted.rate.value, "percent"), value=amount(counted.rate_by_value, "percent")
        )
    blocks.heading(title(lang), sub(lang), how)
    rate = counted.rate
    lines = [
        Dot(
            label=said.BY_COUNT(lang),
            value=rate.value,
            lower=rate.lower,
            upper=rate.upper,
            said=amount(rate.value, "percent")(lang),
            beside=said.OF.fill(a=rate.numerator, b=rate.denominator)(lang),
            accent="on",
        )
    ]
    if counted.rate_by_value is not None:
        won, decided = (
            amount(value, "eur", shown.currency) for value in (counted.value_won, counted.value_decided)
        )
        lines.append(
            Dot(
                label=said.BY_VALUE(lang),
                value=counted.rate_by_value,
                said=amount(counted.rate_by_value, "percent")(lang),
                beside=said.OF.fill(a=won, b=decided)(lang),
            )
        )
    dots(lines, percent_scale([rate.upper, counted.rate_by_value], lang), said.WINNING(lang))
    blocks.note(
        said.INTERVAL.fill(lower=amount(rate.lower, "percent"), upper=amount(rate.upper, "percent"))(lang)
    )
    frame = pd.DataFrame(
        [
            (said.BY_COUNT(lang), rate.numerator, rate.denominator, rate.value, rate.lower, rate.upper),
            (
                said.BY_VALUE(lang), counted.value_won, counted.value_decided, counted.rate_by_value, None,
                None,
            ),
        ],
        columns=[column(lang) for column in said.WINNING_COLUMNS],
    )  # fmt: skip
    downloads(frame, said.WINNING(lang), lang, "winning")


def _reasons(shown: QualificationView, found: tuple[Reason, ...] | Absent, name: Text, lang: Lang) -> None:
    if isinstance(found, Absent):
        draw_absent(name, found, lang)
        return
    cases = sum(reason.cases for reason in found)
    if not cases:
        blocks.heading(name(lang))
        blocks.note(said.NO_LOSSES(lang))
        return
    period = Text(de=shown.period.label("de"), en=shown.period.label("en"))
    blocks.heading(
        _reasons_title(found, name, cases)(lang), said.REASONS_SUB.fill(n=cases, period=period)(lang)
    )
    blocks.bars(
        [
            blocks.Bar(
                label=_reason_name(reason, name)(lang),
                size=reason.cases,
                value=amount(100 * reason.cases / cases, "percent")(lang),
                below=_lost(reason, shown.currency)(lang),
                accent="on" if reason.name else "",
            )
            for reason in found[:MOST_REASONS]
        ],
        caption=name(lang),
    )
    if len(found) > MOST_REASONS:
        blocks.note(said.MORE_REASONS.fill(n=len(found) - MOST_REASONS)(lang))
    frame = pd.DataFrame(
        [
            (
                _reason_name(reason, name)(lang), reason.cases, 100 * reason.cases / cases,
                reason.rate.lower if reason.rate else None, reason.rate.upper if reason.rate else None,
                reason.value if reason.valued else None,
            )
            for reason in found
        ],
        columns=[column(lang) for column in said.REASON_COLUMNS],
    )  # fmt: skip
    downloads(frame, name(lang), lang, "reasons" if name is said.REASONS else "competitors")


def _reason_name(reason: Reason, name: Text) -> Text:
    if reason.name:
        return same(reason.name)
    return said.UNKNOWN_REASON if name is said.REASONS else said.UNKNOWN_COMPETITOR


def _reasons_title(found: Sequence[Reason], name: Text, cases: int) -> Text:
    """The most frequent one that has a name; that most have none is a finding of its own among reasons."""
    unknown = next((reason for reason in found if not reason.name), None)
    if name is said.REASONS and unknown is not None and 2 * unknown.cases >= cases:
        return said.REASONS_UNKNOWN.fill(share=amount(100 * unknown.cases / cases, "percent"))
    named = next((reason for reason in found if reason.name), None)
    if named is None:
        return name
    finding = said.REASONS_FINDING if name is said.REASONS else said.COMPETITORS_FINDING
    return finding.fill(name=named.name, share=amount(100 * named.cases / cases, "percent"))


def _lost(reason: Reason, currency: str) -> Text:
    if not reason.valued:
        return said.CASES_OF.fill(n=reason.cases)
    return said.REASON_BELOW.fill(n=reason.cases, value=amount(reason.value, "eur", currency))


def _costs(shown: QualificationView, costs: CostOfClosing, view: View, lang: Lang) -> None:
    new, existing = costs.new.cost_per_closing, costs.existing.cost_per_closing
    title = said.COSTS
    if new is not None:
        title = said.COSTS_FINDING_NEW.fill(new=amount(new, "eur", shown.currency))
    if new is not None and existing is not None:
        title = said.COSTS_FINDING.fill(
            new=amount(new, "eur", shown.currency), existing=amount(existing, "eur", shown.currency)
        )
    sub = said.COSTS_SUB.fill(days=shown.window_days, currency=shown.currency)
    how = [(said.HOW(lang), address("kpis", lang, view, kpi="cost_per_closing"))]
    blocks.heading(title(lang), sub(lang), how)
    drawn = [cohort for cohort in costs.cohorts if cohort.entered.cost_per_closing is not None]
    if not drawn:
        blocks.note(said.NO_COSTS(lang))
        return
    lines = [
        said.COSTS_LINE.fill(name=name, value=amount(value, "eur", shown.currency))(lang)
        for name, value in ((said.NEW, new), (said.EXISTING, existing))
        if value is not None
    ]
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        figure = cohort_costs(costs.cohorts, lang, palette(), shown.currency)
        charts.draw(figure, said.COSTS_ALT.fill(lines="; ".join(lines))(lang), "cost_of_closing")
        notes = [said.COSTS_HOLLOW(lang)]
        if any(cohort.cut for cohort in costs.cohorts):
            notes.append(said.COSTS_CUT(lang))
        blocks.note(" ".join(notes))
    with right:
        frame = _cohorts(costs, lang)
        entries, cost = (said.COST_COLUMNS[place](lang) for place in (2, 4))
        grid(frame.drop(columns=[entries, cost]), said.COSTS(lang), lang, "cohorts_table")
        downloads(frame, said.COSTS(lang), lang, "cohorts")


def _cohorts(costs: CostOfClosing, lang: Lang) -> pd.DataFrame:
    """The cohorts as a table, the latest first; the open ones say so."""
    rows = []
    for cohort in reversed(costs.cohorts):
        state = said.STILL if not cohort.closed else said.CUT if cohort.cut else said.CLOSED
        rows.append(
            (
                quarter(cohort.first)(lang), (said.EXISTING if cohort.existing else said.NEW)(lang),
                cohort.entered.entries, cohort.entered.won, cohort.entered.cost,
                cohort.entered.cost_per_closing, state(lang),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=[column(lang) for column in said.COST_COLUMNS])
