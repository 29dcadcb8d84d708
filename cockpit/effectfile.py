"""A file with values: columns that somebody names become one KPI's table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from cockpit.filecells import FileCells
from cockpit.instants import Periods, day_of, periods_of
from core.errors import InputFault, UsageFault
from core.text import Text
from proof.measured import Measured, measured
from proof.project import Better, Kind
from proof.window import Grain, Window
from store.intake.periodnames import named_period

WAVES = (dt.date(2000, 1, 1), dt.date(2001, 1, 1))
"""What a comparison without dates calls before and after."""
UNDATED = Periods(days=WAVES)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which column, or expression over columns, holds what.

    A long table has one row a value and a column `time` (or `year,month`), a wide one has `value_before` and
    `value_after`, or (`wide`) one column a period. `post` says of each row whether it lies after go-live;
    `treated`, `where`: a column of yes and no, COLUMN=VALUE, or a condition.
    """

    value: str | None = None
    value_before: str | None = None
    value_after: str | None = None
    wide: bool = False
    numerator: str | None = None
    denominator: str | None = None
    exposure: str | None = None
    time: str | None = None
    post: str | None = None
    unit: str | None = None
    cluster: str | None = None
    treated: str | None = None
    where: tuple[str, ...] = ()
    decimal: Literal[".", ","] | None = None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the figures mean and which windows are compared; None: told from the columns."""

    name: str | None = None
    go_live: str | None = None
    baseline: str | None = None
    after: str | None = None
    data_end: str | None = None
    kind: Kind | None = None
    better: Better = "higher"
    unit_name: str = ""
    scale: float | None = None
    grain: Grain | None = None


def measured_file(file: Path, columns: Columns, frame: Frame = Frame()) -> Measured:
    """The table that a file's columns make. InputFault for what the file has wrong, UsageFault for columns
    that it does not have or that do not go together."""
    table = FileCells(file, columns.decimal)
    for condition in columns.where:
        table.keep(table.flags(condition))
    rows, go_live, periods = _rows(table, columns, frame)
    apart = len(set(table.texts(columns.unit))) - rows["unit"].nunique() if columns.unit else 0
    kind = frame.kind or _kind(columns)
    return measured(
        rows, kpi=frame.name or columns.value or columns.numerator or columns.value_after or file.stem,
        go_live=go_live, kind=kind, better=frame.better, unit_name=frame.unit_name, scale=frame.scale,
        grain=periods.grain if periods.counted else frame.grain, counted=periods.counted,
        notes=(_APART.fill(units=apart),) if apart else (),
        baseline=_window(frame.baseline, periods), after=_window(frame.after, periods),
        data_end=periods.day(frame.data_end, last=True) if frame.data_end else None,
    )  # fmt: skip


def _kind(columns: Columns) -> Kind:
    if columns.denominator:
        return "rate"
    return "count" if columns.exposure else "mean"


Read = tuple[pd.DataFrame, dt.date, Periods]
"""One row a value, as `proof.measured.measured` wants them; the go-live; the periods that the file has."""


def _rows(table: FileCells, columns: Columns, frame: Frame) -> Read:
    if columns.value_before or columns.value_after:
        return _of_two_columns(table, columns)
    if columns.wide:
        return _of_period_columns(table, columns, frame)
    rows = _common(table, columns)
    for name, wanted in (
        ("value", columns.value), ("numerator", columns.numerator), ("denominator", columns.denominator),
        ("exposure", columns.exposure),
    ):  # fmt: skip
        if wanted:
            rows[name] = table.numbers(wanted).to_numpy()
    if not columns.value and not columns.numerator:
        raise UsageFault(
            Text(
                de="Welche Spalte enthält den Wert? --value, oder --numerator und --denominator.",
                en="Which column holds the value? --value, or --numerator and --denominator.",
            )
        )
    post = table.flags(columns.post) if columns.post else None
    if columns.time is None:
        if post is None:
            raise UsageFault(
                Text(
                    de="Wann gilt ein Wert? --time nennt die Spalte mit dem Zeitraum, --post eine mit Ja "
                    "und Nein für nachher.",
                    en="When does a value hold? --time names the column of the period, --post one of yes "
                    "and no for after.",
                )
            )
        rows["period"] = [WAVES[int(late)] for late in post]
        return *_flagged_by_unit(rows, WAVES[1]), UNDATED
    periods = periods_of(_time_texts(table, columns.time), frame.grain)
    rows["period"] = periods.days
    live = periods.day(frame.go_live) if frame.go_live else None
    if live is None and post is not None:
        live = min(rows["period"][post.to_numpy(bool)], default=None)
    return *_flagged_by_unit(rows, live), periods


def _common(table: FileCells, columns: Columns) -> pd.DataFrame:
    """Unit, cluster and group of each row of the file."""
    rows = pd.DataFrame(index=range(len(table)))
    rows["unit"] = table.texts(columns.unit).to_numpy() if columns.unit else ""
    rows["cluster"] = table.texts(columns.cluster).to_numpy() if columns.cluster else ""
    rows["treated"] = table.flags(columns.treated).to_numpy(bool) if columns.treated else True
    return rows


def _time_texts(table: FileCells, time: str) -> list[str]:
    """The cells of a time column, or of year and month (quarter) put together."""
    if time in table.columns or "," not in time:
        return table.texts(time).tolist()
    year, part = (table.texts(name.strip()) for name in time.split(",", 1))
    quarter = time.split(",", 1)[1].strip().lower().startswith("q")
    mark = "-Q" if quarter else "-"
    return [
        f"{y.removesuffix('.0')}{mark}{_part(text, quarter=quarter)}"
        for y, text in zip(year, part, strict=True)
    ]


def _part(text: str, *, quarter: bool) -> str:
    """The number of a month or quarter: 3, 03, 3.0, Q3, Mar and März alike."""
    plain = text.strip().lower().removesuffix(".0")
    plain = plain.removeprefix("q") if quarter else plain
    if plain.isdigit():
        return plain if quarter else plain.zfill(2)
    named = named_period(f"{text} 2000")
    return f"{named[0].month:02d}" if named and not quarter else text


def _flagged_by_unit(rows: pd.DataFrame, go_live: dt.date | None) -> tuple[pd.DataFrame, dt.date]:
    """A unit that is treated in some of its rows only was treated from then on: that is its go-live. Units of
    another go-live than the one compared are left out: they are neither treated nor a control."""
    rows, go_live = _switched_on(rows, go_live)
    by_unit = rows.groupby("unit")["treated"]
    own = pd.Series(dtype=object)
    if bool((rows["unit"] != "").all()) and bool((by_unit.nunique() > 1).any()):
        changing = rows["unit"].map(by_unit.nunique() > 1)
        own = rows[changing & rows["treated"]].groupby("unit")["period"].min()
        rows["treated"] = by_unit.transform("any").to_numpy(bool)
    if own.nunique() > 1:
        if go_live not in set(own):
            raise InputFault(_STAGGERED.fill(days=_cohorts(own)))
        rows = rows[~rows["unit"].isin(own[own != go_live].index)].reset_index(drop=True)
    live = go_live or (min(own) if len(own) else None)
    if live is None:
        raise UsageFault(
            Text(
                de="Wann war der Go-live? --go-live nennt den Tag, --post eine Spalte mit Ja für nachher.",
                en="When was go-live? --go-live names the day, --post a column of yes for after.",
            )
        )
    return rows, live


def _switched_on(rows: pd.DataFrame, go_live: dt.date | None) -> tuple[pd.DataFrame, dt.date | None]:
    """Where nobody is told apart and all rows are treated from one day on, that day is the go-live: the
    column says when, not who."""
    by_period = rows.groupby("period")["treated"]
    on = by_period.all()
    alike = bool((by_period.nunique() == 1).all()) and bool((rows["unit"] == "").all())
    if not (alike and on.any() and not on.all() and on.is_monotonic_increasing):
        return rows, go_live
    return rows.assign(treated=True), go_live or min(on.index[on])


_APART = Text(
    de="{units} Einheiten, die an einem anderen Tag live gingen, bleiben außen vor.",
    en="{units} units that went live on another day are left out.",
)
_STAGGERED = Text(
    de="Die Einheiten gehen an verschiedenen Tagen live: {days}. Mit --go-live und einem dieser Tage werden "
    "die Einheiten von diesem Tag mit denen verglichen, die nie live gingen; die übrigen bleiben außen vor.",
    en="The units go live on different days: {days}. With --go-live and one of these days, the units of that "
    "day are compared with those that never went live; the others are left out.",
)


def _cohorts(own: pd.Series[Any]) -> Text:
    """`01.01.2006 (1), 01.01.2007 (13)`: each go-live with the number of its units."""
    days = [
        Text(de="{day} ({units})", en="{day} ({units})").fill(day=day, units=int(count))
        for day, count in own.value_counts().sort_index().items()
    ]
    return Text(de=", ".join(day.de for day in days), en=", ".join(day.en for day in days))


def _of_two_columns(table: FileCells, columns: Columns) -> Read:
    """One row a unit, its value before and its value after."""
    if not columns.value_before or not columns.value_after:
        raise UsageFault(
            Text(
                de="--value-before und --value-after gehören zusammen.",
                en="--value-before and --value-after go together.",
            )
        )
    common = _common(table, columns)
    if not columns.unit:
        common["unit"] = [str(number) for number in range(1, len(table) + 1)]
    parts = []
    for day, wanted in zip(WAVES, (columns.value_before, columns.value_after), strict=True):
        parts.append(common.assign(period=day, value=table.numbers(wanted).to_numpy()))
    return pd.concat(parts, ignore_index=True), WAVES[1], UNDATED


def _of_period_columns(table: FileCells, columns: Columns, frame: Frame) -> Read:
    """One row a unit, one column a period."""
    common = _common(table, columns)
    if not columns.unit:
        common["unit"] = [str(number) for number in range(1, len(table) + 1)]
    named = {columns.unit, columns.cluster, columns.treated}
    headers: Mapping[str, dt.date] = {
        name: day for name in table.columns if name not in named and (day := _day_or_none(name))
    }
    if not headers or not frame.go_live:
        raise UsageFault(
            Text(
                de="Bei --wide sind die Spaltennamen Zeiträume (2024-01, 2024-02 …), und --go-live nennt den "
                "Tag.",
                en="With --wide the headers are periods (2024-01, 2024-02 …), and --go-live names the day.",
            )
        )
    parts = [common.assign(period=day, value=table.numbers(name).to_numpy()) for name, day in headers.items()]
    periods = Periods(days=tuple(headers.values()))
    return pd.concat(parts, ignore_index=True), day_of(frame.go_live), periods


def _day_or_none(text: str) -> dt.date | None:
    try:
        return day_of(text)
    except UsageFault:
        return None


def _window(text: str | None, periods: Periods) -> Window | None:
    """`2024-01..2024-12`, both ends included; years and days go as well."""
    if text is None:
        return None
    first, dots, last = text.partition("..")
    if not dots:
        last = first
    start, end = periods.day(first), periods.day(last, last=True)
    if end < start:
        raise UsageFault(
            Text(
                de="Der Zeitraum „{text}“ endet vor seinem Anfang.",
                en="The window “{text}” ends before it begins.",
            ).fill(text=text)
        )
    return Window(first=start, last=end)
