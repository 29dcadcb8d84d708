"""Interrupted time series: what the treated would have had if their own past had gone on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import numpy as np

from core.text import Text
from proof import assumptions, seasons
from proof.autoregressive import Floats
from proof.effect import Check, Coefficient, Effect, Point
from proof.lately import Fit, lately
from proof.measured import Measured
from proof.options import DEFAULTS, Options
from proof.refusals import PERIODS, not_fitted, not_positive, refusal, too_few
from proof.seasons import Terms
from proof.segmented import Break, Flags, of_counts, of_means
from proof.series import Series, series
from proof.window import end_of

FEWEST_BEFORE, FEWEST_AFTER = 24, 12
PLACEBO_AT = 2 / 3
"""The made-up go-live lies after so much of the time before the real one."""
LONG = 96
"""From so many periods on the errors of Newey and West can be trusted; and so long a series shows
dependences that are too small to matter."""


def interrupted(measured: Measured, options: Options = DEFAULTS) -> Effect:
    """The mean change over the after window against the treated group's own trend and season.

    All whole periods before go-live are used, history included. Refused under 24 of them or 12 after, where
    periods are longer than a month, and where windows overlap or are not over.
    """
    if reason := measured.fault:
        return refusal(measured, "its", reason)
    both, late = sides(measured)
    before, after = both.part(~late), both.part(late)
    if reason := _too_little(measured, len(before), len(after)):
        return refusal(measured, "its", reason)
    if options.log and bool((both.values <= 0).any()):
        return refusal(measured, "its", not_positive(int((both.values <= 0).sum())))
    which = seasons.chosen(options.season, before, _scaled(before, measured, options), measured.grain)
    try:
        found, autocorrelated = _fitted(both, late, which, measured, options)
    except ValueError:
        return refusal(measured, "its", not_fitted())
    checks = (
        _placebo(before, which, measured, options),
        lately(both, late, found, _level_fit(which, measured, options)),
        _season(before, which, measured, options),
        _autocorrelation(found, modelled=autocorrelated),
        assumptions.whole(before, after),
    )
    return _effect(
        measured, options, both, late, found=found, checks=checks,
        method=_method(measured, options, which, found),
    )  # fmt: skip


def sides(measured: Measured) -> tuple[Series, Flags]:
    """The treated group's series, and which of its periods lie after go-live."""
    rows = measured.rows
    early = measured.earlier_rows.index
    late = measured.after_rows.index
    chosen = rows.loc[early.union(late)]
    both = series(chosen[chosen["treated"]], measured)
    return both, np.array([period >= measured.go_live for period in both.periods], dtype=bool)


def _too_little(measured: Measured, before: int, after: int) -> Text | None:
    if measured.grain in ("quarter", "year"):
        return Text(
            de="Eine unterbrochene Zeitreihe braucht Werte je Monat oder feiner; diese Perioden sind länger.",
            en="An interrupted time series needs monthly or finer values; these periods are longer.",
        )
    return too_few("its", PERIODS, (before, FEWEST_BEFORE), (after, FEWEST_AFTER))


def _scaled(found: Series, measured: Measured, options: Options) -> Floats:
    """The values on the scale of the model: logarithms for counts (half a count where there is none)."""
    if measured.kind == "count":
        return np.asarray(np.log(np.maximum(found.counts, 0.5) / _exposure(found)))
    return np.log(found.values) if options.log else found.values


def _exposure(found: Series) -> Floats:
    return found.exposure if bool(np.isfinite(found.exposure).all()) else np.ones(len(found))


def _fitted(
    both: Series, late: Flags, which: Terms, measured: Measured, options: Options, *, trend: bool = True
) -> tuple[Break, bool]:
    """The break, and whether autocorrelation is in its model.

    Counts are modelled as published studies do, without it, unless the most likely one is above zero: a test
    of the residuals finds hardly one in ten at 0.5, and then intervals are far too short.
    """
    season = seasons.terms(both.periods, measured.grain, which)
    slope = not options.level_only
    if measured.kind == "count" and not options.log:
        counted = partial(
            of_counts, both.counts, _exposure(both), both.positions, late, season, trend=trend, slope=slope
        )
        if options.autocorrelation != "none":
            found = counted(autocorrelated=True)
            if options.autocorrelation == "ar1" or found.rho > 0:
                return found, True
        return counted(autocorrelated=False), False
    modelled = options.autocorrelation != "none"
    found = of_means(
        _scaled(both, measured, options), both.positions, late, season, trend=trend, slope=slope,
        weights=both.weights if measured.kind == "rate" else None, autocorrelated=modelled,
    )  # fmt: skip
    return found, modelled


def _autocorrelation(found: Break, *, modelled: bool) -> Check:
    """What the model leaves over hangs together no more, or, in a long series, the finding holds with errors
    that allow for it."""
    low, high = found.bounds()
    holds = None
    if found.allowing is not None and len(found.shocks) >= LONG:
        wide_low, wide_high = found.allowing
        holds = (low <= 0 <= high) == (wide_low <= 0 <= wide_high)
    return assumptions.autocorrelation(found.shocks, found.basis, found.rho, modelled=modelled, holds=holds)


