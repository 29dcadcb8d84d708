"""The customers: private households, and firms with several people who have different roles."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sample_data import firm
from sample_data.chance import Chance


@dataclass(frozen=True)
class Customer:
    """`persons` are pairs of person id and role; private customers are one person without a role."""

    number: str
    segment: str
    account: str
    persons: tuple[tuple[str, str], ...]
    region: str
    persona: str
    product: firm.Product
    channel: str
    entered: dt.datetime


def customers(chance: Chance) -> Iterator[Customer]:
    """All who ever show interest, month by month; more of them in the heating season and at fairs."""
    number, account = 10_000, 2_000
    year, month = firm.SIMULATED_FROM.year, firm.SIMULATED_FROM.month
    while dt.datetime(year, month, 1) <= firm.DATA_END:
        mean = firm.ENTRANTS_A_MONTH * firm.SEASON[month]
        days = calendar.monthrange(year, month)[1]
        for _ in range(round(mean * (1 + 0.03 * chance.stream("entrants").normal()))):
            number += 1
            segment = "B2B" if chance.even("segment", year, month) < 0.56 else "B2C"
            if segment == "B2B" and not (number > 10_050 and chance.stream("branch").random() < 0.08):
                account += 1
            day = chance.whole("day", 1, days)
            yield _customer(chance, number, segment, account, dt.datetime(year, month, day))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _customer(chance: Chance, number: int, segment: str, account: int, entered: dt.datetime) -> Customer:
    weights = dict(firm.CHANNELS[segment])
    if segment == "B2B":
        weights["Messe"] *= 3.0 if entered.month in firm.FAIR_MONTHS else 0.6
    persons: tuple[tuple[str, str], ...] = ((f"P-{number}-1", ""),)
    if segment == "B2B":
        persons = tuple(
            (f"P-{number}-{place}", chance.pick("role", firm.ROLES))
            for place in range(1, chance.whole("persons", 1, 4) + 1)
        )
    return Customer(
        number=f"K-{number}",
        segment=segment,
        account=f"A-{account}" if segment == "B2B" else "",
        persons=persons,
        region=chance.pick("region", firm.REGIONS),
        persona=chance.pick("persona", firm.PERSONAS[segment]),
        product=firm.PRODUCTS[chance.pick("interest", firm.INTEREST[segment])],
        channel=_channel(chance, weights, entered),
        entered=entered,
    )


def _channel(chance: Chance, weights: dict[str, float], entered: dt.datetime) -> str:
    number = chance.even("channel", len(weights), entered.year, entered.month) * sum(weights.values())
    for name, weight in weights.items():
        number -= weight
        if number < 0:
            return name
    return next(iter(weights))
