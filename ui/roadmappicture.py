"""The roadmap: a calm picture of who works on what when, by month or quarter."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st
from babel.dates import format_date

from actions import wording
from actions.roadmap import Bar, Roadmap, Slot
from core.text import LOCALES, Lang
from ui import blocks
from ui.actionwords import SEPARATOR, action_address
from ui.blocks import esc, linked
from ui.downloads import downloads
from ui.words import actions as words


def draw_roadmap(shown: Roadmap, lang: Lang) -> None:
    """A lane for each person, a bar for each action; contradictions between dates are said first."""
    if not shown.bars:
        blocks.note(words.ROADMAP_EMPTY(lang))
        return
    clashes = sum(bool(bar.clashes) for bar in shown.bars)
    title = words.ROADMAP_CLASH[clashes == 1].fill(n=clashes) if clashes else words.ROADMAP
    last = shown.slots[-1].end - dt.timedelta(days=1)
    blocks.heading(title(lang), words.ROADMAP_SUB.fill(first=shown.slots[0].begin, last=last)(lang))
    st.html(roadmap_html(shown, lang))
    downloads(roadmap_table(shown, lang), words.PARTS["roadmap"](lang), lang, "roadmap")


def roadmap_html(shown: Roadmap, lang: Lang) -> str:
    """The picture as markup: a row an action, its bar placed by days, today as a line through all."""
    ticks = "".join(
        f'<span style="left:{_place(slot.begin, shown):.2f}%">{esc(_slot_name(slot, shown, lang))}</span>'
        for slot in shown.slots
    )
    now = f"{_place(shown.today, shown):.2f}%"
    head = (
        f'<div class="wm-gl"></div><div class="wm-gticks">{ticks}'
        f'<span class="wm-gnow" style="left:{now}">{esc(words.NOW(lang))}</span></div>'
    )
    lanes = ""
    for lane in shown.lanes:
        who = lane.owner or wording.NOBODY(lang)
        lanes += f'<h3 class="wm-gwho{"" if lane.owner else " wm-mute"}">{esc(who)}</h3>'
        lanes += "".join(_row(bar, shown, now, lang) for bar in lane.bars)
    return f'<div class="wm-gantt" style="--slots:{len(shown.slots)}">{head}{lanes}</div>'


def _row(bar: Bar, shown: Roadmap, now: str, lang: Lang) -> str:
    one = bar.action
    late = one.overdue(shown.today)
    when = words.UNTIL.fill(end=bar.end)
    if bar.proposed:
        when = words.PROPOSED.fill(begin=bar.begin, end=bar.end)
    elif not one.running:
        when = wording.CLOSED_ON.fill(day=bar.end)
    said = [when(lang), wording.STATUSES[one.status](lang)]
    if late:
        said.append(words.LATE_SHORT(lang))
    if one.needs and not bar.clashes:
        said.append(words.AFTER.fill(names=", ".join(str(need) for need in one.needs))(lang))
    small = f'<span class="wm-small{" wm-bad" if late else ""}">{esc(SEPARATOR.join(said))}</span>'
    if bar.clashes:
        names = ", ".join(str(need) for need in bar.clashes)
        small += f'<span class="wm-small wm-bad">{esc(words.CLASH.fill(names=names)(lang))}</span>'
    left = _place(bar.begin, shown)
    wide = _place(bar.end + dt.timedelta(days=1), shown) - left
    kind = "proposed" if bar.proposed else "late" if late else one.status
    number = f'<span class="wm-no">{one.id}</span>'
    return (
        f'<div class="wm-gl">{number}{linked(one.title(lang), action_address(one, lang))}{small}</div>'
        f'<div class="wm-gt"><i class="wm-gnow" style="left:{now}"></i>'
        f'<i class="wm-gb wm-gb-{kind}" style="left:{left:.2f}%;width:{wide:.2f}%"></i></div>'
    )


def _place(day: dt.date, shown: Roadmap) -> float:
    """Where a day lies, in per cent of the width. Slots are equally wide, whatever their days."""
    for number, slot in enumerate(shown.slots):
        if day < slot.end:
            within = (day - slot.begin).days / (slot.end - slot.begin).days
            return 100 * (number + within) / len(shown.slots)
    return 100.0


def _slot_name(slot: Slot, shown: Roadmap, lang: Lang) -> str:
    if slot.months == 3:
        return words.QUARTER.fill(n=(slot.begin.month + 2) // 3, year=f"{slot.begin.year}")(lang)
    first = slot is shown.slots[0] or slot.begin.month == 1
    return format_date(slot.begin, "LLL yy" if first else "LLL", locale=LOCALES[lang])


def roadmap_table(shown: Roadmap, lang: Lang) -> pd.DataFrame:
    """One row a bar: whose, what, from when to when, proposed or not, what it waits for."""
    return pd.DataFrame(
        [
            (
                bar.action.owner, bar.action.id, bar.action.title(lang), bar.begin, bar.end,
                words.YES_NO[bar.proposed](lang), wording.STATUSES[bar.action.status](lang),
                ", ".join(str(need) for need in bar.clashes),
            )
            for bar in shown.bars
        ],
        columns=[column(lang) for column in words.ROADMAP_COLUMNS],
    )  # fmt: skip
