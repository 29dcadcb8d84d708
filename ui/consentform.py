"""Consents: what each customer allows, recording an answer, the letter that asks for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from cockpit.consents import Asked, asked, letter, record
from cockpit.workspace import Workspace
from core.text import Lang, Text
from proof.consent import KINDS, LONGEST, STANDINGS, Consent
from proof.handouts import FORMATS, Handout
from proof.requesting import text_version
from ui import blocks
from ui.actionform import tell
from ui.choices import select
from ui.claimparts import Desk
from ui.links import plain_address
from ui.person import named
from ui.session import faults_shown
from ui.words import claims as words
from ui.words import common
from ui.words import consents as more

_OUT = "wm_consent_out"  # what had gone out when a consent was withdrawn


def draw_consents(on: Desk, lang: Lang) -> None:
    """What every customer allows; the ones nobody asked first; then one project's answer to record."""
    ws, who, found = on.ws, on.who, asked(on.ws)
    if not found:
        with on.head:
            blocks.title(words.NONE(lang))
        return
    valid = sum(each.permission.allowed != "none" for each in found)
    sample = common.SAMPLE(lang) if any(each.project.sample for each in found) else None
    with on.head:
        blocks.title(more.TITLE.fill(n=valid, all=len(found))(lang), sample=sample)
    unasked = [each.project.name(lang) for each in found if each.unasked]
    if unasked:
        blocks.callout([(name, None) for name in unasked], more.UNASKED(lang))
    _out_already(lang)
    left, right = st.columns([1, 1], gap="large")
    with left:
        blocks.rows([_row(each, lang) for each in found], words.CONSENT(lang))
    with right:
        labels = {each.project.id: each.project.name(lang) for each in found}
        chosen = select("whose", labels, more.PROJECT(lang), 420)
        one = next(each for each in found if each.project.id == chosen)
        blocks.heading(more.RECORD(lang), one.permission.said(lang))
        _form(ws, one, who, lang)
        claim = next((entry.claim for entry in on.entries if entry.project.id == chosen), None)
        if claim is not None:
            blocks.heading(more.LETTER(lang), f"{more.LETTER_SUB(lang)} · {_version(lang)}")
            kind = one.consents[-1].kind if one.consents else "named"
            person = st.text_input(more.LETTER_TO(lang), key=f"letter_{chosen}", max_chars=200)
            text = letter(one.project, claim, kind, lang, person=person, sender=who or "…")
            st.code(text, language=None, wrap_lines=True)


def _version(lang: Lang) -> str:
    return more.TEXT_VERSION.fill(version=text_version())(lang)


def _row(each: Asked, lang: Lang) -> blocks.Row:
    allowed = each.permission.allowed
    return blocks.Row(
        label=each.project.name(lang),
        below=f"{each.project.customer} · {each.permission.said(lang)}",
        value=words.ALLOWED[allowed](lang),
        href=plain_address("claims", lang, part="consent", whose=each.project.id),
        accent="bad" if allowed == "none" else "",
    )


def _form(ws: Workspace, one: Asked, who: str, lang: Lang) -> None:
    """The answer recorded last, to change; or a first one."""
    last = one.consents[-1] if one.consents else None
    today = ws.now().date()
    key = f"consent_{one.project.id}_{last.id if last else 0}_{last.version if last else 0}"
    with st.form(key, border=False):
        standing = _choice(more.STANDING, STANDINGS, last.standing if last else "requested", f"{key}_s", lang)
        kind = _choice(more.KIND, KINDS, last.kind if last else "anonymous", f"{key}_k", lang)
        fields: dict[str, Any] = {
            "person": st.text_input(
                more.PERSON(lang), last.person if last else "", max_chars=200, key=f"{key}_p"
            ),
            "role": st.text_input(more.ROLE(lang), last.role if last else "", max_chars=200, key=f"{key}_r"),
            "quote": st.text_area(
                more.QUOTE(lang), last.quote if last else "", max_chars=LONGEST, key=f"{key}_q"
            ),
            "document": st.text_input(
                more.DOCUMENT(lang), last.document if last else "", max_chars=1000, key=f"{key}_d"
            ),
        }
        picture = st.file_uploader(
            more.PICTURE(lang), ["png", "jpg", "jpeg"], key=f"{key}_i", max_upload_size=5
        )
        on = st.date_input(more.ON(lang), last.on if last else today, key=f"{key}_o", format="DD.MM.YYYY")
        until = st.date_input(
            more.UNTIL(lang), last.until if last else None, key=f"{key}_u", format="DD.MM.YYYY",
            min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 12, 31),
        )  # fmt: skip
        sent = st.form_submit_button(more.SAVE(lang), type="primary")
    if sent and named(who, lang):
        with faults_shown(lang):
            fields |= {"standing": standing, "kind": kind, "on": on, "until": until}
            if picture is not None:
                fields["picture"] = picture.getvalue()
            _record(ws, one, last, fields, who)


def _record(ws: Workspace, one: Asked, last: Consent | None, fields: dict[str, Any], who: str) -> None:
    if last is None:
        wanted = Consent.model_validate({**fields, "project": one.project.id, "text_version": text_version()})
    else:
        wanted = Consent.model_validate({**last.model_dump(), **fields, "withdrawn_on": None})
    done = record(ws, wanted, who)
    st.session_state[_OUT] = done.handed_out
    tell(more.RECORDED.fill(said=done.permission.said))
    st.rerun()


def _out_already(lang: Lang) -> None:
    """After a withdrawal: who has something already."""
    out: tuple[Handout, ...] = st.session_state.pop(_OUT, ())
    if out:
        blocks.heading(more.ALREADY_OUT(lang))
        blocks.sentences([(_said(each, lang), None) for each in out])


def _said(each: Handout, lang: Lang) -> str:
    return more.OUT_LINE.fill(
        day=each.at.date(), claim=each.claim, format=FORMATS[each.format],
        to=each.recipient or words.NO_RECIPIENT, who=each.who,
    )(lang)  # fmt: skip


def _choice(label: Text, options: Mapping[Any, Text], now: str, key: str, lang: Lang) -> str:
    names = list(options)
    chosen: str = st.selectbox(
        label(lang), names, index=names.index(now), format_func=lambda name: options[name](lang), key=key
    )
    return chosen
