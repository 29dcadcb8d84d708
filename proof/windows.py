"""The rows of a comparison's two windows and of the time before go-live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.text import Text
from proof.autoregressive import Floats
from proof.effect import Cell, Group, Point, Side
from proof.measured import Measured
from proof.panel import told_apart, unit_figures
from proof.segmented import Flags
from proof.series import Series, series


@dataclass(frozen=True, kw_only=True)
class Rows:
    """`before` and `after`: rows of the two windows; `earlier`: all before go-live, history included."""

    before: pd.DataFrame
    after: pd.DataFrame
    earlier: pd.DataFrame

    @classmethod
    def of(cls, measured: Measured) -> Rows:
        return cls(before=measured.before_rows, after=measured.after_rows, earlier=measured.earlier_rows)

    @property
    def both(self) -> pd.DataFrame:
        return pd.concat([self.before, self.after])

    @property
    def late(self) -> Flags:
        return np.repeat([False, True], [len(self.before), len(self.after)])

    @property
    def periods_before(self) -> int:
        """Periods before go-live in which both groups have values."""
        per_period = self.earlier.groupby("period")["treated"].nunique()
        return int((per_period == 2).sum())

    def empty_cell(self) -> Text | None:
        """Which group has no value at all on which side."""
        for group, name in _GROUPS.items():
            for side, rows in (("before", self.before), ("after", self.after)):
                if not bool((rows["treated"] == (group == "treated")).any()):
                    return Text(
                        de="{side} gibt es keinen Wert {name}; nötig ist mindestens einer.",
                        en="{side} there is no value {name}; at least one is needed.",
                    ).fill(side=_SIDES[side], name=name)
        return None


_GROUPS: dict[Group, Text] = {
    "treated": Text(de="der Betroffenen", en="of the treated"),
    "control": Text(de="der Vergleichsgruppe", en="of the control group"),
}
_SIDES = {
    "before": Text(de="Vor dem Go-live", en="Before go-live"),
    "after": Text(de="Nach dem Go-live", en="After go-live"),
}


def cells(rows: Rows, measured: Measured) -> tuple[Cell, ...]:
    """Mean and standard error of each group on each side, over all its values (units: one value each)."""
    tables: dict[Side, pd.DataFrame] = {"before": rows.before, "after": rows.after}
    parts = [
        (group, side, table[table["treated"] == (group == "treated")])
        for group in _GROUPS
        for side, table in tables.items()
    ]
    return tuple(_cell(part, measured, group, side) for group, side, part in parts if not part.empty)


def _cell(part: pd.DataFrame, measured: Measured, group: Group, side: Side) -> Cell:
    if told_apart(part):
        values = unit_figures(part, measured)["figure"].to_numpy(float)
    else:
        values = part["value"].to_numpy(float)
    se = float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else None
    return Cell(group=group, side=side, mean=float(values.mean()), se=se, n=len(values))


def points(rows: Rows, measured: Measured) -> tuple[Point, ...]:
    """Both groups period by period."""
    chosen = measured.rows.loc[rows.earlier.index.union(rows.both.index)]
    control = series(chosen[~chosen["treated"]], measured)
    beside = dict(zip(control.periods, control.values, strict=True))
    treated = series(chosen[chosen["treated"]], measured)
    return tuple(
        Point(
            period=day,
            side="after" if day >= measured.go_live else "before",
            treated=float(value),
            beside=None if day not in beside else float(beside[day]),
        )
        for day, value in zip(treated.periods, treated.values, strict=True)
    )


def paired(rows: pd.DataFrame, measured: Measured) -> tuple[Series, Floats, Floats]:
    """Periods in which both groups have a value: the treated group's series, its values and the others'."""
    treated = series(rows[rows["treated"]], measured)
    control = series(rows[~rows["treated"]], measured)
    beside = dict(zip(control.periods, control.values, strict=True))
    shared = treated.part(np.array([day in beside for day in treated.periods], dtype=bool))
    return shared, shared.values, np.array([beside[day] for day in shared.periods], dtype=float)
