"""The values of a project's KPI as one snapshot tells them: from measurements, or counted over contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cockpit.counting import counted
from cockpit.scene import known_kpi, set_scene
from cockpit.workspace import Workspace
from core.errors import InputFault, UsageFault, did_you_mean
from core.period import Month, Period
from core.query import Query
from core.text import Text
from core.view import View
from metrics.availability import missing
from metrics.model import Kpi
from metrics.regroup import Count, figure, monthly
from metrics.wording import amount
from proof.evidence import SMALLEST_CELL, EvidenceTable, Observation, table
from proof.measured import COLUMNS
from proof.project import FromContacts, FromMeasurements, Kind, Project, ProjectKpi, same_key
from proof.window import Grain, end_of, grain_of
from store.warehouse.snapshot import Snapshot

QUIET_DAYS = 7
"""Data that begin within a month's first week cover that month: holidays are quiet."""

_NUMBERS = ("value", "numerator", "denominator", "exposure")


@dataclass(frozen=True, kw_only=True)
class Readings:
    """A KPI's values over the whole time that a snapshot knows, as `proof.measured` takes them.

    `rows` has the columns of `proof.measured.Measured.rows`; a value may be missing. `version` is that of the
    KPI's definition, "" for measured values. `data_end`: the first day no longer covered.
    """

    rows: pd.DataFrame
    kind: Kind
    scale: float
    grain: Grain
    data_end: dt.date
    version: str

    def evidence(self) -> EvidenceTable:
        """The same without units: values by period and group, small cells left out."""
        return evidence_of(self.rows, self.kind, self.grain, self.scale)


def evidence_of(
    rows: pd.DataFrame, kind: Kind, grain: Grain, scale: float, *, smallest: int = SMALLEST_CELL
) -> EvidenceTable:
    """Values by period and group of rows as `proof.measured.Measured` has them; small cells left out."""
    return table(_observations(rows, kind), grain, adds_up=kind == "count", scale=scale, smallest=smallest)


def readings(ws: Workspace, project: Project, kpi: ProjectKpi, snapshot: Snapshot) -> Readings:
    """InputFault where the snapshot has no values for this project and KPI; it says which names it has.

    UsageFault for a KPI that is the customer's word, or that the product cannot count.
    """
    match kpi.origin:
        case FromMeasurements():
            return _from_measurements(project, kpi, kpi.origin, snapshot)
        case FromContacts():
            return _from_contacts(ws, kpi.origin, snapshot)
    raise UsageFault(
        Text(
            de="„{kpi}“ ist die Auskunft des Kunden; gemessene Werte gibt es dazu nicht.",
            en="“{kpi}” is what the customer said; there are no measured values for it.",
        ).fill(kpi=kpi.name)
    )


def _from_measurements(
    project: Project, kpi: ProjectKpi, origin: FromMeasurements, snapshot: Snapshot
) -> Readings:
    known = snapshot.rows(
        Query(sql="SELECT DISTINCT project, kpi FROM measurements WHERE project IS NOT NULL ORDER BY ALL")
    )
    projects = sorted({name for name, _ in known if same_key(name, project.key)})
    names = sorted({name for mine, name in known if mine in projects and same_key(name, origin.kpi)})
    if not names:
        raise _nothing_measured(project, origin.kpi, known, projects)
    columns = ", ".join(("period", "unit", '"group"', *_NUMBERS, "cluster"))
    found = snapshot.frame(
        Query(
            sql=f"SELECT {columns} FROM measurements WHERE list_contains($projects, project) "
            'AND list_contains($names, kpi) ORDER BY period, "group", unit, source, row_no',
            values={"projects": projects, "names": names},
        )
    )
    rows = pd.DataFrame(
        {
            "period": pd.to_datetime(found["period"]),
            "unit": found["unit"].fillna("").astype(str),
            "treated": found["group"].fillna("treated").ne("control"),
            **{name: pd.to_numeric(found[name]).astype(float) for name in _NUMBERS},
            "cluster": found["cluster"].fillna("").astype(str),
        }
    )[list(COLUMNS)]
    if rows["unit"].nunique() == 1:  # the same word everywhere tells nobody apart: a unit of measure
        rows["unit"] = ""
    scale = 100.0 if kpi.unit == "percent" else 1.0
    kind = _kind_of(kpi, rows)
    if kind == "mean":
        quotient = rows["numerator"] / rows["denominator"] * scale
        rows["value"] = rows["value"].fillna(quotient)
        rows["exposure"] = rows["exposure"].fillna(rows["denominator"])
    grain = grain_of(day.date() for day in rows["period"])
    last = rows.loc[rows[["value", "numerator"]].notna().any(axis=1), "period"].max()
    return Readings(
        rows=rows, kind=kind, scale=scale if kind == "rate" else 1.0, grain=grain,
        data_end=end_of(last.date() if last is not pd.NaT else dt.date.min, grain), version="",
    )  # fmt: skip


