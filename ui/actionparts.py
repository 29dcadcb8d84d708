"""The frame of the page of actions: its title, who acts, which part is shown, and what a tap does."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from actions import wording
from actions.model import Action, Changes
from cockpit.actions import Listing, change, hold_jour_fixe, last_jour_fixe, listed, next_jour_fixe, sinces
from cockpit.workspace import Workspace
from core.errors import WegmarkeError
from core.text import Lang, Text
from ui import blocks
from ui.actionform import tell
from ui.actionwords import Names
from ui.address import say_unknown, write
from ui.choices import buttons
from ui.empty import offer_sample
from ui.escaping import as_markdown
from ui.jourfixe import draw_jour_fixe
from ui.links import PageId, plain_address
from ui.person import named, person
from ui.session import remembered
from ui.words import actions as words
from ui.words import common

_FAULT = "wm_action_fault"
_CHOSEN = "action"


def chosen_action(ws: Workspace) -> int | None:
    """The action that the URL names, if there is one of that number. Nothing else remembers the choice."""
    said = st.query_params.get(_CHOSEN, "")
    if said not in {str(one.id) for one in listed(ws).actions}:
        return None
    write(_CHOSEN, [said])
    return int(said)


def draw_title(found: Listing, lang: Lang) -> None:
    """How many are overdue and what falls due next; how many wait, how many nobody has."""
    counts = found.counts
    chips = []
    if counts.waiting:
        chips.append(words.CHIP_WAITING.fill(n=counts.waiting)(lang))
    if counts.unowned:
        chips.append(words.CHIP_UNOWNED.fill(n=counts.unowned)(lang))
    if counts.all > counts.running:
        chips.append(words.CLOSED.fill(n=counts.all - counts.running)(lang))
    sample = words.SAMPLE(lang) if any(one.sample for one in found.actions) else None
    meta = words.AS_OF.fill(day=found.today)(lang) if counts.all else ""
    blocks.title(wording.actions_title(counts, found.today)(lang), chips, sample=sample, meta=meta)


def who_and_part(ws: Workspace, lang: Lang, *, parts: bool = True) -> tuple[str, str]:
    """Which part of the page is shown, and who acts."""
    part = "list"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_action_bar"):
        if parts:
            labels = {name: text(lang) for name, text in words.PARTS.items()}
            part = buttons("part", labels, words.VIEW(lang), wrap=True)
        who = person(ws, lang)
    say_unknown(lang)
    fault: Text | None = st.session_state.pop(_FAULT, None)
    if fault is not None:
        st.error(as_markdown(fault(lang)))
    return part, who


def draw_none(ws: Workspace, lang: Lang) -> None:
    """Where actions come from, each with the way there; the sample where there is no data either."""
    ways: dict[PageId, dict[str, str]] = {
        "maturity": {"part": "plan"}, "funnel": {"part": "funnel"}, "actions": {"part": "new"},
    }  # fmt: skip
    with st.container(width=780):
        blocks.prose(words.NONE_ABOUT(lang))
        blocks.sentences(
            [(words.NONE_WAYS[page](lang), plain_address(page, lang, **more)) for page, more in ways.items()]
        )
        if ws.warehouse.head() is None:
            blocks.prose(common.EMPTY_SAMPLE_ABOUT(lang))
            offer_sample(ws, lang)


def draw_jour_fixe_of(ws: Workspace, names: Names, who: str, lang: Lang) -> None:
    """The jour fixe with its figures; at its end a button says that it was held."""
    shown = next_jour_fixe(ws)
    told = [*shown.overdue, *shown.due, *shown.waiting, *shown.done]
    key = tuple((one.id, one.version) for one in told)
    since = remembered(ws, "sinces", key, lambda: sinces(ws, told))
    draw_jour_fixe(
        shown, since, names=names, today=ws.now().date(), last=last_jour_fixe(ws),
        change=_change(ws, who), lang=lang,
    )  # fmt: skip
    blocks.rule()
    if st.button(words.JF_HOLD(lang), help=words.JF_HOLD_ABOUT(lang), key="wm_jf_hold") and named(who, lang):
        hold_jour_fixe(ws, who)
        tell(words.JF_HELD)
        st.rerun()


def draw_action_foot(lang: Lang, **here: str) -> None:
    """A link that reproduces what is shown."""
    blocks.foot([(common.LINK_HERE(lang), plain_address("actions", lang, **here))])


def take(ws: Workspace, who: str) -> Callable[[Action], None]:
    """What the button beside an action without an owner does."""
    do = _change(ws, who)
    return lambda one: do(one, {"owner": who})


def _change(ws: Workspace, who: str) -> Callable[[Action, Changes], None]:
    """A change at one tap, against the version that was shown; what is to be said is kept for the run."""

    def do(one: Action, changes: Changes) -> None:
        if not who:
            st.session_state[_FAULT] = words.PERSON_NEEDED
            return
        try:
            change(ws, one.id, one.version, changes, who)
        except WegmarkeError as fault:
            st.session_state[_FAULT] = fault.text

    return do
