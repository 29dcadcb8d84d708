"""Statement by statement: the answers, their criterion, the evidence; and what the data contradict."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from checklists.disclosure import Distribution
from checklists.findings import CLAIMED, Contradiction
from checklists.model import Dimension, Statement
from checklists.wording import DONT_KNOW, measured_words
from cockpit.roundresults import RoundView
from core.period import period_text
from core.text import Lang
from core.view import View
from metrics.wording import number
from ui import blocks
from ui.address import say_unknown
from ui.choices import select
from ui.downloads import downloads
from ui.links import address
from ui.roundpicture import notes
from ui.words import maturity as words

KEY = "dimension"


def draw_contradictions(shown: RoundView, lang: Lang) -> None:
    """What was claimed and what the KPIs measure; each leads to its KPI."""
    found = shown.contradictions
    compared = sum(
        statement.check is not None and statement.check.kpi in shown.measured
        for statement in shown.round.checklist.statements
    )
    if not found:
        none = words.NO_CONTRADICTION.fill(n=compared) if compared else words.NOTHING_COMPARED
        blocks.note(none(lang))
        return
    title = words.CONTRADICTIONS.fill(n=len(found)) if len(found) > 1 else words.CONTRADICTION
    blocks.heading(title(lang), words.CONTRADICTIONS_SUB(lang))
    blocks.rows([_contradiction(one, shown, lang) for one in found], title(lang))


def _contradiction(one: Contradiction, shown: RoundView, lang: Lang) -> blocks.Row:
    result = shown.measured[one.check.kpi]
    view = View(model=shown.model.id, period=period_text(result.period))
    measured = measured_words(one, result, shown.currency)
    return blocks.Row(
        label=one.statement.statement(lang),
        below=measured(lang),
        value=words.CLAIMED.fill(value=round(one.claimed, 2))(lang),
        accent="strong",
        href=address("kpis", lang, view, kpi=one.check.kpi),
    )


def draw_statements(shown: RoundView, lang: Lang) -> None:
    """The statements of one dimension, the weakest unless another is chosen; a table of all to take away."""
    blocks.rule()
    dimension = _choose(shown, lang)
    values = shown.score.values
    known = [value for one in dimension.statements if (value := values[one.id].value) is not None]
    title = words.STATEMENTS_OF.fill(
        dimension=dimension.name, n=sum(value >= CLAIMED for value in known), of=len(known)
    )
    blocks.heading(title(lang), words.STATEMENTS_SUB(lang))
    with st.container(key="wm_statements"):
        for place in range(0, len(dimension.statements), 2):
            sides = st.columns(2, gap="large")
            for side, statement in zip(sides, dimension.statements[place : place + 2], strict=False):
                with side:
                    _draw_statement(statement, shown, lang)
    downloads(
        statement_table(shown, lang), words.STATEMENTS_TABLE(lang), lang, "statements", notes(shown, lang)
    )


def _choose(shown: RoundView, lang: Lang) -> Dimension:
    dimensions = {one.id: one for one in shown.round.checklist.dimensions}
    labels = {name: one.name(lang) for name, one in dimensions.items()}
    usual = shown.weakest
    chosen = select(KEY, labels, words.DIMENSION(lang), 380, default=usual.id if usual else None)
    say_unknown(lang)
    return dimensions[chosen]


def _draw_statement(statement: Statement, shown: RoundView, lang: Lang) -> None:
    head = words.STATEMENT_HEAD.fill(level=statement.level, statement=statement.statement)
    seen = shown.disclosure.shown.get(statement.id)
    if seen is None:
        blocks.heading(head(lang), _absent(statement, shown, lang))
        return
    value = words.STATEMENT_VALUE.fill(value=round(seen.mean, 2), n=seen.counted)(lang)
    spread = words.STATEMENT_SPREAD.fill(spread=round(seen.spread, 2))(lang)
    blocks.heading(head(lang), f"{value} · {spread}")
    blocks.bars(_answers(statement, seen, shown, lang), head(lang))
    blocks.sentences(_remarks(statement, shown, lang))


def _absent(statement: Statement, shown: RoundView, lang: Lang) -> str:
    if statement.id in shown.disclosure.hidden:
        return words.STATEMENT_HIDDEN.fill(minimum=shown.round.minimum)(lang)
    left = statement.id in shown.disclosure.left
    return (words.STATEMENT_LEFT if left else words.STATEMENT_SILENT)(lang)


def _answers(statement: Statement, seen: Distribution, shown: RoundView, lang: Lang) -> list[blocks.Bar]:
    choices = shown.round.checklist.choices(statement)
    criteria = statement.criteria or (None,) * len(choices)
    counts = dict(seen.counts)
    bars = [
        blocks.Bar(
            label=choice.name(lang),
            under=criterion(lang) if criterion else "",
            size=counts.get(choice.value, 0),
            value=number(counts.get(choice.value, 0), 0, lang),
            accent="on",
        )
        for choice, criterion in zip(choices, criteria, strict=True)
    ]
    rest = ((DONT_KNOW, seen.dont_know), (words.NOT_APPLICABLE, seen.not_applicable))
    return bars + [
        blocks.Bar(label=name(lang), size=people, value=number(people, 0, lang))
        for name, people in rest
        if people
    ]


def _remarks(statement: Statement, shown: RoundView, lang: Lang) -> list[tuple[str, str | None]]:
    """What respondents allowed to be shown, without names; links are text, never followed."""
    lines: list[tuple[str, str | None]] = []
    for remark in shown.remarks:
        if remark.statement != statement.id:
            continue
        said = (
            (words.REMARK_FOR, remark.evidence_for),
            (words.REMARK_AGAINST, remark.evidence_against),
            (words.REMARK_LINK, remark.link),
        )
        lines += [(word.fill(text=text, link=text)(lang), None) for word, text in said if text]
    return lines


def statement_table(shown: RoundView, lang: Lang) -> pd.DataFrame:
    """One row a statement that may be seen or that nobody answered: STATEMENT_COLUMNS."""
    rows = []
    for dimension in shown.round.checklist.dimensions:
        for one in dimension.statements:
            value, seen = shown.score.values[one.id], shown.disclosure.shown.get(one.id)
            hidden = one.id in shown.disclosure.hidden
            rows.append(
                (
                    dimension.name(lang), one.level, one.statement(lang),
                    None if hidden else value.value, seen.spread if seen else None,
                    seen.counted if seen else None, seen.dont_know if seen else None,
                    seen.not_applicable if seen else None,
                )
            )  # fmt: skip
    return pd.DataFrame(rows, columns=[column(lang) for column in words.STATEMENT_COLUMNS])
