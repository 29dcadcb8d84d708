"""The jour fixe: what is due, a tap to change its status, what its KPI did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from actions import wording
from actions.effect import Since
from actions.listing import AHEAD_DAYS, JourFixe
from actions.model import Action, Changes, Status
from core.text import Lang, Text
from ui import blocks
from ui.actiondetail import since_line
from ui.actionlist import status_mark
from ui.actionwords import SEPARATOR, Names, action_address
from ui.blocks import esc, linked
from ui.words import actions as words

TAPPED: tuple[Status, ...] = ("open", "in_progress", "waiting", "done")
Change = Callable[[Action, Changes], None]


def draw_jour_fixe(
    shown: JourFixe,
    since: Mapping[int, Since],
    *,
    names: Names,
    today: dt.date,
    last: dt.datetime | None,
    change: Change,
    lang: Lang,
) -> None:
    """Overdue, due, waiting, done since the last time; each action with its switch."""
    held = words.JF_LAST.fill(at=last) if last else words.JF_NEVER
    blocks.note(f"{held(lang)} {words.JF_TAP(lang)}")
    day = today + dt.timedelta(days=AHEAD_DAYS)
    parts: dict[str, Sequence[Action]] = {
        "overdue": shown.overdue, "due": shown.due, "waiting": shown.waiting, "done": shown.done,
    }  # fmt: skip
    if not any(parts.values()):
        blocks.note(words.JF_NOTHING.fill(n=AHEAD_DAYS)(lang))
    for part, members in parts.items():
        if not members:
            continue
        blocks.heading(words.JF_PARTS[part].fill(n=len(members), day=day)(lang))
        for one in members:
            _draw_one(one, since.get(one.id), names=names, today=today, change=change, lang=lang)


def _draw_one(
    one: Action, since: Since | None, *, names: Names, today: dt.date, change: Change, lang: Lang
) -> None:
    key = f"jf_{one.id}_{one.version}"

    def tapped() -> None:
        status: Status | None = st.session_state.get(key)
        if status is not None:
            change(one, {"status": status})

    with st.container(key=f"wm_jf_{one.id}"):
        left, right = st.columns([1.5, 1], gap="medium", vertical_alignment="center")
        with left:
            st.html(_words(one, since, names, today, lang))
        with right:
            offered = TAPPED if one.status in TAPPED else (*TAPPED, one.status)
            st.segmented_control(
                words.JF_STATUS_OF.fill(n=str(one.id))(lang), offered, default=one.status, key=key,
                format_func=lambda status: wording.STATUSES[status](lang), on_change=tapped,
                label_visibility="collapsed",
            )  # fmt: skip


def _words(one: Action, since: Since | None, names: Names, today: dt.date, lang: Lang) -> str:
    day, said = wording.due_words(one, today)
    line = [wording.owner(one)(lang), day(lang)]
    small = esc(SEPARATOR.join(line))
    if said is not None:
        tone = "wm-bad" if one.overdue(today) else "wm-strong"
        small += f'{SEPARATOR}<span class="{tone}">{esc(said(lang))}</span>'
    moved: Text | None = since_line(since, names)
    kpi = f'<br><span class="wm-small">{esc(moved(lang))}</span>' if moved else ""
    return (
        f'<div class="wm-jf">{linked(one.title(lang), action_address(one, lang))} '
        f"{'' if one.running else status_mark(one.status, lang)}<br>"
        f'<span class="wm-small">{small}</span>{kpi}</div>'
    )
