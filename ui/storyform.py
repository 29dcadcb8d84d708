"""The text of a case study in its fields. What somebody has typed stays, whatever others save meanwhile, on
whatever page they look in between; leaving the page altogether asks first."""

from __future__ import annotations

import streamlit as st

from cockpit.stories import FIELDS, Telling, telling, write
from cockpit.workspace import Workspace
from core.text import Lang
from proof.handouts import Story
from ui import blocks
from ui.actionform import tell
from ui.person import named
from ui.session import faults_shown
from ui.words import stories as words

_BASE = "wm_story_base"  # the text that somebody's changes go against, by project and language
LABELS = {
    "title": words.HEADLINE, "situation": words.SITUATION, "approach": words.APPROACH,
    "result": words.RESULT,
}  # fmt: skip
HEIGHT = 190

# Asks before the window goes elsewhere while something is typed that nobody has kept; within the app the
# text stays in the session.
_GUARD = """<script>/* {state} */
window.wmStory = {unsaved};
document.querySelector('.st-key-wm_story_fields')?.addEventListener(
  'input', () => {{ window.wmStory = true; }});
window.onbeforeunload = (leaving) => {{
  if (window.wmStory && document.querySelector('.st-key-wm_story_fields')) leaving.preventDefault();
}};</script>"""


def typed_story(ws: Workspace, project: str, lang: Lang) -> tuple[Telling, Story]:
    """What the fields hold now and how it reads; beside it what is kept. A text that nobody has touched
    follows what others save."""
    kept = telling(ws, project, lang).written
    bases: dict[tuple[str, Lang], Story] = st.session_state.setdefault(_BASE, {})
    base = bases.setdefault((project, lang), kept)
    keys = {field: _key(project, lang, field) for field in FIELDS}
    untouched = all(
        st.session_state.get(key, getattr(base, field)) == getattr(base, field) for field, key in keys.items()
    )
    if untouched:
        bases[project, lang] = kept
        for field, key in keys.items():
            st.session_state[key] = getattr(kept, field)
    typed = bases[project, lang].model_copy(
        update={field: st.session_state[key] for field, key in keys.items()}
    )
    return telling(ws, project, lang, typed), kept


def draw_fields(ws: Workspace, now: Telling, kept: Story, who: str, lang: Lang) -> None:
    """The fields, what may be put in brackets, saving, and what to do where somebody else saved first."""
    typed = now.written
    unsaved = is_unsaved(typed, kept)
    blocks.heading(words.EDIT(lang), words.EDIT_SUB(lang))
    with st.container(key="wm_story_fields"):
        _field(typed, "title", lang)
        columns = st.columns(3, gap="medium")
        for column, field in zip(columns, FIELDS[1:], strict=True):
            with column:
                _field(typed, field, lang)
    if now.loose:
        blocks.outcome(words.LOOSE.fill(numbers=" · ".join(now.loose))(lang), "bad")
    if unsaved:
        blocks.note(words.UNSAVED(lang))
    if typed.version != kept.version:
        _meanwhile(ws, typed, kept, who, lang)
    elif st.button(words.SAVE(lang), type="primary", key="story_save") and named(who, lang):
        _save(ws, typed, who, lang)
    with st.expander(words.MARKS(lang)):
        blocks.sentences([(f"{mark}: {said}", None) for mark, said in now.marks])
    state = f"{typed.project} {lang} {typed.version}"
    st.html(_GUARD.format(state=state, unsaved="true" if unsaved else "false"), unsafe_allow_javascript=True)


def is_unsaved(typed: Story, kept: Story) -> bool:
    return any(getattr(typed, field) != getattr(kept, field) for field in FIELDS)


def _field(typed: Story, field: str, lang: Lang) -> None:
    label, key = LABELS[field](lang), _key(typed.project, lang, field)
    if field == "title":
        st.text_input(label, key=key, max_chars=300, persist_state="session")
    else:
        st.text_area(label, key=key, max_chars=5000, height=HEIGHT, persist_state="session")


def _key(project: str, lang: Lang, field: str) -> str:
    return f"story_{project}_{lang}_{field}"


def _save(ws: Workspace, typed: Story, who: str, lang: Lang) -> None:
    with faults_shown(lang):
        st.session_state[_BASE][typed.project, lang] = write(ws, typed, who)
        tell(words.SAVED)
        st.rerun()


def _meanwhile(ws: Workspace, typed: Story, kept: Story, who: str, lang: Lang) -> None:
    """Somebody else saved since: their text over this one, or this one over theirs."""
    st.warning(words.MEANWHILE.fill(person=kept.edited_by, at=kept.edited_at)(lang))
    with st.container(horizontal=True, gap="small", key="wm_story_deeds"):
        mine = st.button(words.KEEP_MINE(lang), key="story_mine")
        st.button(words.TAKE_THEIRS(lang), key="story_theirs", on_click=_take_over, args=(kept, lang))
    if mine and named(who, lang):
        _save(ws, typed.model_copy(update={"version": kept.version}), who, lang)


def _take_over(kept: Story, lang: Lang) -> None:
    st.session_state[_BASE][kept.project, lang] = kept
    for field in FIELDS:
        st.session_state[_key(kept.project, lang, field)] = getattr(kept, field)
