"""Levels side by side: the gated level as boxes towards its target, the level itself as a dot from 0 to 5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from checklists.scoring import TOP
from core.text import Lang, Text
from ui.blocks import below, esc, linked
from ui.words import maturity as words
from ui.words.maturity import Mark


@dataclass(frozen=True, kw_only=True)
class LevelLine:
    """One line. `holds` is the gated level of `top`, `gained` how many more a plan brings, `aim` its target;
    `now` and `before` are continuous levels, `others` those of other teams by name.

    `said`, `beside` and `under` are its direct labels.
    """

    label: str
    now: float | None
    top: int
    holds: int | None = None
    gained: int = 0
    aim: int | None = None
    before: float | None = None
    others: tuple[tuple[str, float], ...] = field(default=())
    said: str
    beside: str = ""
    under: str = ""


def levels(lines: Sequence[LevelLine], caption: str) -> None:
    """Lines below each other with the scale of the dots under the last."""
    body = "".join(
        f'<tr><th scope="row" class="wm-bl">{linked(line.label, None)}{below(line.under)}</th>'
        f'<td class="wm-dots"><div class="wm-two">{_boxes(line)}{_dots(line)}</div></td>'
        f'<td class="wm-n"><span class="wm-strong">{esc(line.said)}</span>{below(line.beside)}</td></tr>'
        for line in lines
    )
    scale = "".join(
        f'<span style="left:{_place(level):.0f}%">{level}</span>' for level in range(int(TOP) + 1)
    )
    wide = max((line.top for line in lines), default=0)
    axis = (
        f'<tr class="wm-axis"><td></td><td class="wm-dots"><div class="wm-two">{_gap(wide)}'
        f'<div class="wm-ticks">{scale}</div></div></td><td></td></tr>'
    )
    st.html(
        f'<table class="wm-rows wm-bars wm-stacked"><caption class="wm-hidden">{esc(caption)}</caption>'
        f"{body}{axis}</table>"
    )


def _gap(boxes: int) -> str:
    """As much room as the boxes take."""
    return f'<div class="wm-boxes" aria-hidden="true">{"<i></i>" * boxes}</div>'


def _boxes(line: LevelLine) -> str:
    """A box for each level: it holds, a plan brings it, it is missing to the target, or lies beyond."""
    holds = line.holds or 0
    drawn = "".join(f'<i class="wm-{_kind(level, holds, line)}"></i>' for level in range(1, line.top + 1))
    return f'<div class="wm-boxes" aria-hidden="true">{drawn}</div>'


def _kind(level: int, holds: int, line: LevelLine) -> Mark:
    if level <= holds:
        return "holds"
    if level <= holds + line.gained:
        return "gained"
    return "aimed" if level <= (line.aim or 0) else "beyond"


def _dots(line: LevelLine) -> str:
    grid = range(int(TOP) + 1)
    parts = [f'<span class="wm-grid" style="left:{_place(level):.0f}%"></span>' for level in grid]
    parts += [_mark("team", level, name) for name, level in line.others]
    if line.before is not None:
        parts.append(_mark("was", line.before))
    if line.now is not None:
        parts.append(_mark("now", line.now))
    return f'<div class="wm-lv" aria-hidden="true">{"".join(parts)}</div>'


def _mark(kind: Mark, level: float, name: str = "") -> str:
    title = f' title="{esc(name)}"' if name else ""
    return f'<span class="wm-{kind}" style="left:{_place(level):.1f}%"{title}></span>'


def _place(level: float) -> float:
    return 100 * min(max(level, 0.0), TOP) / TOP


def level_keys(shown: Sequence[Mark], lang: Lang, said: Mapping[Mark, Text] = words.KEYS) -> None:
    """What the marks mean, in a line under the picture; only those that are drawn."""
    items = " ".join(
        f'<span><span class="wm-k wm-key-{kind}" aria-hidden="true"></span>{esc(said[kind](lang))}</span>'
        for kind in shown
    )
    st.html(f'<p class="wm-sub wm-lkeys">{items}</p>')
