"""One KPI of one project as a checked table: who was measured when, touched by the project or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from core.errors import InputFault
from core.text import Text
from proof.project import Better, Kind
from proof.window import Grain, Window, apart, cut_periods, end_of, grain_of, label_of, number_of

Side = Literal["before", "after"]

COLUMNS = ("period", "unit", "treated", "value", "numerator", "denominator", "exposure", "cluster")
_NUMBERS = ("value", "numerator", "denominator", "exposure")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a comparison rests on; made by `measured`, never by hand.

    `rows`: one row a value, in order of time, no value missing: `period` (datetime64, first day of the period
    or the wave), `unit` (text; "" where units are not told apart), `treated` (bool), `value` (float, in
    `unit_name`; percent as 0 to 100), `numerator`, `denominator`, `exposure` (float or NaN), `cluster` (text
    or ""). For a rate value = numerator / denominator x scale, for a count numerator / exposure x scale
    (without exposure the count itself).
    `baseline` and `after` are None where nobody named a window: then all whole periods of that side count.
    `data_end`: the last day that the data cover. `missing`: values that should be there and are
    not, empty cells and left-out periods alike. `counted`: the source only numbers its periods; their days
    stand for the numbers, counted from 2000 on. `notes`: what was left out on the way here.
    """

    kpi: str
    rows: pd.DataFrame
    go_live: dt.date
    kind: Kind
    better: Better
    unit_name: str
    grain: Grain
    baseline: Window | None = None
    after: Window | None = None
    data_end: dt.date | None = None
    scale: float = 1.0
    missing: int = 0
    counted: bool = False
    notes: tuple[Text, ...] = ()

    def named(self, start: dt.date) -> Text:
        """The name of the period that begins on a day."""
        return number_of(start, self.grain) if self.counted else label_of(start, self.grain)

    def tag(self, start: dt.date) -> str:
        """The same in signs alone."""
        return self.named(start).en.removeprefix("period ") if self.counted else start.isoformat()

    @property
    def controlled(self) -> bool:
        """Whether anybody was measured whom the project did not touch."""
        return not bool(self.rows["treated"].all())

    @cached_property
    def before_rows(self) -> pd.DataFrame:
        return self._inside(self.baseline, "before")

    @cached_property
    def after_rows(self) -> pd.DataFrame:
        return self._inside(self.after, "after")

    @cached_property
    def history_rows(self) -> pd.DataFrame:
        """What was measured before the baseline window began; empty where no window was named."""
        if self.baseline is None:
            return self.rows.iloc[:0]
        first = self.baseline.first
        return self._where(lambda day: end_of(day, self.grain) <= first)

    @cached_property
    def earlier_rows(self) -> pd.DataFrame:
        """History and baseline together: whole periods before go-live."""
        return self._inside(None, "before")

    def _inside(self, window: Window | None, side: Side) -> pd.DataFrame:
        if window is not None:
            return self._where(lambda day: window.holds(day, self.grain))
        if side == "before":
            return self._where(lambda day: end_of(day, self.grain) <= self.go_live)
        last = self.data_end or dt.date.max
        return self._where(lambda day: self.go_live <= day and _last_day(day, self.grain) <= last)

    def _where(self, chosen: Callable[[dt.date], bool]) -> pd.DataFrame:
        """The rows of the periods whose first day is chosen."""
        starts = self.rows["period"].unique()
        return self.rows[self.rows["period"].isin([day for day in starts if chosen(day.date())])]

    @property
    def fault(self) -> Text | None:
        """Why the windows cannot be compared: they overlap, cut a period, or are not over yet."""
        if self.baseline is not None and self.after is not None:
            for reason in apart(self.baseline, self.after):
                return reason
        if self.baseline is not None and self.baseline.end > self.go_live:
            return Text(
                de="Der Basiszeitraum endet am {last}; er muss vor dem Go-live am {live} enden.",
                en="The baseline ends on {last}; it must end before go-live on {live}.",
            ).fill(last=self.baseline.last, live=self.go_live)
        if self.after is not None and self.after.first < self.go_live:
            return Text(
                de="Der Nachher-Zeitraum beginnt am {first}, also vor dem Go-live am {live}.",
                en="The after window begins on {first}, before go-live on {live}.",
            ).fill(first=self.after.first, live=self.go_live)
        return self._partial()

    def _partial(self) -> Text | None:
        starts = [day.date() for day in self.rows["period"].unique()]
        for window in (self.baseline, self.after):
            if window is None:
                continue
            if cut := cut_periods(window, starts, self.grain):
                return Text(
                    de="Der Zeitraum {window} schneidet die Periode ab {day} an. Verglichen werden nur ganze "
                    "Perioden.",
                    en="The window {window} cuts through the period that begins on {day}. Only whole periods "
                    "are compared.",
                ).fill(window=window.label(), day=cut[0])
            if self.data_end is not None and window.last > self.data_end:
                return Text(
                    de="Der Zeitraum {window} ist noch nicht vorbei: Die Daten reichen bis {day}, es fehlen "
                    "{days} Tage.",
                    en="The window {window} is not over yet: the data reach to {day}, {days} days are "
                    "missing.",
                ).fill(
                    window=window.label(),
                    day=self.data_end,
                    days=(window.last - self.data_end).days,
                )
        return None


