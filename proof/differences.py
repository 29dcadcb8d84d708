"""Difference in differences: how much more the treated changed than those whom the project did not touch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats

from core.text import Text
from proof import assumptions, parallel
from proof.autoregressive import Floats
from proof.clustered import Kinds
from proof.contrasts import FEWEST_UNITS, Found, of_rates, of_samples, of_series, of_units, season_of
from proof.effect import Check, Effect
from proof.measured import Measured
from proof.numerals import digits, number_words, p_words
from proof.options import DEFAULTS, Options
from proof.outcome import Outcome, assembled
from proof.panel import Panel, clusters_of, panel, told_apart
from proof.permuting import smallest_p
from proof.refusals import not_fitted, not_positive, refusal, too_few_units
from proof.segmented import Flags
from proof.windows import Rows, paired

FEWEST_VALUES = 5
"""Values in each of the four cells of separate samples."""
FEWEST_CASES = 10
"""Cases in each of four rates."""
FEWEST_PERIODS = 6
"""Periods on each side when two series are all there is."""


def differences(measured: Measured, options: Options = DEFAULTS) -> Effect:
    """The change of the treated minus the change of the control group.

    The same units on both sides: their changes (Welch, clustered, or permutation under five a group).
    Separate samples: least squares with the interaction, clustered from five clusters a group on. Two series:
    the level of their difference. Refused without control values, or where no p-value could reach 0.05.
    """
    rows = Rows.of(measured)
    if reason := measured.fault or rows.empty_cell():
        return refusal(measured, "did", reason)
    if options.log and bool((rows.both["value"] <= 0).any()):
        return refusal(measured, "did", not_positive(int((rows.both["value"] <= 0).sum())))
    try:
        outcome = _by_shape(rows, measured, options)
    except ValueError:
        return refusal(measured, "did", not_fitted())
    if isinstance(outcome, Text):
        return refusal(measured, "did", outcome)
    return assembled(rows, measured, options, outcome)


def _by_shape(rows: Rows, measured: Measured, options: Options) -> Outcome | Text:
    """Units followed, two series, or separate samples; else what is missing."""
    if told_apart(rows.both) and options.sample == "balanced":
        followed = panel(rows.before, rows.after, measured)
        if _recurring(followed):
            return _of_units(rows, followed, measured, options)
    if bool((rows.both.groupby(["treated", "period"]).size() == 1).all()):
        if _series_suffice(rows):
            return _of_two_series(rows, measured, options)
        if measured.kind == "rate" and bool(rows.both["denominator"].notna().all()):
            return _of_four_rates(rows, measured)
        return _few_periods(rows)
    return _of_samples(rows, measured, options)


def _recurring(found: Panel) -> bool:
    """Whether most units are there on both sides, of both groups, and more than one in all but one group."""
    both = bool(found.treated.any()) and not bool(found.treated.all())
    return both and len(found.names) > max(found.lost, 2)


def _series_suffice(rows: Rows) -> bool:
    return all(
        side.loc[side["treated"] == group, "period"].nunique() >= FEWEST_PERIODS
        for side in (rows.before, rows.after)
        for group in (True, False)
    )


def _of_units(rows: Rows, found: Panel, measured: Measured, options: Options) -> Outcome | Text:
    groups = clusters_of(found)
    if min(groups) < FEWEST_UNITS and smallest_p(*groups) > assumptions.LEVEL:
        if _series_suffice(rows):
            return _of_two_series(rows, measured, options)
        lacking = too_few_units("did", (groups[0], FEWEST_UNITS), (groups[1], FEWEST_UNITS))
        return lacking or not_fitted()
    changes = found.changes(log=options.log)
    effect = of_units(found, changes, options.seed)
    have = rows.periods_before
    if have < parallel.FEWEST_PERIODS:
        checks = parallel.too_few(have)
    elif min(groups) < FEWEST_UNITS:
        checks = _series_checks(rows, measured, options)
    else:
        whole = measured.rows.loc[rows.earlier.index.union(rows.after.index)]
        checks = (
            *parallel.of_panel(_kept(rows.earlier, found), measured, options.seed, log=options.log),
            parallel.panel_beyond_drift(whole, found, effect, measured, options),
        )
    treated = found.treated
    around = np.where(treated, np.median(changes[treated]), np.median(changes[~treated]))
    return Outcome(
        found=effect,
        figures=_means(found.before, found.after, treated, treated),
        units=(int(treated.sum()), int((~treated).sum())), checks=checks,
        notes=_noted(found, effect, groups[0]),
        outliers=assumptions.outliers(changes - around, found.names), lost=found.lost,
    )  # fmt: skip


def _kept(rows: pd.DataFrame, found: Panel) -> pd.DataFrame:
    """Rows of the units that the panel holds."""
    keys = set(zip(found.treated.tolist(), found.names, strict=True))
    kept = [key in keys for key in zip(rows["treated"].tolist(), rows["unit"].tolist(), strict=True)]
    return rows[kept]


def _means(
    before: Floats, after: Floats, treated_before: Flags, treated_after: Flags
) -> tuple[float, float, float, float]:
    return (
        float(before[treated_before].mean()),
        float(after[treated_after].mean()),
        float(before[~treated_before].mean()),
        float(after[~treated_after].mean()),
    )


def _left_out(lost: int) -> Text:
    return Text(
        de="{lost} Einheiten mit einem Wert nur vorher oder nur nachher bleiben außen vor.",
        en="{lost} units with a value only before or only after are left out.",
    ).fill(lost=lost)


def _noted(found: Panel, effect: Found, treated: int) -> tuple[Text, ...]:
    """Units left out, and the error that others would give."""
    notes = (_left_out(found.lost),) if found.lost else ()
    if effect.clustered_se is None:
        return notes
    return (*notes, _too_small(effect, effect.clustered_se, treated))


def _too_small(found: Found, error: float, treated: int) -> Text:
    """The errors that publications give in such a case, and why they do not count."""
    size = abs(found.value) / error if error else float("inf")
    p = float(2 * stats.norm.sf(size))
    return Text(
        de="Eine Regression mit Fehlern nach Einheiten gäbe den Standardfehler {error} an ({p}); bei so "
        "wenigen betroffenen Einheiten ({treated}) ist er viel zu klein und zählt hier nicht.",
        en="A regression with errors clustered by unit would give the standard error {error} ({p}); with so "
        "few treated units ({treated}) it is far too small and does not count here.",
    ).fill(error=number_words(error, digits(error)), p=p_words(p), treated=treated)


def _of_two_series(rows: Rows, measured: Measured, options: Options) -> Outcome:
    chosen = measured.rows.loc[rows.both.index]
    both, treated, control = paired(chosen, measured)
    late = np.array([day >= measured.go_live for day in both.periods], dtype=bool)
    difference = np.log(treated / control) if options.log else treated - control
    found = of_series(difference, both, late, measured.grain, options)
    values = np.concatenate([treated, control])
    return Outcome(
        found=found,
        figures=(
            float(treated[~late].mean()), float(treated[late].mean()),
            float(control[~late].mean()), float(control[late].mean()),
        ),
        units=(_units(rows, treated=True), _units(rows, treated=False)),
        checks=(
            *_series_checks(rows, measured, options),
            parallel.beyond_drift(difference, both, late, found),
        ),
        notes=(_ONE_AGAINST_ONE,),
        outliers=assumptions.outliers(
            difference - np.where(late, np.median(difference[late]), np.median(difference[~late])),
            [measured.tag(day) for day in both.periods],
        ),
        lost=len(values) // 2 - len(both),
    )  # fmt: skip


_ONE_AGAINST_ONE = Text(
    de="Verglichen werden zwei Reihen. Was nur eine der Gruppen zur selben Zeit traf, lässt sich vom Projekt "
    "nicht trennen.",
    en="Two series are compared. What hit only one of the groups at the same time cannot be told from the "
    "project.",
)


def _units(rows: Rows, *, treated: bool) -> int:
    return int(rows.both.loc[rows.both["treated"] == treated, "unit"].nunique())


def _series_checks(rows: Rows, measured: Measured, options: Options) -> tuple[Check, ...]:
    have = rows.periods_before
    if have < parallel.FEWEST_PERIODS:
        return parallel.too_few(have)
    before, treated, control = paired(rows.earlier, measured)
    difference = np.log(treated / control) if options.log else treated - control
    season = season_of(difference, before, np.zeros(len(before), dtype=bool), measured.grain, options)
    return parallel.of_series(difference, before, season, measured)


def _of_four_rates(rows: Rows, measured: Measured) -> Outcome | Text:
    both, late = rows.both, rows.late
    smallest = int(both.groupby([both["treated"], late])["denominator"].sum().min())
    if smallest < FEWEST_CASES:
        return _small_cell(smallest, FEWEST_CASES, Text(de="Fälle", en="cases"))
    have = rows.periods_before
    sums = both.groupby([both["treated"], late])[["numerator", "denominator"]].sum()
    rates = sums["numerator"] / sums["denominator"] * measured.scale
    return Outcome(
        found=of_rates(both, late, measured.scale),
        figures=(
            float(rates[True, False]), float(rates[True, True]),
            float(rates[False, False]), float(rates[False, True]),
        ),
        units=(int(sums["denominator"][True].sum()), int(sums["denominator"][False].sum())),
        checks=parallel.too_few(min(have, parallel.FEWEST_PERIODS - 1)),
    )  # fmt: skip


def _small_cell(have: int, need: int, what: Text) -> Text:
    return Text(
        de="Die kleinste der vier Gruppen hat {have} {what}, nötig sind {need}; es fehlen {lack}.",
        en="The smallest of the four groups has {have} {what}, {need} are needed; {lack} are missing.",
    ).fill(have=have, need=need, lack=need - have, what=what)


def _few_periods(rows: Rows) -> Text:
    have = [side["period"].nunique() for side in (rows.before, rows.after)]
    return Text(
        de="Zwei Reihen mit je einem Wert: Vor dem Go-live gibt es {before} Perioden, danach {after}; nötig "
        "sind je {need}, oder die Werte einzelner Einheiten.",
        en="Two series of single values: there are {before} periods before go-live and {after} after it; "
        "{need} each are needed, or the values of single units.",
    ).fill(before=have[0], after=have[1], need=FEWEST_PERIODS)


def _of_samples(rows: Rows, measured: Measured, options: Options) -> Outcome | Text:
    both, late = rows.both, rows.late
    treated = both["treated"].to_numpy(bool)
    smallest = int(both.groupby([both["treated"], late]).size().min())
    if smallest < FEWEST_VALUES:
        return _small_cell(smallest, FEWEST_VALUES, Text(de="Werte", en="values"))
    errors: Kinds = options.errors
    if bool((both["cluster"] != "").all()):
        if min(both.loc[treated == flag, "cluster"].nunique() for flag in (True, False)) < FEWEST_UNITS:
            return _of_cluster_means(measured, options)
        errors = "cluster"
    values = both["value"].to_numpy(float)
    modelled = np.log(values) if options.log else values
    found = of_samples(both, modelled, late, errors)
    have = rows.periods_before
    if have < parallel.FEWEST_PERIODS:
        checks = parallel.too_few(have)
    else:
        earlier = rows.earlier["value"].to_numpy(float)
        checks = parallel.of_samples(
            rows.earlier, np.log(earlier) if options.log else earlier, measured, errors
        )
    if errors == "classical":
        checks = (*checks, _robust(found, of_samples(both, modelled, late, "robust")))
    return Outcome(
        found=found, figures=_means(values[~late], values[late], treated[~late], treated[late]),
        units=(int(treated.sum()), int((~treated).sum())), checks=checks,
    )  # fmt: skip


def _of_cluster_means(measured: Measured, options: Options) -> Outcome | Text:
    """Too few clusters for clustered errors: the clusters themselves are compared."""
    as_units = replace(measured, rows=measured.rows.assign(unit=measured.rows["cluster"]))
    rows = Rows.of(as_units)
    found = panel(rows.before, rows.after, as_units)
    if not _recurring(found):
        groups = clusters_of(found) if len(found.names) else (0, 0)
        lacking = too_few_units("did", (groups[0], FEWEST_UNITS), (groups[1], FEWEST_UNITS))
        return lacking or not_fitted()
    return _of_units(rows, found, as_units, options)


def _robust(found: Found, robust: Found) -> Check:
    """Whether errors that allow for unequal spread lead to the same verdict."""
    same = (found.low <= 0 <= found.high) == (robust.low <= 0 <= robust.high)
    words = (
        Text(
            de="Mit robusten Fehlern bleibt es beim selben Befund.",
            en="With robust errors the finding is the same.",
        )
        if same
        else Text(
            de="Mit robusten Fehlern ändert sich der Befund: Die Gruppen streuen verschieden stark.",
            en="With robust errors the finding changes: the groups differ in spread.",
        )
    )
    return Check(name="spread", passed=same, text=words, figure=robust.p)
