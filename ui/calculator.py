"""The reference range of a KPI over comparable projects, and a calculator that carries it over."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.claims import Entry
from cockpit.prospects import comparable, outlook, promised, tell
from cockpit.workspace import Workspace
from core.text import Lang, Text, same
from metrics.wording import amount, unit_words
from proof.figures import signed_share
from proof.project import ProjectKpi
from proof.promises import Inputs, Outcome, Range
from ui import blocks
from ui.actionform import tell as say
from ui.choices import select
from ui.claimcard import claim_address
from ui.claimparts import Desk
from ui.person import named
from ui.session import faults_shown
from ui.words import claims as words
from ui.words import common
from ui.words import consents as more


def draw_range(on: Desk, lang: Lang) -> None:
    """How the effect was distributed, every project a dot; below it the calculator."""
    entries = on.entries
    kpis = {entry.kpi.key: entry.kpi for entry in entries}
    if not kpis:
        with on.head:
            blocks.title(more.NO_CLAIMS(lang))
        return
    most = max(kpis, key=lambda key: sum(entry.kpi.key == key for entry in entries))
    labels = {key: words.KPI_IS.fill(name=kpi.name)(lang) for key, kpi in kpis.items()}
    kpi = kpis[select("of", labels, words.KPI(lang), 420, default=most)]
    range_ = comparable(entries, kpi.key)
    with on.head:
        _title(range_, kpi, any(entry.claim.sample for entry in entries), lang)
    _values(range_, entries, lang)
    if range_.middle is not None:
        _calculator(on, range_, kpi, lang)
    _told(on.ws, lang)


def _title(range_: Range, kpi: ProjectKpi, sample: bool, lang: Lang) -> None:
    left = more.LEFT_OUT.fill(n=range_.left_out) if range_.left_out else same("")
    sub = more.RANGE_SUB.fill(n=len(range_.values), left=left if range_.left_out else "")
    if range_.low is None or range_.high is None:
        text = more.RANGE_FEW.fill(kpi=kpi.name, n=len(range_.values))
    else:
        text = more.RANGE_TITLE.fill(
            kpi=kpi.name, n=len(range_.values), low=signed_share(range_.low), high=signed_share(range_.high)
        )
    blocks.title(text(lang), sample=common.SAMPLE(lang) if sample else None, meta=sub(lang))


def _values(range_: Range, entries: Sequence[Entry], lang: Lang) -> None:
    """Every project with its change, from the worst to the best."""
    by_id = {entry.claim.id: entry for entry in entries}
    lines = []
    for found in range_.values:
        entry = by_id[found.claim]
        lines.append(
            blocks.Row(
                label=entry.project.name(lang),
                value=signed_share(found.relative or 0.0)(lang),
                below=f"{entry.project.customer} · {words.GRADE_IS.fill(name=found.grade)(lang)}",
                href=claim_address(entry, lang),
                accent={"improved": "good", "worsened": "bad"}.get(entry.claim.verdict, ""),  # type: ignore[arg-type]
            )
        )
    left, _ = st.columns([1, 1], gap="large")
    with left:
        blocks.rows(lines, words.FIGURES(lang))
        if range_.low is not None and range_.middle is not None and range_.high is not None:
            said = more.QUARTILES.fill(
                low=signed_share(range_.low),
                middle=signed_share(range_.middle),
                high=signed_share(range_.high),
            )
            blocks.note(said(lang))


def _calculator(on: Desk, range_: Range, kpi: ProjectKpi, lang: Lang) -> None:
    """Three figures of the prospect; low, middle and high, and what is assumed."""
    currency, percent = on.ws.settings.currency, kpi.unit == "percent"
    blocks.heading(more.CALCULATOR(lang))
    unit = unit_words(kpi.unit, currency)
    worth_label = more.WORTH_RATE if percent else more.WORTH
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="wm_calculator"):
        today = st.number_input(
            more.TODAY.fill(unit=unit)(lang), 0.0, value=None, width=200, key="calc_today"
        )
        cases = st.number_input(more.CASES(lang), 0.0, value=None, width=200, step=1.0, key="calc_cases")
        worth = st.number_input(
            worth_label.fill(currency=currency)(lang), 0.0, value=None, width=240, key="calc_worth"
        )
    blocks.note(more.ASSUMES(lang))
    if today is None or cases is None or worth is None:
        return
    with faults_shown(lang):
        inputs = Inputs(today=today, cases=cases, worth=worth)
        outcomes = outlook(range_, inputs, percent=percent)
        _outcomes(outcomes, inputs, kpi, currency, lang)
        _keep(on, range_, (kpi, inputs, outcomes), lang)


def _outcomes(
    outcomes: Sequence[Outcome], inputs: Inputs, kpi: ProjectKpi, currency: str, lang: Lang
) -> None:
    lines = [
        blocks.Row(
            label=more.LEVELS[each.level](lang),
            value=more.A_YEAR.fill(gain=amount(round(each.gain), "eur", currency))(lang),
            below=more.AFTERWARDS.fill(
                today=amount(inputs.today, kpi.unit, currency),
                after=amount(round(each.after, 1), kpi.unit, currency),
                change=signed_share(each.relative),
            )(lang),
        )
        for each in outcomes
    ]  # fmt: skip
    left, _ = st.columns([1, 1], gap="large")
    with left:
        blocks.rows(lines, more.CALCULATOR(lang))


def _keep(on: Desk, range_: Range, told: tuple[ProjectKpi, Inputs, Sequence[Outcome]], lang: Lang) -> None:
    kpi, inputs, outcomes = told
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="wm_tell"):
        prospect = st.text_input(more.PROSPECT(lang), key="calc_prospect", max_chars=300, width=320)
        asked = st.button(more.TELL(lang), key="calc_tell", help=more.TELL_ABOUT(lang))
    if asked and prospect.strip() and named(on.who, lang):
        tell(
            on.ws,
            prospect=prospect,
            kpi=kpi.key,
            inputs=inputs,
            outcomes=outcomes,
            range_=range_,
            person=on.who,
        )
        say(more.TOLD.fill(prospect=prospect.strip()))
        st.rerun()


def _told(ws: Workspace, lang: Lang) -> None:
    found = promised(ws)
    if not found:
        return
    blocks.heading(more.TOLD_BEFORE(lang), more.TELL_ABOUT(lang))
    currency = ws.settings.currency
    lines: list[tuple[str, str | None]] = []
    for each in found:
        gains: list[Text] = [amount(round(one.gain), "eur", currency) for one in each.outcomes]
        said = more.TOLD_LINE.fill(
            day=each.at.date(), prospect=each.prospect, kpi=each.kpi, low=gains[0], high=gains[-1]
        )
        lines.append((said(lang), None))
    blocks.sentences(lines)
