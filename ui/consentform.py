"""Consents: what each customer allows, what is to be asked now, and recording an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from cockpit.consents import ENDS_FIRST, Asked, asked, record
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang, Text
from proof.consent import KINDS, LONGEST, STANDINGS, Consent
from proof.requesting import text_version
from ui import blocks
from ui.actionform import tell
from ui.choices import select
from ui.claimparts import Desk
from ui.consentfile import draw_already_out, draw_forgetting, draw_history
from ui.consentletter import draw_letter
from ui.links import plain_address
from ui.person import named
from ui.session import faults_shown
from ui.words import claims as words
from ui.words import common
from ui.words import consents as more

PICTURES = {"picture": more.PICTURE, "logo": more.LOGO}
LARGEST = 5  # megabytes of an upload


def draw_consents(on: Desk, lang: Lang) -> None:
    """What every customer allows; what is to be asked now; then one project's answer, letter and history."""
    ws, who, found = on.ws, on.who, asked(on.ws)
    if not found:
        with on.head:
            blocks.title(more.NO_PROJECT(lang))
        blocks.sentences([(more.NO_PROJECT_ABOUT(lang), plain_address("projects", lang, do="new"))])
        return
    valid = sum(each.permission.allowed != "none" for each in found)
    sample = common.SAMPLE(lang) if any(each.project.sample for each in found) else None
    with on.head:
        blocks.title(more.TITLE.fill(n=valid, all=len(found))(lang), sample=sample)
    _to_do(found, lang)
    left, right = st.columns([1, 1], gap="large")
    with left:
        blocks.rows([_row(each, lang) for each in found], words.CONSENT(lang))
    with right:
        labels = {each.project.id: each.project.name(lang) for each in found}
        chosen = select("whose", labels, more.PROJECT(lang), 420)
        one = next(each for each in found if each.project.id == chosen)
        blocks.heading(more.RECORD(lang), one.permission.said(lang))
        draw_already_out(ws, one, lang)
        _form(ws, one, who, lang)
        claim = next((entry.claim for entry in on.entries if entry.project.id == chosen), None)
        draw_letter(ws, one, claim, who, lang)
        draw_history(ws, one, lang)
        draw_forgetting(ws, one.project, who, lang)


def _to_do(found: Sequence[Asked], lang: Lang) -> None:
    """Closed without a question, asked without an answer, about to end."""
    lines: list[tuple[str, str | None]] = []
    for each in found:
        said = _reminder(each)
        if said is not None:
            lines.append((said(lang), _address(each, lang)))
    if lines:
        blocks.callout(lines, more.TO_DO(lang))


def _reminder(each: Asked) -> Text | None:
    name = each.project.name
    if each.unasked:
        return more.UNASKED.fill(name=name)
    if each.silent is not None:
        return more.SILENT.fill(name=name, n=each.silent)
    if each.ends_in == 0:
        return more.ENDS_TODAY.fill(name=name)
    by = each.permission.by
    if each.ends_in is not None and by is not None and by.until is not None:
        return more.ENDS_IN.fill(name=name, n=each.ends_in, day=by.until)
    return None


def _address(each: Asked, lang: Lang) -> str:
    return plain_address("claims", lang, part="consent", whose=each.project.id)


def _row(each: Asked, lang: Lang) -> blocks.Row:
    allowed = each.permission.allowed
    return blocks.Row(
        label=each.project.name(lang),
        below=f"{each.project.customer} · {each.permission.said(lang)}",
        value=words.ALLOWED[allowed](lang),
        href=_address(each, lang),
        accent="bad" if allowed == "none" else "",
    )


def _form(ws: Workspace, one: Asked, who: str, lang: Lang) -> None:
    """The answer recorded last, to correct or to follow; or a first one."""
    last = one.consents[-1] if one.consents else None
    today = ws.now().date()
    key = f"consent_{one.project.id}_{last.id if last else 0}_{last.version if last else 0}"
    with st.form(key, border=False):
        first, second = st.columns(2, gap="medium")
        with first:
            standing = _choice(
                more.STANDING, STANDINGS, last.standing if last else "requested", f"{key}_s", lang
            )
            person = st.text_input(
                more.PERSON(lang), last.person if last else "", max_chars=200, key=f"{key}_p"
            )
            on = st.date_input(more.ON(lang), last.on if last else today, key=f"{key}_o", format="DD.MM.YYYY")
        with second:
            kind = _choice(more.KIND, KINDS, last.kind if last else "anonymous", f"{key}_k", lang)
            role = st.text_input(more.ROLE(lang), last.role if last else "", max_chars=200, key=f"{key}_r")
            until = st.date_input(
                more.UNTIL(lang), last.until if last else None, key=f"{key}_u", format="DD.MM.YYYY",
                min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 12, 31),
            )  # fmt: skip
        quote = st.text_area(
            more.QUOTE(lang), last.quote if last else "", max_chars=LONGEST, key=f"{key}_q", height=100
        )
        document = st.text_input(
            more.DOCUMENT(lang), last.document if last else "", max_chars=1000, key=f"{key}_d"
        )
        pictures = _pictures(last, key, lang)
        sent = st.form_submit_button(more.SAVE(lang), type="primary")
    if sent and named(who, lang):
        with faults_shown(lang):
            fields: dict[str, Any] = {
                "standing": standing, "kind": kind, "person": person.strip(), "role": role.strip(), "on": on,
                "until": until, "quote": quote.strip(), "document": document.strip(), **pictures,
            }  # fmt: skip
            _record(ws, one, last, fields, who)


def _pictures(last: Consent | None, key: str, lang: Lang) -> dict[str, bytes | None]:
    """Picture and logo: what is stored, a box that removes it, a new one. Only what is to be changed."""
    found: dict[str, bytes | None] = {}
    with st.container(key="wm_pictures"):
        for place, (name, label) in zip(st.columns(2, gap="medium"), PICTURES.items(), strict=True):
            with place:
                stored: bytes | None = getattr(last, name) if last else None
                if stored:
                    st.image(stored, caption=more.STORED[name](lang), width=150)
                    if st.checkbox(more.REMOVE[name](lang), key=f"{key}_no_{name}"):
                        found[name] = None
                new = st.file_uploader(
                    label(lang), ["png", "jpg", "jpeg"], key=f"{key}_{name}", max_upload_size=LARGEST
                )
                if new is not None:
                    found[name] = new.getvalue()
    blocks.note(more.PICTURE_NOTE(lang))
    return found


def _record(ws: Workspace, one: Asked, last: Consent | None, fields: dict[str, Any], who: str) -> None:
    """A request made anew is for today's text; an answer that stays withdrawn keeps its day."""
    if fields["until"] is not None and fields["until"] < fields["on"]:
        raise UsageFault(ENDS_FIRST)
    standing = fields["standing"]
    base: dict[str, Any] = {"project": one.project.id, "sample": one.project.sample}
    if last is not None:
        base = last.model_dump()
    if last is None or (standing == "requested" and last.standing != "requested"):
        base["text_version"] = text_version()
    if standing != "withdrawn" or (last is not None and last.standing != "withdrawn"):
        base["withdrawn_on"] = None
    wanted = Consent.model_validate({**base, **fields})
    done = record(ws, wanted, who)
    tell(more.RECORDED.fill(said=done.permission.said))
    st.rerun()


def _choice(label: Text, options: Mapping[Any, Text], now: str, key: str, lang: Lang) -> str:
    names = list(options)
    chosen: str = st.selectbox(
        label(lang), names, index=names.index(now), format_func=lambda name: options[name](lang), key=key
    )
    return chosen
