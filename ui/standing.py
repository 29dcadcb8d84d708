"""What not to miss on the overview: the costliest leak, the weakest dimension, overdue actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from actions.listing import Counts
from cockpit.overview import Overview
from cockpit.standing import Weak
from core.text import Lang, Text
from core.view import View
from metrics.wording import number
from ui.blocks import esc, linked
from ui.leakpicture import against_leak, leak_address
from ui.links import plain_address
from ui.words import actions as action_words
from ui.words import funnel as funnel_words
from ui.words import overview as words


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One of up to three: what it is about, what was found and where that leads, and a line below.

    `urgent` marks what is late, `quiet` what is not there yet; `further` is a second way on from here.
    """

    about: Text
    said: Text
    href: str
    below: Text | None = None
    urgent: bool = False
    quiet: bool = False
    further: tuple[Text, str] | None = None


def draw_standing(shown: Overview, weak: Weak | None, found: Counts, view: View, lang: Lang) -> None:
    """Each leads to its page."""
    parts = [_leak(shown, view, lang), _weak(weak, lang), _actions(found, lang)]
    draw_findings(parts, words.STANDING, lang)


def draw_findings(parts: Sequence[Finding], about: Text, lang: Lang) -> None:
    """Up to three findings beside each other; `about` is read to those who cannot see them."""
    cells = "".join(_cell(part, lang) for part in parts)
    st.html(f'<section class="wm-three" aria-label="{esc(about(lang))}">{cells}</section>')


def _cell(part: Finding, lang: Lang) -> str:
    tone = "wm-urgent" if part.urgent else "wm-quiet" if part.quiet else ""
    below = f'<p class="wm-small">{esc(part.below(lang))}</p>' if part.below else ""
    further = (
        f'<p class="wm-small">{linked(part.further[0](lang), part.further[1])}</p>' if part.further else ""
    )
    return (
        f'<div class="{tone}"><span class="wm-small">{esc(part.about(lang))}</span>'
        f'<p class="wm-found">{linked(part.said(lang), part.href)}</p>{below}{further}</div>'
    )


def _leak(shown: Overview, view: View, lang: Lang) -> Finding:
    """The costliest leak; it leads to the funnel that begins there, and to an action against it."""
    if shown.leak is None or shown.leak_said is None:
        href = leak_address(shown.model.phases[0].id, view, lang)
        return Finding(about=funnel_words.COSTLIEST, said=words.LEAK_NONE, href=href, quiet=True)
    return Finding(
        about=funnel_words.COSTLIEST,
        said=shown.leak_said,
        href=leak_address(shown.leak.phase, view, lang),
        further=(action_words.LEAK_LINK, against_leak(shown.leak.phase, lang)),
    )


def _weak(weak: Weak | None, lang: Lang) -> Finding:
    if weak is None:
        href = plain_address("maturity", lang)
        return Finding(
            about=words.WEAKEST, said=words.NO_ROUND, below=words.NO_ROUND_SUB, href=href, quiet=True
        )
    level = Text(de=number(weak.level, 1, "de"), en=number(weak.level, 1, "en"))
    return Finding(
        about=words.WEAKEST,
        said=words.WEAKEST_SAID.fill(dimension=weak.dimension.name, level=level),
        below=words.WEAKEST_SUB.fill(team=weak.team, n=weak.respondents, day=weak.day),
        href=plain_address("maturity", lang, part="plan", round=weak.round_id),
    )


def _actions(found: Counts, lang: Lang) -> Finding:
    if not found.running:
        return Finding(
            about=words.ACTIONS, said=words.ACTIONS_NONE, below=words.ACTIONS_NONE_SUB,
            href=plain_address("actions", lang), quiet=True,
        )  # fmt: skip
    said = words.ACTIONS_LATE.get(found.overdue, words.ACTIONS_LATE_MANY)
    return Finding(
        about=words.ACTIONS,
        said=said.fill(n=found.overdue, running=found.running),
        below=words.ACTIONS_SUB.fill(waiting=found.waiting, unowned=found.unowned),
        href=plain_address("actions", lang, show="overdue" if found.overdue else "running"),
        urgent=bool(found.overdue),
    )
