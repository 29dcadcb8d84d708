"""Taking a proof away: as a file or a sentence, noted for whom; and what came of every use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from cockpit.claims import Entry
from cockpit.exporting import Exported, Use, export, preview, sentence
from cockpit.handedout import settle
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang
from exports.pictures import Size
from exports.sealing import Format
from proof.handouts import DEALS, FORMATS, Handout
from ui import blocks
from ui.actionform import tell
from ui.escaping import as_markdown
from ui.person import ask_name, named
from ui.session import faults_shown
from ui.words import claims as words

Kind = tuple[str, Format, Size]
KINDS: tuple[Kind, ...] = (
    ("pptx", "pptx", "slide"),
    ("pdf", "pdf", "slide"),
    ("png", "png", "slide"),
    ("social", "png", "square"),
    ("xlsx", "xlsx", "slide"),
)
SEVERAL: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind[1] != "png")
LABELS = {
    "pptx": words.PPTX, "pdf": words.PDF, "png": words.PNG_SLIDE, "social": words.PNG_SOCIAL,
    "xlsx": words.XLSX,
}  # fmt: skip


def draw_take(ws: Workspace, shown: Entry, who: str, lang: Lang) -> None:
    """The buttons, or why nothing may leave."""
    try:
        preview(shown, lang)
    except UsageFault as fault:
        blocks.heading(words.NOT_OUT(lang), fault.text(lang))
        return
    blocks.heading(words.TAKE(lang), words.TAKE_SUB(lang))
    if not who:
        ask_name(ws, words.NAME_FIRST(lang), lang)
        return
    use = for_whom(who, lang)
    draw_files(
        lambda to, size: export(ws, [shown.claim.id], to, use, size=size), shown.claim.id, use.lang, lang
    )
    if st.button(words.SENTENCE_TAKE(lang), key="claim_sentence"):
        with faults_shown(lang):
            st.code(sentence(ws, shown.claim.id, use), language=None, wrap_lines=True)


def draw_together(ws: Workspace, ready: Sequence[Entry], who: str, lang: Lang) -> None:
    """Several proofs in one file, in the order they are chosen."""
    if len(ready) < 2:
        return
    blocks.heading(words.TOGETHER(lang), words.TOGETHER_SUB(lang))
    names = {each.claim.id: f"{each.project.name(lang)} ({each.claim.id})" for each in ready}
    chosen = st.multiselect(
        words.TOGETHER(lang), list(names), format_func=lambda claim: as_markdown(names[claim]),
        key="claims_together", label_visibility="collapsed", placeholder=words.TOGETHER_CHOOSE(lang),
    )  # fmt: skip
    if len(chosen) < 2:
        return
    if not who:
        ask_name(ws, words.NAME_FIRST(lang), lang)
        return
    use = for_whom(who, lang)
    draw_files(
        lambda to, size: export(ws, chosen, to, use, size=size), f"{chosen[0]}-{len(chosen)}", use.lang, lang,
        SEVERAL,
    )  # fmt: skip


def for_whom(who: str, lang: Lang) -> Use:
    """Who takes it, in which language the file speaks, and the prospect or deal it is for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="wm_claim_for"):
        recipient = st.text_input(words.RECIPIENT(lang), key="claim_recipient", max_chars=300, width=320)
        labels = {name: text(lang) for name, text in words.LANGUAGES.items()}
        file_lang = st.segmented_control(
            words.LANGUAGE(lang), list(labels), default=lang, format_func=lambda name: labels[name],
            key="claim_lang", required=True,
        )  # fmt: skip
    return Use(person=who, lang=cast("Lang", file_lang or lang), recipient=recipient)


def draw_files(
    make: Callable[[Format, Size], Exported],
    key: str,
    file_lang: Lang,
    lang: Lang,
    kinds: tuple[Kind, ...] = KINDS,
) -> None:
    """A download button a format; the file is made, and noted, when it is asked for."""
    with st.container(horizontal=True, gap="small", key=f"wm_files_{key}"):
        for name, to, size in kinds:
            st.download_button(
                LABELS[name](lang), data=_bytes(make, to, size), file_name=f"wegmarke-{key}-{file_lang}.{to}",
                key=f"take_{key}_{name}", on_click="ignore", mime="application/octet-stream",
            )  # fmt: skip


def _bytes(make: Callable[[Format, Size], Exported], to: Format, size: Size) -> Callable[[], bytes]:
    return lambda: make(to, size).data


def draw_uses(ws: Workspace, shown: Entry, who: str, lang: Lang) -> None:
    """Where the proof went, and for each what came of it."""
    if not shown.handouts:
        return
    blocks.heading(words.USES(lang))
    for each in shown.handouts:
        _use(ws, each, who, lang)


def _use(ws: Workspace, each: Handout, who: str, lang: Lang) -> None:
    labels = {name: text(lang) for name, text in DEALS.items()}
    about = words.USE_LINE.fill(day=each.at.date(), format=FORMATS[each.format], who=each.who)(lang)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"wm_use_{each.id}"):
        deal = st.selectbox(
            words.DEAL(lang), list(labels), index=list(labels).index(each.deal), width=130,
            format_func=lambda name: labels[name], key=f"deal_{each.id}_{each.version}",
            label_visibility="collapsed",
        )  # fmt: skip
        st.markdown(as_markdown(f"{each.recipient or words.NO_RECIPIENT(lang)} · {about}"))
    if deal != each.deal and named(who, lang):
        with faults_shown(lang):
            settle(ws, each, deal, who)
            tell(words.SETTLED)
            st.rerun()
