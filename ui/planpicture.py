"""The plan of a round: which actions first, on request all of them, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from actions.model import Action
from checklists.plan import Plan, Step
from checklists.wording import level_text
from cockpit.actions import carried_over
from cockpit.roundresults import RoundView
from cockpit.workspace import Workspace
from core.text import Lang, Text
from metrics.wording import number
from ui import blocks
from ui.address import say_unknown
from ui.choices import buttons
from ui.downloads import downloads
from ui.levels import LevelLine, level_keys, levels
from ui.links import plain_address
from ui.person import person
from ui.planform import draw_taking, draw_targets
from ui.roundpicture import notes
from ui.words import maturity as said
from ui.words import plans as words
from ui.words import progress


def plan_title(shown: RoundView) -> Text:
    """`Sales: 7 actions of 23 days reach the target; begin with “Preference”`."""
    team, plan = shown.round.team, shown.plan
    if plan is None:
        return words.TITLE_NONE.fill(team=team)
    if not plan.steps:
        return words.TITLE_MET.fill(team=team)
    first = _names(shown)[plan.steps[0].dimension]
    title = words.TITLE_FIRST if len(plan.steps) > 1 else words.TITLE_ONE
    return title.fill(team=team, n=len(plan.steps), days=days_words(plan.days), dimension=first)


def days_words(days: float) -> Text:
    """Days of work; halves where there are some."""
    decimals = 0 if float(days).is_integer() else 1
    return Text(de=number(days, decimals, "de"), en=number(days, decimals, "en"))


def _names(shown: RoundView) -> dict[str, Text]:
    return {one.id: one.name for one in shown.round.checklist.dimensions}


def draw_plan(ws: Workspace, shown: RoundView, lang: Lang) -> None:
    """Targets, the first actions or all, what they come to, and taking them over as actions."""
    if shown.plan is None:
        if shown.no_plan is not None:
            blocks.prose(shown.no_plan(lang))
        return
    if shown.proposed:
        blocks.note(words.PROPOSED(lang))
    who = person(ws, lang)
    draw_targets(ws, shown, who, lang)
    if not shown.plan.steps:
        return
    names = {name: text(lang) for name, text in words.HOW_MUCH.items()}
    whole = buttons("steps", names, words.SHOWN(lang)) == "all"
    say_unknown(lang)
    steps = shown.plan.steps if whole else shown.plan.first
    taken = carried_over(ws, shown.round.id)
    left, right = st.columns([1.35, 1], gap="large")
    with left:
        _draw_steps(ws, shown, steps, taken, whole=whole, lang=lang)
        draw_taking(ws, shown, [step for step in steps if step.statement not in taken], who, lang)
        if taken:
            blocks.small_print([(words.ACTIONS_PAGE(lang), plain_address("actions", lang))])
    with right:
        _draw_afterwards(shown, shown.plan, lang)


def _draw_steps(
    ws: Workspace, shown: RoundView, steps: tuple[Step, ...], taken: Mapping[str, Action], *,
    whole: bool, lang: Lang,
) -> None:  # fmt: skip
    plan = shown.plan
    if plan is None:
        return
    total = days_words(sum(step.days for step in steps))
    title = words.FIRST if len(steps) > 1 else words.FIRST_ONE
    sub = words.FIRST_SUB.fill(days=total)
    if whole:
        title, sub = words.WHOLE, words.WHOLE_SUB
    head = title.fill(n=len(steps), days=total)
    blocks.heading(head(lang), sub(lang))
    kpis = {kpi.id: kpi.name for kpi in ws.kpis.entries.values()}
    blocks.rows([_row(step, kpis, taken.get(step.statement), shown, lang) for step in steps], head(lang))
    downloads(plan_table(shown, plan, kpis, lang), words.PLAN(lang), lang, "plan", notes(shown, lang))


def _row(
    step: Step, kpis: Mapping[str, Text], action: Action | None, shown: RoundView, lang: Lang
) -> blocks.Row:  # fmt: skip
    places = {one.statement: place for place, one in enumerate(shown.plan.steps if shown.plan else (), 1)}
    about = [words.STEP_ABOUT.fill(dimension=_names(shown)[step.dimension], level=step.level)(lang)]
    if step.needs:
        numbers = ", ".join(str(places[name]) for name in step.needs)
        about.append(words.STEP_NEEDS.fill(numbers=numbers)(lang))
    if step.kpi is not None and step.kpi in kpis:
        about.append(words.STEP_KPI.fill(kpi=kpis[step.kpi])(lang))
    return blocks.Row(
        label=words.STEP.fill(n=places[step.statement], action=step.action)(lang),
        below=" · ".join(about),
        value=words.ONE_DAY(lang) if step.days == 1 else words.DAYS.fill(n=days_words(step.days))(lang),
        beside=_running(action, lang) if action else "",
    )


def _running(action: Action, lang: Lang) -> str:
    if not action.running:
        return words.STEP_TAKEN(lang)
    owner: object = action.owner or words.NO_OWNER
    return words.STEP_RUNNING.fill(owner=owner, due=action.due or words.NO_DATE)(lang)


def _draw_afterwards(shown: RoundView, plan: Plan, lang: Lang) -> None:
    """The profile as it will be: what holds afterwards as a bar, the level now hollow and then full."""
    before, after = plan.before.overall, plan.after.overall
    if before is None or after is None:
        return
    title = words.AFTERWARDS.fill(before=level_text(before), after=level_text(after))
    blocks.heading(title(lang), words.AFTERWARDS_SUB(lang))
    lines = []
    parts = zip(shown.round.checklist.dimensions, plan.before.dimensions, plan.after.dimensions, strict=True)
    for dimension, old, new in parts:
        if new.continuous is None or old.continuous is None:
            continue
        gated = said.HOLDS.fill(level=new.gated or 0)
        if new.gated != old.gated:
            gated = words.FROM_TO_LEVEL.fill(before=old.gated or 0, after=new.gated or 0)
        levels_said = progress.FROM_TO.fill(
            before=level_text(old.continuous), after=level_text(new.continuous)
        )
        lines.append(
            LevelLine(
                label=dimension.name(lang),
                now=new.continuous,
                top=max(dimension.levels),
                holds=old.gated,
                gained=(new.gated or 0) - (old.gated or 0),
                aim=shown.targets.get(new.dimension),
                before=old.continuous if new.continuous != old.continuous else None,
                said=(levels_said if new.continuous != old.continuous else level_text(new.continuous))(lang),
                beside=gated(lang),
            )
        )
    levels(lines, title(lang))
    level_keys(["holds", "gained", "was", "now"], lang, said.KEYS | words.KEYS)


def plan_table(shown: RoundView, plan: Plan, kpis: Mapping[str, Text], lang: Lang) -> pd.DataFrame:
    """The whole plan, one row an action: PLAN_COLUMNS."""
    places = {step.statement: place for place, step in enumerate(plan.steps, 1)}
    names = _names(shown)
    rows = [
        (
            places[step.statement], names[step.dimension](lang), step.level,
            shown.round.checklist.statement(step.statement).statement(lang), step.action(lang), step.days,
            ", ".join(str(places[name]) for name in step.needs),
            kpis[step.kpi](lang) if step.kpi is not None and step.kpi in kpis else "",
        )
        for step in plan.steps
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[column(lang) for column in words.PLAN_COLUMNS])
