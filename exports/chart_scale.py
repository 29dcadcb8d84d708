"""Where values stand on a chart: rounded values, an axis with whole steps, labels that do not touch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from core.text import LOCALES, Lang
from exports.sheet import Chart

NARROW = "\u202f"
LEAST_CUT = 0.75
"""Values between this share of the largest and the largest itself may stand on an axis without zero."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """From `low` to `high`, with lines at `steps`."""

    low: float
    high: float
    steps: tuple[float, ...]

    @property
    def cut(self) -> bool:
        """Whether it leaves out zero, so that differences look larger than they are."""
        return self.low > 0 or self.high < 0

    @property
    def decimals(self) -> int:
        """The fewest that write every step exactly."""
        exact = (places for places in range(9) if all(step == round(step, places) for step in self.steps))
        return next(exact, 9)

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)


def values_of(chart: Chart) -> list[list[float | None]]:
    """Each series' values as they leave: rounded to the chart's decimals: no hidden digit tells more."""
    return [
        [None if value is None else round(value, chart.decimals) + 0.0 for value in one.values]
        for one in chart.series
    ]


def axis_of(chart: Chart) -> Axis:
    """An axis with three to six whole steps. Bars begin at zero; lines too, unless that would leave more than
    three quarters of the height empty: a fall by a third shall look like one."""
    known = [value for values in values_of(chart) for value in values if value is not None] or [0.0]
    low, high = min(known), max(known)
    if chart.kind == "groups" or min(abs(low), abs(high)) <= LEAST_CUT * max(abs(low), abs(high)):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - abs(low) * 0.5, high + abs(high) * 0.5) if low else (0.0, 1.0)
    step = _step((high - low) / 4)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    steps = tuple(_clean(place * step) for place in range(first, last + 1))
    return Axis(low=steps[0], high=steps[-1], steps=steps)


def shown_value(value: float, chart: Chart, lang: Lang, *, unit: bool = True) -> str:
    """The value as the language writes it, with its unit: −4,1 Tage."""
    pattern = "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")
    number = format_decimal(round(value, chart.decimals) + 0.0, format=pattern, locale=LOCALES[lang])
    number = number.replace("-", "−")
    if not unit or not chart.unit:
        return number
    return f"{number}{unit_gap(chart.unit, lang)}{chart.unit}"


def unit_gap(unit: str, lang: Lang) -> str:
    """What stands between a number and its unit; English sets nothing before the per cent sign."""
    if unit == "%" and lang == "en":
        return ""
    return NARROW if unit in ("%", "h", "€", "×") else "\u00a0"


def apart(spots: Sequence[float], least: float, *, low: float = 0.0, high: float = 1.0) -> list[float]:
    """The spots moved until neighbours are `least` apart, as little as possible, within low and high."""
    order = sorted(range(len(spots)), key=lambda place: spots[place])
    placed: list[float] = []
    for place in order:
        placed.append(max(spots[place], placed[-1] + least) if placed else max(spots[place], low))
    if placed and placed[-1] > high:
        placed[-1] = high
        for place in range(len(placed) - 2, -1, -1):
            placed[place] = min(placed[place], placed[place + 1] - least)
    moved = [0.0] * len(spots)
    for rank, place in enumerate(order):
        moved[place] = placed[rank]
    return moved


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999999)


def _clean(value: float) -> float:
    return float(f"{value:.12g}") + 0.0
