"""Bars that are parts of one whole: what is there, what may still come, and what is left empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from ui.blocks import below, esc, linked


@dataclass(frozen=True, kw_only=True)
class Meter:
    """One bar. `done` and `pending` are shares of the whole width, 0 to 1; the rest stays empty.

    `pending` is hatched: it is neither won nor lost. `said`, `under` and `beside` are its direct labels.
    """

    label: str
    done: float
    pending: float = 0.0
    said: str
    beside: str = ""
    under: str = ""
    href: str | None = None


def meters(lines: Sequence[Meter], caption: str) -> None:
    """Bars below each other, all of one whole."""
    body = "".join(
        f'<tr><th scope="row" class="wm-bl">{linked(line.label, line.href)}{below(line.under)}</th>'
        f'<td style="width:100%"><div class="wm-meter">{_part(line.done, "done")}'
        f"{_part(line.pending, 'pending')}</div></td>"
        f'<td class="wm-n">{esc(line.said)}{below(line.beside)}</td></tr>'
        for line in lines
    )
    st.html(
        f'<table class="wm-rows wm-bars wm-stacked"><caption class="wm-hidden">{esc(caption)}</caption>{body}'
        "</table>"
    )


def _part(share: float, name: str) -> str:
    width = 100 * min(max(share, 0.0), 1.0)
    return f'<span class="wm-{name}" style="width:{width:.2f}%"></span>' if width else ""


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a part of the bars means."""

    kind: Literal["done", "pending", "rest"]
    said: str


def keys(lines: Sequence[Key]) -> None:
    """What the parts mean, in a line under the bars: patterns need words."""
    items = "".join(
        f'<span><span class="wm-key wm-{line.kind}" aria-hidden="true"></span>{esc(line.said)}</span> '
        for line in lines
    )
    st.html(f'<p class="wm-sub wm-keys">{items}</p>')
