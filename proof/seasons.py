"""Terms for the time of year, and whether two windows compare like with like."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Literal

import numpy as np
from scipy import stats

from proof.autoregressive import Floats
from proof.options import Season
from proof.series import Series
from proof.window import Grain

Terms = Literal["none", "weekdays", "fourier", "months"]

PERIODS_A_YEAR: dict[Grain, float] = {
    "day": 365.2425, "week": 365.2425 / 7, "month": 12.0, "quarter": 4.0, "year": 1.0,
}  # fmt: skip
FEWEST_BEFORE = 24
"""Periods before go-live that a season takes; longer periods than months: two whole years."""
PAIRS = 2


def known(before: Series, grain: Grain) -> bool:
    """Whether the time before go-live is long enough to tell a season: 24 periods and two whole years."""
    if grain == "year" or not len(before):
        return False
    fewest = min(FEWEST_BEFORE, int(2 * PERIODS_A_YEAR[grain]))
    span = (before.periods[-1] - before.periods[0]).days
    return len(before) >= fewest and span >= 365 * 2 - 366 / PERIODS_A_YEAR[grain] - 3


def terms(periods: tuple[dt.date, ...], grain: Grain, which: Terms) -> Floats:
    """Columns for the time of year; days also get their weekday."""
    columns: list[Floats] = []
    if which == "none" or grain == "year":
        return np.empty((len(periods), 0))
    if grain == "day":
        weekday = np.array([day.weekday() for day in periods])
        columns += [(weekday == each) * 1.0 for each in sorted(set(weekday))[1:]]
    if which == "weekdays":
        return np.column_stack(columns) if columns else np.empty((len(periods), 0))
    if grain == "quarter" or which == "months":
        month = np.array([day.month for day in periods])
        columns += [(month == each) * 1.0 for each in sorted(set(month))[1:]]
    else:
        year = np.array([_share_of_year(day, grain) for day in periods])
        for pair in range(1, PAIRS + 1):
            columns += [np.sin(2 * np.pi * pair * year), np.cos(2 * np.pi * pair * year)]
    return np.column_stack(columns)


def _share_of_year(day: dt.date, grain: Grain) -> float:
    if grain == "month":
        return (day.month - 1) / 12
    return (day - dt.date(day.year, 1, 1)).days / 365.2425


def chosen(wanted: Season, before: Series, values: Floats, grain: Grain) -> Terms:
    """Which terms to use: none where the season cannot be known, two Fourier pairs, or one term a month where
    the pairs leave a pattern over (an F-test over the time before go-live, p < 0.05)."""
    if wanted == "none":
        return "none"
    if not known(before, grain):
        return "weekdays" if grain == "day" and len(before) >= FEWEST_BEFORE else "none"
    if wanted != "auto" or grain != "month":
        return "fourier" if wanted == "auto" else wanted
    trend = np.column_stack([np.ones(len(before)), before.positions])
    pairs = np.column_stack([trend, terms(before.periods, grain, "fourier")])
    months = np.column_stack([trend, terms(before.periods, grain, "months")])
    return "months" if _better(values, pairs, months) < 0.05 else "fourier"


def pattern(series: Series, values: Floats, grain: Grain) -> float | None:
    """p-value of there being no season (F-test of Fourier pairs beside a straight line); None: too short."""
    if not known(series, grain):
        return None
    trend = np.column_stack([np.ones(len(series)), series.positions])
    return _better(values, trend, np.column_stack([trend, terms(series.periods, grain, "fourier")]))


def _better(y: Floats, small: Floats, large: Floats) -> float:
    """p-value of the F-test that the larger of two nested models explains nothing more."""
    more = np.linalg.matrix_rank(large) - np.linalg.matrix_rank(small)
    left = len(y) - np.linalg.matrix_rank(large)
    if more <= 0 or left < 5:
        return 1.0
    rest = [float(((y - x @ np.linalg.lstsq(x, y, rcond=None)[0]) ** 2).sum()) for x in (small, large)]
    if rest[1] <= 0:
        return 1.0
    return float(stats.f.sf((rest[0] - rest[1]) / more / (rest[1] / left), more, left))


def alike(before: tuple[dt.date, ...], after: tuple[dt.date, ...], grain: Grain) -> bool:
    """Whether both windows hold every time of the year in the same proportion (years: always)."""
    if grain == "year":
        return True
    shares = []
    for periods in (before, after):
        months = Counter(day.month for day in periods)
        shares.append({month: count / len(periods) for month, count in months.items()})
    slack = {"day": 0.02, "week": 0.06}.get(grain, 1e-9)
    return all(abs(shares[0].get(m, 0) - shares[1].get(m, 0)) <= slack for m in range(1, 13))
