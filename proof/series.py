"""One group's figures period by period: what trends, seasons and charts are made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.period import Month
from proof.autoregressive import Floats
from proof.measured import Measured
from proof.project import Kind
from proof.window import Grain

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Series:
    """Periods in order. `values` in the KPI's unit; `counts` and `exposure` of counts and rates (numerator
    and denominator), NaN where the source has none; `cases`: values behind each period; `positions`: whole
    periods since the first, with gaps where periods are missing."""

    periods: tuple[dt.date, ...]
    positions: Places
    values: Floats
    counts: Floats
    exposure: Floats
    cases: Floats

    def __len__(self) -> int:
        return len(self.periods)

    @property
    def gaps(self) -> int:
        """Periods between the first and the last that have no value."""
        return int(self.positions[-1] - self.positions[0]) + 1 - len(self) if len(self) else 0

    @property
    def weights(self) -> Floats | None:
        """How much a period's rate weighs: its cases, around 1; None where they are not known."""
        known = np.isfinite(self.exposure) & (self.exposure > 0)
        return self.exposure / self.exposure.mean() if len(self) and bool(known.all()) else None

    def part(self, chosen: npt.NDArray[np.bool_]) -> Series:
        return Series(
            periods=tuple(np.array(self.periods, dtype=object)[chosen]),
            positions=self.positions[chosen], values=self.values[chosen], counts=self.counts[chosen],
            exposure=self.exposure[chosen], cases=self.cases[chosen],
        )  # fmt: skip

    def before(self, day: dt.date) -> Series:
        return self.part(np.array([period < day for period in self.periods], dtype=bool))


def series(rows: pd.DataFrame, measured: Measured) -> Series:
    """The rows of one group, one figure a period: quotient of sums, median, or mean, as its kind asks."""
    starts, place, cases = np.unique(rows["period"].to_numpy(), return_inverse=True, return_counts=True)
    periods = tuple(pd.Timestamp(day).date() for day in starts)
    below = "denominator" if measured.kind == "rate" else "exposure"
    counts, exposure = (
        _sums(rows[name].to_numpy(float), place, len(periods)) for name in ("numerator", below)
    )
    return Series(
        periods=periods,
        positions=positions(periods, measured.grain),
        values=counts / exposure * measured.scale
        if _adds_up(measured.kind, counts, exposure)
        else _figures(rows, measured.kind, place, cases),
        counts=counts,
        exposure=exposure,
        cases=cases.astype(float),
    )


def _sums(values: Floats, place: Places, periods: int) -> Floats:
    """Sum of each period over what is there; NaN where nothing is."""
    there = np.isfinite(values)
    sums = np.bincount(place, np.where(there, values, 0.0), periods)
    return np.where(np.bincount(place, there, periods) > 0, sums, np.nan)


def _adds_up(kind: Kind, counts: Floats, exposure: Floats) -> bool:
    """Whether figures are quotients of sums."""
    return kind in ("rate", "count") and bool(np.isfinite(counts).all() and np.isfinite(exposure).all())


def _figures(rows: pd.DataFrame, kind: Kind, place: Places, cases: Places) -> Floats:
    """Mean, median, or (counts) sum of each period's values."""
    values = rows["value"].to_numpy(float)
    if kind == "median":
        return rows.groupby("period", sort=True)["value"].median().to_numpy(float)
    sums = np.asarray(np.bincount(place, values, len(cases)), dtype=float)
    whole = kind == "count" and bool(rows["exposure"].isna().all())
    return sums if whole else np.asarray(sums / cases)


def positions(periods: tuple[dt.date, ...], grain: Grain) -> npt.NDArray[np.int64]:
    """Whole periods since the first one."""
    if not periods:
        return np.array([], dtype=np.int64)
    first = periods[0]
    if grain in ("day", "week"):
        length = 7 if grain == "week" else 1
        return np.array([(day - first).days // length for day in periods], dtype=np.int64)
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    start = _months(first)
    return np.array([(_months(day) - start) // months for day in periods], dtype=np.int64)


def _months(day: dt.date) -> int:
    month = Month.of(day)
    return month.year * 12 + month.month
