"""What the lost would have brought: the leak of a phase in money.

Up to the purchase: journeys lost x share of those going on that buy x money per order. After it: customers
lost x what a customer spends in a year. The rules stand in docs/adr/0090-triggers-and-leaks.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.text import Text
from journeys.incidence import Z
from journeys.leakfactors import FEWEST, Basis, Losses, Mean, Share
from journeys.model import Phase

JOURNEYS_LOST = Text(de="nur {n} Kundenreisen endgültig verloren", en="only {n} journeys lost for good")
CUSTOMERS_LOST = Text(de="nur {n} Kunden verloren", en="only {n} customers lost")
WENT_ON = Text(de="nur {n} Kundenreisen gingen weiter", en="only {n} journeys went on")
WON = Text(
    de="nur {n} gewonnene Kundenreisen mit Deckungsbeitrag, Umsatz oder Wert",
    en="only {n} won journeys with margin, revenue or value",
)
COMPARABLE = Text(
    de="nur {n} vergleichbare Kunden mit Umsatz und zwölf Monaten Daten",
    en="only {n} comparable customers with revenue and twelve months of data",
)


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
    basis: Basis | None
    money: float | None
    lower: float | None
    upper: float | None
    note: Text | None

    @property
    def lost_rate(self) -> float | None:
        """Percent of the decided visits that ended lost."""
        return 100 * self.lost_visits / self.decided if self.decided else None


def leak_of(phase: Phase, losses: Losses, *, share: Share | None, mean: Mean | None, years: float) -> Leak:
    """A phase's leak: the money of a year where the period has whole `years`; with `years` 1 the period's.

    `share` is that of the journeys going on that buy; a phase after the purchase has none.
    """
    customers = phase.after_purchase
    lost = losses.customers if customers else losses.journeys
    note = _too_few(lost, customers=customers, share=share, mean=mean)
    money = (
        _product(lost / years, lost, None if customers else share, mean) if note is None and mean else None
    )
    return Leak(
        phase=phase.id,
        name=phase.name,
        kind="customers" if customers else "journeys",
        lost_visits=losses.visits,
        decided=losses.decided,
        lost=lost,
        share=100 * share.value if share else None,
        share_lower=100 * share.lower if share else None,
        share_upper=100 * share.upper if share else None,
        share_n=share.n if share else 0,
        mean=mean.value if mean else None,
        mean_n=mean.n if mean else 0,
        basis=mean.basis if mean else None,
        money=money[0] if money else None,
        lower=money[1] if money else None,
        upper=money[2] if money else None,
        note=note,
    )


def costliest(leaks: Sequence[Leak]) -> Leak | None:
    """The leak with the most money; None where no phase has a figure."""
    return max((leak for leak in leaks if leak.money), key=lambda leak: leak.money or 0, default=None)


def _product(lost_a_year: float, lost: int, share: Share | None, mean: Mean) -> tuple[float, float, float]:
    """The product with its 95 % interval by the delta method on logs: relative variances add up.

    The number of the lost varies like a Poisson count, so its relative variance is 1 / lost; the share and
    the mean bring their own standard errors. The factors are taken to vary independently.
    """
    money = lost_a_year * mean.value * (share.value if share else 1.0)
    relative = 1 / lost + (mean.error / mean.value) ** 2
    relative += (share.error / share.value) ** 2 if share else 0.0
    reach = math.exp(Z * math.sqrt(relative))
    return money, money / reach, money * reach


def _too_few(lost: int, *, customers: bool, share: Share | None, mean: Mean | None) -> Text | None:
    """Why the leak has no figure, or None where it has one."""
    if lost == 0:
        return Text(de="niemand ging endgültig verloren", en="nobody was lost for good")
    counts = [(lost, CUSTOMERS_LOST if customers else JOURNEYS_LOST)]
    counts += [] if customers else [(share.n if share else 0, WENT_ON)]
    counts += [(mean.n if mean else 0, COMPARABLE if customers else WON)]
    for n, what in counts:
        if n < FEWEST:
            return Text(
                de="{what}; ein Betrag wird ab {fewest} genannt",
                en="{what}; an amount is given from {fewest} on",
            ).fill(what=what.fill(n=n), fewest=FEWEST)
    if share is not None and share.value <= 0 and not customers:
        return Text(
            de="keine der {n} Kundenreisen, die weitergingen, hat gekauft",
            en="none of the {n} journeys that went on has bought",
        ).fill(n=share.n)
    if mean is not None and mean.value <= 0:
        return Text(de="im Mittel bleibt kein Betrag übrig", en="on average no amount is left")
    return None
