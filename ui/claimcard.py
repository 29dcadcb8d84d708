"""How a proof looks on the shelf: a card with finding, figures, quote, what may be done and what is in the
way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from cockpit.claims import Entry
from core.text import Lang, Text
from proof.claim import compared
from proof.sectors import industry_name, size_name
from proof.uses import counted
from proof.words import grade_words
from ui import blocks
from ui.blocks import esc
from ui.links import plain_address
from ui.words import claims as words

Group = Literal["ready", "stale", "blocked", "no_gain"]


def group_of(entry: Entry) -> Group:
    """Whether it can be used today, and if not, what is in the way first."""
    if not entry.candidate.shows_gain:
        return "no_gain"
    if entry.permission.allowed == "none":
        return "blocked"
    return "ready" if entry.fresh else "stale"


def badge(entry: Entry) -> str:
    """The letter in the circle: the grade, quotation marks for the customer's word."""
    return "„“" if entry.claim.provenance == "customer" else entry.claim.grade


def tone_of(entry: Entry) -> str:
    letter = badge(entry)
    return letter if letter in "ABCX" else "none"


def strength(entry: Entry) -> Text:
    """`Belastbarkeit A: belastbarer Vergleich mit Kontrolle`, or that it is the customer's word."""
    if entry.claim.provenance == "customer":
        return words.BY_WORD
    return words.STRENGTH.fill(grade=entry.claim.grade, means=grade_words(entry.claim.grade))


def arrow(entry: Entry, lang: Lang) -> str:
    """`25,0 h → 16,7 h`."""
    before, after = entry.claim.figure("before"), entry.claim.figure("after")
    return f"{before.text(lang)} → {after.text(lang)}" if before and after else ""


def change_words(entry: Entry, lang: Lang) -> str:
    """`−8,3 h gegenüber dem Erwarteten (95-%-Intervall −8,9 bis −7,7 h)`; that there is none for a customer's
    word. A plain comparison expects nothing but what was before."""
    change, interval = entry.claim.figure("change"), entry.claim.figure("interval")
    if change and interval:
        text = words.CHANGE if entry.claim.effect.design == "plain" else words.CHANGE_EXPECTED
        return text.fill(change=change.text, interval=interval.text)(lang)
    return words.NO_INTERVAL(lang) if arrow(entry, lang) else ""


def basis_words(entry: Entry, lang: Lang) -> str:
    """`n = 144 und 144 Werte · 09/2024–08/2025 gegen 09/2025–08/2026`: the windows that were compared."""
    first, last = compared(entry.claim, entry.project)
    windows = words.WINDOWS.fill(before=first.label(), after=last.label())(lang)
    before, after = entry.claim.figure("n_before"), entry.claim.figure("n_after")
    if before is None or after is None:
        return windows
    n = words.COUNTS.fill(before=round(before.value or 0), after=after.text)(lang)
    return f"{n} · {windows}"


def used_words(uses: int, won: int) -> Text:
    if not uses:
        return words.NEVER_USED
    text = words.USED_ONCE if uses == 1 else words.USED
    return text.fill(n=uses, won=won)


def in_the_way(entry: Entry) -> Text | None:
    """Why it cannot be shown today, None where nothing is in the way."""
    if entry.permission.allowed == "none":
        return entry.permission.said
    if entry.expired:
        return words.EXPIRED_ON.fill(day=entry.claim.expires_on)
    if entry.today is None:
        return words.LOST
    if entry.stale:
        first = entry.stale[0]
        return words.STALE_WAY.fill(label=first.label, was=first.was, now=first.now or words.GONE)
    return None


def quoted(text: str, lang: Lang) -> str:
    opening, closing = ("„", "“") if lang == "de" else ("“", "”")
    return f"{opening}{text.strip()}{closing}"


def draw_quote(shown: Entry, lang: Lang) -> None:
    """The customer's words as they are kept; what leaves is decided by the consent."""
    consent = shown.permission.by
    if consent is not None and consent.quote.strip():
        blocks.quotation(quoted(consent.quote, lang), consent.person, consent.role)


def cards(entries: Sequence[Entry], label: str, lang: Lang, whys: Sequence[str] = ()) -> None:
    """Cards beside each other, each leading to its proof; `whys`: why each stands in its place."""
    items = "".join(
        _card(entry, lang, whys[place] if whys else "", place + 1 if whys else None)
        for place, entry in enumerate(entries)
    )
    st.html(f'<ul class="wm-cards" aria-label="{esc(label)}">{items}</ul>')


def _card(entry: Entry, lang: Lang, why: str, place: int | None) -> str:
    claim, project = entry.claim, entry.project
    consent = entry.permission.by
    way = in_the_way(entry)
    uses = used_words(*counted(entry.handouts))
    whose = [project.customer, industry_name(project.industry)(lang), size_name(project.size)(lang)]
    parts = [
        _line("wm-card-way", way(lang) if way else ""),
        _line("wm-card-quote", quoted(consent.quote, lang) if consent and consent.quote.strip() else ""),
        _line("wm-card-why", why),
        _line("wm-small", " · ".join(whose)),
        _line("wm-small", f"{uses(lang)} · {claim.id}"),
    ]
    number = f'<span class="wm-card-place">{place}</span>' if place else ""
    return (
        f'<li><a class="wm-card" href="{esc(claim_address(entry, lang))}"><span class="wm-card-top">{number}'
        f'<span class="wm-grade wm-grade-{tone_of(entry)}" aria-hidden="true">{esc(badge(entry))}</span>'
        f'<span class="wm-small">{esc(strength(entry)(lang))}</span>'
        f'<span class="wm-chip">{esc(words.ALLOWED[entry.permission.allowed](lang))}</span></span>'
        f'<span class="wm-strong">{esc(claim.title(lang))}</span>'
        f'<span class="wm-card-figures"><span class="wm-card-arrow">{esc(arrow(entry, lang))}</span>'
        f"{_line('wm-card-change', change_words(entry, lang))}"
        f"{_line('wm-small', basis_words(entry, lang))}</span>{''.join(parts)}</a></li>"
    )


def _line(name: str, text: str) -> str:
    return f'<span class="{name}">{esc(text)}</span>' if text else ""


def claim_address(entry: Entry, lang: Lang) -> str:
    return plain_address("claims", lang, claim=entry.claim.id)
