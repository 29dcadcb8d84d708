"""What one window of a respondent knows: whose sheet it is, which versions it saw, what became of an entry.

Nothing here is kept for good: answers live in the store, and a window loaded anew shows what is there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st

from checklists.scoring import Answer
from cockpit.answering import Own, answer, sheet
from cockpit.workspace import Workspace
from core.errors import WegmarkeError
from core.text import Text
from store.state.database import ChangedMeanwhile
from ui.words import answering as words

COOKIE = "wegmarke_einladung"
NO_LINK = "-"
"""What the cookie holds after a link whose token cannot be one."""

_TOKEN, _KNOWN, _NOTES = "wm_token", "wm_known", "wm_notes"


@dataclass(frozen=True, kw_only=True)
class Note:
    """What became of the last entry to a statement. `failed`: it is on the screen and not in the store."""

    kind: Literal["saved", "renewed", "failed"]
    text: Text
    lost: str = ""


def token() -> str | None:
    """Whose sheet this window shows. It stays, even where another link is opened beside it."""
    if _TOKEN not in st.session_state and (found := st.context.cookies.get(COOKIE)):
        st.session_state[_TOKEN] = found
    held: str | None = st.session_state.get(_TOKEN)
    return held


def renew(answers: dict[str, Own]) -> None:
    """At the start of a run: what the store holds. Where another window was faster, its answer is shown."""
    known = _known()
    for statement, own in answers.items():
        if statement in known and known[statement].version != own.version:
            _show(own)
            _notes()[statement] = Note(kind="renewed", text=words.RENEWED)
    st.session_state[_KNOWN] = dict(answers)


def own_of(statement: str) -> Own:
    """The answer as this window knows it."""
    return _known().get(statement) or Own(statement=statement)


def answered(statements: tuple[str, ...]) -> int:
    """How many of these have an answer."""
    return sum(own_of(statement).answer is not None for statement in statements)


def note_of(statement: str) -> Note | None:
    return _notes().get(statement)


def prepare(statement: str) -> None:
    """Before its widgets are drawn: they show what is known, unless they are on the screen already."""
    if key(statement, "answer") not in st.session_state:
        _show(own_of(statement))


def key(statement: str, part: str) -> str:
    """The key of a widget."""
    return f"wm_q_{part}_{statement}"


def save(ws: Workspace, statement: str) -> None:
    """Keeps what the widgets say. Whatever happens is said beside the statement; nothing is overwritten."""
    known, entered = own_of(statement), _entered(statement)
    if entered == known:
        return
    note: Note
    try:
        kept = answer(ws, st.session_state[_TOKEN], entered)
    except ChangedMeanwhile:
        newer = sheet(ws, st.session_state[_TOKEN]).seat.answers
        st.session_state[_KNOWN] = {**_known(), statement: newer.get(statement) or Own(statement=statement)}
        _show(own_of(statement))
        note = Note(kind="renewed", text=words.CHANGED, lost=_written_anew(known, entered))
    except WegmarkeError as fault:
        note = Note(kind="failed", text=words.NOT_SAVED.fill(reason=fault.text))
    else:
        st.session_state[_KNOWN] = {**_known(), statement: kept}
        note = Note(kind="saved", text=words.SAVED.fill(time=f"{ws.now():%H:%M}"))
    _notes()[statement] = note


def as_option(given: Answer | None) -> str | None:
    """An answer as a widget's option; floats as they are written."""
    return given if given is None or isinstance(given, str) else str(float(given))


def _as_answer(option: str | None) -> Answer | None:
    match option:
        case None | "not_applicable" | "dont_know" as said:
            return said
        case number:
            return float(number)


def _entered(statement: str) -> Own:
    """What the widgets say, on top of the version that the window knows."""
    state: Any = st.session_state
    known = own_of(statement)
    return replace(
        known,
        answer=_as_answer(state.get(key(statement, "answer"))),
        confidence=state.get(key(statement, "confidence")),
        evidence_for=(state.get(key(statement, "for")) or "").strip(),
        evidence_against=(state.get(key(statement, "against")) or "").strip(),
        link=(state.get(key(statement, "link")) or "").strip(),
        may_be_shown=bool(state.get(key(statement, "shown"))),
    )


def _show(own: Own) -> None:
    state = st.session_state
    state[key(own.statement, "answer")] = as_option(own.answer)
    state[key(own.statement, "confidence")] = own.confidence
    state[key(own.statement, "for")] = own.evidence_for
    state[key(own.statement, "against")] = own.evidence_against
    state[key(own.statement, "link")] = own.link
    state[key(own.statement, "shown")] = own.may_be_shown


def _written_anew(known: Own, entered: Own) -> str:
    """Text that the person typed and that was not kept, so that it can be copied."""
    pairs = (
        (known.evidence_for, entered.evidence_for),
        (known.evidence_against, entered.evidence_against),
        (known.link, entered.link),
    )
    return " / ".join(new for old, new in pairs if new and new != old)


def _known() -> dict[str, Own]:
    known: dict[str, Own] = st.session_state.setdefault(_KNOWN, {})
    return known


def _notes() -> dict[str, Note]:
    notes: dict[str, Note] = st.session_state.setdefault(_NOTES, {})
    return notes
