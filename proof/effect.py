"""What a comparison found: the effect with its interval, what it rests on, and which assumptions held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from core.text import Text
from proof.project import Better, Kind

Design = Literal["plain", "its", "did", "synthetic"]
Verdict = Literal["improved", "worsened", "no_effect", "too_few"]
Grade = Literal["A", "B", "C", "X"]
Group = Literal["treated", "control"]
Side = Literal["before", "after"]

DESIGNS: dict[Design, Text] = {
    "plain": Text(de="Vorher-Nachher-Vergleich", en="plain before/after"),
    "its": Text(de="unterbrochene Zeitreihe", en="interrupted time series"),
    "did": Text(de="Differenz der Differenzen", en="difference in differences"),
    "synthetic": Text(de="synthetische Vergleichsgruppe", en="synthetic control"),
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """An assumption that was tested on the data. `passed` None: it could not be tested, which is not passing.

    `figure`: the number it was judged by (mostly a p-value); what it is, `text` says.
    """

    name: str
    passed: bool | None
    text: Text
    figure: float | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Mean, standard error and number of values (or cases, for rates) of one group on one side of go-live."""

    group: Group
    side: Side
    mean: float
    se: float | None
    n: int


@dataclass(frozen=True, kw_only=True)
class Coefficient:
    """The effect on the scale it was estimated on: `log` for counts and log outcomes, else the KPI's unit.

    This is the figure to hold against a published one. `df` None: a normal or permutation distribution.
    `clustered_se`: where few units were treated and the interval comes from permuting them, the error that
    regressions clustered by unit report; too small to be used.
    """

    value: float
    se: float | None
    low: float | None
    high: float | None
    df: float | None
    scale: Literal["unit", "log"]
    clustered_se: float | None = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One period for a chart: the treated figure, and what stands beside it (the control group's figure, or
    what was to be expected without the project)."""

    period: dt.date
    side: Side
    treated: float | None
    beside: float | None = None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The effect of one design; `estimate`, `low`, `high`, `before`, `after`, `expected` in the KPI's unit.

    `estimate` = `after` - `expected`, where `expected` is what the treated would have had without the project
    by this design; `low` and `high` bound it with 95 % confidence. `relative*` are shares of `expected`
    (0.1 is ten percent). `n_before`, `n_after`: values of the treated on each side (cases, for rates);
    `n_treated`, `n_control`: units, or values where units are not told apart. `baseline` and `window`: first
    and last day of either side. `missing`: values that should be there and are not. `outliers`: periods or
    units that lie far off. `notes`: what a reader should know beside the checks. `refused`: why there is no
    effect at all, with the number that is missing; then all figures are None.
    """

    design: Design
    kpi: str
    kind: Kind
    better: Better
    unit_name: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    relative: float | None = None
    relative_low: float | None = None
    relative_high: float | None = None
    before: float | None = None
    after: float | None = None
    control_before: float | None = None
    control_after: float | None = None
    expected: float | None = None
    n_before: int = 0
    n_after: int = 0
    n_treated: int = 0
    n_control: int = 0
    periods_before: int = 0
    periods_after: int = 0
    baseline: tuple[dt.date, dt.date] | None = None
    window: tuple[dt.date, dt.date] | None = None
    coefficient: Coefficient | None = None
    cells: tuple[Cell, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[Text, ...] = ()
    missing: int = 0
    outliers: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    method: Text
    refused: Text | None = None

    @property
    def is_ratio(self) -> bool:
        """Whether it was estimated as a ratio (counts, logarithms): such an effect is told as a share."""
        known = self.coefficient is not None and self.coefficient.scale == "log"
        return known and self.relative is not None and bool(self.expected) and (self.expected or 0) > 0

    @property
    def failed(self) -> tuple[Check, ...]:
        """Checks that did not pass, or could not be run."""
        return tuple(check for check in self.checks if not check.passed)
