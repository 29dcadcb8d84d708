"""What the lost would have brought: the leak of a phase in money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.text import Text

Basis = Literal["margin", "revenue", "value"]


@dataclass(frozen=True, kw_only=True)
class Leak:
    """One phase. `money` is up to what its lost would have brought, from `lower` to `upper` (95 %).

    `kind` "journeys" (before and in the purchase): `lost` journeys x `share` x `mean`, where `share` is the
    percentage of those leaving the phase forward that reach an order (expected rate) and `mean` the money per
    won journey. "customers" (after it): `lost` customers x `mean` revenue of a customer in twelve months; no
    share. `lost_visits` of the `decided` visits of the period ended lost: the phase's loss rate, whoever came
    back later. Where figures are too few, `money` is None and `note` says what is missing.
    """

    phase: str
    name: Text
    kind: Literal["journeys", "customers"]
    lost_visits: int
    decided: int
    lost: int
    share: float | None
    share_lower: float | None
    share_upper: float | None
    share_n: int
    mean: float | None
    mean_n: int
    basis: Basis
    money: float | None
    lower: float | None
    upper: float | None
    note: Text | None

    @property
    def lost_rate(self) -> float | None:
        """Percent of the decided visits that ended lost."""
        return 100 * self.lost_visits / self.decided if self.decided else None
