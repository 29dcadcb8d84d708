"""Projects whose truth is known: nothing happened, or exactly what was planted.

Trend, season, autocorrelation and regression to the mean are drawn anew for each; the unit is the standard
deviation of the monthly noise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.period import Month
from proof.measured import Measured, measured
from proof.project import Kind
from proof.window import Window

Floats = npt.NDArray[np.float64]
START = Month(2018, 1)
LEVEL = 50.0


@dataclass(frozen=True, kw_only=True)
class Course:
    """How a KPI runs by itself: slope a month, height of the season, autocorrelation."""

    slope: float
    season: float
    rho: float

    @classmethod
    def drawn(cls, random: np.random.Generator) -> Course:
        """Half of the KPIs have a trend, half a season; autocorrelation up to 0.5."""
        return cls(
            slope=float(random.normal(0, 0.06)) if random.random() < 0.5 else 0.0,
            season=float(random.uniform(0.5, 2)) if random.random() < 0.5 else 0.0,
            rho=float(random.uniform(0, 0.5)),
        )

    def months(self, count: int, random: np.random.Generator) -> Floats:
        time = np.arange(count)
        phase = random.uniform(0, 2 * np.pi)
        wave = np.sin(2 * np.pi * time / 12 + phase) + 0.5 * np.sin(4 * np.pi * time / 12 + 2 * phase)
        return np.asarray(
            LEVEL + self.slope * time + self.season * wave + autoregressive(count, self.rho, random)
        )


def autoregressive(count: int, rho: float, random: np.random.Generator) -> Floats:
    """A stationary series with deviation one."""
    shocks = random.normal(size=count) * np.sqrt(1 - rho**2)
    found = np.empty(count)
    found[0] = random.normal()
    for place in range(1, count):
        found[place] = rho * found[place - 1] + shocks[place]
    return found


def month_starts(count: int) -> list[dt.date]:
    return [(START + place).start for place in range(count)]


def window(first: int, count: int) -> Window:
    """So many months from the n-th on."""
    return Window(first=(START + first).start, last=(START + (first + count)).start - dt.timedelta(days=1))


def alone(
    values: Floats,
    live: int,
    *,
    baseline: int | None = None,
    after: int | None = None,
    kind: Kind = "mean",
    random: np.random.Generator | None = None,
) -> Measured:
    """One series with go-live before the month of that number; `baseline`, `after`: months of the windows.

    As a rate or a count the values become chances of 400 cases or expected counts, drawn anew.
    """
    frame = pd.DataFrame({"period": month_starts(len(values)), "value": values})
    random = random or np.random.default_rng(0)
    if kind == "rate":
        cases = random.integers(300, 500, len(values))
        chance = np.clip(0.2 + 0.02 * (values - LEVEL), 0.01, 0.99)
        frame = frame.assign(numerator=random.binomial(cases, chance), denominator=cases)
    elif kind == "count":
        people = random.uniform(900, 1100, len(values))
        mean = people * 0.08 * np.exp(0.1 * (values - LEVEL))
        frame = frame.assign(numerator=random.poisson(mean), exposure=people)
    return measured(
        frame, kpi="kpi", go_live=(START + live).start, kind=kind, unit_name="count",
        baseline=None if baseline is None else window(live - baseline, baseline),
        after=None if after is None else window(live, after),
    )  # fmt: skip


def many(values: dict[bool, Floats], live: int) -> Measured:
    """Units by months of the treated (True) and the others (False)."""
    parts = []
    for treated, table in values.items():
        units, months = table.shape
        parts.append(
            pd.DataFrame(
                {
                    "period": np.tile(np.array(month_starts(months)), units),
                    "unit": np.repeat([f"{'t' if treated else 'c'}{unit}" for unit in range(units)], months),
                    "treated": treated,
                    "value": table.ravel(),
                }
            )
        )
    return measured(pd.concat(parts), kpi="kpi", go_live=(START + live).start, unit_name="count")


def units(count: int, months: int, common: Floats, course: Course, random: np.random.Generator) -> Floats:
    """Units that share a course and have a level, some drift and noise of their own."""
    own = random.normal(0, 3, (count, 1)) + random.normal(0, 0.01, (count, 1)) * np.arange(months)
    noise = np.array([autoregressive(months, course.rho, random) for _ in range(count)])
    return np.asarray(common[:months] + own + noise)


def worst_month(values: Floats, length: int, first: int, last: int) -> int:
    """The month (from `first` to `last`) before which the stretch of that length was the worst."""
    means = [float(values[live - length : live].mean()) for live in range(first, last + 1)]
    return first + int(np.argmin(means))
