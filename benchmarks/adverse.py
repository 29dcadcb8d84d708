"""Harder projects in which nothing happened than the guarantee names: what real data have and tidy models
have not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.worlds import (
    START,
    Course,
    Floats,
    alone,
    clustered,
    many,
    month_starts,
    units,
    worst_month,
)
from proof.measured import Measured, measured
from proof.project import Kind

KINDS: tuple[Kind, ...] = ("mean", "rate", "count")


def _course(random: np.random.Generator, **changed: float) -> Course:
    """A course as the guarantee draws it, but for what is changed."""
    drawn = Course.drawn(random)
    known = {name: getattr(drawn, name) for name in ("slope", "season", "rho", "tails")}
    return Course(**{**known, **changed})


def _plain(course: Course, random: np.random.Generator, **kind: object) -> Measured:
    """A plain comparison of a year with a year and two years of history."""
    return alone(course.months(48, random), 36, baseline=12, after=12, random=random, **kind)  # type: ignore[arg-type]


def _series(course: Course, random: np.random.Generator, **kind: object) -> Measured:
    """36 months before and 24 after."""
    return alone(course.months(60, random), 36, random=random, **kind)  # type: ignore[arg-type]


def low_season(random: np.random.Generator) -> Measured:
    """Half a year with half a year, go-live at the end of the year's lowest half; with history of one to
    three years."""
    season = _sharp(84, random)
    values = season + _course(random, season=0.0).months(84, random)
    live = worst_month(season, 6, 42, 53)
    first = live - 6 - int(random.choice([12, 24, 36]))
    kind = KINDS[random.integers(3)]
    return alone(values[first : live + 6], live - first, baseline=6, after=6, kind=kind, random=random)


def low_season_series(random: np.random.Generator) -> Measured:
    """36 + 24 months, go-live at the end of the lowest quarter of a year with a peak of one month or two."""
    season = _sharp(84, random)
    values = season + _course(random, season=0.0).months(84, random)
    live = worst_month(season, 3, 36, 47)
    return alone(values[live - 36 : live + 24], 36, kind=KINDS[random.integers(3)], random=random)


def _sharp(count: int, random: np.random.Generator) -> Floats:
    """A season that is no sine: a high of one or two months, a low of three, as Christmas or holidays make
    it, up to three deviations high."""
    year = np.zeros(12)
    start = int(random.integers(12))
    year[[start, (start + 1) % 12][: int(random.integers(1, 3))]] = random.uniform(1, 3)
    year[[(start + shift) % 12 for shift in (5, 6, 7)]] = -random.uniform(0.5, 2)
    return np.tile(year, count // 12 + 1)[:count]


def short_history(random: np.random.Generator) -> Measured:
    """Half a year after the worst of ten starts, and a history of half a year, the least that is taken."""
    course = _course(random, slope=0.0, season=0.0)
    found = min(
        (course.months(24, random) for _ in range(10)),
        key=lambda each: float(each[6:12].mean() - each.mean()),
    )
    kind = KINDS[random.integers(3)]
    return alone(found, 12, baseline=6, after=12, kind=kind, random=random)


def heavy_plain(random: np.random.Generator) -> Measured:
    return _plain(_course(random, tails=3.0), random)


def heavy_series(random: np.random.Generator) -> Measured:
    return _series(_course(random, tails=3.0), random)


def heavy_units(random: np.random.Generator) -> Measured:
    course = _course(random, tails=3.0)
    treated, others = (int(random.integers(5, 16)) for _ in range(2))
    table = units(treated + others, 18, course.months(18, random), course, random)
    return many({True: table[:treated], False: table[treated:]}, 12)


def outlier_plain(random: np.random.Generator) -> Measured:
    """One month, before or after, eight deviations off."""
    values = _course(random).months(48, random)
    values[12 + int(random.integers(36))] += random.choice([-8, 8])
    return alone(values, 36, baseline=12, after=12)


def outlier_series(random: np.random.Generator) -> Measured:
    """One month within half a year of go-live eight deviations off."""
    values = _course(random).months(60, random)
    values[30 + int(random.integers(12))] += random.choice([-8, 8])
    return alone(values, 36)


def few_cases_plain(random: np.random.Generator) -> Measured:
    return _plain(_course(random), random, kind="rate", cases=(3, 21))


def few_cases_series(random: np.random.Generator) -> Measured:
    return _series(_course(random), random, kind="rate", cases=(3, 21))


def dispersed_plain(random: np.random.Generator) -> Measured:
    return _plain(_course(random), random, kind="count", spread=4.0)


def dispersed_series(random: np.random.Generator) -> Measured:
    return _series(_course(random), random, kind="count", spread=4.0)


def sticky_plain(random: np.random.Generator) -> Measured:
    return _plain(
        _course(random, rho=float(random.uniform(0.5, 0.8))), random, kind=KINDS[random.integers(3)]
    )


def sticky_series(random: np.random.Generator) -> Measured:
    return _series(
        _course(random, rho=float(random.uniform(0.5, 0.8))), random, kind=KINDS[random.integers(3)]
    )


def sticky_pair(random: np.random.Generator) -> Measured:
    """One treated and one control series of two years and one."""
    course = _course(random, rho=float(random.uniform(0.5, 0.8)))
    table = units(2, 36, course.months(36, random), course, random)
    return many({True: table[:1], False: table[1:]}, 24)


def wandering_pair(random: np.random.Generator) -> Measured:
    """Two series that each wander: their difference has no level to return to."""
    course = _course(random)
    table = units(2, 36, course.months(36, random), course, random)
    table = table + np.cumsum(random.normal(0, 0.2, (2, 36)), axis=1)
    return many({True: table[:1], False: table[1:]}, 24)


def drifting_units(random: np.random.Generator) -> Measured:
    """Eight treated and sixteen others; the whole control group drifts away from the treated."""
    course = _course(random)
    table = units(24, 18, course.months(18, random), course, random, drift=0.05)
    table[8:] += random.normal(0, 0.06) * np.arange(18)
    return many({True: table[:8], False: table[8:]}, 12)


def unequal_clusters(random: np.random.Generator) -> Measured:
    """Five to nine clusters a group, of 5 to 80 values a quarter."""
    sizes = tuple(
        tuple(int(size) for size in np.exp(random.uniform(np.log(5), np.log(80), random.integers(5, 10))))
        for _ in range(2)
    )
    return clustered((sizes[0], sizes[1]), 0.0, random)


def skewed_medians(random: np.random.Generator) -> Measured:
    """Medians of skewed durations, 15 to 40 cases a month, a year with a year and two years of history."""
    course = _course(random).months(48, random)
    parts = [
        pd.DataFrame({"period": day, "value": random.lognormal(1 + 0.1 * (level - 50), 0.8, cases)})
        for day, level, cases in zip(month_starts(48), course, random.integers(15, 40, 48), strict=True)
    ]
    live = START + 36
    frame = pd.concat(parts)
    found = alone(course, 36, baseline=12, after=12)
    return measured(
        frame, kpi="kpi", go_live=live.start, kind="median", baseline=found.baseline, after=found.after
    )


def one_treated(random: np.random.Generator) -> Measured:
    """One treated among 24 units over 20 + 10 months; in a third of the projects the one that just did
    worst."""
    course = _course(random)
    table = units(24, 30, course.months(30, random), course, random, drift=0.02)
    first = 0
    if random.random() < 0.33:
        first = int(np.argmin(table[:, 14:20].mean(axis=1) - table[:, :14].mean(axis=1)))
    return many({True: table[[first]], False: np.delete(table, first, axis=0)}, 20)
