"""Whether both groups went the same way before go-live: what a comparison of groups rests on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from core.text import Text
from proof import assumptions
from proof.autoregressive import Floats, regress
from proof.clustered import Kinds, least_squares
from proof.contrasts import Found, cluster_numbers, interaction, of_units, own_levels
from proof.effect import Check
from proof.measured import Measured
from proof.numerals import p_words
from proof.options import Options
from proof.panel import Panel, panel
from proof.segmented import Flags, of_means
from proof.series import Series, positions

FEWEST_PERIODS = 3
"""Periods before go-live that a comparison of trends takes (grade A needs them)."""


PLAUSIBLE = 0.2
"""With a drift in the model the effect need not be certain, but must not vanish."""


def placebo_at(periods: int) -> int:
    """How many of the periods before go-live lie before the made-up one: two thirds, at least one."""
    return max(1, min(periods - 1, round(periods * 2 / 3)))


def too_few(have: int) -> tuple[Check, ...]:
    """The check that could not be run."""
    words = Text(
        de="Ob sich beide Gruppen vorher gleich entwickelten, lässt sich nicht prüfen: Perioden vor dem "
        "Go-live: {have}, nötig sind {need}.",
        en="Whether both groups went the same way before cannot be tested: periods before go-live: {have}, "
        "{need} are needed.",
    )
    return (
        Check(
            name="parallel",
            passed=None,
            text=words.fill(have=have, need=FEWEST_PERIODS),
            figure=float(have),
        ),
    )


def trend_check(p: float) -> Check:
    words = (
        Text(
            de="Vor dem Go-live verliefen beide Gruppen gleich ({p}).",
            en="Before go-live both groups ran in parallel ({p}).",
        )
        if p >= assumptions.LEVEL
        else Text(
            de="Schon vor dem Go-live liefen die Gruppen auseinander ({p}).",
            en="The groups were already drifting apart before go-live ({p}).",
        )
    )
    return Check(name="parallel", passed=p >= assumptions.LEVEL, text=words.fill(p=p_words(p)), figure=p)


def of_panel(rows: pd.DataFrame, measured: Measured, seed: int, *, log: bool) -> tuple[Check, ...]:
    """Units followed: each unit's slope, and its change at a made-up date, as the effect itself is judged."""
    periods = sorted(rows["period"].unique())
    cut = periods[placebo_at(len(periods))]
    early, late = rows[rows["period"] < cut], rows[rows["period"] >= cut]
    found = panel(early, late, measured)
    slopes = _slopes(rows, found, measured, log=log)
    return (
        trend_check(of_units(found, slopes, seed).p),
        assumptions.placebo(of_units(found, found.changes(log=log), seed).p, _named(cut, measured)),
    )


def _slopes(rows: pd.DataFrame, found: Panel, measured: Measured, *, log: bool) -> Floats:
    """Least-squares slope of each unit's values over the periods; 0 where it has none."""
    product = _products(rows, found, measured, log=log)
    volume = product(0, 0)
    return np.divide(product(0, 1), volume, out=np.zeros(len(volume)), where=volume > 0)


def _jumps(rows: pd.DataFrame, late: Flags, found: Panel, measured: Measured, *, log: bool) -> Floats:
    """Each unit's change at go-live beside a straight line of its own (least squares); 0 where both cannot be
    told apart."""
    product = _products(rows, found, measured, late.astype(float), log=log)
    straight, across, step = product(0, 0), product(0, 2), product(2, 2)
    volume = straight * step - across**2
    above = product(1, 2) * straight - product(0, 1) * across
    return np.divide(above, volume, out=np.zeros(len(volume)), where=volume > 1e-9 * straight * step)


def _products(
    rows: pd.DataFrame, found: Panel, measured: Measured, *more: Floats, log: bool
) -> Callable[[int, int], Floats]:
    """For two columns of position in time (0), value (1) and what else is given (2), the sum of the products
    of each unit's deviations from its means, by unit of the panel."""
    units = pd.MultiIndex.from_arrays([found.treated, np.array(found.names, dtype=object)])
    unit = units.get_indexer(pd.MultiIndex.from_frame(rows[["treated", "unit"]]))
    there = unit >= 0
    starts, place = np.unique(rows["period"].to_numpy(), return_inverse=True)
    days = tuple(pd.Timestamp(start).date() for start in starts)
    values = rows["value"].to_numpy(float)
    columns = [positions(days, measured.grain)[place], np.log(values) if log else values, *more]
    unit, columns = unit[there], [column[there].astype(float) for column in columns]
    many = np.maximum(np.bincount(unit, minlength=len(units)), 1)
    off = [column - (np.bincount(unit, column, len(units)) / many)[unit] for column in columns]

    def product(one: int, other: int) -> Floats:
        return np.asarray(np.bincount(unit, off[one] * off[other], len(units)), dtype=float)

    return product


