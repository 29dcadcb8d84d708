"""How often the 95 % interval holds the effect that was planted.

    python -m benchmarks.coverage [--draws 2000] [--json FILE]

Allowed: 93-97 % for plain comparisons and for difference in differences with at least five units a side,
90-97 % for interrupted series of 36 + 24 periods with autocorrelation up to 0.5. Synthetic control is judged
by its permutation p (benchmarks/placebo.py).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from benchmarks.worlds import LEVEL, START, Course, alone, autoregressive, many, month_starts, units
from proof.designs import METHODS
from proof.effect import Design
from proof.measured import Measured, measured
from proof.options import Options
from proof.project import Kind

PLANTED = 2.0
"""The effect, in standard deviations of the noise."""
TIGHT, WIDE = (0.93, 0.97), (0.90, 0.97)

Draw = Callable[[np.random.Generator], tuple[Measured, float]]


def plain_means(random: np.random.Generator, before: int, after: int) -> tuple[Measured, float]:
    """Single values, the later ones with twice the spread."""
    values = np.concatenate([random.normal(LEVEL, 1, before), random.normal(LEVEL + PLANTED, 2, after)])
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
    counts = (
        random.poisson(mean) if spread <= 1 else random.negative_binomial(mean / (spread - 1), 1 / spread)
    )
    frame = pd.DataFrame({"period": month_starts(24), "numerator": counts, "exposure": exposure})
    return measured(frame, kpi="kpi", go_live=(START + 12).start, kind="count"), float(np.log(0.8))


def interrupted(random: np.random.Generator, rho: float, kind: Kind = "mean") -> tuple[Measured, float]:
    """36 + 24 months with trend and season; level and slope change at go-live."""
    course = Course(slope=0.05, season=1.0, rho=rho)
    values = course.months(60, random)
    change = 1.5 + 0.05 * np.arange(24)
    values[36:] += change
    return alone(values, 36, kind=kind, random=random), float(change.mean())


def interrupted_counts(random: np.random.Generator) -> tuple[Measured, float]:
    """36 + 24 months of overdispersed counts with an offset; the rate falls by a fifth."""
    time = np.arange(60)
    exposure = random.uniform(900, 1100, 60)
    mean = exposure * 0.1 * np.exp(0.003 * time + 0.1 * np.sin(2 * np.pi * time / 12))
    mean[36:] *= 0.8
    counts = random.negative_binomial(mean, 0.5)
    frame = pd.DataFrame({"period": month_starts(60), "numerator": counts, "exposure": exposure})
    return measured(frame, kpi="kpi", go_live=(START + 36).start, kind="count"), float(np.log(0.8))


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
    rows = []
    for group in (0, 1):
        for cluster in range(each):
            own = random.normal(0, 1) + random.normal(0, 0.7) * np.repeat([0, 1], 4)
            for quarter in range(8):
                late = quarter >= 4
                rows.append(
                    pd.DataFrame(
                        {
                            "period": (START + 3 * quarter).start,
                            "treated": bool(group),
                            "cluster": f"{group}{cluster}",
                            "value": random.normal(
                                LEVEL + own[quarter] + 0.1 * quarter + PLANTED * group * late, 3, 25
                            ),
                        }
                    )
                )
    return measured(pd.concat(rows), kpi="kpi", go_live=(START + 12).start), PLANTED


def two_series(random: np.random.Generator) -> tuple[Measured, float]:
    """One treated and one control series of 24 + 12 months, autocorrelated."""
    common = Course(slope=0.05, season=1.0, rho=0.3).months(36, random)
    table = np.array([common + autoregressive(36, 0.4, random) for _ in range(2)])
    table[0, 24:] += PLANTED
    return many({True: table[:1], False: table[1:]}, 24), PLANTED


RUNS: dict[str, tuple[Design, Draw, tuple[float, float]]] = {
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
    "series, counts, dispersed": ("its", interrupted_counts, WIDE),
    "differences, 5 + 5 units": ("did", partial(groups, treated=5, others=5), TIGHT),
    "differences, 8 + 30 units": ("did", partial(groups, treated=8, others=30), TIGHT),
    "differences, separate samples": ("did", samples, TIGHT),
    "differences, 5 + 5 clusters": ("did", partial(clusters, each=5), TIGHT),
    "differences, 12 + 12 clusters": ("did", partial(clusters, each=12), TIGHT),
    "differences, two series of 24 + 12": ("did", two_series, WIDE),
}


def run(name: str, draws: int) -> dict[str, object]:
    """How many of so many intervals hold the planted effect; on the scale of the model for counts."""
    design, draw, (low, high) = RUNS[name]
    held, widths, started = 0, [], perf_counter()
    for number in range(draws):
        found, truth = draw(np.random.default_rng([number, len(name)]))
        effect = METHODS[design](found, Options())
        model = effect.coefficient
        if model is None or model.low is None or model.high is None:
            raise ValueError(f"{name}: {effect.refused}")
        held += model.low <= truth <= model.high
        widths.append(model.high - model.low)
    share = held / draws
    return {
        "what": name, "draws": draws, "coverage": share, "width": float(np.median(widths)), "low": low,
        "high": high, "holds": low <= share <= high, "seconds": perf_counter() - started,
    }  # fmt: skip


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--draws", type=int, default=2000)
    arguments.add_argument("--only", default="", help="runs whose name holds this")
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    lines = []
    for name in RUNS:
        if given.only in name:
            lines.append(run(name, given.draws))
            print(lines[-1], flush=True)
    if given.json:
        given.json.write_text(json.dumps({"kind": "coverage", "lines": lines}, indent=2), encoding="utf-8")
    if not all(line["holds"] for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
