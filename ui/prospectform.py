"""A prospect: whom it is about, the proofs in order with the reason for it, and a page for each role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cockpit.prospects import Suggestion, suggestions
from core.text import Lang, Text
from proof.fitting import BuyingRole, Prospect, buying_roles
from proof.sectors import industries, industry_name, sizes
from ui import blocks
from ui.choices import select
from ui.claimcard import arrow, cards, claim_address
from ui.claimparts import Desk
from ui.links import plain_address
from ui.words import claims, common
from ui.words import prospects as words


def choose_prospect(phases: Mapping[str, Text], lang: Lang) -> Prospect:
    """Industry, size, the phase that hurts, the counterpart's role; each may stay open."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_prospect"):
        industry = _one_of("trade", industries(), claims.INDUSTRY, claims.INDUSTRY_IS, lang)
        size = _one_of("size", sizes(), words.SIZE, words.SIZE_IS, lang)
        phase = _one_of("hurts", phases, words.HURTS, words.HURTS_IS, lang)
        names = {name: role.name for name, role in buying_roles().items()}
        role = _one_of("role", names, words.ROLE_OF, words.ROLE_IS, lang)
    return Prospect(industry=industry or None, size=size or None, phase=phase or None, role=role or None)


def _one_of(key: str, options: Mapping[str, Text], label: Text, said: Text, lang: Lang) -> str:
    labels = {"": said.fill(name=words.OPEN)(lang)}
    labels |= {value: said.fill(name=text)(lang) for value, text in options.items()}
    return select(key, labels, label(lang), 300)


def draw_prospect(on: Desk, prospect: Prospect, phases: Mapping[str, Text], lang: Lang) -> None:
    """The proof to show first as the title, all in their order, then what the counterpart needs to hear."""
    found = suggestions(on.entries, prospect)
    with on.head:
        _title(found, prospect, phases, lang)
    if prospect.role is not None:
        _role(buying_roles()[prospect.role], prospect, lang)
    if found:
        blocks.heading(words.LIST(lang), words.ORDER(lang))
        whys = [
            words.WHY.fill(reasons=" · ".join(text(lang) for text in each.fit.reasons))(lang)
            for each in found
        ]
        cards([each.entry for each in found], words.LIST(lang), lang, whys)
    else:
        blocks.prose(words.NONE_ABOUT(lang))
    if prospect.role is None:
        _roles(on, prospect, lang)


def _title(found: Sequence[Suggestion], prospect: Prospect, phases: Mapping[str, Text], lang: Lang) -> None:
    sample = common.SAMPLE(lang) if any(each.entry.claim.sample for each in found) else None
    if not found:
        blocks.title(words.TITLE_NONE(lang))
        return
    meta = [(words.META_ONE if len(found) == 1 else words.META).fill(n=len(found))]
    if prospect == Prospect() and len(found) > 1:
        blocks.title(words.TITLE_OPEN.fill(n=len(found))(lang), sample=sample, meta=words.META_OPEN(lang))
        return
    if prospect.industry is not None:
        n = sum(each.entry.project.industry == prospect.industry for each in found)
        text = words.SAME_INDUSTRY if n else words.NO_INDUSTRY
        meta.append(text.fill(n=n, name=industry_name(prospect.industry)))
    if prospect.phase is not None:
        n = sum(prospect.phase in each.entry.project.phases for each in found)
        meta.append((words.SAME_PHASE if n else words.NO_PHASE).fill(n=n, name=phases[prospect.phase]))
    first = found[0].entry
    change = first.claim.figure("change")
    if change is None:
        title = words.TITLE_WORD.fill(first=first.claim.title)
    else:
        title = words.TITLE.fill(first=first.project.name, change=change.text)
    blocks.title(title(lang), sample=sample, meta=" · ".join(each(lang) for each in meta))


def _role(role: BuyingRole, prospect: Prospect, lang: Lang) -> None:
    """The page of one role: its worry, the argument, what it takes for proof."""
    blocks.heading(role.name(lang))
    parts = ((words.WORRY, role.worry), (words.ARGUMENT, role.argument), (words.PROOF, role.proof))
    items = "".join(
        f'<div class="wm-role"><p class="wm-small">{blocks.esc(label(lang))}</p>'
        f"<p>{blocks.esc(text(lang))}</p></div>"
        for label, text in parts
    )
    st.html(f'<div class="wm-roles">{items}</div>')
    blocks.small_print([(f"← {words.ALL_ROLES(lang)}", _address(prospect, "", lang))])


def _roles(on: Desk, prospect: Prospect, lang: Lang) -> None:
    """All roles beside each other, each leading to its page."""
    blocks.heading(words.ROLES(lang), words.ROLES_SUB(lang))
    items = []
    for name, role in buying_roles().items():
        asked = Prospect(industry=prospect.industry, size=prospect.size, phase=prospect.phase, role=name)
        body = "".join(
            f'<p class="wm-small">{blocks.esc(label(lang))}</p><p>{blocks.esc(text(lang))}</p>'
            for label, text in ((words.WORRY, role.worry), (words.ARGUMENT, role.argument))
        )
        for first in suggestions(on.entries, asked)[:1]:
            said = f"{first.entry.project.name(lang)} ({arrow(first.entry, lang)})"
            body += f'<p class="wm-small">{blocks.esc(words.FIRST(lang))}</p>'
            body += f"<p>{blocks.linked(said, claim_address(first.entry, lang))}</p>"
        head = blocks.linked(f"{role.name(lang)} ›", _address(prospect, name, lang))
        items.append(f'<div class="wm-role"><h3>{head}</h3>{body}</div>')
    st.html(f'<div class="wm-roles">{"".join(items)}</div>')


def _address(prospect: Prospect, role: str, lang: Lang) -> str:
    return plain_address(
        "claims", lang, part="prospect", trade=prospect.industry or "", size=prospect.size or "",
        hurts=prospect.phase or "", role=role,
    )  # fmt: skip
