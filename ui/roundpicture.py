"""The finding of a round, what to talk about first, and its profile by dimension."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from checklists.findings import Point
from checklists.model import Levels
from checklists.wording import ROLE_N, STATEMENT_LEVEL, WHOLE_TEAM, level_text, role_name, roles_differ
from cockpit.roundhistory import ended_on
from cockpit.roundresults import Line, RoundView
from cockpit.workspace import Workspace
from core.text import Lang, Text
from metrics.wording import number
from ui import blocks
from ui.blocks import esc
from ui.distribution import columns
from ui.downloads import downloads
from ui.levels import LevelLine, level_keys, levels
from ui.links import plain_address
from ui.roundpapers import draw_papers
from ui.words import common
from ui.words import maturity as words


def level_words(value: float | None, lang: Lang) -> str:
    """A continuous level with one decimal."""
    return words.NO_LEVEL(lang) if value is None else number(value, 1, lang)


ON_PAGE = 5
"""Statements of the agenda on the page; the workshop sheet holds as many as fit."""


def statement_title(shown: RoundView) -> Text:
    """How many claims the data contradict; the round's own finding where there are none."""
    if not shown.contradictions:
        return round_title(shown)
    many = len(shown.contradictions)
    title = words.TITLE_CONTRADICTIONS if many > 1 else words.TITLE_CONTRADICTION
    return title.fill(team=shown.round.team, n=many)


def round_title(shown: RoundView) -> Text:
    """`Sales: level 2.3 of 5; most divided about “Preference”`."""
    team, overall = shown.round.team, shown.score.overall
    if overall is None or not shown.disclosure.shown:
        return words.TITLE_NOTHING.fill(team=team)
    level = level_text(overall)
    if not shown.lines:
        return words.TITLE_SCORE.fill(team=team, level=level)
    if not shown.agenda:
        return words.TITLE_LEVEL.fill(team=team, level=level)
    return words.TITLE_AGENDA.fill(team=team, level=level, dimension=_name(shown, shown.agenda[0]))


def draw_round_title(title: Text, shown: RoundView, lang: Lang) -> None:
    """The finding; below it whose round it is, when it ended, how many answered."""
    on = shown.round
    chips = [on.checklist.name(lang), words.CLOSED_ON.fill(day=ended_on(on))(lang)]
    chips += [words.OPEN_CHIP(lang)] if on.open else []
    chips += [words.PARTIAL_CHIP.fill(n=len(on.asked))(lang)] if on.asked is not None else []
    answered = words.ONE_RESPONDENT if shown.respondents == 1 else words.RESPONDENTS.fill(n=shown.respondents)
    parts = [answered(lang), words.VERSION.fill(version=on.checklist.version)(lang)]
    parts += [words.SCOPE.fill(scope=on.scope)(lang)] if on.scope else []
    sample = common.SAMPLE(lang) if on.sample else None
    blocks.title(title(lang), chips, sample=sample, meta=" · ".join(parts))


def draw_agenda(ws: Workspace, shown: RoundView, lang: Lang) -> None:
    """The statements to talk about, each with its distribution, and by role where that may be seen."""
    minimum = shown.round.minimum
    if not shown.agenda:
        draw_papers(ws, shown, lang)
        none = words.AGENDA_ALONE if shown.respondents == 1 else words.AGENDA_NONE
        if not shown.disclosure.shown:
            none = words.AGENDA_NOTHING_SHOWN.fill(minimum=minimum)
        blocks.prose(none(lang))
        return
    first = shown.agenda[:ON_PAGE]
    many = words.AGENDA.fill(n=len(first)) if len(first) > 1 else words.AGENDA_ONE
    blocks.heading(many(lang), words.AGENDA_SUB(lang))
    draw_papers(ws, shown, lang)
    items = "".join(_point(place, point, shown, lang) for place, point in enumerate(first, 1))
    st.html(f'<ol class="wm-agenda">{items}</ol>')
    if not shown.round.open:
        blocks.note(words.ROLES_HIDDEN.fill(minimum=minimum)(lang))


def _name(shown: RoundView, point: Point) -> Text:
    return next(one.name for one in shown.round.checklist.dimensions if one.id == point.dimension)


def _point(place: int, point: Point, shown: RoundView, lang: Lang) -> str:
    choices = shown.round.checklist.choices(point.statement)
    differ = roles_differ(point)
    roles = "".join(
        f'<div><span class="wm-whose">{esc(ROLE_N.fill(role=role_name(role), n=seen.counted)(lang))}'
        f"</span>{columns(seen, choices, lang)}</div>"
        for role, seen in point.roles
    )
    whole = (
        f'<div class="wm-whole"><span class="wm-whose">'
        f"{esc(WHOLE_TEAM.fill(n=point.seen.counted)(lang))}</span>"
        f"{columns(point.seen, choices, lang, named=True)}</div>"
    )
    where = STATEMENT_LEVEL.fill(dimension=_name(shown, point), level=point.statement.level)
    small = f'<span class="wm-small">{esc(where(lang))}</span>'
    small += f'<span class="wm-small">{esc(differ(lang))}</span>' if differ else ""
    return (
        f'<li><span class="wm-no" aria-hidden="true">{place}</span>'
        f'<div><span class="wm-said">{esc(point.statement.statement(lang))}</span>{small}</div>'
        f'<div class="wm-hists">{whole}{roles}</div></li>'
    )


