"""On the overview: what was proven last and how often it was shown, and what will be known soon."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.mentions import Mention, newest_proven
from core.text import Lang
from proof.project import Project
from ui.claimcard import used_words
from ui.links import plain_address
from ui.standing import Finding, draw_findings
from ui.words import projects as words


def draw_proofs_and_soon(found: Sequence[Mention], closing: Sequence[Project], lang: Lang) -> None:
    """The newest proven improvement, and the project whose after window ends next; nothing without either."""
    parts = []
    newest = newest_proven(found)
    if newest is not None:
        parts.append(
            Finding(
                about=words.NEWEST.fill(grade=newest.claim.grade, day=newest.claim.made_at.date()),
                said=newest.claim.title,
                below=used_words(newest.uses, newest.won),
                href=plain_address("claims", lang, claim=newest.claim.id),
            )
        )
    if closing:
        first = closing[0]
        parts.append(
            Finding(
                about=words.SOON_ABOUT,
                said=words.SOON.fill(name=first.name, day=first.after.last),
                below=words.SOON_MORE.fill(n=len(closing)) if len(closing) > 1 else None,
                href=plain_address("projects", lang, project=first.id),
            )
        )
    if parts:
        draw_findings(parts, words.PROOFS_AND_SOON, lang)
