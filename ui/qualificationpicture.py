"""The sections about qualification: qualified beside other entries, segments, price tiers, talks in vain."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cockpit.qualification import QualificationView
from core.period import Period
from core.text import Lang, Text
from core.view import View
from journeys.funnel import Rate
from metrics.qualification import Absent, Decided, Entered, Group, Qualified, Talks
from metrics.sides import B2B, B2C
from metrics.wording import DASH, amount
from ui import blocks
from ui.closingspicture import draw_closings
from ui.dotplot import Dot, dots, percent_scale
from ui.downloads import downloads
from ui.sections import draw_absent
from ui.sidebyside import Measured, side_by_side
from ui.words import qualification as said

__all__ = ["draw_closings", "draw_qualification", "qualification_title"]

Cells = list[tuple[Text, Text | None]]


def draw_qualification(shown: QualificationView, view: View, lang: Lang) -> None:
    """Qualified beside all other entries, groups beside each other, price tiers, talks without a purchase."""
    del view
    if isinstance(shown.qualified, Absent):
        draw_absent(said.QUALIFIED, shown.qualified, lang)
    else:
        _qualified(shown, shown.qualified, lang)
    blocks.rule()
    left, right = st.columns(2, gap="large")
    with left:
        _groups(shown, lang)
    with right:
        _tiers(shown, lang)
    blocks.rule()
    if isinstance(shown.talks, Absent):
        draw_absent(said.TALKS, shown.talks, lang)
    else:
        _talks(shown, shown.talks, lang)


def qualification_title(shown: QualificationView) -> Text:
    """What qualified entries become beside the others; the page's subject where that cannot be told."""
    rates = _rates(shown.qualified)
    return said.QUALIFIED_FINDING.fill(a=percent(rates[0]), b=percent(rates[1])) if rates else said.SUBJECT


def _rates(found: Qualified | Absent) -> tuple[Rate, Rate] | None:
    """The funnel rates of qualified and of all other entries, where both can be told."""
    if isinstance(found, Absent):
        return None
    first, others = found.qualified.entered, found.others.entered
    return (first.rate, others.rate) if first and others and first.rate and others.rate else None


def words(period: Period) -> Text:
    return Text(de=period.label("de"), en=period.label("en"))


def percent(rate: Rate | None) -> Text:
    return amount(rate.value, "percent") if rate else said.TOO_FEW


def _qualified(shown: QualificationView, found: Qualified, lang: Lang) -> None:
    sub = said.QUALIFIED_SUB.fill(days=shown.window_days, period=words(shown.period))
    groups = [found.qualified, found.others, *([found.disqualified] if found.disqualified else [])]
    blocks.heading((said.QUALIFIED if _rates(found) else said.QUALIFIED_FEW)(lang), sub(lang))
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        rates = [group.entered.rate for group in groups if group.entered]
        scale = percent_scale([rate.upper if rate else None for rate in rates], lang)
        dots(
            [
                _dot(said.SIDES[group.key], group.entered.rate, group.entered, lang, accent=place == 0)
                for place, group in enumerate(groups)
                if group.entered
            ],
            scale,
            said.QUALIFIED(lang),
        )
        if found.funnel:
            gap = said.DIFFERENCE.fill(
                value=amount(found.funnel.value, "points"),
                lower=amount(found.funnel.lower, "points"),
                upper=amount(found.funnel.upper, "points"),
            )
            blocks.note(gap(lang))
        blocks.note(said.CAVEAT(lang))
    with right:
        _matrix(shown, groups[:2], said.QUALIFIED, "qualified", lang, of_entries=True)


def _dot(label: Text, rate: Rate | None, entered: Entered, lang: Lang, *, accent: bool) -> Dot:
    return Dot(
        label=label(lang),
        value=rate.value if rate else None,
        lower=rate.lower if rate else None,
        upper=rate.upper if rate else None,
        said=percent(rate)(lang),
        beside=said.OF.fill(
            a=rate.numerator if rate else entered.won, b=rate.denominator if rate else entered.closed
        )(lang),
        under=said.ENTRIES.fill(n=entered.entries, running=entered.running)(lang),
        accent="on" if accent else "",
    )


def _groups(shown: QualificationView, lang: Lang) -> None:
    name = said.GROUPS.fill(dimension=shown.dimension_name)
    if isinstance(shown.groups, Absent):
        draw_absent(name, shown.groups, lang)
        return
    groups = [group for group in shown.groups if group.decided]
    blocks.heading(
        _groups_title(shown, groups, name)(lang), said.GROUPS_SUB.fill(period=words(shown.period))(lang)
    )
    _winning(groups, name, lang)
    _matrix(shown, shown.groups, name, "groups", lang, of_entries=True)


