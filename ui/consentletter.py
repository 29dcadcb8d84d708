"""The letter that asks a customer for consent, ready to copy."""

from __future__ import annotations

import datetime as dt
from typing import cast

import streamlit as st

from cockpit.consents import Asked, letter
from cockpit.workspace import Workspace
from core.text import Lang
from proof.claim import Claim
from proof.consent import KINDS
from proof.requesting import Sender, asked_until, text_version
from ui import blocks
from ui.words import claims as words
from ui.words import consents as more


def draw_letter(ws: Workspace, one: Asked, claim: Claim | None, who: str, lang: Lang) -> None:
    """Whom it is addressed to, what it asks for and until when; below it the text."""
    version = more.TEXT_VERSION.fill(version=text_version())(lang)
    blocks.heading(more.LETTER(lang), f"{more.LETTER_SUB(lang)} · {version}")
    if claim is None:
        blocks.note(more.LETTER_NO_CLAIM(lang))
        return
    last = one.consents[-1] if one.consents else None
    kinds = list(KINDS)
    first, second = st.columns(2, gap="medium")
    with first:
        person = st.text_input(more.LETTER_TO(lang), key=f"letter_{one.project.id}", max_chars=200)
        company = st.text_input(
            more.LETTER_COMPANY(lang), ws.settings.company, key="letter_company", max_chars=200
        )
        contact = st.text_input(more.LETTER_CONTACT(lang), key="letter_contact", max_chars=200)
    with second:
        kind = st.selectbox(
            more.LETTER_KIND(lang), kinds, index=kinds.index(last.kind if last else "named"),
            format_func=lambda name: KINDS[name](lang), key=f"letter_kind_{one.project.id}",
        )  # fmt: skip
        until = st.date_input(
            more.LETTER_UNTIL(lang), asked_until(ws.now().date()), key="letter_until", format="DD.MM.YYYY",
            min_value=ws.now().date(), max_value=dt.date(2100, 12, 31),
        )  # fmt: skip
        labels = {name: text(lang) for name, text in words.LANGUAGES.items()}
        written = st.segmented_control(
            more.LETTER_LANG(lang), list(labels), default=lang, format_func=lambda name: labels[name],
            key="letter_lang", required=True,
        )  # fmt: skip
    sender = Sender(person=who or "…", company=company.strip() or "…", contact=contact, until=until)
    chosen = cast("Lang", written or lang)
    text = letter(one, claim, kind, chosen, sender, person=person.strip())
    st.code(text, language=None, wrap_lines=True)
