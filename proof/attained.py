"""Target (Soll) against actual (Ist): reached, missed or still open, and whether chance may have decided."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from journeys.incidence import wilson
from proof.measured import Measured
from proof.project import Better
from proof.series import Series, series
from proof.window import Grain, Window, end_of

Standing = Literal["reached", "missed", "open"]
FEWEST = 3
"""Periods that an interval of the actual figure needs."""


@dataclass(frozen=True, kw_only=True)
class Attained:
    """What was aimed at and what there is, in the KPI's unit (percent as 0 to 100).

    `actual` is the figure of the after window, as far as it has values: `periods` of the `wanted` ones.
    `low` and `high`: its 95 % interval, None where nothing tells how it scatters. `open`: the window is not
    over yet, and nothing is reached or missed.
    """

    target: float
    actual: float | None
    low: float | None = None
    high: float | None = None
    periods: int = 0
    wanted: int = 0
    standing: Standing

    @property
    def clear(self) -> bool | None:
        """Whether the target lies outside the interval of the actual figure; None without an interval."""
        if self.low is None or self.high is None:
            return None
        return not self.low <= self.target <= self.high


def attained(measured: Measured, target: float, *, actual: float | None, over: bool) -> Attained:
    """Target and actual of the treated in the after window. `actual`: the figure that a comparison already
    gave for it, so that two never stand side by side; `over`: whether the window has passed.

    The interval is Wilson's for rates, else Student's over the figures of the periods.
    """
    after = measured.after_rows
    found = series(after[after["treated"]], measured)
    figure = actual if actual is not None else _figure(found, measured)
    reach = _reach(found, measured, figure)
    wanted = periods_in(measured.after, measured.grain) if measured.after else len(found)
    met = figure is not None and is_met(figure, target, measured.better)
    standing: Standing = "open" if not over or figure is None else "reached" if met else "missed"
    return Attained(
        target=target, actual=figure, low=reach[0] if reach else None, high=reach[1] if reach else None,
        periods=len(found), wanted=wanted, standing=standing,
    )  # fmt: skip


def is_met(actual: float, target: float, better: Better) -> bool:
    return actual >= target if better == "higher" else actual <= target


def periods_in(window: Window, grain: Grain) -> int:
    """How many whole periods a window holds that begin with its first day."""
    count, day = 0, window.first
    while end_of(day, grain) <= window.end:
        count, day = count + 1, end_of(day, grain)
    return count


def _figure(found: Series, measured: Measured) -> float | None:
    """One figure over all periods: quotient of the sums where they are known, else the mean."""
    if not len(found):
        return None
    counts, below = found.counts, found.exposure
    if measured.kind in ("rate", "count") and bool(np.isfinite(counts).all() and np.isfinite(below).all()):
        return float(counts.sum() / below.sum() * measured.scale)
    return float(found.values.mean())


def _reach(found: Series, measured: Measured, figure: float | None) -> tuple[float, float] | None:
    if figure is None:
        return None
    hits, of = found.counts.sum(), found.exposure.sum()
    if measured.kind == "rate" and math.isfinite(hits) and math.isfinite(of) and 0 <= hits <= of:
        low, high = wilson(np.array([hits]), np.array([of]))
        return float(low[0]) * measured.scale, float(high[0]) * measured.scale
    if len(found) < FEWEST or not found.values.std():
        return None
    half = float(stats.t.ppf(0.975, len(found) - 1) * found.values.std(ddof=1) / math.sqrt(len(found)))
    return figure - half, figure + half
