"""Where a claim was used: to whom it went, and whether that deal was won."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proof.handouts import Deal, Handout


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Everything of one claim that went to one prospect, the latest first; `name` is "" where nobody said."""

    name: str
    handouts: tuple[Handout, ...]

    @property
    def deal(self) -> Deal:
        """Won or lost as soon as it was said of anything handed out: it is one deal."""
        said = {each.deal for each in self.handouts}
        return "won" if "won" in said else "lost" if "lost" in said else "open"


def recipients(handouts: Sequence[Handout]) -> list[Recipient]:
    """One entry a recipient, however their name was typed; what went to nobody named stands alone."""
    found: dict[str, list[Handout]] = {}
    for each in handouts:
        found.setdefault(" ".join(each.recipient.casefold().split()) or f"#{each.id}", []).append(each)
    return [Recipient(name=listed[0].recipient.strip(), handouts=tuple(listed)) for listed in found.values()]


def counted(handouts: Sequence[Handout]) -> tuple[int, int]:
    """How many recipients there are, and how many of their deals were won."""
    found = recipients(handouts)
    return len(found), sum(each.deal == "won" for each in found)
