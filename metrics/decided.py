"""Closings counted: win rate by count and by value, days to the order, loss reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.period import Period
from core.query import Query, identifier
from metrics.factrows import asking
from metrics.qualification import MINIMUM, MINIMUM_OF_A_MEAN, Decided, Reason
from metrics.rates import rate

REASON, COMPETITOR, TIER = "lost_reason", "competitor", "price_tier"
CARRIED = (REASON, COMPETITOR, TIER)
LATE = 0.9


def closings_query(rows: Query, where: Mapping[str, tuple[str, ...]], period: Period, group: str) -> Query:
    """One row a case decided in the period: won, value, days, qualified, in_group, price tier, loss reason,
    competitor; missing texts are "". `rows` are closings (metrics.factrows.told) with CARRIED and `group`."""
    names = {"in_group": group} | {name: name for name in CARRIED}
    texts = ", ".join(f"{identifier(f'dim_{column}')} AS {name}" for name, column in names.items())
    return asking(
        f"""
SELECT won, value, days, qualified, {texts}
FROM chosen
WHERE dated_at >= $period_start AND dated_at < $period_end""",
        rows,
        where,
        period_start=dt.datetime.combine(period.start, dt.time()),
        period_end=dt.datetime.combine(period.end, dt.time()),
    )


def decided(cases: pd.DataFrame) -> Decided:
    """The rows of closings_query, or some of them, put together."""
    won = cases["won"].to_numpy(dtype=bool)
    value = cases["value"].to_numpy(dtype=float, na_value=np.nan)
    days = cases["days"].to_numpy(dtype=float, na_value=np.nan)[won]
    days = days[~np.isnan(days)]
    valued = ~np.isnan(value)
    value_decided, value_won = float(value[valued].sum()), float(value[valued & won].sum())
    worth = int((valued & won).sum())
    enough_days = len(days) >= MINIMUM_OF_A_MEAN
    return Decided(
        cases=len(won),
        won=int(won.sum()),
        rate=rate(int(won.sum()), len(won)),
        value_won=value_won,
        value_decided=value_decided,
        valued=int(valued.sum()),
        rate_by_value=100 * value_won / value_decided
        if valued.sum() >= MINIMUM and value_decided > 0
        else None,
        days=float(np.median(days)) if enough_days else None,
        late_days=float(np.quantile(days, LATE, method="inverted_cdf")) if enough_days else None,
        mean_value=value_won / worth if worth >= MINIMUM_OF_A_MEAN else None,
    )


def reasons(cases: pd.DataFrame, column: str) -> tuple[Reason, ...]:
    """The lost cases by reason or competitor, the most frequent first; "" is a reason that shows."""
    lost = cases[~cases["won"].astype(bool)]
    found = [
        Reason(
            name=str(name),
            cases=len(some),
            rate=rate(len(some), len(lost), minimum=MINIMUM_OF_A_MEAN),
            value=float(some["value"].sum()),
            valued=int(some["value"].count()),
        )
        for name, some in lost.groupby(column, sort=True)
    ]
    return tuple(sorted(found, key=lambda reason: (-reason.cases, reason.name)))


def tiers(cases: pd.DataFrame, thresholds: Mapping[str, float]) -> tuple[tuple[str, Decided], ...]:
    """The closings by price tier, the cheapest first: by the settings' thresholds, else by their mean value.

    Cases without a tier are no tier; they are left out.
    """
    named = cases[cases[TIER] != ""]

    def height(tier: str, some: pd.DataFrame) -> tuple[float, str]:
        return (thresholds[tier] if tier in thresholds else float(some["value"].mean()), tier)

    found = {str(tier): some for tier, some in named.groupby(TIER, sort=True)}
    ordered = sorted(found, key=lambda tier: height(tier, found[tier]))
    return tuple((tier, decided(found[tier])) for tier in ordered)
