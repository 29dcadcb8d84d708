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
from proof.handouts import DEALS, FORMATS
from proof.uses import Recipient, recipients
from ui import blocks
from ui.actionform import tell
from ui.escaping import as_markdown
from ui.person import ask_name, named
from ui.session import faults_shown, working
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
_MADE, _FRESH, _COUNT, _SAID = "wm_made", "wm_made_fresh", "wm_made_count", "wm_said"
# The button stands in the page a moment after this: press it once it is there.
_DOWNLOAD = """<script>/* {fresh} */ (() => {{
  let turns = 0;
  const press = () => {{
    const button = document.querySelector('.st-key-wm_made_file button');
    if (button) button.click(); else if (turns++ < 50) setTimeout(press, 100);
  }};
  setTimeout(press, 200);
}})();</script>"""
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
    draw_files(lambda to, size: export(ws, [shown.claim.id], to, use, size=size), shown.claim.id, lang)
    if st.button(words.SENTENCE_TAKE(lang), key="claim_sentence"):
        with faults_shown(lang):
            st.session_state[_SAID] = (shown.claim.id, sentence(ws, shown.claim.id, use))
            st.rerun()
    of, said = st.session_state.get(_SAID, ("", ""))
    if of == shown.claim.id:
        st.code(said, language=None, wrap_lines=True)


def draw_together(ws: Workspace, ready: Sequence[Entry], who: str, lang: Lang) -> None:
    """Several proofs in one file, in the order they are chosen."""
    if len(ready) < 2:
        return
    blocks.heading(words.TOGETHER(lang), words.TOGETHER_SUB(lang))
    names = {each.claim.id: f"{each.project.name(lang)} ({each.claim.id})" for each in ready}
    chosen = st.multiselect(
        words.TOGETHER(lang), list(names), format_func=lambda claim: names[claim],
        key="claims_together", label_visibility="collapsed", placeholder=words.TOGETHER_CHOOSE(lang),
    )  # fmt: skip
    if len(chosen) < 2:
        return
    if not who:
        ask_name(ws, words.NAME_FIRST(lang), lang)
        return
    use = for_whom(who, lang)
    draw_files(
        lambda to, size: export(ws, chosen, to, use, size=size), "-".join(chosen), lang, SEVERAL
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
    make: Callable[[Format, Size], Exported], key: str, lang: Lang, kinds: tuple[Kind, ...] = KINDS
) -> None:
    """A button a format. The file is made in the run that follows the click, so that what was typed last is
    what is noted, a refusal is told, and the list of those who have it is right; then it downloads itself."""
    with st.container(horizontal=True, gap="small", key=f"wm_files_{key}"):
        asked = [
            (to, size) for name, to, size in kinds if st.button(LABELS[name](lang), key=f"take_{key}_{name}")
        ]
    for to, size in asked:
        with faults_shown(lang), working(lang):
            st.session_state[_MADE] = (key, make(to, size))
            st.session_state[_FRESH] = st.session_state.get(_COUNT, 0) + 1
            st.session_state[_COUNT] = st.session_state[_FRESH]
            st.rerun()
    of, made = st.session_state.get(_MADE, ("", None))
    if of != key or made is None:
        return
    st.download_button(
        as_markdown(words.SAVE_FILE.fill(name=made.name)(lang)), made.data, made.name, made.media,
        key="wm_made_file", on_click="ignore", type="tertiary",
    )  # fmt: skip
    fresh = st.session_state.pop(_FRESH, None)
    if fresh is not None:
        st.html(_DOWNLOAD.format(fresh=fresh), unsafe_allow_javascript=True)


def draw_uses(ws: Workspace, shown: Entry, who: str, lang: Lang) -> None:
    """To whom the proof went, and what came of each deal."""
    found = recipients(shown.handouts)
    if not found:
        return
    blocks.heading(words.USES(lang), words.USES_SUB(lang))
    for each in found:
        _use(ws, each, who, lang)


def _use(ws: Workspace, each: Recipient, who: str, lang: Lang) -> None:
    labels = {name: text(lang) for name, text in DEALS.items()}
    last = each.handouts[0]
    formats = dict.fromkeys(FORMATS[one.format](lang) for one in each.handouts)
    about = words.USE_LINE.fill(day=last.at.date(), formats=", ".join(formats), who=last.who)(lang)
    name = each.name or words.NO_RECIPIENT(lang)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"wm_use_{last.id}"):
        deal = st.selectbox(
            words.DEAL_OF.fill(name=name)(lang), list(labels), index=list(labels).index(each.deal), width=130,
            format_func=lambda name: labels[name], label_visibility="collapsed",
            key=f"deal_{last.id}_{sum(one.version for one in each.handouts)}",
        )  # fmt: skip
        st.markdown(as_markdown(f"{name} · {about}"))
    if deal != each.deal and named(who, lang):
        with faults_shown(lang):
            for one in each.handouts:
                if one.deal != deal:
                    settle(ws, one, deal, who)
            tell(words.SETTLED.fill(name=name, deal=DEALS[deal]))
            st.rerun()
