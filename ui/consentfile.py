"""Behind a consent: what has gone out, earlier answers, who changed what; and erasing on request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cockpit.consents import Asked, handed_out, history
from cockpit.forgetting import forget_customer, forget_people
from cockpit.trail import deed_name
from cockpit.workspace import Workspace
from core.text import Lang, Text, same
from metrics.wording import joined
from proof.consent import ENDLESS, ENDS, STANDINGS, Consent
from proof.handouts import FORMATS, Handout
from proof.project import Project
from store.state.audit import Deed
from ui import blocks
from ui.actionform import tell
from ui.person import named
from ui.session import faults_shown
from ui.words import claims as words
from ui.words import consents as more

FORGETTING = {"people": forget_people, "customer": forget_customer}


def draw_already_out(ws: Workspace, one: Asked, lang: Lang) -> None:
    """Who has something already: in the open where nothing may go out any more, else folded away."""
    out = handed_out(ws, one.project.id)
    if not out:
        return
    lines = [(_said(each, lang), None) for each in out]
    if one.permission.allowed == "none":
        blocks.heading(f"{more.ALREADY_OUT(lang)} ({len(out)})", more.TELL_THEM(lang))
        blocks.sentences(lines)
        return
    with st.expander(f"{more.ALREADY_OUT(lang)} ({len(out)})"):
        blocks.sentences(lines)


def _said(each: Handout, lang: Lang) -> str:
    return more.OUT_LINE.fill(
        day=each.at.date(), claim=each.claim, format=FORMATS[each.format],
        to=each.recipient or words.NO_RECIPIENT, who=each.who,
    )(lang)  # fmt: skip


def draw_history(ws: Workspace, one: Asked, lang: Lang) -> None:
    """Every answer with the text it was given for; then who entered what when, without names or quotes."""
    with st.expander(more.ANSWERS(lang)):
        blocks.sentences([(_answer(each, lang), None) for each in reversed(one.consents)])
        blocks.heading(more.WHO_DID(lang))
        deeds = history(ws, one.project.id)
        if deeds:
            blocks.sentences([(_deed(each)(lang), None) for each in deeds])
        else:
            blocks.note(more.NO_HISTORY(lang))


def _answer(each: Consent, lang: Lang) -> str:
    text = more.ANSWER_GIVEN if each.standing == "given" else more.ANSWER
    return text.fill(
        day=each.withdrawn_on or each.on, standing=STANDINGS[each.standing], kind=words.ALLOWED[each.kind],
        end=ENDS.fill(until=each.until) if each.until else ENDLESS, version=each.text_version or "–",
    )(lang)  # fmt: skip


def _deed(each: Deed) -> Text:
    """A deed by its fields: `project standing kind field ...`; an erasure has the project alone."""
    _, *said = each.detail.split(" ")
    if len(said) < 2:
        return more.DEED_PLAIN.fill(at=each.at, who=each.who, what=deed_name(each.what))
    standing, kind, *fields = said
    names = [more.FIELDS[name] for name in fields if name in more.FIELDS]
    return (more.DEED_FIELDS if names else more.DEED).fill(
        at=each.at, who=each.who, standing=_called(STANDINGS, standing), kind=_called(words.ALLOWED, kind),
        fields=joined(names),
    )  # fmt: skip


def _called(names: Mapping[Any, Text], word: str) -> Text:
    return names.get(word, same(word))


def draw_forgetting(ws: Workspace, project: Project, who: str, lang: Lang) -> None:
    """Erasing people or the whole customer, once ticked; says how many recipients should hear of it."""
    with st.expander(more.FORGET(lang)):
        whom = st.radio(
            more.FORGET(lang), list(more.FORGET_WHAT), format_func=lambda name: more.FORGET_WHAT[name](lang),
            label_visibility="collapsed", key=f"forget_{project.id}",
        )  # fmt: skip
        blocks.note(f"{more.FORGET_ABOUT[whom](lang)} {more.FORGET_OUT_THERE(lang)}")
        sure = st.checkbox(more.FORGET_SURE(lang), key=f"forget_sure_{project.id}")
        if not st.button(more.FORGET_DO(lang), key=f"forget_do_{project.id}"):
            return
    if not sure:
        st.warning(more.FORGET_TICK(lang))
    elif named(who, lang):
        with faults_shown(lang):
            out = FORGETTING[whom](ws, project.id, who)
            tell(more.FORGOTTEN.fill(n=len(out)))
            st.rerun()
