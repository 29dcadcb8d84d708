"""A prospect: whom it is about, the proofs in order with the reason for it, and a page for each role."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.claims import Entry
from cockpit.prospects import suggestions
from core.text import Lang, Text
from metrics.wording import joined
from proof.fitting import Prospect, buying_roles
from proof.sectors import industries, sizes
from ui import blocks
from ui.choices import select
from ui.claimcard import arrow, claim_address, line
from ui.claimparts import Desk
from ui.words import claims as words
from ui.words import common
from ui.words import consents as more


def choose_prospect(phases: dict[str, Text], lang: Lang) -> Prospect:
    """Industry, size, the phase that hurts, the counterpart's role; each may stay open."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_prospect"):
        industry = _one_of("trade", industries(), words.INDUSTRY, words.INDUSTRY_IS, lang)
        size = _one_of("size", sizes(), more.SIZE, more.SIZE_IS, lang)
        phase = _one_of("hurts", phases, more.HURTS, more.HURTS_IS, lang)
        names = {name: role.name for name, role in buying_roles().items()}
        role = _one_of("role", names, more.ROLE_OF, more.ROLE_IS, lang)
    return Prospect(industry=industry or None, size=size or None, phase=phase or None, role=role or None)


def _one_of(key: str, options: object, label: Text, said: Text, lang: Lang) -> str:
    labels = {"": said.fill(name=more.OPEN)(lang)}
    labels |= {value: said.fill(name=text)(lang) for value, text in dict(options).items()}  # type: ignore[call-overload]
    return select(key, labels, label(lang), 250)


def draw_prospect(on: Desk, prospect: Prospect, lang: Lang) -> None:
    """The proofs to show, the first at the top, then what each role of the buying centre needs to hear."""
    found = suggestions(on.entries, prospect)
    sample = common.SAMPLE(lang) if any(each.entry.claim.sample for each in found) else None
    if not found:
        with on.head:
            blocks.title(more.PROSPECT_NONE(lang))
    else:
        text = more.PROSPECT_ONE if len(found) == 1 else more.PROSPECT_TITLE
        first = found[0].entry.project.name
        with on.head:
            blocks.title(text.fill(n=len(found), first=first)(lang), sample=sample)
        items = "".join(line(each.entry, lang, each.fit.reasons) for each in found)
        st.html(f'<ul class="wm-shelf">{items}</ul>')
        blocks.note(more.ORDER(lang))
    _roles(on.entries, prospect, lang)


def _roles(entries: Sequence[Entry], prospect: Prospect, lang: Lang) -> None:
    """Worry, argument and proof by role; only the counterpart's where one is chosen."""
    chosen = {name: role for name, role in buying_roles().items() if prospect.role in (None, name)}
    blocks.heading(more.ROLES(lang))
    columns = st.columns(min(3, len(chosen)), gap="large")
    for place, (name, role) in enumerate(chosen.items()):
        asked = Prospect(industry=prospect.industry, size=prospect.size, phase=prospect.phase, role=name)
        fits = suggestions(entries, asked)
        with columns[place % len(columns)]:
            body = "".join(
                f'<p class="wm-small">{blocks.esc(label(lang))}</p><p>{blocks.esc(text(lang))}</p>'
                for label, text in (
                    (more.WORRY, role.worry),
                    (more.ARGUMENT, role.argument),
                    (more.PROOF, role.proof),
                )
            )
            if fits:
                first = fits[0].entry
                said = f"{first.claim.title(lang)} ({arrow(first, lang)})"
                why = more.WHY.fill(reasons=joined(list(fits[0].fit.reasons)))(lang)
                body += f"<p>{blocks.linked(said, claim_address(first, lang))}</p>"
                body += f'<p class="wm-small">{blocks.esc(why)}</p>'
            st.html(f'<div class="wm-role"><h3>{blocks.esc(role.name(lang))}</h3>{body}</div>')
