"""The screens around the questions: what it is and who sees what, the review with the submission, the end."""

from __future__ import annotations

import streamlit as st

from cockpit.answering import Sheet, submit
from cockpit.workspace import Workspace
from core.errors import WegmarkeError
from core.text import Lang
from store.state.round import Round
from ui import blocks
from ui.answercourse import REVIEW, START, go, ids, resume
from ui.answers import answered, own_of, token
from ui.escaping import as_markdown
from ui.words import answering as words

_REFUSED = "wm_submit_refused"
_STATEMENTS_A_MINUTE = 4


def draw_closed_door(lang: Lang, *, wrong: bool) -> None:
    """Nobody's sheet: there is no link yet, or one that is not valid."""
    blocks.title((words.WRONG_LINK_TITLE if wrong else words.NO_LINK_TITLE)(lang))
    blocks.prose((words.WRONG_LINK if wrong else words.NO_LINK)(lang))


def draw_over(sheet: Sheet, lang: Lang) -> None:
    """The round is closed: what is kept, and that nothing can be added."""
    blocks.title(words.CLOSED_TITLE(lang), chips(sheet, lang))
    blocks.prose(words.CLOSED(lang))
    blocks.prose(words.CLOSED_NEXT(lang))
    _who_sees_what(sheet.seat.round, lang)


def chips(sheet: Sheet, lang: Lang) -> list[str]:
    """Whose sheet it is, of which team, until when."""
    seat = sheet.seat
    who = words.FOR_YOU.fill(person=seat.person, role=seat.role)(lang) if seat.role else seat.person
    return [who, seat.round.team, words.UNTIL.fill(day=seat.round.closes_on)(lang)]


def draw_start(sheet: Sheet, lang: Lang) -> None:
    """What it is about, how to answer, who sees what."""
    round_ = sheet.seat.round
    minutes = max(1, round(sheet.statements / _STATEMENTS_A_MINUTE))
    blocks.title(
        words.START_TITLE.fill(name=round_.checklist.name, team=round_.team)(lang),
        chips(sheet, lang),
        meta=words.MINUTES.fill(n=sheet.statements, minutes=minutes)(lang),
    )
    blocks.prose(round_.checklist.about(lang))
    blocks.heading(words.HOW_TITLE(lang))
    blocks.sentences([(line.fill(day=round_.closes_on)(lang), None) for line in words.HOW])
    _who_sees_what(round_, lang)
    begun = any(own.answer is not None for own in sheet.seat.answers.values())
    st.button(
        (words.RESUME if begun else words.BEGIN)(lang),
        key="wm_begin",
        type="primary",
        on_click=go,
        args=(resume(sheet),),
    )


def _who_sees_what(round_: Round, lang: Lang) -> None:
    after = words.WHO_OPEN if round_.open else words.WHO_AFTER.fill(n=round_.minimum)
    lines = (words.WHO_BEFORE, after, words.WHO_TEXTS, words.WHO_TRAIL, words.WHO_HOLDS)
    blocks.heading(words.WHO_TITLE(lang))
    blocks.sentences([(line(lang), None) for line in lines])


def draw_review(ws: Workspace, sheet: Sheet, lang: Lang) -> None:
    """What is answered of each dimension, what is still open, and the submission."""
    round_, submitted = sheet.seat.round, sheet.seat.submitted_at
    open_ones = sheet.statements - sum(answered(ids(one)) for one in sheet.dimensions)
    if submitted:
        blocks.title(words.SUBMITTED_TITLE(lang), chips(sheet, lang))
        blocks.prose(words.SUBMITTED.fill(moment=submitted, day=round_.closes_on)(lang))
    else:
        several = words.REVIEW_TITLE_OPEN.fill(n=open_ones)
        found = {0: words.REVIEW_TITLE, 1: words.REVIEW_TITLE_OPEN_ONE}.get(open_ones, several)
        blocks.title(found(lang), chips(sheet, lang))
    if open_ones:
        blocks.prose(words.REVIEW_ABOUT(lang))
    for dimension in sheet.dimensions:
        done = answered(ids(dimension))
        label = f"{dimension.name(lang)} · {words.OF.fill(done=done, all=len(dimension.statements))(lang)}"
        with st.container(key=f"wm_part_{dimension.id}", gap="xxsmall"):
            st.button(
                as_markdown(("✓ " if done == len(dimension.statements) else "○ ") + label),
                key=f"wm_to_{dimension.id}", type="tertiary", on_click=go, args=(dimension.id,),
            )  # fmt: skip
            for statement in dimension.statements:
                if own_of(statement.id).answer is None and done:
                    st.button(
                        as_markdown(words.GO_TO_OPEN.fill(statement=statement.statement)(lang)),
                        key=f"wm_open_{statement.id}", type="tertiary", on_click=go,
                        args=(dimension.id, statement.id),
                    )  # fmt: skip
    st.button(
        (words.SUBMIT_AGAIN if submitted else words.SUBMIT)(lang),
        key="wm_submit",
        type="secondary" if submitted else "primary",
        on_click=_submit,
        args=(ws,),
    )
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(as_markdown(refused(lang)))
    st.button(words.TO_START(lang), key="wm_start", type="tertiary", on_click=go, args=(START,))


def _submit(ws: Workspace) -> None:
    try:
        submit(ws, token() or "")
    except WegmarkeError as fault:
        st.session_state[_REFUSED] = fault.text
    else:
        go(REVIEW)