def of_samples(rows: pd.DataFrame, values: Floats, measured: Measured, errors: Kinds) -> tuple[Check, ...]:
    """Separate samples: a slope of the treated of their own, and their change at a made-up date."""
    periods = np.sort(rows["period"].unique())
    cut = periods[placebo_at(len(periods))]
    treated = rows["treated"].to_numpy(bool)
    when = rows["period"].to_numpy()
    clusters = cluster_numbers(rows)
    days = tuple(pd.Timestamp(period).date() for period in periods)
    place = positions(days, measured.grain)[np.searchsorted(periods, when)]
    x = np.column_stack([*own_levels(treated, when, errors, clusters), treated * place]).astype(float)
    contrast = np.zeros(x.shape[1])
    contrast[-1] = 1
    slope = least_squares(values, x, contrast, errors=errors, clusters=clusters)
    change = interaction(values, treated, when >= cut, when, errors, clusters=clusters)
    return trend_check(slope.p), assumptions.placebo(change.p, _named(cut, measured))


def _named(period: np.datetime64, measured: Measured) -> Text:
    return measured.named(pd.Timestamp(period).date())


def of_series(difference: Floats, before: Series, season: Floats, measured: Measured) -> tuple[Check, ...]:
    """Two series: their difference must neither drift nor jump at a made-up date."""
    at = placebo_at(len(before))
    late = np.arange(len(before)) >= at
    drift = _drift(difference, before)
    try:
        jump = of_means(difference, before.positions, late, season, trend=False, slope=False)
    except ValueError:
        jump = of_means(difference, before.positions, late, season[:, :0], trend=False, slope=False)
    return trend_check(drift), assumptions.placebo(jump.p, measured.named(before.periods[at]))


def beyond_drift(difference: Floats, both: Series, late: Flags, found: Found) -> Check:
    """Two series: their difference must also stand beside a drift that went on."""
    none = np.empty((len(both), 0))
    beside = of_means(difference, both.positions, late, none, trend=True, slope=False)
    return _beside_drift(found, beside.change.value, beside.p)


def panel_beyond_drift(
    rows: pd.DataFrame, found: Panel, effect: Found, measured: Measured, options: Options
) -> Check:
    """Units followed: the same, each unit beside a straight line of its own. `rows`: all periods."""
    late = (rows["period"] >= pd.Timestamp(measured.go_live)).to_numpy(bool)
    beside = of_units(found, _jumps(rows, late, found, measured, log=options.log), options.seed)
    return _beside_drift(effect, beside.value, beside.p)


def _beside_drift(found: Found, value: float, p: float) -> Check:
    """The time before is mostly too short to call a small drift one; over the whole time it makes up an
    effect all the same."""
    stands = Text(
        de="Der Unterschied ist auch dann zu sehen, wenn ein Auseinanderlaufen weiterging ({p}).",
        en="The difference also shows if a drifting apart went on ({p}).",
    )
    falls = Text(
        de="Der Unterschied kann ein Auseinanderlaufen sein, das schon vorher begann ({p}).",
        en="The difference may be a drifting apart that had begun before ({p}).",
    )
    if found.low <= 0 <= found.high:
        return Check(
            name="drift",
            passed=True,
            text=Text(
                de="Es zeigt sich kein Unterschied, den ein Auseinanderlaufen erklären könnte.",
                en="No difference shows that a drifting apart could explain.",
            ),
        )
    fine = value * found.value > 0 and p < PLAUSIBLE
    return Check(name="drift", passed=fine, text=(stands if fine else falls).fill(p=p_words(p)), figure=p)


def _drift(difference: Floats, before: Series) -> float:
    """p-value that the difference of two series has no slope, with autocorrelated errors."""
    x = np.column_stack([np.ones(len(before)), before.positions]).astype(float)
    return regress(difference, x, before.positions).contrast(np.array([0.0, 1.0])).p
