"""The list of actions: filters, groups by when they are due, and the table to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from actions import wording
from actions.listing import AHEAD_DAYS, Wanted
from actions.model import ORIGINS, STATUSES, Action, Origin, Status
from cockpit.actions import Listing
from core.text import Lang, Text
from ui import blocks
from ui.actionwords import SEPARATOR, Names, about, action_address
from ui.blocks import below, esc, linked
from ui.choices import select
from ui.downloads import downloads
from ui.escaping import as_markdown
from ui.words import actions as words

NOBODY = "-"  # how the URL says that an action has no owner, or no phase
MOST_TO_TAKE = 5


def choose_actions(found: Listing, names: Names, lang: Lang) -> Wanted:
    """Which actions are looked at: what is running by default. The choices stand in the URL."""
    shown = {name: text(lang) for name, text in words.SHOWN.items()}
    shown |= {status: wording.STATUSES[status](lang) for status in STATUSES}
    people = {"": words.ALL(lang)} | {name: name for name in found.owners} | {NOBODY: wording.NOBODY(lang)}
    phases = {"": words.ALL(lang)} | {name: text(lang) for name, text in names.phases.items()}
    origins = {"": words.ALL(lang)} | {name: wording.ORIGINS[name](lang) for name in ORIGINS}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_filters"):
        show = select("show", _labelled(shown, words.F_STATUS, lang), words.SHOW(lang), 220)
        who = select("owner", _filled(people, words.OWNER_IS, lang), words.F_OWNER(lang), 240)
        phase = select("at", _filled(phases, words.PHASE_IS, lang), words.F_PHASE(lang), 220)
        origin = select("from", _filled(origins, words.ORIGIN_IS, lang), words.SHOW(lang), 230)
    statuses: tuple[Status, ...] = tuple(one for one in STATUSES if one == show)
    wanted_origins: tuple[Origin, ...] = tuple(one for one in ORIGINS if one == origin)
    return Wanted(
        owners=() if not who else ("" if who == NOBODY else who,),
        statuses=statuses,
        phases=(phase,) if phase else (),
        origins=wanted_origins,
        overdue=show == "overdue",
        running=show == "running",
    )


def _labelled(options: dict[str, str], label: Text, lang: Lang) -> dict[str, str]:
    return {value: f"{label(lang)}: {text}" for value, text in options.items()}


def _filled(options: dict[str, str], label: Text, lang: Lang) -> dict[str, str]:
    return {value: label.fill(name=text)(lang) for value, text in options.items()}


def draw_list(found: Listing, names: Names, lang: Lang) -> None:
    """The actions in groups: overdue, soon, later, without a date, closed."""
    if not found.actions:
        blocks.note(words.FILTERED_OUT(lang))
        return
    soon = found.today + dt.timedelta(days=AHEAD_DAYS)
    groups: dict[str, list[Action]] = {name: [] for name in words.GROUPS}
    for one in found.actions:
        groups[_group(one, found.today, soon)].append(one)
    body = ""
    for name, members in groups.items():
        if members:
            head = f"{words.GROUPS[name].fill(day=soon)(lang)} ({len(members)})"
            body += f'<tr class="wm-group"><th colspan="4" scope="rowgroup">{esc(head)}</th></tr>'
            body += "".join(_row(one, found.today, names, lang) for one in members)
    heads = "".join(f'<th scope="col">{esc(head(lang))}</th>' for head in words.HEADS)
    caption = f'<caption class="wm-hidden">{esc(words.PAGE(lang))}</caption>'
    table = f"{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>"
    st.html(f'<table class="wm-rows wm-acts">{table}</table>')
    downloads(actions_table(found, names, lang), words.PAGE(lang), lang, "actions")


def _group(action: Action, today: dt.date, soon: dt.date) -> str:
    if not action.running:
        return "closed"
    if action.due is None:
        return "undated"
    if action.overdue(today):
        return "overdue"
    return "soon" if action.due <= soon else "later"


def _row(action: Action, today: dt.date, names: Names, lang: Lang) -> str:
    day, said = wording.due_words(action, today)
    late = action.overdue(today)
    small = SEPARATOR.join(part(lang) for part in about(action, names))
    note = (
        f'<br><span class="{"wm-bad" if late else "wm-strong"} wm-due">{esc(said(lang))}</span>'
        if said
        else ""
    )
    title = linked(action.title(lang), action_address(action, lang))
    return (
        f'<tr><td class="wm-what">{title}{below(small)}</td>'
        f'<td class="wm-who{"" if action.owner else " wm-mute"}">{esc(wording.owner(action)(lang))}</td>'
        f'<td class="wm-when">{esc(day(lang))}{note}</td>'
        f'<td class="wm-how">{status_mark(action.status, lang)}</td></tr>'
    )


def status_mark(status: Status, lang: Lang) -> str:
    """The status as a word with a sign beside it, as markup."""
    return f'<span class="wm-st wm-st-{status}">{esc(wording.STATUSES[status](lang))}</span>'


def draw_unowned(actions: Sequence[Action], take: Callable[[Action], None], lang: Lang) -> None:
    """What nobody has taken yet, each with a button to take it."""
    free = [one for one in actions if one.running and not one.owner][:MOST_TO_TAKE]
    if not free:
        return
    blocks.heading(words.UNOWNED(lang), words.UNOWNED_SUB(lang))
    for one in free:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"wm_take_{one.id}"):
            st.button(
                words.TAKE(lang), key=f"take_{one.id}_{one.version}", on_click=take, args=(one,),
                width="content", help=as_markdown(one.title(lang)),
            )  # fmt: skip
            st.html(f'<span class="wm-jf">{linked(one.title(lang), action_address(one, lang))}</span>')


def draw_take(action: Action, take: Callable[[Action], None], lang: Lang) -> None:
    """The button to take an action that nobody has."""
    if action.running and not action.owner:
        st.button(
            words.TAKE_IT(lang), key=f"take_{action.id}_{action.version}", on_click=take, args=(action,)
        )


def actions_table(found: Listing, names: Names, lang: Lang) -> pd.DataFrame:
    """One row an action, as it leaves: every field, days overdue, the KPI's figure at the start."""
    lines = []
    for one in found.actions:
        start, phase = one.baseline, names.phase(one.phase)
        lines.append(
            (
                one.id, one.title(lang), wording.STATUSES[one.status](lang), one.owner,
                one.due, one.days_late(found.today),
                one.effort_days, phase(lang) if phase else "", wording.ORIGINS[one.origin](lang),
                names.kpi(one.kpi)(lang) if one.kpi else "",
                wording.EXPECTED[one.expected](lang) if one.expected else "", one.expected_amount,
                start.value if start else None, start.unit if start else "", start.month if start else "",
                ", ".join(str(need) for need in one.needs), one.note, one.created_at.date(), one.created_by,
                one.changed_at.date(), one.closed_at.date() if one.closed_at else None,
            )
        )  # fmt: skip
    return pd.DataFrame(lines, columns=[column(lang) for column in words.COLUMNS])