def _winning(groups: Sequence[Group], name: Text, lang: Lang) -> None:
    """The win rates of the groups as dots with their intervals."""
    counted = [(group, group.decided) for group in groups if group.decided]
    dots(
        [
            Dot(
                label=_name(group)(lang),
                value=sides.rate.value if sides.rate else None,
                lower=sides.rate.lower if sides.rate else None,
                upper=sides.rate.upper if sides.rate else None,
                said=percent(sides.rate)(lang),
                beside=said.OF.fill(a=sides.won, b=sides.cases)(lang),
            )
            for group, sides in counted
        ],
        percent_scale([sides.rate.upper if sides.rate else None for _, sides in counted], lang),
        name(lang),
    )


def _groups_title(shown: QualificationView, groups: Sequence[Group], name: Text) -> Text:
    """Two groups, or B2B and B2C, are compared in the title; others are named by their dimension."""
    if len(groups) != 2 and [group.key for group in groups[:2]] != [B2B, B2C]:
        return name
    (first, one), (second, two) = ((_name(group), group.decided) for group in groups[:2])
    if one is None or two is None or one.rate is None or two.rate is None:
        return name
    title = said.GROUPS_FINDING.fill(a=first, x=percent(one.rate), b=second, y=percent(two.rate))
    if one.mean_value is None or two.mean_value is None:
        return title
    v, w = (amount(value, "eur", shown.currency) for value in (one.mean_value, two.mean_value))
    return said.GROUPS_FINDING_VALUE.fill(finding=title, v=v, w=w)


def _tiers(shown: QualificationView, lang: Lang) -> None:
    if isinstance(shown.tiers, Absent):
        if shown.tiers.needs == ("contacts.price_tier",):
            blocks.heading(said.TIERS(lang))
            blocks.note(said.TIERS_ABSENT(lang))
        else:
            draw_absent(said.TIERS, shown.tiers, lang)
        return
    found = [(group, group.decided) for group in shown.tiers if group.decided]
    timed = [(group, counts.days) for group, counts in found if counts.days is not None]
    title = said.TIERS
    if len(timed) > 1:
        slow, quick = max(timed, key=lambda pair: pair[1]), min(timed, key=lambda pair: pair[1])
        title = said.TIERS_FINDING.fill(
            slow=slow[0].key, x=amount(slow[1], "days"), quick=quick[0].key, y=amount(quick[1], "days")
        )
    blocks.heading(title(lang), said.TIERS_SUB.fill(period=words(shown.period))(lang))
    blocks.bars(
        [
            blocks.Bar(
                label=group.key,
                size=counts.days or 0.0,
                value=(amount(counts.days, "days") if counts.days is not None else said.TOO_FEW)(lang),
                below=said.ORDERS_OF.fill(n=counts.won)(lang),
            )
            for group, counts in found
        ],
        caption=said.TIERS(lang),
    )
    _matrix(shown, shown.tiers, said.TIERS, "tiers", lang, of_entries=False)


def _name(group: Group) -> Text:
    if group.key in said.SIDES:
        return said.SIDES[group.key]
    return Text(de=group.key or said.WITHOUT.de, en=group.key or said.WITHOUT.en)


def _matrix(
    shown: QualificationView,
    groups: Sequence[Group],
    name: Text,
    key: str,
    lang: Lang,
    *,
    of_entries: bool,
) -> None:
    """The groups' figures beside each other, to be taken away as a table of plain numbers."""
    rows: list[tuple[str, Cells]] = []
    if of_entries:
        entered = [group.entered for group in groups]
        rows += [
            ("funnel", [_rate_cell(e.rate if e else None, e.closed if e else 0) for e in entered]),
            ("cost", [_cost_cell(e, shown.currency) for e in entered]),
        ]
    decided = [group.decided for group in groups]
    if any(decided):
        rows += [
            ("rate", [_rate_cell(d.rate if d else None, d.cases if d else 0) for d in decided]),
            ("by_value", [_value_cell(d, shown.currency) for d in decided]),
            ("days", [(_days(d.days if d else None), _orders(d)) for d in decided]),
            ("late", [(_days(d.late_days if d else None), None) for d in decided]),
            ("value", [(_money(d.mean_value if d else None, shown.currency), _orders(d)) for d in decided]),
        ]
    side_by_side(
        [_name(group)(lang) for group in groups],
        [
            Measured(
                label=said.MEASURES[measure](lang),
                cells=[(value(lang), small(lang) if small else "") for value, small in cells],
            )
            for measure, cells in rows
        ],
        name(lang),
        said.MEASURE(lang),
    )
    downloads(plain_numbers(groups, lang, of_entries=of_entries), name(lang), lang, key)
    if of_entries:
        blocks.note(said.MATRIX_NOTE.fill(period=words(shown.period))(lang))