def draw_profile(shown: RoundView, lang: Lang) -> None:
    """Every dimension with its level, target, last round and other teams; what is not known beside it."""
    if not shown.lines:
        _draw_tiers(shown, lang)
        return
    rule = shown.round.checklist.rule
    threshold = rule.threshold if isinstance(rule, Levels) else 0.0
    blocks.heading(_profile_title(shown)(lang), words.PROFILE_SUB.fill(threshold=threshold)(lang))
    levels([_level_line(line, shown, lang) for line in shown.lines], words.PROFILE(lang))
    keys: list[words.Mark] = ["holds"]
    keys += ["aimed"] if any(line.gap for line in shown.lines) else []
    keys += ["now"]
    keys += ["was"] if any(line.before for line in shown.lines) else []
    keys += ["team"] if any(line.others for line in shown.lines) else []
    level_keys(keys, lang)
    hidden = len(shown.disclosure.hidden)
    if hidden:
        note = words.HIDDEN_ONE if hidden == 1 else words.HIDDEN_NOTE
        blocks.note(note.fill(n=hidden, minimum=shown.round.minimum)(lang))
    downloads(profile_table(shown, lang), words.PROFILE(lang), lang, "profile", notes=notes(shown, lang))


def _profile_title(shown: RoundView) -> Text:
    known = [
        (line.score.continuous, line.dimension.name)
        for line in shown.lines
        if line.score.continuous is not None
    ]
    weak = shown.weakest
    if weak is None or len(known) < 2:
        return words.PROFILE
    high, strongest = max(known, key=lambda one: one[0])
    low = min(level for level, _ in known)
    return words.PROFILE_WEAKEST.fill(
        weakest=weak.name, low=level_text(low), strongest=strongest, high=level_text(high)
    )


def _level_line(line: Line, shown: RoundView, lang: Lang) -> LevelLine:
    found = line.score
    gated = ""
    if found.gated is not None:
        said = words.HOLDS if line.target is None else words.HOLDS_AIM
        gated = said.fill(level=found.gated, aim=line.target or 0)(lang)
    under = [
        word.fill(n=count)(lang)
        for word, count in zip(
            (words.UNANSWERED_N, words.HIDDEN_N, words.DONT_KNOW_N, words.NOT_APPLICABLE_N),
            _unknown(line, shown),
            strict=True,
        )
        if count
    ]
    beside = [gated] if gated else []
    if line.before is not None and line.before.continuous is not None:
        beside.append(words.BEFORE.fill(level=level_text(line.before.continuous))(lang))
    return LevelLine(
        label=line.dimension.name(lang),
        now=found.continuous,
        top=max(line.dimension.levels),
        holds=found.gated,
        aim=line.target,
        before=line.before.continuous if line.before else None,
        others=tuple(line.others.items()),
        said=level_words(found.continuous, lang),
        beside=" · ".join(beside),
        under=" · ".join(under),
    )


def _unknown(line: Line, shown: RoundView) -> tuple[int, int, int, int]:
    """Of a dimension: statements without an answer and hidden ones, answers "don't know", statements that do
    not apply."""
    ids = [statement.id for statement in line.dimension.statements]
    hidden = sum(name in shown.disclosure.hidden for name in ids)
    unsure = sum(seen.dont_know for name in ids if (seen := shown.disclosure.shown.get(name)))
    return line.score.unanswered - hidden, hidden, unsure, line.score.not_applicable


def _draw_tiers(shown: RoundView, lang: Lang) -> None:
    """Scores of a checklist without levels, by its own rule."""
    names: Mapping[str, Text] = {one.id: one.name for one in shown.round.checklist.dimensions}
    tier = next((scores for tier, scores in shown.score.tiers if tier.by == "dimension"), {})
    blocks.heading(words.SCORES(lang))
    blocks.bars(
        [
            blocks.Bar(label=names[name](lang), size=value, value=number(value, 2, lang), accent="on")
            for name, value in tier.items()
        ],
        words.SCORES(lang),
    )


def profile_table(shown: RoundView, lang: Lang) -> pd.DataFrame:
    """One row a dimension: PROFILE_COLUMNS, then a column for each other team's level."""
    teams = list(dict.fromkeys(team for line in shown.lines for team in line.others))
    rows = [
        (
            line.dimension.name(lang), line.score.continuous, line.score.gated, line.target,
            line.before.continuous if line.before else None, *_unknown(line, shown),
            *(line.others.get(team) for team in teams),
        )
        for line in shown.lines
    ]  # fmt: skip
    heads = [column(lang) for column in words.PROFILE_COLUMNS]
    return pd.DataFrame(rows, columns=heads + [words.TEAM_LEVEL.fill(team=team)(lang) for team in teams])


def notes(shown: RoundView, lang: Lang) -> list[str]:
    """What a file says about its figures."""
    return [
        f"{shown.round.team}, {shown.round.checklist.name(lang)}",
        words.VERSION.fill(version=shown.round.checklist.version)(lang),
        words.CLOSED_ON.fill(day=ended_on(shown.round))(lang),
        words.RESPONDENTS.fill(n=shown.respondents)(lang),
    ]


def draw_round_foot(part: str, chosen: str, lang: Lang) -> None:
    """How to check: how levels are computed, a link that reproduces what is seen."""
    blocks.foot(
        [
            (words.FOOT(lang), None),
            (common.LINK_HERE(lang), plain_address("maturity", lang, part=part, round=chosen)),
        ]
    )
