"""A calculator that carries the reference range over to a prospect's own figures, and keeps what was told."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from cockpit.prospects import outlook, promised, tell
from cockpit.workspace import Workspace
from core.text import Lang, Text, same
from metrics.wording import amount, unit_words
from proof.figures import signed_share
from proof.project import ProjectKpi
from proof.promises import Inputs, Outcome, Range
from ui import blocks
from ui.actionform import tell as say
from ui.claimparts import Desk
from ui.links import plain_address
from ui.person import named
from ui.session import faults_shown
from ui.typednumber import number_field
from ui.words import promises
from ui.words import prospects as words

MOST_TOLD = 8


def draw_calculator(on: Desk, range_: Range, kpi: ProjectKpi, lang: Lang) -> None:
    """Three figures of the prospect; low, middle and high, and what is assumed."""
    if range_.middle is None:
        blocks.heading(words.CALCULATOR(lang), words.CALCULATOR_NEEDS(lang))
        return
    currency, percent = on.ws.settings.currency, kpi.unit == "percent"
    blocks.heading(words.CALCULATOR(lang), words.CALCULATOR_SUB(lang))
    unit = unit_words(kpi.unit, currency)
    decimal = "12,5" if lang == "de" else "12.5"
    today = number_field(
        words.TODAY.fill(kpi=kpi.name, unit=unit)(lang), "calc_today", lang, placeholder=decimal
    )
    left, right = st.columns(2, gap="small")
    with left:
        cases = number_field(words.CASES(lang), "calc_cases", lang, placeholder="500")
    with right:
        label = words.worth_of(kpi.unit).fill(currency=currency)(lang)
        worth = number_field(label, "calc_worth", lang, placeholder="80")
    if today is not None and cases is not None and worth is not None:
        with faults_shown(lang):
            inputs = Inputs(today=today, cases=cases, worth=worth)
            outcomes = outlook(range_, inputs, percent=percent)
            _outcomes(outcomes, inputs, kpi, currency, lang)
            _keep(on, range_, (kpi, inputs, outcomes), lang)
    blocks.note(words.ASSUMES(lang))


def _outcomes(
    outcomes: Sequence[Outcome], inputs: Inputs, kpi: ProjectKpi, currency: str, lang: Lang
) -> None:
    gains = {each.level: _money(each, currency) for each in outcomes}
    blocks.heading(words.OUTCOME_TITLE.fill(**gains)(lang))
    lines = [
        blocks.Row(
            label=words.LEVELS[each.level](lang), below=words.LEVELS_UNDER[each.level](lang),
            value=words.A_YEAR.fill(gain=gains[each.level])(lang),
            beside=words.AFTERWARDS.fill(
                today=amount(inputs.today, kpi.unit, currency),
                after=amount(round(each.after, 1), kpi.unit, currency), change=signed_share(each.relative),
            )(lang),
        )
        for each in outcomes
    ]  # fmt: skip
    blocks.rows(lines, words.CALCULATOR(lang))


def _money(outcome: Outcome, currency: str) -> Text:
    """The gain a year with three digits that count, cut towards nothing: a range knows no single euros."""
    gain = outcome.gain
    step = 10.0 ** max(0, math.floor(math.log10(abs(gain))) - 2) if abs(gain) >= 1 else 1.0
    return amount(math.trunc(gain / step) * step, "eur", currency)


def _keep(on: Desk, range_: Range, told: tuple[ProjectKpi, Inputs, Sequence[Outcome]], lang: Lang) -> None:
    kpi, inputs, outcomes = told
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="wm_tell"):
        prospect = st.text_input(words.PROSPECT(lang), key="calc_prospect", max_chars=300, width=280)
        asked = st.button(words.TELL(lang), key="calc_tell", help=words.TELL_ABOUT(lang))
    if asked and not prospect.strip():
        st.warning(words.PROSPECT_NEEDED(lang))
    elif asked and named(on.who, lang):
        tell(
            on.ws, prospect=prospect, kpi=kpi, inputs=inputs, outcomes=outcomes, range_=range_, person=on.who
        )  # fmt: skip
        say(words.TOLD.fill(prospect=prospect.strip()))
        st.rerun()


def draw_told(ws: Workspace, lang: Lang) -> None:
    """What prospects were told, the latest first."""
    found = promised(ws)[:MOST_TOLD]
    if not found:
        return
    blocks.heading(words.TOLD_BEFORE(lang), words.TELL_ABOUT(lang))
    currency = ws.settings.currency
    lines: list[tuple[str, str | None]] = []
    for each in found:
        gains: list[Text] = [_money(one, currency) for one in each.outcomes]
        said = words.TOLD_LINE.fill(
            day=each.at.date(), prospect=each.prospect, kpi=each.name or same(each.kpi), low=gains[0],
            high=gains[-1],
        )  # fmt: skip
        if each.project:
            leads = promises.ITS_PROJECT, plain_address("projects", lang, project=each.project)
        else:
            leads = promises.MAKE_PROJECT, plain_address("projects", lang, do="new", promise=str(each.id))
        lines.append((f"{said(lang)} · {leads[0](lang)}", leads[1]))
    blocks.sentences(lines)
