"""Difference in differences by what the data are: units followed, separate samples, or two series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from core.text import Text
from proof import seasons
from proof.autoregressive import Contrast, Floats
from proof.clustered import Kinds, least_squares
from proof.options import Options
from proof.panel import Panel, by_cluster, clusters_of
from proof.permuting import permuted
from proof.plain import welch
from proof.segmented import Flags, of_means
from proof.series import Series
from proof.window import Grain

FEWEST_UNITS = 5
"""Units or clusters a group needs before their changes are compared by Welch or clustered errors."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A difference on the scale of the model, with its interval, p and how it was computed."""

    value: float
    low: float
    high: float
    p: float
    se: float | None
    df: float | None
    method: Text
    clustered_se: float | None = None

    @classmethod
    def of(cls, found: Contrast, method: Text) -> Found:
        low, high = found.bounds()
        return cls(value=found.value, low=low, high=high, p=found.p, se=found.se, df=found.df, method=method)


def of_units(found: Panel, changes: Floats, seed: int) -> Found:
    """Each unit's change, treated against the others: Welch from five units a group on, clustered where units
    belong together, permutation where there are fewer."""
    groups = clusters_of(found)
    if min(groups) < FEWEST_UNITS:
        means, treated = by_cluster(found, changes)
        drawn = permuted(means, treated, seed)
        return Found(
            value=drawn.value, low=drawn.low, high=drawn.high, p=drawn.p, se=None, df=None,
            method=Text(
                de="Permutation der Einheiten ({tried} Zuordnungen)",
                en="permutation of units ({tried} assignments)",
            ).fill(tried=drawn.tried), clustered_se=drawn.clustered_se,
        )  # fmt: skip
    if found.clustered:
        x = np.column_stack([np.ones(len(changes)), found.treated]).astype(float)
        contrast = least_squares(changes, x, np.array([0.0, 1.0]), errors="cluster", clusters=found.clusters)
        return Found.of(contrast, _CLUSTERED.fill(treated=groups[0], control=groups[1]))
    value, se, df, p, low, high = welch(changes[found.treated], changes[~found.treated])
    method = Text(de="Welch-Test der Veränderungen je Einheit", en="Welch's test of each unit's change")
    return Found(value=value, low=low, high=high, p=p, se=se, df=df, method=method)


_CLUSTERED = Text(
    de="nach Clustern geschätzte Fehler (CR2; {treated} und {control} Cluster)",
    en="clustered errors (CR2; {treated} and {control} clusters)",
)


def of_samples(rows: pd.DataFrame, values: Floats, late: Flags, errors: Kinds) -> Found:
    """Separate samples: least squares with the interaction of group and side. More than two periods get a
    term each. Raises ValueError when a cell is empty."""
    treated = rows["treated"].to_numpy(bool)
    contrast = interaction(
        values, treated, late, rows["period"].to_numpy(), errors, clusters=cluster_numbers(rows)
    )
    names: dict[Kinds, Text] = {
        "classical": Text(de="Kleinste Quadrate mit Interaktion", en="least squares with interaction"),
        "robust": Text(
            de="Kleinste Quadrate mit Interaktion, robuste Fehler (HC2)",
            en="least squares with interaction, robust errors (HC2)",
        ),
        "cluster": Text(
            de="Kleinste Quadrate mit Interaktion, {clustered}",
            en="least squares with interaction, {clustered}",
        ),
    }
    counts = [rows.loc[treated == flag, "cluster"].nunique() for flag in (True, False)]
    clustered = _CLUSTERED.fill(treated=counts[0], control=counts[1])
    return Found.of(contrast, names[errors].fill(clustered=clustered))


def interaction(
    values: Floats,
    treated: Flags,
    late: Flags,
    periods: npt.NDArray[np.datetime64],
    errors: Kinds,
    *,
    clusters: npt.NDArray[np.int64],
) -> Contrast:
    """The coefficient of treated x late beside each period's own level and that of the group, or of each
    cluster where errors are clustered (state and quarter effects, as such studies have them)."""
    x = np.column_stack([*own_levels(treated, periods, errors, clusters), treated & late]).astype(float)
    contrast = np.zeros(x.shape[1])
    contrast[-1] = 1
    return least_squares(values, x, contrast, errors=errors, clusters=clusters)


def own_levels(
    treated: Flags, periods: npt.NDArray[np.datetime64], errors: Kinds, clusters: npt.NDArray[np.int64]
) -> list[npt.NDArray[np.bool_]]:
    """Columns that give each group (cluster) and each period a level of its own."""
    later = [periods == period for period in np.unique(periods)[1:]]
    if errors == "cluster":
        return [*(clusters == each for each in np.unique(clusters)), *later]
    return [np.ones(len(treated), dtype=bool), treated, *later]


def cluster_numbers(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    return np.unique(rows["cluster"].to_numpy(str), return_inverse=True)[1].astype(np.int64)


def of_rates(rows: pd.DataFrame, late: Flags, scale: float) -> Found:
    """Four rates, every case an observation of its own (Wald with Agresti's two added cases a cell)."""
    treated = rows["treated"].to_numpy(bool)
    value, variance = 0.0, 0.0
    for group, side, sign in ((True, True, 1), (True, False, -1), (False, True, -1), (False, False, 1)):
        cell = rows[(treated == group) & (late == side)]
        hits, cases = float(cell["numerator"].sum()), float(cell["denominator"].sum())
        value += sign * hits / cases
        moved = (hits + 1) / (cases + 2)
        variance += moved * (1 - moved) / (cases + 2)
    se = float(np.sqrt(variance))
    reach = float(stats.norm.ppf(0.975)) * se
    return Found(
        value=value * scale, low=(value - reach) * scale, high=(value + reach) * scale,
        p=float(2 * stats.norm.sf(abs(value) / se)), se=se * scale, df=None,
        method=Text(de="Differenz von vier Raten", en="difference of four rates"),
    )  # fmt: skip


def of_series(difference: Floats, both: Series, late: Flags, grain: Grain, options: Options) -> Found:
    """Two series: the level of their difference before and after, with autocorrelated errors; a season that
    the difference still has is a term of the model."""
    found = of_means(
        difference, both.positions, late, season_of(difference, both, late, grain, options),
        trend=False, slope=False, autocorrelated=options.autocorrelation != "none",
    )  # fmt: skip
    return Found.of(
        found.change,
        Text(
            de="Differenz zweier Reihen, AR(1), REML",
            en="difference of two series, AR(1), REML",
        ),
    )


def season_of(difference: Floats, both: Series, late: Flags, grain: Grain, options: Options) -> Floats:
    """Terms for a season of the difference: none unless one shows before go-live, or it is asked for."""
    before = both.part(~late)
    if options.season == "auto" and (seasons.pattern(before, difference[~late], grain) or 0) >= 0.05:
        return seasons.terms(both.periods, grain, "none")
    return seasons.terms(
        both.periods, grain, seasons.chosen(options.season, before, difference[~late], grain)
    )
