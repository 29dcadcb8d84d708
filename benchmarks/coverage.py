"""How often the 95 % interval holds the effect that was planted.

    python -m benchmarks.coverage [--draws 2000] [--seed 2] [--only WORDS] [--json FILE]

Allowed: 93-97 % for plain comparisons and for difference in differences with at least five units a side,
90-97 % for interrupted series of 36 + 24 periods with autocorrelation up to 0.5. Synthetic control is judged
by its permutation p (benchmarks/placebo.py).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
import pandas as pd

from benchmarks.rows import SEED, arguments, keep
from benchmarks.worlds import (
    LEVEL,
    START,
    Course,
    alone,
    autoregressive,
    clustered,
    counts,
    many,
    month_starts,
    seeded,
    units,
)
from proof.autoregressive import Floats
from proof.designs import METHODS
from proof.effect import Design
from proof.measured import Measured, measured
from proof.options import Options

PLANTED = 2.0
"""The effect, in standard deviations of the noise."""
TIGHT, WIDE = (0.93, 0.97), (0.90, 0.97)

Draw = Callable[[np.random.Generator], tuple[Measured, float]]


def plain_means(
    random: np.random.Generator, before: int, after: int, tails: float | None = None
) -> tuple[Measured, float]:
    """Single values, the later ones with twice the spread; `tails`: Student's, with so many degrees of
    freedom."""

    def drawn(count: int) -> Floats:
        return random.normal(0, 1, count) if tails is None else random.standard_t(tails, count)

    values = LEVEL + np.concatenate([drawn(before), PLANTED + 2 * drawn(after)])
    return alone(values, before), PLANTED


def plain_rates(random: np.random.Generator, cases: int) -> tuple[Measured, float]:
    """A rate that rises from 12 to 18 percent, over six months a side."""
    chance = np.repeat([0.12, 0.18], 6)
    frame = pd.DataFrame(
        {"period": month_starts(12), "numerator": random.binomial(cases, chance), "denominator": cases}
    )
    found = measured(frame, kpi="kpi", go_live=(START + 6).start, kind="rate", unit_name="percent")
    return found, 6.0


def plain_medians(random: np.random.Generator, count: int) -> tuple[Measured, float]:
    """Skewed durations whose median falls."""
    values = np.concatenate([random.lognormal(1.0, 0.8, count), random.lognormal(0.7, 0.8, count)])
    frame = pd.DataFrame({"period": np.repeat(np.array(month_starts(2)), count), "value": values})
    found = measured(frame, kpi="kpi", go_live=(START + 1).start, kind="median")
    return found, float(np.exp(0.7) - np.exp(1.0))


def plain_counts(random: np.random.Generator, spread: float) -> tuple[Measured, float]:
    """Counts a month with an exposure; `spread`: variance by mean."""
    exposure = random.uniform(900, 1100, 24)
    mean = exposure * np.repeat([0.05, 0.04], 12)
    frame = pd.DataFrame(
        {"period": month_starts(24), "numerator": counts(mean, spread, random), "exposure": exposure}
    )
    return measured(frame, kpi="kpi", go_live=(START + 12).start, kind="count"), float(np.log(0.8))


def interrupted(random: np.random.Generator, rho: float) -> tuple[Measured, float]:
    """36 + 24 months with trend and season; level and slope change at go-live."""
    course = Course(slope=0.05, season=1.0, rho=rho)
    values = course.months(60, random)
    change = 1.5 + 0.05 * np.arange(24)
    values[36:] += change
    return alone(values, 36, random=random), float(change.mean())


def interrupted_counts(random: np.random.Generator, rho: float, spread: float) -> tuple[Measured, float]:
    """36 + 24 months of counts with an offset; the rate falls by a fifth. `rho`: autocorrelation of a
    rate that moves by a tenth; `spread`: variance by mean beside that."""
    time = np.arange(60)
    exposure = random.uniform(900, 1100, 60)
    moves = 0.1 * autoregressive(60, rho, random) if rho else np.zeros(60)
    mean = exposure * 0.1 * np.exp(0.003 * time + 0.1 * np.sin(2 * np.pi * time / 12) + moves)
    mean[36:] *= 0.8
    frame = pd.DataFrame(
        {"period": month_starts(60), "numerator": counts(mean, spread, random), "exposure": exposure}
    )
    return measured(frame, kpi="kpi", go_live=(START + 36).start, kind="count"), float(np.log(0.8))


def interrupted_rates(random: np.random.Generator, rho: float) -> tuple[Measured, float]:
    """36 + 24 months of a rate of some 400 cases a month, autocorrelated beside chance, that rises by six
    points."""
    course = Course(slope=0.02, season=1.0, rho=rho)
    values = course.months(60, random)
    values[36:] += 3.0
    return alone(values, 36, kind="rate", random=random), 0.06


def groups(random: np.random.Generator, treated: int, others: int) -> tuple[Measured, float]:
    """Units followed over twelve and six months."""
    course = Course(slope=0.05, season=1.0, rho=0.3)
    table = units(treated + others, 18, course.months(18, random), course, random)
    table[:treated, 12:] += PLANTED
    return many({True: table[:treated], False: table[treated:]}, 12), PLANTED


def samples(random: np.random.Generator) -> tuple[Measured, float]:
    """Separate samples of forty to sixty values a cell."""
    frame = pd.concat(
        pd.DataFrame(
            {
                "period": month_starts(2)[late],
                "treated": bool(group),
                "value": random.normal(LEVEL + 3 * group + late + PLANTED * group * late, 4, 40 + 10 * group),
            }
        )
        for group in (0, 1)
        for late in (0, 1)
    )
    return measured(frame, kpi="kpi", go_live=(START + 1).start), PLANTED


def clusters(random: np.random.Generator, each: int) -> tuple[Measured, float]:
    """Separate samples of 25 values in so many clusters a group, over eight quarters."""
    return clustered(((25,) * each, (25,) * each), PLANTED, random), PLANTED


def unequal_clusters(random: np.random.Generator) -> tuple[Measured, float]:
    """Five clusters of the others and eight treated ones, of 5 to 80 values a quarter."""
    drawn = [np.exp(random.uniform(np.log(5), np.log(80), count)).astype(int) for count in (5, 8)]
    return clustered((tuple(drawn[0]), tuple(drawn[1])), PLANTED, random), PLANTED


def uneven_groups(random: np.random.Generator) -> tuple[Measured, float]:
    """Five treated units with three times the noise of thirty others."""
    course = Course(slope=0.05, season=1.0, rho=0.3)
    table = units(35, 18, course.months(18, random), course, random)
    table[:5] += random.normal(0, 2.8, (5, 18))
    table[:5, 12:] += PLANTED
    return many({True: table[:5], False: table[5:]}, 12), PLANTED


def two_series(random: np.random.Generator) -> tuple[Measured, float]:
    """One treated and one control series of 24 + 12 months, autocorrelated."""
    common = Course(slope=0.05, season=1.0, rho=0.3).months(36, random)
    table = np.array([common + autoregressive(36, 0.4, random) for _ in range(2)])
    table[0, 24:] += PLANTED
    return many({True: table[:1], False: table[1:]}, 24), PLANTED


ASKED: dict[str, tuple[Design, Draw, tuple[float, float]]] = {
    "plain, means, 12 + 12": ("plain", partial(plain_means, before=12, after=12), TIGHT),
    "plain, means, 6 + 20": ("plain", partial(plain_means, before=6, after=20), TIGHT),
    "plain, rates, 6 x 30 cases": ("plain", partial(plain_rates, cases=30), TIGHT),
    "plain, rates, 6 x 200 cases": ("plain", partial(plain_rates, cases=200), TIGHT),
    "plain, medians, 40 + 40": ("plain", partial(plain_medians, count=40), TIGHT),
    "plain, counts, Poisson": ("plain", partial(plain_counts, spread=1.0), TIGHT),
    "plain, counts, dispersed": ("plain", partial(plain_counts, spread=3.0), TIGHT),
    "series, autocorrelation 0": ("its", partial(interrupted, rho=0.0), WIDE),
    "series, autocorrelation 0.3": ("its", partial(interrupted, rho=0.3), WIDE),
    "series, autocorrelation 0.5": ("its", partial(interrupted, rho=0.5), WIDE),
    "series, counts, dispersed": ("its", partial(interrupted_counts, rho=0.0, spread=2.0), WIDE),
    "series, counts, autocorrelation 0.5": ("its", partial(interrupted_counts, rho=0.5, spread=1.0), WIDE),
    "series, rates, autocorrelation 0.5": ("its", partial(interrupted_rates, rho=0.5), WIDE),
    "differences, 5 + 5 units": ("did", partial(groups, treated=5, others=5), TIGHT),
    "differences, 8 + 30 units": ("did", partial(groups, treated=8, others=30), TIGHT),
    "differences, separate samples": ("did", samples, TIGHT),
    "differences, 5 + 5 clusters": ("did", partial(clusters, each=5), TIGHT),
    "differences, 12 + 12 clusters": ("did", partial(clusters, each=12), TIGHT),
    "differences, two series of 24 + 12": ("did", two_series, WIDE),
}
HARDER: dict[str, tuple[Design, Draw, tuple[float, float]]] = {
    "plain, means, heavy tails, 12 + 12": (
        "plain",
        partial(plain_means, before=12, after=12, tails=3),
        TIGHT,
    ),
    "plain, rates, 6 x 5 cases": ("plain", partial(plain_rates, cases=5), TIGHT),
    "plain, medians, 12 + 12": ("plain", partial(plain_medians, count=12), TIGHT),
    "plain, counts, dispersed eightfold": ("plain", partial(plain_counts, spread=8.0), TIGHT),
    "series, autocorrelation 0.7": ("its", partial(interrupted, rho=0.7), WIDE),
    "differences, 5 + 30 units, noise 3 : 1": ("did", uneven_groups, TIGHT),
    "differences, 8 + 5 clusters of 5 to 80 values": ("did", unequal_clusters, TIGHT),
}
RUNS = ASKED | HARDER


def run(name: str, draws: int, seed: int = SEED) -> dict[str, object]:
    """How many of so many intervals hold the planted effect; on the scale of the model for counts."""
    design, draw, (low, high) = RUNS[name]
    held, widths, started = 0, [], perf_counter()
    for number in range(draws):
        found, truth = draw(seeded(seed, name, number))
        effect = METHODS[design](found, Options())
        model = effect.coefficient
        if model is None or model.low is None or model.high is None:
            raise ValueError(f"{name}: {effect.refused}")
        held += model.low <= truth <= model.high
        widths.append(model.high - model.low)
    share = held / draws
    return {
        "what": name, "draws": draws, "seed": seed, "coverage": share, "width": float(np.median(widths)),
        "low": low, "high": high, "harder": name in HARDER, "holds": low <= share <= high,
        "seconds": perf_counter() - started,
    }  # fmt: skip


if __name__ == "__main__":
    keep("coverage", RUNS, run, arguments(__doc__, "--draws", 2000))
