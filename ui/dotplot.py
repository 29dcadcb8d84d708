"""Dots with their intervals on a common scale: what is compared, how sure it is, the figure beside it.

Drawn as a table of plain elements, so that it follows the theme, prints, and reads aloud as what it says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from core.text import Lang
from metrics.wording import amount
from ui.blocks import below, esc, linked

ROUND_SHARES = (5.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """What the width stands for. `mark` is where nothing differs (1 for a ratio), drawn as a line."""

    low: float
    high: float
    log: bool = False
    mark: float | None = None
    ticks: tuple[tuple[float, str], ...] = ()

    def place(self, value: float) -> float:
        """Where a value lies, 0 to 100; what lies outside the scale is put on its edge."""
        low, high, at = (math.log(x) if self.log else x for x in (self.low, self.high, self.inside(value)))
        return 100 * (at - low) / ((high - low) or 1.0)

    def inside(self, value: float) -> float:
        return min(max(value, self.low), self.high)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One line: `value` and its interval decide where it lies, `said` and `beside` are its direct labels.

    A line without a value says why not in `said`. `accent` is for what stands out, with a word beside it.
    """

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    said: str
    under: str = ""
    beside: str = ""
    accent: Literal["", "on", "good", "bad"] = ""
    href: str | None = None


def percent_scale(values: Sequence[float | None], lang: Lang) -> Scale:
    """From 0 to the first round share that holds all values, with both ends as ticks."""
    largest = max((value for value in values if value is not None), default=0.0)
    high = next((share for share in ROUND_SHARES if share >= largest), 100.0)
    return Scale(
        low=0.0, high=high, ticks=tuple((share, amount(share, "percent")(lang)) for share in (0.0, high))
    )


def dots(lines: Sequence[Dot], scale: Scale, caption: str) -> None:
    """Dots below each other, the scale's ticks under the last."""
    body = "".join(
        f'<tr><th scope="row" class="wm-bl">{linked(line.label, line.href)}{below(line.under)}</th>'
        f'<td class="wm-dots">{_drawn(line, scale)}</td>'
        f'<td class="wm-n"><span class="{_tone(line)}">{esc(line.said)}</span>{below(line.beside)}</td></tr>'
        for line in lines
    )
    ticks = "".join(
        f'<span style="left:{scale.place(value):.1f}%">{esc(said)}</span>' for value, said in scale.ticks
    )
    axis = (
        f'<tr class="wm-axis"><td></td><td class="wm-dots"><div class="wm-ticks">{ticks}</div></td>'
        "<td></td></tr>"
    )
    st.html(
        f'<table class="wm-rows wm-bars wm-stacked"><caption class="wm-hidden">{esc(caption)}</caption>{body}'
        f"{axis if ticks else ''}</table>"
    )


def _drawn(line: Dot, scale: Scale) -> str:
    parts = []
    tone = f"wm-{line.accent or 'quiet'}"
    if scale.mark is not None:
        parts.append(f'<span class="wm-mark" style="left:{scale.place(scale.mark):.1f}%"></span>')
    if line.value is not None:
        if line.lower is not None and line.upper is not None:
            left, right = scale.place(line.lower), scale.place(line.upper)
            parts.append(
                f'<span class="wm-reach {tone}" '
                f'style="left:{left:.1f}%;width:{max(right - left, 0.5):.1f}%"></span>'
            )
        parts.append(f'<span class="wm-dot {tone}" style="left:{scale.place(line.value):.1f}%"></span>')
    return f'<div class="wm-line">{"".join(parts)}</div>'


def _tone(line: Dot) -> str:
    return {"": "", "on": "wm-strong", "good": "wm-good", "bad": "wm-bad"}[line.accent]
