"""What goes with moving on: what visits saw early that later moved forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["touchpoint", "content", "role"]


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One value, seen by the landmark or not, against moving forward after it. An association, no cause.

    `seen` and `unseen` are decided visits, `seen_moved` and `unseen_moved` those of them that moved forward.
    `ratio` = (seen_moved / seen) / (unseen_moved / unseen), from `lower` to `upper` (score interval, adjusted
    for selection); infinite where none of the unseen moved. `p` is Fisher's, `q` its Benjamini-Hochberg value
    over all candidates of the phase; `selected`: q is at most 0.1.
    """

    kind: Kind
    value: str
    seen: int
    seen_moved: int
    unseen: int
    unseen_moved: int
    ratio: float
    lower: float
    upper: float
    p: float
    q: float
    selected: bool

    @property
    def seen_rate(self) -> float:
        """Percent of the visits which saw it that moved forward."""
        return 100 * self.seen_moved / self.seen

    @property
    def unseen_rate(self) -> float:
        """Percent of the other visits that moved forward."""
        return 100 * self.unseen_moved / self.unseen
