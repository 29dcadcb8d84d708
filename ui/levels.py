"""Levels on their scale, 0 to 5: what holds as a bar, the level as a dot, target, last round, others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from checklists.scoring import TOP
from core.text import Lang
from ui.blocks import below, esc, linked
from ui.words import maturity as words


@dataclass(frozen=True, kw_only=True)
class LevelLine:
    """One line. `holds` is the gated level, `now` and `before` continuous ones, `aim` a gated level.

    `said`, `beside` and `under` are its direct labels; `others` are other teams' levels by name.
    """

    label: str
    now: float | None
    holds: int | None = None
    aim: int | None = None
    before: float | None = None
    others: tuple[tuple[str, float], ...] = field(default=())
    said: str
    beside: str = ""
    under: str = ""
    href: str | None = None


def levels(lines: Sequence[LevelLine], caption: str) -> None:
    """Lines below each other with the scale under the last."""
    body = "".join(
        f'<tr><th scope="row" class="wm-bl">{linked(line.label, line.href)}{below(line.under)}</th>'
        f'<td class="wm-dots">{_drawn(line)}</td>'
        f'<td class="wm-n"><span class="wm-strong">{esc(line.said)}</span>{below(line.beside)}</td></tr>'
        for line in lines
    )
    ticks = "".join(
        f'<span style="left:{_place(level):.0f}%">{level}</span>' for level in range(int(TOP) + 1)
    )
    axis = (
        f'<tr class="wm-axis"><td></td><td class="wm-dots"><div class="wm-ticks">{ticks}</div></td>'
        "<td></td></tr>"
    )
    st.html(
        f'<table class="wm-rows wm-bars wm-stacked"><caption class="wm-hidden">{esc(caption)}</caption>'
        f"{body}{axis}</table>"
    )


def _drawn(line: LevelLine) -> str:
    parts = [
        f'<span class="wm-grid" style="left:{_place(level):.0f}%"></span>' for level in range(int(TOP) + 1)
    ]
    if line.holds:
        parts.append(f'<span class="wm-holds" style="width:{_place(line.holds):.1f}%"></span>')
    parts += [_mark("wm-team", level, f"{name}") for name, level in line.others]
    if line.aim is not None:
        parts.append(_mark("wm-aim", line.aim))
    if line.before is not None:
        parts.append(_mark("wm-was", line.before))
    if line.now is not None:
        parts.append(_mark("wm-now", line.now))
    return f'<div class="wm-lv" aria-hidden="true">{"".join(parts)}</div>'


def _mark(kind: str, level: float, name: str = "") -> str:
    title = f' title="{esc(name)}"' if name else ""
    return f'<span class="{kind}" style="left:{_place(level):.1f}%"{title}></span>'


def _place(level: float) -> float:
    return 100 * min(max(level, 0.0), TOP) / TOP


def level_keys(lang: Lang, *, before: bool, others: bool, aims: bool) -> None:
    """What the marks mean, in a line under the picture; only those that are drawn."""
    shown = [("now", words.KEY_NOW), ("holds", words.KEY_HOLDS)]
    shown += [("aim", words.KEY_AIM)] if aims else []
    shown += [("was", words.KEY_BEFORE)] if before else []
    shown += [("team", words.KEY_OTHERS)] if others else []
    items = " ".join(
        f'<span><span class="wm-k wm-key-{kind}" aria-hidden="true"></span>{esc(word(lang))}</span>'
        for kind, word in shown
    )
    st.html(f'<p class="wm-sub wm-lkeys">{items}</p>')
