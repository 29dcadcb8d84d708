"""How often a project in which nothing happened is called a success: the placebo guarantee.

    python -m benchmarks.placebo [--projects 1000] [--seed 2] [--only WORDS] [--json FILE]

Each design gets projects with trend, season, autocorrelation and regression to the mean, but without any
effect. Allowed: improved in at most 4 %, improved or worsened in at most 7 %; of projects without control
that were picked for a bad baseline at most 5 % improved, at whatever grade. The same limits hold for harder
projects (benchmarks/adverse.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from time import perf_counter

import numpy as np

from benchmarks import adverse
from benchmarks.rows import SEED, arguments, keep
from benchmarks.worlds import Course, alone, many, seeded, units, worst_month
from proof.designs import effect
from proof.effect import Design
from proof.grading import grade, verdict
from proof.measured import Measured
from proof.options import Options
from proof.project import Kind

Maker = Callable[[np.random.Generator], Measured]
KINDS: tuple[Kind, ...] = ("mean", "rate", "count")
IMPROVED, EITHER, PICKED = 0.04, 0.07, 0.05


def plain_project(random: np.random.Generator) -> Measured:
    """A history before a baseline of half a year or a year; go-live on some day or after a bad time."""
    course, kind = Course.drawn(random), KINDS[random.integers(3)]
    baseline, after = (int(random.choice([6, 12])) for _ in range(2))
    values = course.months(84, random)
    live = 24 + baseline + int(random.integers(0, 24))
    if random.random() < 0.33:
        live = worst_month(values, baseline, 24 + baseline, 60)
    first = live - baseline - int(random.choice([12, 24]))
    return alone(
        values[max(first, 0) : live + after], live - max(first, 0), baseline=baseline, after=after,
        kind=kind, random=random,
    )  # fmt: skip


def series_project(random: np.random.Generator) -> Measured:
    """36 months before and 24 after; a third goes live after the worst three months of a year."""
    course, kind = Course.drawn(random), KINDS[random.integers(3)]
    values = course.months(72, random)
    live = 36
    if random.random() < 0.33:
        live = worst_month(values, 3, 36, 48)
    return alone(values[live - 36 : live + 24], 36, kind=kind, random=random)


def groups_project(random: np.random.Generator) -> Measured:
    """Five to fifteen units a group over twelve months before and six after. A third treats those units that
    did worst in the quarter before."""
    course = Course.drawn(random)
    treated, others = (int(random.integers(5, 16)) for _ in range(2))
    table = units(treated + others, 18, course.months(18, random), course, random)
    order = random.permutation(treated + others)
    if random.random() < 0.33:
        dip = table[:, 9:12].mean(axis=1) - table[:, :9].mean(axis=1)
        order = np.argsort(dip)
    return many({True: table[order[:treated]], False: table[order[treated:]]}, 12)


def two_series_project(random: np.random.Generator) -> Measured:
    """One treated and one control series of two years and one."""
    course = Course.drawn(random)
    table = units(2, 36, course.months(36, random), course, random)
    return many({True: table[:1], False: table[1:]}, 24)


def few_treated_project(random: np.random.Generator) -> Measured:
    """Two treated among twelve units."""
    course = Course.drawn(random)
    table = units(12, 30, course.months(30, random), course, random)
    return many({True: table[:2], False: table[2:]}, 20)


def synthetic_project(random: np.random.Generator) -> Measured:
    """One treated unit and 19 to 40 donors over 24 + 12 months with two factors in common."""
    course = Course.drawn(random)
    count = int(random.integers(20, 42))
    factors = np.array([np.cumsum(random.normal(0, 0.3, 36)) for _ in range(2)])
    table = units(count, 36, course.months(36, random), course, random)
    table = table + random.normal(0, 1, (count, 2)) @ factors
    return many({True: table[:1], False: table[1:]}, 24)


def picked_project(random: np.random.Generator) -> Measured:
    """No control, and go-live right after the worst half year (year) of three."""
    course, kind = Course.drawn(random), KINDS[random.integers(3)]
    baseline = int(random.choice([6, 12]))
    values = course.months(96, random)
    live = worst_month(values, baseline, 36, 72)
    return alone(values[live - 36 : live + 12], 36, baseline=baseline, after=12, kind=kind, random=random)


def picked_of_many(random: np.random.Generator) -> Measured:
    """No control, and of ten projects the one with the lowest baseline against its own past."""
    course, kind = Course.drawn(random), KINDS[random.integers(3)]
    baseline = int(random.choice([6, 12]))
    found = [Course(slope=0.0, season=0.0, rho=course.rho).months(48, random) for _ in range(10)]
    values = min(
        found, key=lambda each: float(each[36 - baseline : 36].mean() - each[: 36 - baseline].mean())
    )
    return alone(values, 36, baseline=baseline, after=12, kind=kind, random=random)


ASKED: dict[str, tuple[Maker, Design | str, bool]] = {
    "plain": (plain_project, "plain", False),
    "interrupted series": (series_project, "its", False),
    "difference in differences, units": (groups_project, "did", False),
    "difference in differences, two series": (two_series_project, "did", False),
    "difference in differences, two treated": (few_treated_project, "did", False),
    "synthetic control": (synthetic_project, "synthetic", False),
    "chosen by the product, series": (series_project, "auto", False),
    "chosen by the product, units": (groups_project, "auto", False),
    "picked: go-live after the worst stretch, plain": (picked_project, "plain", True),
    "picked: lowest baseline of ten, plain": (picked_of_many, "plain", True),
    "picked: go-live after the worst stretch, chosen": (picked_project, "auto", True),
}
"""Maker, design, and whether the projects were picked for their baseline."""
HARDER: dict[str, tuple[Maker, Design | str, bool]] = {
    "plain: go-live at the seasonal low": (adverse.low_season, "plain", False),
    "series: go-live at the seasonal low, sharp season": (adverse.low_season_series, "its", False),
    "picked: worst start of ten, the shortest history, plain": (adverse.short_history, "plain", True),
    "plain: autocorrelation 0.5 to 0.8": (adverse.sticky_plain, "plain", False),
    "series: autocorrelation 0.5 to 0.8": (adverse.sticky_series, "its", False),
    "two series: autocorrelation 0.5 to 0.8": (adverse.sticky_pair, "did", False),
    "two series that wander": (adverse.wandering_pair, "did", False),
    "units: the whole control group drifts": (adverse.drifting_units, "did", False),
    "units: heavy tails": (adverse.heavy_units, "did", False),
    "clusters of 5 to 80 values": (adverse.unequal_clusters, "did", False),
    "one treated unit of 24, chosen": (adverse.one_treated, "auto", False),
    "plain: heavy tails": (adverse.heavy_plain, "plain", False),
    "series: heavy tails": (adverse.heavy_series, "its", False),
    "plain: one month eight deviations off": (adverse.outlier_plain, "plain", False),
    "series: one month eight deviations off": (adverse.outlier_series, "its", False),
    "plain: rates of 3 to 20 cases": (adverse.few_cases_plain, "plain", False),
    "series: rates of 3 to 20 cases": (adverse.few_cases_series, "its", False),
    "plain: counts, dispersed fourfold": (adverse.dispersed_plain, "plain", False),
    "series: counts, dispersed fourfold": (adverse.dispersed_series, "its", False),
    "plain: medians of skewed durations": (adverse.skewed_medians, "plain", False),
}
RUNS = ASKED | HARDER


def run(name: str, projects: int, seed: int = SEED) -> dict[str, object]:
    """Verdicts and grades of so many projects of a run, and whether it keeps what it must."""
    make, design, picked = RUNS[name]
    verdicts: Counter[str] = Counter()
    grades: Counter[str] = Counter()
    looks = 0
    started = perf_counter()
    for number in range(projects):
        found = effect(make(seeded(seed, name, number)), design, Options())  # type: ignore[arg-type]
        verdicts[verdict(found)] += 1
        grades[grade(found).grade] += 1
        looks += found.low is not None and found.high is not None and not found.low <= 0 <= found.high
    improved = verdicts["improved"] / projects
    either = improved + verdicts["worsened"] / projects
    return {
        "what": name, "draws": projects, "seed": seed, "improved": improved, "either": either,
        "interval": looks / projects, "grades": {each: grades[each] for each in "ABCX"},
        "limit": PICKED if picked else IMPROVED, "harder": name in HARDER,
        "holds": improved <= (PICKED if picked else IMPROVED) and (picked or either <= EITHER),
        "seconds": perf_counter() - started,
    }  # fmt: skip


if __name__ == "__main__":
    keep("placebo", RUNS, run, arguments(__doc__, "--projects", 1000))
