"""The same units before and after: one row a unit, one number a unit and side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from proof.autoregressive import Floats
from proof.measured import Measured
from proof.segmented import Flags


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Units with a figure on both sides, in order of name. `growth`: how much the mean of each unit's
    logarithms changed, NaN where a value is not above zero. `clusters`: number of each unit's cluster (its
    own where none is named). `lost`: units with a figure on one side only."""

    names: tuple[str, ...]
    treated: Flags
    before: Floats
    after: Floats
    growth: Floats
    clusters: npt.NDArray[np.int64]
    lost: int

    @property
    def clustered(self) -> bool:
        """Whether any cluster holds more than one unit."""
        return len(set(self.clusters.tolist())) < len(self.names)

    def changes(self, *, log: bool = False) -> Floats:
        return self.growth if log else self.after - self.before


def told_apart(rows: pd.DataFrame) -> bool:
    """Whether rows name their units."""
    return bool((rows["unit"] != "").all())


def panel(before: pd.DataFrame, after: pd.DataFrame, measured: Measured) -> Panel:
    """Units of both sides with their mean (rates: quotient of sums) on each side."""
    sides = [unit_figures(rows, measured) for rows in (before, after)]
    both = sides[0].add_suffix("_before").join(sides[1].add_suffix("_after"), how="inner").sort_index()
    rows = pd.concat([before, after])
    clusters = rows.groupby(["treated", "unit"])["cluster"].first().reindex(both.index).to_numpy(str)
    own = np.where(clusters == "", [f"\0{place}" for place in range(len(both))], clusters)
    return Panel(
        names=tuple(str(unit) for _, unit in both.index),
        treated=np.array([bool(flag) for flag, _ in both.index], dtype=bool),
        before=both["figure_before"].to_numpy(float),
        after=both["figure_after"].to_numpy(float),
        growth=(both["log_after"] - both["log_before"]).to_numpy(float),
        clusters=np.unique(own, return_inverse=True)[1].astype(np.int64),
        lost=len(sides[0].index.union(sides[1].index)) - len(both),
    )


def unit_figures(rows: pd.DataFrame, measured: Measured) -> pd.DataFrame:
    """`figure` by (treated, unit): mean over the rows, for rates and exposed counts the quotient of sums; and
    `log`, its logarithm, of a mean the mean logarithm of the rows as studies of logarithms take it."""
    keys = ["treated", "unit"]
    below = {"rate": "denominator", "count": "exposure"}.get(measured.kind)
    if below and bool(rows[["numerator", below]].notna().all(axis=None)):
        sums = rows.groupby(keys)[["numerator", below]].sum()
        figure = sums["numerator"] / sums[below] * measured.scale
    elif measured.kind == "median":
        figure = rows.groupby(keys)["value"].median()
    else:
        logs = np.log(rows["value"].where(rows["value"] > 0))
        return rows[keys].assign(figure=rows["value"], log=logs).groupby(keys).mean()
    return pd.DataFrame({"figure": figure, "log": np.log(figure.where(figure > 0))})


def by_cluster(found: Panel, changes: Floats) -> tuple[Floats, Flags]:
    """Mean change and group of each cluster; a cluster on both sides counts once for each."""
    table = pd.DataFrame({"cluster": found.clusters, "treated": found.treated, "change": changes})
    means = table.groupby(["treated", "cluster"])["change"].mean()
    return means.to_numpy(float), np.array([bool(flag) for flag, _ in means.index], dtype=bool)


def clusters_of(found: Panel) -> tuple[int, int]:
    """Clusters among the treated and among the others."""
    return (
        len(set(found.clusters[found.treated].tolist())),
        len(set(found.clusters[~found.treated].tolist())),
    )
