"""Projects whose truth is known: nothing happened, or exactly what was planted.

Trend, season, autocorrelation and regression to the mean are drawn anew for each; the unit is the standard
deviation of the monthly noise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zlib import crc32

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
    """How a KPI runs by itself: slope a month, height of the season, autocorrelation; `tails`: degrees of
    freedom of shocks that are Student's, None where they are normal."""

    slope: float
    season: float
    rho: float
    tails: float | None = None

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
            LEVEL
            + self.slope * time
            + self.season * wave
            + autoregressive(count, self.rho, random, tails=self.tails)
        )


def autoregressive(
    count: int, rho: float, random: np.random.Generator, *, tails: float | None = None
) -> Floats:
    """A stationary series with deviation one; `tails`: degrees of freedom (above 2) of Student's shocks."""
    drawn = random.normal(size=count + 1)
    if tails is not None:
        drawn = random.standard_t(tails, size=count + 1) / np.sqrt(tails / (tails - 2))
    shocks = drawn[1:] * np.sqrt(1 - rho**2)
    found = np.empty(count)
    found[0] = drawn[0]
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
    cases: tuple[int, int] = (300, 500),
    spread: float = 1.0,
) -> Measured:
    """One series with go-live before the month of that number; `baseline`, `after`: months of the windows.

    As a rate or a count the values become chances of so many `cases` (from, below) or expected counts, drawn
    anew; `spread`: variance of counts by their mean.
    """
    frame = pd.DataFrame({"period": month_starts(len(values)), "value": values})
    random = random or np.random.default_rng(0)
    if kind == "rate":
        each = random.integers(*cases, len(values))
        chance = np.clip(0.2 + 0.02 * (values - LEVEL), 0.01, 0.99)
        frame = frame.assign(numerator=random.binomial(each, chance), denominator=each)
    elif kind == "count":
        people = random.uniform(900, 1100, len(values))
        mean = people * 0.08 * np.exp(0.1 * (values - LEVEL))
        frame = frame.assign(numerator=counts(mean, spread, random), exposure=people)
    return measured(
        frame, kpi="kpi", go_live=(START + live).start, kind=kind, unit_name="count",
        baseline=None if baseline is None else window(live - baseline, baseline),
        after=None if after is None else window(live, after),
    )  # fmt: skip


def counts(mean: Floats, spread: float, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Counts of that mean; `spread`: variance by mean, Poisson's is 1."""
    if spread <= 1:
        return random.poisson(mean)
    return random.negative_binomial(mean / (spread - 1), 1 / spread)


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


def units(
    count: int,
    months: int,
    common: Floats,
    course: Course,
    random: np.random.Generator,
    *,
    drift: float = 0.01,
) -> Floats:
    """Units that share a course and have a level, some drift (its deviation a month) and noise of their
    own."""
    own = random.normal(0, 3, (count, 1)) + random.normal(0, drift, (count, 1)) * np.arange(months)
    noise = np.array([autoregressive(months, course.rho, random, tails=course.tails) for _ in range(count)])
    return np.asarray(common[:months] + own + noise)


def worst_month(values: Floats, length: int, first: int, last: int) -> int:
    """The month (from `first` to `last`) before which the stretch of that length was the worst."""
    means = [float(values[live - length : live].mean()) for live in range(first, last + 1)]
    return first + int(np.argmin(means))


def clustered(
    sizes: tuple[tuple[int, ...], tuple[int, ...]], planted: float, random: np.random.Generator
) -> Measured:
    """Separate samples over eight quarters: of each cluster so many values a quarter (the others' clusters
    first, then those of the treated), and clusters that change by themselves."""
    quarter, late = np.arange(8), np.arange(8) >= 4
    values, size, treated, cluster = [], [], [], []
    for group in (0, 1):
        for number, each in enumerate(sizes[group]):
            mean = LEVEL + random.normal(0, 1) + random.normal(0, 0.7) * late + 0.1 * quarter
            values.append(random.normal((mean + planted * group * late)[:, None], 3, (8, each)).ravel())
            size.append(each)
            treated.append(group == 1)
            cluster.append(f"{group}{number}")
    many = 8 * np.array(size)
    frame = pd.DataFrame(
        {
            "period": np.concatenate([np.repeat(np.array(month_starts(24)[::3]), each) for each in size]),
            "treated": np.repeat(treated, many),
            "cluster": np.repeat(cluster, many),
            "value": np.concatenate(values),
        }
    )
    return measured(frame, kpi="kpi", go_live=(START + 12).start)


def seeded(seed: int, name: str, number: int) -> np.random.Generator:
    """The stream of one draw: another for each seed, row and number."""
    return np.random.default_rng([seed, crc32(name.encode()), number])
