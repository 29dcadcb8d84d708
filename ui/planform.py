"""Setting a round's targets, and turning the steps of its plan into actions with owner and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from checklists.plan import Step
from cockpit.actions import from_plan
from cockpit.roundresults import RoundView
from cockpit.rounds import aim
from cockpit.workspace import Workspace
from core.text import Lang, Text
from ui import blocks
from ui.person import named
from ui.session import faults_shown
from ui.words import plans as words

_DONE = "wm_plan_done"
_WEEKS = 4
"""Weeks until the proposed due date."""


def draw_targets(ws: Workspace, shown: RoundView, who: str, lang: Lang) -> None:
    """The target level of every dimension in one table; saved with the name of who set them."""
    _tell(lang)
    head = words.TARGETS_SET if shown.proposed else words.TARGETS
    with st.expander(head(lang)), st.form(f"targets_{shown.round.id}", border=False):
        blocks.note(words.TARGETS_ABOUT(lang))
        name, today, target = (column(lang) for column in words.TARGET_COLUMNS)
        top = max(max(one.levels) for one in shown.round.checklist.dimensions)
        rows = [
            (line.dimension.name(lang), line.score.gated, shown.targets.get(line.dimension.id))
            for line in shown.lines
        ]
        edited = st.data_editor(
            pd.DataFrame(rows, columns=[name, today, target]).astype({today: "Int64", target: "Int64"}),
            column_config={
                name: st.column_config.TextColumn(disabled=True),
                today: st.column_config.NumberColumn(disabled=True),
                target: st.column_config.NumberColumn(min_value=1, max_value=top, step=1),
            },
            hide_index=True,
            width=560,
            height="content",
            key=f"targets_{shown.round.id}_{shown.round.version}",
        )
        sent = st.form_submit_button(words.TARGETS_SAVE(lang), type="primary")
    if sent:
        wanted = {
            line.dimension.id: int(level)
            for line, level in zip(shown.lines, edited[target], strict=True)
            if not pd.isna(level)
        }
        with faults_shown(lang):
            _save(ws, shown, wanted, who, lang)


def _save(ws: Workspace, shown: RoundView, wanted: dict[str, int], who: str, lang: Lang) -> None:
    if not wanted:
        st.warning(words.TARGETS_NEEDED(lang))
        return
    if named(who, lang):
        aim(ws, shown.round.id, wanted, shown.round.version, who)
        _done(words.TARGETS_SAVED)


def draw_taking(ws: Workspace, shown: RoundView, steps: Sequence[Step], who: str, lang: Lang) -> None:
    """The steps that are no actions yet, with owner and date to fill in, and one button."""
    blocks.heading(words.TAKE(lang), words.TAKE_ABOUT(lang) if steps else words.ALL_TAKEN(lang))
    if not steps:
        return
    take, action, owner, due = (column(lang) for column in words.TAKE_COLUMNS)
    day = ws.now().date() + dt.timedelta(weeks=_WEEKS)
    with st.form(f"take_{shown.round.id}", border=False):
        edited = st.data_editor(
            pd.DataFrame(
                [(True, step.action(lang), "", day) for step in steps], columns=[take, action, owner, due]
            ),
            column_config={
                take: st.column_config.CheckboxColumn(width="small"),
                action: st.column_config.TextColumn(disabled=True, width="large"),
                owner: st.column_config.TextColumn(max_chars=80),
                due: st.column_config.DateColumn(format="DD.MM.YYYY"),
            },
            hide_index=True,
            height="content",
            key=f"take_{shown.round.id}_{'_'.join(step.statement for step in steps)[:80]}_{len(steps)}",
        )
        sent = st.form_submit_button(words.TAKE(lang), type="primary")
    if not sent:
        return
    chosen = [
        (step.statement, str(who_does or "").strip(), _day(by))
        for step, taken, who_does, by in zip(steps, edited[take], edited[owner], edited[due], strict=True)
        if taken
    ]
    if not chosen:
        st.warning(words.TAKE_NONE(lang))
    elif named(who, lang):
        with faults_shown(lang):
            made = from_plan(ws, shown.round.id, chosen, who)
            _done(words.TAKEN.fill(n=len(made)) if len(made) > 1 else words.TAKEN_ONE)


def _day(value: object) -> dt.date | None:
    """A cell of dates, which may be empty."""
    stamp = pd.to_datetime(str(value), errors="coerce") if value is not None else pd.NaT
    return None if pd.isna(stamp) else stamp.date()


def _done(text: Text) -> None:
    """Say it after the page has been drawn anew with what changed."""
    st.session_state[_DONE] = text
    st.rerun()


def _tell(lang: Lang) -> None:
    told: Text | None = st.session_state.pop(_DONE, None)
    if told is not None:
        st.success(told(lang))