def _kind_of(kpi: ProjectKpi, rows: pd.DataFrame) -> Kind:
    """A rate needs numerators and denominators; shares that come as finished values are means."""
    if kpi.kind == "rate" and rows[["numerator", "denominator"]].isna().any(axis=None):
        return "mean"
    return kpi.kind


def _nothing_measured(
    project: Project, kpi: str, known: Sequence[tuple[str, str]], projects: Sequence[str]
) -> InputFault:
    if projects:
        there = sorted({name for mine, name in known if mine in projects})
        text = Text(
            de="Für das Projekt „{project}“ gibt es Messwerte, aber keine der Kennzahl „{kpi}“. Vorhanden "
            "sind: {there}.",
            en="There are measurements for the project “{project}”, but none of the KPI “{kpi}”. There are: "
            "{there}.",
        )
        return InputFault(text.fill(project=project.key, kpi=kpi, there=", ".join(there)))
    close = did_you_mean(project.key, [name for name, _ in known])
    text = Text(
        de="Für das Projekt „{project}“ sind keine Messwerte importiert. {hint}",
        en="No measurements have been imported for the project “{project}”. {hint}",
    )
    hint = Text(
        de="Die Daten nennen ein Projekt „{close}“; meinen Sie dieses?",
        en="The data name a project “{close}”; is that the one?",
    )
    import_some = Text(
        de="Importieren Sie unter „Daten“ eine Datei mit den Spalten Projekt, Kennzahl, Zeitraum und Wert.",
        en="Import a file with the columns project, KPI, period and value under “Data”.",
    )
    return InputFault(text.fill(project=project.key, hint=hint.fill(close=close) if close else import_some))


def _from_contacts(ws: Workspace, origin: FromContacts, snapshot: Snapshot) -> Readings:
    metric = known_kpi(ws.kpis.entries, origin.kpi)
    groups: list[tuple[bool, Mapping[str, tuple[str, ...]], str | None]]
    groups = [(True, origin.where, origin.units)]
    if origin.control is not None:
        groups.append((False, origin.control, origin.units))
    if origin.rest:
        (dimension,) = origin.where
        groups = [(True, {}, dimension)]
    rows: list[dict[str, object]] = []
    end = dt.date.max
    for treated, where, by in groups:
        view = View(model=snapshot.model, where=where, by=by)
        months, until = _months(ws, snapshot, metric, origin.phase, view)
        end = min(end, until)
        if origin.rest:
            rows += _split(metric, months, set(origin.where[by or ""]))
        else:
            rows += [
                _row(metric, month, count, treated=treated, unit=group or "")
                for group, counts in months.items()
                for month, count in counts
            ]
    if not rows:
        raise InputFault(
            Text(
                de="Die Kennzahl „{kpi}“ hat mit diesem Filter keine Werte.",
                en="The KPI “{kpi}” has no values with this filter.",
            ).fill(kpi=metric.name)
        )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["period"] = pd.to_datetime(frame["period"])
    rate = _is_rate(metric)
    return Readings(
        rows=frame.sort_values(["period", "treated", "unit"], ignore_index=True),
        kind="rate" if rate else "count" if metric.unit == "count" and metric.kind != "median" else "mean",
        scale=metric.scale if rate else 1.0, grain="month", data_end=end, version=metric.version,
    )  # fmt: skip


_Months = dict[str | None, list[tuple[Month, Count]]]


