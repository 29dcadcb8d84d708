"""Kept states of the data: the list, what changed between two, going back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cockpit.people import name_of, remember_name
from cockpit.snapshots import Listed, difference, go_back, listed
from cockpit.workspace import Workspace
from core.text import Lang, Text, written
from ui import blocks
from ui.downloads import table
from ui.words import data as words

_DONE = "wm_went_back"


def draw_snapshots(ws: Workspace, lang: Lang) -> None:
    """All kept states, the comparison of two, and the way back."""
    told: Text | None = st.session_state.pop(_DONE, None)
    if told is not None:
        st.success(told(lang))
    kept = listed(ws)
    title = words.SNAPSHOTS_ONE if len(kept) == 1 else words.SNAPSHOTS.fill(n=len(kept))
    blocks.heading(title(lang), words.SNAPSHOTS_SUB(lang))
    lines = [
        (
            one.id, written(one.made_at, lang), _state(one, lang), one.contacts,
            ", ".join(done.file for done in one.imports), ", ".join(one.sources),
        )
        for one in kept
    ]  # fmt: skip
    frame = pd.DataFrame(lines, columns=[column(lang) for column in words.SNAPSHOT_COLUMNS])
    table(frame, words.PARTS["snapshots"](lang), lang, "snapshots")
    if len(kept) < 2:
        blocks.note(words.ONLY_ONE(lang))
        return
    _compare(ws, kept, lang)
    _back(ws, kept, lang)


def _state(one: Listed, lang: Lang) -> str:
    words_of = words.CURRENT if one.current else words.PINNED if one.pinned else words.EARLIER
    return words_of(lang)


def _compare(ws: Workspace, kept: Sequence[Listed], lang: Lang) -> None:
    blocks.heading(words.COMPARE(lang), words.COMPARE_SUB(lang))
    names = {one.id: f"{one.id} · {written(one.made_at, lang)}" for one in kept}
    left, right = st.columns(2)
    before = left.selectbox(
        words.FROM(lang), list(names), 1, format_func=lambda one: names[one], key="compare_from"
    )
    after = right.selectbox(
        words.TO(lang), list(names), 0, format_func=lambda one: names[one], key="compare_to"
    )
    found = difference(ws, before, after)
    if found.nothing:
        blocks.note(words.SAME(lang))
        return
    sources = pd.DataFrame(
        [(change.source, change.new, change.changed, change.removed) for change in found.sources],
        columns=[column(lang) for column in words.CHANGE_COLUMNS],
    )
    model = ws.models[ws.settings.base_model]
    phases = pd.DataFrame(
        [
            (
                model.phase(phase).name(lang) if phase in model.phase_ids else words.NO_PHASE(lang),
                was, now, now - was,
            )
            for phase, (was, now) in found.phases.items()
        ],
        columns=[column(lang) for column in words.PHASE_COLUMNS],
    )  # fmt: skip
    with left:
        table(sources, words.SOURCES(lang), lang, "changes")
    with right:
        table(phases, words.COMPARE(lang), lang, "changed_phases")


def _back(ws: Workspace, kept: Sequence[Listed], lang: Lang) -> None:
    blocks.heading(words.GO_BACK_TITLE(lang), words.GO_BACK_ABOUT(lang))
    names = {one.id: f"{one.id} · {written(one.made_at, lang)}" for one in kept if not one.current}
    with st.form("go_back", border=False):
        chosen = st.selectbox(
            words.GO_BACK_TO(lang), list(names), format_func=lambda one: names[one], width=520
        )
        who = st.text_input(words.WHO(lang), name_of(ws), max_chars=80, width=520)
        if not st.form_submit_button(words.GO_BACK(lang)):
            return
    if not who.strip():
        st.warning(words.WHO_NEEDED(lang))
        return
    remember_name(ws, who)
    manifest = go_back(ws, chosen, who.strip())
    st.session_state[_DONE] = words.WENT_BACK.fill(id=manifest.id)
    st.rerun()
