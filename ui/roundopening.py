"""Opening a round: which checklist, which team, until when, who answers."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from checklists.disclosure import FEWEST, MOST
from checklists.model import Checklist
from cockpit.rounds import check_people, checklists, invite, open_round
from cockpit.workspace import Workspace
from core.text import Lang
from ui import blocks
from ui.escaping import as_markdown
from ui.person import named
from ui.roundlinks import keep_links
from ui.session import faults_shown
from ui.words import rounds as words

_DAYS = 14
"""Days until the proposed closing date."""
_TURN = "wm_opening"


def draw_opening(ws: Workspace, who: str, lang: Lang, *, expanded: bool) -> None:
    """The form; once it is sent the links stand at the top of the page."""
    known = checklists(ws)
    for fault in known.faults:
        blocks.note(fault.text(lang))
    turn = int(st.session_state.get(_TURN, 0))
    with st.expander(words.OPEN(lang), expanded=expanded), st.form(f"open_round_{turn}", border=False):
        left, right = st.columns(2, gap="large")
        with left:
            checklist: str = st.selectbox(
                words.CHECKLIST(lang), list(known.entries), format_func=lambda one: known[one].name(lang)
            )
            team = st.text_input(words.TEAM(lang), max_chars=80, placeholder=words.TEAM_EXAMPLE(lang))
            scope = st.text_input(words.SCOPE(lang), max_chars=120, placeholder=words.SCOPE_EXAMPLE(lang))
            first, second, third = st.columns(3, vertical_alignment="bottom")
            today = ws.now().date()
            closes = first.date_input(
                words.CLOSES(lang), today + dt.timedelta(days=_DAYS), min_value=today, format="DD.MM.YYYY"
            )
            minimum: int = second.selectbox(
                words.MINIMUM(lang), range(FEWEST, MOST + 1), help=words.MINIMUM_HELP(lang)
            )
            target: int = third.selectbox(
                words.TARGET(lang),
                range(_top(known.entries.values()) + 1),
                format_func=lambda n: words.TARGET_LEVEL.fill(n=n)(lang) if n else words.NO_TARGET(lang),
            )
        with right:
            people = people_table(words.PEOPLE(lang), f"people_{turn}", lang)
        is_open = st.checkbox(as_markdown(words.IS_OPEN(lang)))
        sent = st.form_submit_button(words.OPEN_SUBMIT(lang), type="primary")
    if sent and isinstance(closes, dt.date) and named(who, lang):
        with faults_shown(lang):
            check_people(people, minimum, is_open=is_open)
            made = open_round(
                ws, checklist, team=team, scope=scope, closes_on=closes, person=who,
                minimum=minimum, is_open=is_open, targets=_targets(known[checklist], target),
            )  # fmt: skip
            keep_links(made.team, invite(ws, made.id, people, who))
            st.session_state[_TURN] = turn + 1
            st.rerun()


def _top(known: object) -> int:
    return max(
        (max(one.levels) for checklist in known for one in checklist.dimensions),  # type: ignore[attr-defined]
        default=1,
    )


def _targets(checklist: Checklist, level: int) -> dict[str, int] | None:
    """The same target everywhere, or the highest level where a dimension has fewer."""
    return {one.id: min(level, max(one.levels)) for one in checklist.dimensions} if level else None


def people_table(label: str, key: str, lang: Lang) -> list[tuple[str, str]]:
    """Names and roles as they are typed, one person a line; empty lines are left away."""
    blocks.prose(label)
    blocks.note(words.PEOPLE_ABOUT(lang))
    name, role = (column(lang) for column in words.PERSON_COLUMNS)
    edited = st.data_editor(
        pd.DataFrame([("", "")] * FEWEST, columns=[name, role]),
        column_config={
            name: st.column_config.TextColumn(max_chars=80),
            role: st.column_config.TextColumn(max_chars=60),
        },
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height="content",
        key=key,
    )
    typed = [
        (str(who or "").strip(), str(what or "").strip()) for who, what in edited.itertuples(index=False)
    ]
    return [line for line in typed if any(line)]