def measured(
    frame: pd.DataFrame,
    *,
    kpi: str,
    go_live: dt.date,
    kind: Kind = "mean",
    better: Better = "higher",
    unit_name: str = "",
    scale: float | None = None,
    grain: Grain | None = None,
    baseline: Window | None = None,
    after: Window | None = None,
    data_end: dt.date | None = None,
    counted: bool = False,
    notes: tuple[Text, ...] = (),
) -> Measured:
    """The checked table of `frame`, which has the columns of `Measured.rows`; all but `period` and the value
    (or numerator and denominator) may be absent: then nobody is told apart and everybody is treated.

    `scale` multiplies quotients (100 for a rate in percent unless said otherwise, else 1). `grain` is told
    from the distances of the periods unless it is given; two periods, or irregular ones, are waves: days.
    Raises InputFault where a column is missing, a denominator or exposure is not above zero, or no row has a
    value.
    """
    rows = _completed(frame)
    if scale is None:
        scale = 100.0 if kind == "rate" and unit_name == "percent" else 1.0
    rows["value"] = _values(rows, kind, scale)
    empty = int(rows["value"].isna().sum())
    full = rows[rows["value"].notna()].sort_values(
        ["period", "treated", "cluster", "unit"], kind="stable", ignore_index=True
    )
    if full.empty:
        raise InputFault(
            Text(de="Keine Zeile von „{kpi}“ hat einen Wert.", en="No row of “{kpi}” has a value.").fill(
                kpi=kpi
            )
        )
    known = grain or _grain(full["period"].dt.date.unique().tolist())
    return Measured(
        kpi=kpi, rows=full, go_live=go_live, kind=kind, better=better, unit_name=unit_name, grain=known,
        baseline=baseline, after=after, data_end=data_end, scale=scale, missing=empty, counted=counted,
        notes=notes,
    )  # fmt: skip


def _completed(frame: pd.DataFrame) -> pd.DataFrame:
    """All columns, in their types."""
    if "period" not in frame or not ({"value", "numerator"} & set(frame.columns)):
        raise InputFault(
            Text(
                de="Es fehlt eine Spalte: gebraucht werden der Zeitraum (period) und der Wert (value) oder "
                "Zähler (numerator) und Nenner (denominator).",
                en="A column is missing: the period and the value are needed, or numerator and denominator.",
            )
        )
    absent: Mapping[str, object] = {"unit": "", "cluster": "", "treated": True}
    rows = pd.DataFrame(
        {
            name: frame[name].to_numpy() if name in frame else np.full(len(frame), absent.get(name, np.nan))
            for name in COLUMNS
        }
    )
    rows["period"] = pd.to_datetime(rows["period"])
    if rows["period"].isna().any():
        raise InputFault(
            Text(de="{count} Zeilen haben keinen Zeitraum.", en="{count} rows have no period.").fill(
                count=int(rows["period"].isna().sum())
            )
        )
    for name in _NUMBERS:
        rows[name] = (
            pd.to_numeric(rows[name], errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
        )
    rows["treated"] = rows["treated"].astype(bool)
    for name in ("unit", "cluster"):
        rows[name] = rows[name].fillna("").astype(str).astype(object)
    return rows


def _values(rows: pd.DataFrame, kind: Kind, scale: float) -> pd.Series[float]:
    """The value of each row in the KPI's unit."""
    if kind == "rate" and rows["numerator"].notna().any():
        return _quotient(rows, "denominator", scale)
    if kind == "count":
        if rows["numerator"].isna().all():
            rows["numerator"] = rows["value"]
        if bool((rows["numerator"] < 0).any()):
            raise InputFault(Text(de="Eine Anzahl ist kleiner als null.", en="A count is below zero."))
        return _quotient(rows, "exposure", scale) if rows["exposure"].notna().any() else rows["numerator"]
    return rows["value"]


def _quotient(rows: pd.DataFrame, below: str, scale: float) -> pd.Series[float]:
    wrong = int((rows[below] <= 0).sum())
    if wrong:
        raise InputFault(
            Text(
                de="In {count} Zeilen ist der Nenner ({name}) nicht größer als null.",
                en="In {count} rows the denominator ({name}) is not above zero.",
            ).fill(count=wrong, name=below)
        )
    return rows["numerator"] / rows[below] * scale


def _grain(starts: list[dt.date]) -> Grain:
    """The grain of regular periods; waves, whose distances are none, count as days."""
    found = grain_of(starts)
    if found in ("day", "week"):
        return found
    months = {"month": 1, "quarter": 3, "year": 12}[found]
    places = [day.year * 12 + day.month for day in starts]
    regular = len({day.day for day in starts}) == 1 and all((x - places[0]) % months == 0 for x in places)
    return found if regular and len(starts) > 2 else "day"


def _last_day(start: dt.date, grain: Grain) -> dt.date:
    return end_of(start, grain) - dt.timedelta(days=1)
