"""Writing an action down, and changing one: the same fields, checked where they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from actions import wording
from actions.model import NAME, NOTE, STATUSES, TITLE, Action, Changes, Draft, Expected, Origin
from cockpit.actions import Listing, add, change
from cockpit.workspace import Workspace
from core.text import Lang, Text
from ui.actionwords import Names
from ui.address import said_now, write
from ui.person import named
from ui.session import faults_shown
from ui.words import actions as words

_TOLD = "wm_action_told"  # what the last run has to say in this one
_SEEN = "wm_action_seen"  # actions as the person saw them first, by number

LEAK = "leak"
_CONVERSION = "phase_conversion"  # the KPI that a smaller leak moves


def tell(text: Text) -> None:
    st.session_state[_TOLD] = text


def told(lang: Lang) -> None:
    """Says once what the run before has done."""
    text: Text | None = st.session_state.pop(_TOLD, None)
    if text is not None:
        st.success(text(lang))


def seen(now: Action) -> Action:
    """The action as the person saw it first: what they change goes against that, whatever happened since."""
    first: Action = st.session_state.setdefault(_SEEN, {}).setdefault(now.id, now)
    return first


def forget_seen(action_id: int) -> None:
    st.session_state.get(_SEEN, {}).pop(action_id, None)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where someone works on actions: the workspace, their name (empty: nobody yet), what ids are called."""

    ws: Workspace
    who: str
    names: Names


def draw_edit(on: Desk, now: Action, others: Sequence[Action], lang: Lang) -> None:
    """The fields of an action. Someone else's change in the meantime is told, and nothing typed is lost."""
    one = seen(now)
    key = f"{one.id}_{one.version}"
    with st.form(f"wm_edit_{one.id}", border=False):
        wanted = _fields(one, on.names, others, key, lang)
        wanted["status"] = _choice(
            words.F_STATUS, {name: wording.STATUSES[name](lang) for name in STATUSES}, one.status,
            f"status_{key}", lang,
        )  # type: ignore[typeddict-item]  # fmt: skip
        if st.form_submit_button(words.SAVE(lang), type="primary") and named(on.who, lang):
            with faults_shown(lang):
                change(on.ws, one.id, one.version, _without_same(one, wanted), on.who)
                forget_seen(one.id)
                tell(words.SAVED)
                st.rerun()
    if one.version != now.version:
        st.button(words.RELOAD(lang), on_click=forget_seen, args=(one.id,), key=f"reload_{one.id}")


def draw_new(on: Desk, found: Listing, lang: Lang) -> None:
    """The fields of a new action; a link from a leak fills some of them."""
    origin, ref = said_now("new"), said_now("ref")
    leak = origin == LEAK and ref in on.names.phases
    start = Draft(title="")
    if leak:
        for key, value in (("new", origin), ("ref", ref)):
            st.session_state[key] = value
            write(key, [value])
        title = words.LEAK_TITLE.fill(phase=on.names.phases[ref])(lang)
        start = Draft(title=title, phase=ref, kpi=_CONVERSION, expected="up")
    running = [one for one in found.actions if one.running]
    turn = st.session_state.get("wm_new_turn", 0)
    with st.container(width=780), st.form(f"wm_new_{turn}", border=False):
        wanted = _fields(start, on.names, running, f"new_{turn}_{ref if leak else ''}", lang)
        if st.form_submit_button(words.ADD(lang), type="primary") and named(on.who, lang):
            with faults_shown(lang):
                kind: Origin = "leak" if leak else "hand"
                made = add(on.ws, Draft(origin=kind, origin_ref=ref if leak else "", **wanted), on.who)
                st.session_state["wm_new_turn"] = turn + 1
                tell(words.ADDED.fill(n=made.id))
                for key in ("new", "ref"):
                    st.session_state.pop(key, None)
                st.rerun()


def _fields(start: Action | Draft, names: Names, others: Sequence[Action], key: str, lang: Lang) -> Changes:
    """The fields that a new action and a changed one share, filled with what is known."""
    title = start.title(lang) if isinstance(start.title, Text) else start.title
    typed = st.text_input(words.F_TITLE(lang), title, max_chars=TITLE, key=f"title_{key}_{lang}")
    left, right = st.columns(2)
    with left:
        owner = st.text_input(words.F_OWNER(lang), start.owner, max_chars=NAME, key=f"owner_{key}")
    with right:
        due = st.date_input(words.F_DUE(lang), start.due, format="DD.MM.YYYY", key=f"due_{key}")
    left, right = st.columns(2)
    with left:
        effort = st.number_input(
            words.F_EFFORT(lang), min_value=0.0, value=start.effort_days, step=0.5, format="%g",
            key=f"effort_{key}",
        )  # fmt: skip
    with right:
        phases = {name: text(lang) for name, text in names.phases.items()}
        phase = _choice(words.F_PHASE, phases, start.phase, f"phase_{key}", lang, none=True)
    kpis = {name: text(lang) for name, text in names.kpis.items()}
    kpi = _choice(words.F_KPI, kpis, start.kpi, f"kpi_{key}", lang, none=True)
    left, right = st.columns(2)
    with left:
        ways: dict[str, str] = {name: text(lang) for name, text in wording.EXPECTED.items()}
        expected = _choice(words.F_EXPECTED, ways, start.expected, f"expected_{key}", lang, none=True)
    with right:
        amount = st.number_input(
            words.F_AMOUNT(lang), value=start.expected_amount, format="%g", key=f"amount_{key}"
        )
    titles = {one.id: f"{one.id} · {one.title(lang)}" for one in others}
    needs = st.multiselect(
        words.F_NEEDS(lang), [*titles], [need for need in start.needs if need in titles],
        format_func=titles.__getitem__, placeholder=words.F_NEEDS_NONE(lang), key=f"needs_{key}",
    )  # fmt: skip
    note = st.text_area(words.F_NOTE(lang), start.note, max_chars=NOTE, height=90, key=f"note_{key}")
    return Changes(
        title=typed if typed != title or not isinstance(start.title, Text) else start.title,
        owner=owner, due=due, effort_days=effort, phase=phase, kpi=kpi,
        expected=cast("Expected | None", expected), expected_amount=amount, needs=tuple(needs), note=note,
    )  # fmt: skip


def _choice(
    label: Text, options: Mapping[str, str], chosen: str | None, key: str, lang: Lang, *, none: bool = False
) -> str | None:
    """One of a few ids, or none where that is possible. What is chosen stays even where it is unknown."""
    known = dict(options)
    if chosen and chosen not in known:
        known[chosen] = chosen
    listed: list[str | None] = [*([None] if none else []), *known]
    return st.selectbox(
        label(lang), listed, listed.index(chosen), key=key,
        format_func=lambda one: known[one] if one else words.F_NONE(lang),
    )  # fmt: skip


def _without_same(one: Action, wanted: Changes) -> Changes:
    """What differs from the action as it was shown."""
    return cast("Changes", {name: value for name, value in wanted.items() if value != getattr(one, name)})
