"""The way through a questionnaire: which screen is shown, how far one is, back and on."""

from __future__ import annotations

import html

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from checklists.model import Dimension
from cockpit.answering import Sheet
from core.text import Lang
from ui.address import fill_one, write
from ui.answers import answered
from ui.escaping import as_markdown
from ui.words import answering as words

START, REVIEW = "_start", "_review"  # no dimension's id begins like this
_PART, _GOAL, _TURN = "part", "wm_goal", "wm_turn"


def ids(dimension: Dimension) -> tuple[str, ...]:
    return tuple(statement.id for statement in dimension.statements)


def part_of(sheet: Sheet) -> str:
    """The screen to show: what the address or a button asks for, else where the person stopped."""
    order = _order(sheet)
    fill_one(_PART, order, _first(sheet))
    part = str(st.session_state[_PART])
    write(_PART, [part])
    return part


def _order(sheet: Sheet) -> list[str]:
    return [START, *(dimension.id for dimension in sheet.dimensions), REVIEW]


def _first(sheet: Sheet) -> str:
    return START if not any(own.answer is not None for own in sheet.seat.answers.values()) else resume(sheet)


def resume(sheet: Sheet) -> str:
    """The first screen that still lacks an answer."""
    lacking = (one.id for one in sheet.dimensions if answered(ids(one)) < len(one.statements))
    return next(lacking, REVIEW)


def go(part: str, statement: str = "") -> None:
    """A button's callback: shows a screen, and of it the statement that is asked for."""
    st.session_state[_PART] = part
    st.session_state[_GOAL] = statement


def draw_progress(sheet: Sheet, here: Dimension | None, place: DeltaGenerator, lang: Lang) -> None:
    """How much is answered, of all and of each dimension, drawn into its place at the top."""
    done = {one.id: answered(ids(one)) for one in sheet.dimensions}
    said = words.PROGRESS.fill(done=sum(done.values()), all=sheet.statements)(lang)
    if here is not None:
        said += " · " + words.PROGRESS_HERE.fill(done=done[here.id], all=len(here.statements))(lang)
    steps = "".join(
        f'<i class="{"wm-strip-here" if here and one.id == here.id else ""}">'
        f'<b style="width:{done[one.id] / len(one.statements):.0%}"></b></i>'
        for one in sheet.dimensions
    )
    place.html(
        f'<div class="wm-answered" role="progressbar" aria-label="{html.escape(words.PROGRESS_NAME(lang))}" '
        f'aria-valuemin="0" aria-valuemax="{sheet.statements}" aria-valuenow="{sum(done.values())}" '
        f'aria-valuetext="{html.escape(said)}"><span class="wm-strip">{steps}</span>'
        f"<span>{html.escape(said)}</span></div>"
    )


def draw_steps(sheet: Sheet, part: str, lang: Lang) -> None:
    """Back and on, at the end of a screen."""
    order, names = _order(sheet), {one.id: one.name for one in sheet.dimensions}
    place = order.index(part)
    following = order[place + 1] if place + 1 < len(order) else None
    back, on = st.columns(2)
    with back:
        st.button(words.BACK(lang), key="wm_back", on_click=go, args=(order[place - 1],), width="stretch")
    with on:
        if following is not None:
            label = words.TO_REVIEW if following == REVIEW else words.NEXT.fill(name=names[following])
            st.button(
                as_markdown(label(lang)), key="wm_next", type="primary", on_click=go, args=(following,),
                width="stretch",
            )  # fmt: skip
    if following not in (None, REVIEW):
        st.button(words.TO_REVIEW(lang), key="wm_review", type="tertiary", on_click=go, args=(REVIEW,))


def arrive() -> None:
    """On a new screen the keyboard stands at its title, or in the statement that a button led to."""
    goal = st.session_state.pop(_GOAL, None)
    if goal is None:
        return
    # What stands in the script is a class made of letters, digits, dashes and underscores.
    target = f".st-key-wm_q_box_{_css(goal)} input" if goal else "h1.wm-title"
    turn = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # the same script runs only once
    # The screen is drawn piece by piece: asked again until the keyboard has stayed where it should be.
    st.html(
        f"<script>/* {turn} */ (() => {{ let tries = 0, stayed = 0; const timer = setInterval(() => {{ "
        f"const at = document.querySelector('{target}'); if (at) {{ "
        "if (at.tagName === 'H1') at.tabIndex = -1; at.focus({preventScroll: true}); "
        "(at.closest('[class*=wm_q_box_]') ?? document.querySelector('.wm-answered') ?? at)"
        ".scrollIntoView({block: 'start'}); if (document.activeElement === at) stayed += 1; } "
        "if (stayed > 2 || ++tries > 25) clearInterval(timer); }, 60); })();</script>",
        unsafe_allow_javascript=True,
    )


def _css(statement: str) -> str:
    """A statement's id as Streamlit writes it into a class."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in statement)
