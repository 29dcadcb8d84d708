"""Rates with their intervals, and how far two of them lie apart."""

from __future__ import annotations

from math import hypot

import numpy as np

from journeys.funnel import Rate
from journeys.incidence import wilson
from metrics.qualification import MINIMUM, Difference


def rate(hits: int, of: int, minimum: int = MINIMUM) -> Rate | None:
    """A rate in percent with Wilson's interval; None below the minimum of cases."""
    if of < max(minimum, 1):
        return None
    lower, upper = wilson(np.array([float(hits)]), np.array([float(of)]))
    return Rate(
        value=100 * hits / of,
        lower=100 * float(lower[0]),
        upper=100 * float(upper[0]),
        numerator=hits,
        denominator=of,
    )


def difference(first: Rate | None, second: Rate | None) -> Difference | None:
    """How much higher the first of two independent rates is, in points (Newcombe 1998, method 10).

    The interval puts Wilson's of each rate together; None where one of them is not known.
    """
    if first is None or second is None:
        return None
    value = first.value - second.value
    return Difference(
        value=value,
        lower=value - hypot(first.value - first.lower, second.upper - second.value),
        upper=value + hypot(first.upper - first.value, second.value - second.lower),
    )