def _placebo(before: Series, which: Terms, measured: Measured, options: Options) -> Check:
    """The same model with a made-up go-live before the real one, as a change of level."""
    at = round(len(before) * PLACEBO_AT)
    late = np.arange(len(before)) >= at
    try:
        found = _level_fit(which, measured, options)(before, late, True)
    except ValueError:
        return assumptions.placebo(None, None)
    return assumptions.placebo(found.p, measured.named(before.periods[at]))


def _level_fit(which: Terms, measured: Measured, options: Options) -> Fit:
    """The model with a change of level only, with the line or without."""
    calm = replace(options, level_only=True)

    def fit(both: Series, late: Flags, trend: bool) -> Break:
        return _fitted(both, late, which, measured, calm, trend=trend)[0]

    return fit


def _season(before: Series, which: Terms, measured: Measured, options: Options) -> Check:
    if which in ("fourier", "months"):
        return assumptions.season_in_model(which)
    return assumptions.season_left_out(
        seasons.pattern(before, _scaled(before, measured, options), measured.grain)
    )


def _effect(
    measured: Measured,
    options: Options,
    both: Series,
    late: Flags,
    *,
    found: Break,
    checks: tuple[Check, ...],
    method: Text,
) -> Effect:
    count = measured.kind == "count" and not options.log
    low, high = found.bounds()
    change = found.change.value
    weights = _weights(both.part(late), measured)
    before_weights = _weights(both.part(~late), measured)
    after = float(weights @ both.values[late])
    if count or options.log:
        expected = after / np.exp(change)
        share = [float(np.expm1(each)) for each in (change, low, high)]
        estimate, lowest, highest = (expected * each for each in share)
        beside = np.exp(found.expected) * (measured.scale if count else 1.0)
    else:
        estimate, lowest, highest = change, low, high
        expected = after - change
        share = [each / expected if expected else float("nan") for each in (change, low, high)]
        beside = found.expected
    relative = sorted(share[1:])
    return Effect(
        design="its", kpi=measured.kpi, kind=measured.kind, better=measured.better,
        unit_name=measured.unit_name, estimate=estimate, low=lowest, high=highest, p=found.p,
        relative=share[0], relative_low=relative[0], relative_high=relative[1],
        before=float(before_weights @ both.values[~late]), after=after, expected=expected,
        n_before=int((~late).sum()), n_after=int(late.sum()), n_treated=_units(measured),
        periods_before=int((~late).sum()), periods_after=int(late.sum()),
        baseline=span(both.part(~late), measured), window=span(both.part(late), measured),
        coefficient=Coefficient(
            value=change, se=found.change.se, low=low, high=high,
            df=None if found.normal else found.change.df, scale="log" if count or options.log else "unit",
        ),
        checks=checks, missing=max(measured.missing, both.gaps),
        outliers=assumptions.outliers(found.shocks, [measured.tag(day) for day in both.periods]),
        points=tuple(
            Point(
                period=day, side="after" if is_late else "before", treated=float(value),
                beside=float(line),
            )
            for day, is_late, value, line in zip(both.periods, late, both.values, beside, strict=True)
        ),
        method=method,
    )  # fmt: skip


def _weights(found: Series, measured: Measured) -> Floats:
    """How much each period counts in the mean of a window: its cases for rates and counts, else the same."""
    known = measured.kind in ("rate", "count") and found.weights is not None
    weights = found.weights if known and found.weights is not None else np.ones(len(found))
    return np.asarray(weights / weights.sum(), dtype=float)


def _units(measured: Measured) -> int:
    return int(measured.rows.loc[measured.rows["treated"], "unit"].nunique())


def span(found: Series, measured: Measured) -> tuple[dt.date, dt.date]:
    """First and last day of a side."""
    return found.periods[0], end_of(found.periods[-1], measured.grain) - dt.timedelta(days=1)


def _method(measured: Measured, options: Options, which: Terms, found: Break) -> Text:
    """One line for footnotes."""
    if measured.kind == "count" and not options.log:
        family = (
            Text(de="Quasi-Poisson-Regression", en="quasi-Poisson regression")
            if found.dispersion > 1
            else Text(de="Poisson-Regression", en="Poisson regression")
        )
    else:
        family = Text(de="segmentierte Regression, AR(1), REML", en="segmented regression, AR(1), REML")
        if options.autocorrelation == "none":
            family = Text(de="segmentierte Regression", en="segmented regression")
    change = (
        Text(de="Niveauwechsel", en="change of level")
        if options.level_only
        else Text(de="Wechsel von Niveau und Steigung", en="change of level and slope")
    )
    season = {
        "none": Text(de="ohne Saison", en="without season"),
        "fourier": Text(de="mit Saison", en="with season"),
        "months": Text(de="mit Monatsgliedern", en="with terms for months"),
        "weekdays": Text(de="mit Wochentagen", en="with weekdays"),
    }[which]
    return Text(de="{family}, {change}, {season}", en="{family}, {change}, {season}").fill(
        family=family, change=change, season=season
    )
