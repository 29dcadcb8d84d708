"""The shelf of proofs: what may go out today, what must be renewed, what must not leave."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.claims import Entry, make, unclaimed
from core.text import Lang, Text
from proof.sectors import industries
from ui import blocks
from ui.actionform import tell
from ui.choices import select
from ui.claimcard import group_of, line
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


def choose(entries: Sequence[Entry], phases: dict[str, Text], lang: Lang) -> list[Entry]:
    """The entries that search and filters leave; every choice stands in the URL."""
    kpis = {entry.kpi.key: entry.kpi.name(lang) for entry in entries}
    there = {entry.project.industry for entry in entries}
    trades = {name: text(lang) for name, text in industries().items() if name in there}
    stages = {name: text(lang) for name, text in phases.items()}
    grades: dict[str, str] = {name: text(lang) for name, text in words.GRADES.items()}
    cleared: dict[str, str] = {name: text(lang) for name, text in words.ALLOWED.items()}
    ages = {name: text(lang) for name, text in words.AGES.items()}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_claim_filters"):
        typed = st.text_input(
            words.SEARCH(lang), key="claim_search", placeholder=words.SEARCH(lang), width=230,
            label_visibility="collapsed",
        )  # fmt: skip
        industry = _one_of("industry", trades, words.INDUSTRY, words.INDUSTRY_IS, lang)
        phase = _one_of("at", stages, words.PHASE, words.PHASE_IS, lang)
        kpi = _one_of("kpi", kpis, words.KPI, words.KPI_IS, lang)
        grade = _one_of("grade", grades, words.GRADE, words.GRADE_IS, lang)
        allowed = _one_of("consent", cleared, words.CONSENT, words.CONSENT_IS, lang)
        age = _one_of("age", ages, words.AGE, words.AGE_IS, lang)
    return [
        entry
        for entry in entries
        if industry in ("", entry.project.industry)
        and (not phase or phase in entry.project.phases)
        and kpi in ("", entry.kpi.key)
        and grade in ("", entry.claim.grade)
        and allowed in ("", entry.permission.allowed)
        and (not age or entry.age <= int(age))
        and typed.strip().casefold() in _said(entry, lang)
    ]


def _one_of(key: str, options: dict[str, str], label: Text, said: Text, lang: Lang) -> str:
    labels = {"": said.fill(name=words.ANY)(lang)}
    labels |= {value: said.fill(name=name)(lang) for value, name in options.items()}
    return select(key, labels, label(lang), 172)


def _said(entry: Entry, lang: Lang) -> str:
    """Everything that a search looks in."""
    claim, project = entry.claim, entry.project
    parts = [claim.id, claim.title(lang), claim.sentence(lang), project.customer, project.name(lang)]
    return " ".join(parts).casefold()


def draw_shelf(entries: Sequence[Entry], lang: Lang) -> None:
    """The proofs in groups, the strongest evidence first."""
    if not entries:
        blocks.note(words.FILTERED_OUT(lang))
        return
    for name, text in words.GROUPS.items():
        held = sorted(
            (entry for entry in entries if group_of(entry) == name),
            key=lambda entry: (entry.claim.grade, entry.age),
        )
        if held:
            blocks.heading(f"{text(lang)} ({len(held)})")
            items = "".join(line(entry, lang) for entry in held)
            st.html(f'<ul class="wm-shelf" aria-label="{blocks.esc(text(lang))}">{items}</ul>')


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