def _rate_cell(rate: Rate | None, cases: int) -> tuple[Text, Text | None]:
    if rate is None:
        return said.TOO_FEW, said.CASES.fill(n=cases)
    return percent(rate), said.OF.fill(a=rate.numerator, b=rate.denominator)


def _cost_cell(entered: Entered | None, currency: str) -> tuple[Text, Text | None]:
    if entered is None or entered.cost_per_closing is None:
        return DASH, None
    return amount(entered.cost_per_closing, "eur", currency), said.CLOSINGS_OF.fill(n=entered.won)


def _value_cell(decided: Decided | None, currency: str) -> tuple[Text, Text | None]:
    if decided is None or decided.rate_by_value is None:
        return DASH, None
    return amount(decided.rate_by_value, "percent"), said.OF.fill(
        a=amount(decided.value_won, "eur", currency), b=amount(decided.value_decided, "eur", currency)
    )


def _days(days: float | None) -> Text:
    return DASH if days is None else amount(days, "days")


def _money(value: float | None, currency: str) -> Text:
    return DASH if value is None else amount(value, "eur", currency)


def _orders(decided: Decided | None) -> Text | None:
    return said.ORDERS_OF.fill(n=decided.won) if decided else None


def plain_numbers(groups: Sequence[Group], lang: Lang, *, of_entries: bool) -> pd.DataFrame:
    """The comparison as numbers: a row a group, a column a measure; rates in percent with their intervals."""
    lines = []
    for group in groups:
        line: dict[str, object] = {said.GROUP(lang): _name(group)(lang)}
        if of_entries and group.entered:
            e = group.entered
            line |= {said.MEASURES[name](lang): value for name, value in (
                ("entries", e.entries), ("running", e.running), ("closed", e.closed), ("won", e.won),
            )}  # fmt: skip
            line |= _with_interval("funnel", e.rate, lang)
            line |= {said.MEASURES["cost"](lang): e.cost_per_closing}
        if group.decided:
            d = group.decided
            line |= {said.MEASURES["cases"](lang): d.cases, said.MEASURES["orders"](lang): d.won}
            line |= _with_interval("rate", d.rate, lang)
            line |= {said.MEASURES[name](lang): value for name, value in (
                ("by_value", d.rate_by_value), ("days", d.days), ("late", d.late_days),
                ("value", d.mean_value),
            )}  # fmt: skip
        lines.append(line)
    return pd.DataFrame(lines)


def _with_interval(measure: str, rate: Rate | None, lang: Lang) -> dict[str, object]:
    name = said.MEASURES[measure](lang)
    return {
        name: rate.value if rate else None,
        said.LOWER.fill(name=name)(lang): rate.lower if rate else None,
        said.UPPER.fill(name=name)(lang): rate.upper if rate else None,
    }


def _talks(shown: QualificationView, talks: Talks, lang: Lang) -> None:
    title = said.TALKS
    if talks.share is not None:
        title = said.TALKS_FINDING.fill(share=amount(talks.share, "percent"))
        if talks.vain_cost is not None:
            cost = amount(talks.vain_cost, "eur", shown.currency)
            title = said.TALKS_FINDING_COST.fill(finding=title, cost=cost)
    blocks.heading(title(lang), said.TALKS_SUB.fill(period=words(shown.period))(lang))
    lines = (
        (said.TALKS_ALL, talks.talks, talks.hours, talks.cost, None),
        (said.TALKS_VAIN, talks.vain, talks.vain_hours, talks.vain_cost, talks.vain_entries),
    )
    blocks.bars(
        [
            blocks.Bar(
                label=name(lang),
                size=count,
                value=said.TALKS_COUNT.fill(n=count)(lang),
                below=_effort(hours, cost, shown.currency)(lang),
                accent="on" if entries is not None else "",
            )
            for name, count, hours, cost, entries in lines
        ],
        caption=said.TALKS(lang),
    )
    notes = [said.TALKS_IN.fill(n=talks.vain_entries)(lang)]
    if talks.undecided:
        notes.append(said.TALKS_OPEN.fill(n=talks.undecided)(lang))
    if talks.hours is None and talks.cost is None:
        notes.append(said.TALKS_NEED(lang))
    blocks.note(" ".join(notes))
    frame = pd.DataFrame(
        [(name(lang), count, hours, cost) for name, count, hours, cost, _ in lines],
        columns=[column(lang) for column in said.TALK_COLUMNS],
    )
    downloads(frame, said.TALKS(lang), lang, "talks")


def _effort(hours: float | None, cost: float | None, currency: str) -> Text:
    known = []
    if hours is not None:
        known.append(amount(hours, "hours"))
    if cost is not None:
        known.append(amount(cost, "eur", currency))
    if not known:
        return DASH
    return Text(de=" · ".join(text.de for text in known), en=" · ".join(text.en for text in known))