def _months(
    ws: Workspace, snapshot: Snapshot, metric: Kpi, phase: str | None, view: View
) -> tuple[_Months, dt.date]:
    """Every whole and mature month's count by group, and the first day that is not covered any more."""
    scene = set_scene(ws, snapshot, view)
    if missing(metric, scene.feeds) or not scene.allows(metric):
        raise InputFault(
            Text(
                de="Die Kennzahl „{kpi}“ lässt sich mit diesen Daten und diesem Filter nicht zählen.",
                en="The KPI “{kpi}” cannot be counted with these data and this filter.",
            ).fill(kpi=metric.name)
        )
    covered = scene.covered(metric) - scene.settling(metric, phase)
    start = scene.frame.data_start + dt.timedelta(days=metric.warm_up_days)
    first = Month.of(start) + (start.day > QUIET_DAYS)
    whole = [m for m in scene.frame.months if m >= first and Period(m, m).whole(covered)]
    found: _Months = {}
    for (_, where, group), counts in counted(scene, [metric]).months.items():
        if whole and where == (phase if metric.per == "phase" else None):
            found[group] = monthly(metric, counts, whole[0], whole[-1])
            _check_reached(metric, found[group])
    return found, whole[-1].end if whole else dt.date.min


def _check_reached(metric: Kpi, months: Sequence[tuple[Month, Count]]) -> None:
    """InputFault where a month never reached its quantile: the quick ones alone would be no comparison."""
    if metric.quantile is None:
        return
    for month, count in months:
        found = count.estimate
        if found is not None and found.until is None and count.n >= metric.minimum_n:
            text = Text(
                de="„{kpi}“ hat für {month} keinen Wert: Bis Tag {days} kamen nur {share} ans Ziel. Nur "
                "schnelle Monate zu vergleichen, wäre kein Vergleich; nehmen Sie Anteile statt Tage.",
                en="“{kpi}” has no value for {month}: only {share} had got there by day {days}. To compare "
                "quick months alone would be no comparison; take a share instead of days.",
            )
            label = Text(de=month.label("de"), en=month.label("en"))
            share = amount(found.share, "percent")
            raise InputFault(text.fill(kpi=metric.name, month=label, days=found.days, share=share))


def _split(metric: Kpi, months: _Months, mine: set[str]) -> Iterator[dict[str, object]]:
    """Everybody's values as two groups: those of the values named, and the rest."""
    for group, counts in months.items():
        for month, count in counts:
            yield _row(metric, month, count, treated=(group or "") in mine, unit=group or "–")


def _row(metric: Kpi, month: Month, count: Count, *, treated: bool, unit: str) -> dict[str, object]:
    value = figure(metric, count)
    rate = _is_rate(metric)
    known = value is not None
    return {
        "period": month.start,
        "unit": unit,
        "treated": treated,
        "value": value if known else np.nan,
        "numerator": (count.numerator or 0.0) if rate and known else np.nan,
        "denominator": count.denominator if rate and known else np.nan,
        "exposure": np.nan if rate or metric.unit == "count" else float(count.n) if known else np.nan,
        "cluster": "",
    }


def _is_rate(metric: Kpi) -> bool:
    """Whether the figure is a share of cases; points (NPS) and quotients of amounts are not.

    Of what is followed whole months alone are read, in which nobody's time is still running: a plain share.
    """
    return metric.kind in ("ratio", "survival") and metric.unit == "percent"


def _observations(rows: pd.DataFrame, kind: Kind) -> Iterator[Observation]:
    single = bool((rows["unit"] != "").any()) or bool(rows.duplicated(["period", "treated"]).any())
    for row in rows.to_dict("records"):
        value = row["numerator"] if kind == "count" and np.isnan(row["value"]) else row["value"]
        above, below = row["numerator"], row["denominator"]
        if kind == "rate" and not np.isnan(below) and below > 0:
            value = above / below  # the table scales quotients
        if np.isnan(value):
            continue
        cases = {"rate": below, "count": value}.get(kind, row["exposure"])
        yield Observation(
            period=row["period"].date(),
            group="treated" if row["treated"] else "control",
            value=float(value),
            numerator=float(above) if kind == "rate" else None,
            denominator=float(below) if kind == "rate" else None,
            cases=None if np.isnan(cases) else float(cases),
            single=single,
        )
