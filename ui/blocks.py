"""Pieces of a page: the finding as title, chips, headings with their small print, rows, bars, sentences.

Every function takes plain text and escapes it; none takes markup.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

Accent = Literal["", "good", "bad", "strong", "mute"]


def esc(text: str) -> str:
    return html.escape(text, quote=True)


def linked(text: str, href: str | None) -> str:
    """Escaped text, as a link where there is an address."""
    return f'<a href="{esc(href)}">{esc(text)}</a>' if href else esc(text)


def title(text: str, chips: Sequence[str] = (), *, sample: str | None = None, meta: str = "") -> None:
    """The page's h1: what was found. Below it chips (scope, period) and a line of small print."""
    parts = [f'<span class="wm-chip wm-sample">{esc(sample)}</span>'] if sample else []
    parts += [f'<span class="wm-chip">{esc(chip)}</span>' for chip in chips]
    parts += [f"<span>{esc(meta)}</span>"] if meta else []
    line = f'<div class="wm-meta">{"".join(parts)}</div>' if parts else ""
    held = esc(text).replace("▲ ", "▲\u00a0").replace("▼ ", "▼\u00a0")  # a sign stays with its words
    st.html(f'<h1 class="wm-title">{held}</h1>{line}')


def heading(text: str, sub: str = "", beside: Sequence[tuple[str, str | None]] = ()) -> None:
    """An h2 that says the finding, with n, unit and period under it, and a line of texts and addresses."""
    small = f'<p class="wm-sub">{esc(sub)}</p>' if sub else ""
    small += f'<p class="wm-sub">{_joined(beside)}</p>' if beside else ""
    st.html(f'<h2 class="wm-h2">{esc(text)}</h2>{small}')


def _joined(parts: Sequence[tuple[str, str | None]]) -> str:
    return " · ".join(linked(text, href) for text, href in parts)


def prose(text: str, heading_above: str = "") -> None:
    """A paragraph, with its heading where it has one."""
    above = f'<h2 class="wm-h2">{esc(heading_above)}</h2>' if heading_above else ""
    st.html(f'{above}<p class="wm-prose">{esc(text)}</p>')


def note(text: str) -> None:
    st.html(f'<p class="wm-sub">{esc(text)}</p>')


def outcome(text: str, accent: Accent, above: str = "") -> None:
    """What became of an entry, read out when it changes; `above` a quiet line before it."""
    sign = {"good": "✓ ", "bad": "▲ "}.get(accent, "")
    quiet = f'<p class="wm-sub">{esc(above)}</p>' if above else ""
    said = esc(sign + text) if text else ""
    st.html(f'{quiet}<p class="wm-outcome wm-{accent}" role="status">{said}</p>')


def callout(lines: Sequence[tuple[str, str | None]], above: str = "") -> None:
    """Sentences that should not be missed, each with an address it leads to or none."""
    head = f'<span class="wm-small">{esc(above)}</span>' if above else ""
    items = "".join(f"<p>{linked(text, href)}</p>" for text, href in lines)
    st.html(f'<div class="wm-callout">{head}{items}</div>')


def quotation(text: str, person: str, role: str) -> None:
    """Somebody's words with whose they are; a name that says only the role is said once."""
    by = " · ".join(dict.fromkeys(part for part in (person, role) if part))
    footer = f'<footer class="wm-small">{esc(by)}</footer>' if by else ""
    st.html(f'<blockquote class="wm-quote"><p>{esc(text)}</p>{footer}</blockquote>')


def rule() -> None:
    st.html('<hr class="wm-rule">')


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a list of figures: what, how much, and small print under each."""

    label: str
    value: str
    below: str = ""
    beside: str = ""
    accent: Accent = ""
    href: str | None = None


def rows(lines: Sequence[Row], caption: str) -> None:
    """Figures below each other, label left and value right. `caption` is read to those who cannot see it."""
    body = "".join(
        f'<tr><td><span class="{_accent(line.accent)}">{linked(line.label, line.href)}</span>'
        f'{below(line.below)}</td><td class="wm-n">{esc(line.value)}{below(line.beside)}</td></tr>'
        for line in lines
    )
    st.html(f'<table class="wm-rows">{_caption(caption)}{body}</table>')


def _caption(text: str) -> str:
    return f'<caption class="wm-hidden">{esc(text)}</caption>'


def _accent(accent: Accent) -> str:
    return f"wm-{accent}" if accent else ""


def below(text: str) -> str:
    """Small print under a label or a figure."""
    return f'<br><span class="wm-small">{esc(text)}</span>' if text else ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar. `size` decides the length and is never shown; `value` and `below` are its direct labels.

    `under` is small print under the label.
    """

    label: str
    size: float
    value: str
    below: str = ""
    under: str = ""
    accent: Literal["", "on", "hotbar"] = ""
    href: str | None = None


def bars(lines: Sequence[Bar], caption: str) -> None:
    """Horizontal bars with their labels beside them, longest = full width."""
    longest = max((line.size for line in lines), default=0) or 1
    body = "".join(
        f'<tr><th scope="row" class="wm-bl">{linked(line.label, line.href)}{below(line.under)}</th>'
        f'<td style="width:100%"><div class="wm-bar {f"wm-{line.accent}" if line.accent else ""}" '
        f'style="width:{max(line.size, 0) / longest * 100:.1f}%"></div></td>'
        f'<td class="wm-n">{esc(line.value)}{below(line.below)}</td></tr>'
        for line in lines
    )
    st.html(f'<table class="wm-rows wm-bars wm-stacked">{_caption(caption)}{body}</table>')


def sentences(lines: Sequence[tuple[str, str | None]]) -> None:
    """A list of sentences, each with an address it leads to or none."""
    items = "".join(f"<li>{linked(text, href)}</li>" for text, href in lines)
    st.html(f'<ul class="wm-list">{items}</ul>')


def foot(parts: Sequence[tuple[str, str | None]]) -> None:
    """The quiet line at the end: how to check, where it came from."""
    st.html(f'<div class="wm-foot">{_joined(parts)}</div>')


def small_print(parts: Sequence[tuple[str, str | None]]) -> None:
    """A quiet line under a chart."""
    if parts:
        st.html(f'<p class="wm-sub">{_joined(parts)}</p>')
