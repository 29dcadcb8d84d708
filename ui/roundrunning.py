"""What can be done with a round: invite more people, declare it open, close it, begin again from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from cockpit.actions import done_statements
from cockpit.roundhistory import ended_on
from cockpit.rounds import begin_again, close_round, declare_open, invite
from cockpit.workspace import Workspace
from core.text import Lang, Text
from store.state.round import Round
from ui import blocks
from ui.escaping import as_markdown
from ui.person import named
from ui.roundlinks import keep_links
from ui.roundopening import people_table
from ui.session import faults_shown
from ui.words import maturity as said
from ui.words import rounds as words

_TOLD = "wm_round_told"
_DAYS = 14


def tell(lang: Lang) -> None:
    """What was done in the run before."""
    told: Text | None = st.session_state.pop(_TOLD, None)
    if told is not None:
        st.success(as_markdown(told(lang)))


def draw_running(ws: Workspace, round_: Round, who: str, lang: Lang) -> None:
    """Inviting and closing, folded away."""
    with st.expander(as_markdown(words.MANAGE.fill(team=round_.team)(lang))):
        _invite(ws, round_, who, lang)
        blocks.rule()
        if not round_.open:
            _declare(ws, round_, who, lang)
            blocks.rule()
        _close(ws, round_, who, lang)


def _invite(ws: Workspace, round_: Round, who: str, lang: Lang) -> None:
    key = f"{round_.id}_{round_.invited}"
    with st.form(f"invite_{key}", border=False):
        people = people_table(words.INVITE(lang), f"invite_people_{key}", lang)
        sent = st.form_submit_button(words.INVITE_SUBMIT(lang))
    if sent and named(who, lang):
        with faults_shown(lang):
            keep_links(round_.team, invite(ws, round_.id, people, who))
            st.rerun()


def _declare(ws: Workspace, round_: Round, who: str, lang: Lang) -> None:
    blocks.note(words.DECLARE_ABOUT(lang))
    if st.button(words.DECLARE(lang), key=f"declare_{round_.id}") and named(who, lang):
        with faults_shown(lang):
            declare_open(ws, round_.id, who)
            st.session_state[_TOLD] = words.DECLARED.fill(team=round_.team)
            st.rerun()


def _close(ws: Workspace, round_: Round, who: str, lang: Lang) -> None:
    with st.form(f"close_{round_.id}", border=False):
        sure = st.checkbox(words.CLOSE_SURE(lang))
        sent = st.form_submit_button(words.CLOSE(lang))
    if sent and not sure:
        st.warning(words.CLOSE_TICK(lang))
    elif sent and named(who, lang):
        with faults_shown(lang):
            close_round(ws, round_.id, who)
            st.session_state[_TOLD] = words.CLOSED_NOW.fill(team=round_.team)
            st.rerun()


def draw_again(ws: Workspace, over: Sequence[Round], who: str, lang: Lang) -> None:
    """A new round from the old answers: of everything, or of what was worked on."""
    with st.expander(words.AGAIN(lang)):
        blocks.note(words.AGAIN_ABOUT(lang))
        names = {
            one.id: said.ROUND_NAME.fill(team=one.team, checklist=one.checklist.name, day=ended_on(one))(lang)
            for one in over
        }
        chosen: str = st.selectbox(
            words.AGAIN_WHICH(lang), list(names), format_func=lambda one: names[one], key="again_which"
        )
        done = done_statements(ws, chosen)
        if not done:
            blocks.note(words.AGAIN_NONE_DONE(lang))
        with st.form(f"again_{chosen}", border=False):
            labels = {"all": words.AGAIN_ALL(lang)}
            if done:
                labels["done"] = words.AGAIN_DONE.fill(n=len(done))(lang)
            what = st.radio(words.AGAIN_WHAT(lang), list(labels), format_func=lambda one: labels[one])
            today = ws.now().date()
            closes = st.date_input(
                words.CLOSES(lang), today + dt.timedelta(days=_DAYS), min_value=today,
                format="DD.MM.YYYY", width=240,
            )  # fmt: skip
            sent = st.form_submit_button(words.AGAIN_SUBMIT(lang))
        if sent and isinstance(closes, dt.date) and named(who, lang):
            with faults_shown(lang):
                asked = done if what == "done" else None
                made, links = begin_again(ws, chosen, closes_on=closes, person=who, asked=asked)
                keep_links(made.team, links)
                st.rerun()
