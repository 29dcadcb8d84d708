"""The shelf of proofs: what may go out today, what must be renewed, what must not leave."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.claims import Entry, make, unclaimed
from core.text import Lang
from ui import blocks
from ui.actionform import tell
from ui.claimcard import cards, group_of
from ui.claimparts import Desk
from ui.escaping import as_markdown
from ui.person import named
from ui.session import faults_shown
from ui.words import claims as words
from ui.words import common

MOST_UNCLAIMED = 6


def draw_shelf_title(on: Desk, lang: Lang) -> None:
    """How many may go out today; how many are stale or lack consent."""
    entries = on.entries
    if not entries:
        with on.head:
            blocks.title(words.NONE(lang))
        return
    groups = [group_of(entry) for entry in entries]
    ready, everything = groups.count("ready"), len(entries)
    text = {0: words.TITLE_NONE, 1: words.TITLE_ONE}.get(ready, words.TITLE)
    chips = []
    if stale := sum(not entry.fresh for entry in entries):
        chips.append(words.CHIP_STALE.fill(n=stale)(lang))
    if blocked := sum(entry.permission.allowed == "none" for entry in entries):
        chips.append(words.CHIP_BLOCKED.fill(n=blocked)(lang))
    sample = common.SAMPLE(lang) if any(entry.claim.sample for entry in entries) else None
    meta = words.AS_OF.fill(day=on.ws.now().date())(lang)
    with on.head:
        blocks.title(text.fill(ready=ready, all=everything)(lang), chips, sample=sample, meta=meta)


def draw_shelf(entries: Sequence[Entry], among: int, lang: Lang) -> None:
    """The proofs in groups, the strongest evidence first; `among`: how many there are without the choice."""
    if not entries:
        blocks.callout([(words.FILTERED_OUT.fill(all=among)(lang), None)])
        return
    if len(entries) < among:
        blocks.note(words.FILTERED.fill(n=len(entries), all=among)(lang))
    for name, text in words.GROUPS.items():
        held = sorted(
            (entry for entry in entries if group_of(entry) == name),
            key=lambda entry: (entry.claim.grade, entry.age),
        )
        if held:
            blocks.heading(f"{text(lang)} ({len(held)})", words.GROUPS_SUB[name](lang))
            cards(held, text(lang), lang)


def ready(entries: Sequence[Entry]) -> list[Entry]:
    """The proofs that may go out today and show an improvement."""
    return [entry for entry in entries if group_of(entry) == "ready"]


def draw_unclaimed(on: Desk, lang: Lang) -> None:
    """Results without a proof yet, each with a button that freezes it."""
    found = unclaimed(on.ws)[:MOST_UNCLAIMED]
    if not found:
        return
    blocks.heading(words.UNCLAIMED(lang), words.UNCLAIMED_SUB(lang))
    for project, kpi in found:
        key = f"make_{project.id}_{kpi.key}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"wm_{key}"):
            asked = st.button(words.MAKE(lang), key=key)
            st.html(blocks.esc(f"{project.name(lang)} · {kpi.name(lang)}"))
        if asked and named(on.who, lang):
            with faults_shown(lang):
                claim = make(on.ws, project.id, kpi.key, on.who)
                tell(words.MADE.fill(claim=claim.id))
                st.rerun()


def draw_none(lang: Lang) -> None:
    st.markdown(as_markdown(words.NONE_ABOUT(lang)))
