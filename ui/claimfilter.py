"""Search and filters over the proofs: each choice stands in the URL and says how many it would leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cockpit.claims import Entry
from core.text import LANGS, Lang, Text
from proof.sectors import industries, industry_name, size_name
from ui.address import said_now, write
from ui.choices import current, select
from ui.words import claims as words

SEARCH = "q"


@dataclass(frozen=True, kw_only=True)
class _Filter:
    """One choice: its options by value, and whether a proof has the value."""

    label: Text
    said: Text
    options: Mapping[Any, Text]
    width: int
    holds: Callable[[Entry, str], bool]


def choose(entries: Sequence[Entry], phases: Mapping[str, Text], lang: Lang) -> list[Entry]:
    """The entries that search and filters leave."""
    filters = _filters(entries, phases)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_claim_filters"):
        typed = _typed(lang)
        found = [entry for entry in entries if _mentions(entry, typed)]
        now = {name: current(name, ["", *one.options]) for name, one in filters.items()}
        for name, one in filters.items():
            others = [each for each in found if _all_hold(each, filters, now | {name: ""})]
            labels = {"": one.said.fill(name=words.ANY)(lang)}
            for value, text in one.options.items():
                n = sum(one.holds(each, value) for each in others)
                labels[value] = words.OPTION.fill(said=text, n=n)(lang)
            now[name] = select(name, labels, one.label(lang), one.width)
        if typed or any(now.values()):
            st.button(words.RESET(lang), key="claim_reset", type="tertiary", on_click=_reset, args=[*now])
    return [each for each in found if _all_hold(each, filters, now)]


def _typed(lang: Lang) -> str:
    st.session_state[SEARCH] = said_now(SEARCH)
    typed: str = st.text_input(
        words.SEARCH(lang), key=SEARCH, placeholder=words.SEARCH(lang), width=205, max_chars=100,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    if typed.strip():
        write(SEARCH, [typed.strip()])
    return typed


def _reset(*names: str) -> None:
    for name in (SEARCH, *names):
        st.session_state[name] = ""


def _all_hold(entry: Entry, filters: Mapping[str, _Filter], chosen: Mapping[str, str]) -> bool:
    return all(not value or filters[name].holds(entry, value) for name, value in chosen.items())


def _filters(entries: Sequence[Entry], phases: Mapping[str, Text]) -> dict[str, _Filter]:
    trades = {entry.project.industry for entry in entries}
    named = [(name, text) for name, text in industries().items() if name in trades]
    named += [(name, industry_name(name)) for name in sorted(trades) if name not in industries()]
    kpis = {entry.kpi.key: entry.kpi.name for entry in entries}
    return {
        "industry": _Filter(
            label=words.INDUSTRY, said=words.INDUSTRY_IS, options=dict(named), width=190,
            holds=lambda entry, value: entry.project.industry == value,
        ),
        "at": _Filter(
            label=words.PHASE, said=words.PHASE_IS, options=phases, width=150,
            holds=lambda entry, value: value in entry.project.phases,
        ),
        "kpi": _Filter(
            label=words.KPI, said=words.KPI_IS, options=kpis, width=240,
            holds=lambda entry, value: entry.kpi.key == value,
        ),
        "grade": _Filter(
            label=words.GRADE, said=words.GRADE_IS, width=150,
            options={name: words.GRADE_IS.fill(name=name) for name in words.GRADES},
            holds=lambda entry, value: entry.claim.grade == value,
        ),
        "consent": _Filter(
            label=words.CONSENT, said=words.CONSENT_IS, options={**words.ALLOWED},
            width=155, holds=lambda entry, value: entry.permission.allowed == value,
        ),
        "age": _Filter(
            label=words.AGE, said=words.AGE_IS, options=words.AGES, width=130,
            holds=lambda entry, value: entry.age <= int(value),
        ),
    }  # fmt: skip


def _mentions(entry: Entry, typed: str) -> bool:
    """Whether every word typed stands somewhere in what is said of the proof, in either language."""
    claim, project, consent = entry.claim, entry.project, entry.permission.by
    parts = [claim.id, project.customer, consent.quote if consent else ""]
    for text in (
        claim.title, claim.sentence, project.name, project.done, entry.kpi.name,
        industry_name(project.industry), size_name(project.size),
    ):  # fmt: skip
        parts += [text(lang) for lang in LANGS]
    said = " ".join(parts).casefold()
    return all(word in said for word in typed.casefold().split())
