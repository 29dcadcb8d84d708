"""Projects: enter one, start it (which freezes its baseline), close it, and bring its values together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd

from cockpit.holding import hold
from cockpit.measuring import Readings, evidence_of, readings
from cockpit.scene import known_kpi
from cockpit.workspace import Workspace
from core.errors import InputFault, UsageFault
from core.text import Text
from proof.consent import permission
from proof.evidence import Baseline, baseline_figure
from proof.measured import Measured
from proof.measured import measured as as_measured
from proof.project import FromContacts, FromCustomer, Project, ProjectKpi, Status, flaws
from store.warehouse.snapshot import Snapshot

SOON_DAYS = 30
"""An after window that ends within so many days is told beforehand."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A frozen cell whose period the current data tell differently; `now` None: they no longer have it."""

    period: dt.date
    group: str
    frozen: float
    now: float | None


def create(ws: Workspace, project: Project, person: str) -> Project:
    """Keeps a new project, planned. UsageFault where windows, KPIs or its code cannot be."""
    _check(ws, project)
    return ws.state.projects.add(
        project.model_copy(update={"status": "planned", "retrospective": False}), person=person, at=ws.now()
    )


def change(ws: Workspace, project: Project, person: str) -> Project:
    """Stores a project as edited. ChangedMeanwhile where someone was faster.

    Once the baseline is frozen its window, its KPIs and their filters stay: UsageFault. Targets, names, the
    after window and go-live may change; moving go-live to before the freezing makes it retrospective.
    """
    _check(ws, project)
    kept = ws.state.projects.get(project.id)
    baselines = ws.state.projects.baselines(project.id)
    if baselines:
        if kept.baseline != project.baseline or _definitions(kept) != _definitions(project):
            raise UsageFault(
                Text(
                    de="Der Basiszeitraum ist eingefroren: Zeitraum, Kennzahlen und Filter lassen sich nicht "
                    "mehr ändern. Legen Sie dafür ein neues Projekt an.",
                    en="The baseline is frozen: window, KPIs and filters can no longer be changed. Please "
                    "create a new project for that.",
                )
            )
        late = any(each.frozen_at.date() > project.go_live for each in baselines.values())
        project = project.model_copy(update={"retrospective": kept.retrospective or late})
    return ws.state.projects.change(
        project.model_copy(update={"status": kept.status, "closed_on": kept.closed_on}),
        person=person, at=ws.now(),
    )  # fmt: skip


def start(
    ws: Workspace, project_id: str, version: int, person: str, *, at: dt.datetime | None = None
) -> Project:
    """Freezes the baseline of every KPI: definition, filter, snapshot and evidence table.

    From then on later data cannot move it. InputFault where the data do not cover the whole window or have
    no values in it; then nothing is frozen. `at` is when that happened, now unless a sample says otherwise.
    """
    moment = at or ws.now()
    project = ws.state.projects.get(project_id)
    made: list[Baseline] = []
    if any(not isinstance(kpi.origin, FromCustomer) for kpi in project.kpis):
        with ws.open() as snapshot:
            for kpi in project.kpis:
                if not isinstance(kpi.origin, FromCustomer):
                    read = readings(ws, project, kpi, snapshot)
                    made.append(_frozen(project, kpi, read, snapshot.id, by=(person, moment)))
    status: Status = "watching" if moment.date() >= project.go_live else "running"
    seen = project.model_copy(update={"version": version})
    for snapshot_id in {each.snapshot for each in made}:
        hold(ws, snapshot_id)  # before anything rests on it: no import may prune it in between
    return ws.state.projects.freeze(seen, made, status=status, person=person, at=moment)


def close(ws: Workspace, project_id: str, version: int, person: str) -> Project:
    """Nothing more is expected of the project; its figures stay. See `reminder`."""
    return ws.state.projects.close(project_id, version, person=person, at=ws.now())


def reminder(ws: Workspace, project: Project) -> Text | None:
    """What is still to be asked where a project is closed and nobody asked the customer; else None.

    None too while an action of the project runs: somebody has taken it up.
    """
    taken = any(
        one.running and (one.origin, one.origin_ref) == ("project", project.id)
        for one in ws.state.actions.all()
    )
    if project.status != "closed" or taken:
        return None
    asked = permission(ws.state.consents.of(project.id), ws.now().date())
    if asked.reason != "never_asked":
        return None
    return Text(
        de="Das Projekt ist geschlossen, aber niemand hat den Kunden gefragt, ob und wie er genannt werden "
        "darf.",
        en="The project is closed, but nobody has asked the customer whether and how they may be named.",
    )


def listed(ws: Workspace) -> list[Project]:
    """All projects with their standing of today, the latest go-live first."""
    today = ws.now().date()
    return [each.model_copy(update={"status": each.standing(today)}) for each in ws.state.projects.all()]


def project_of(ws: Workspace, project_id: str) -> Project:
    """One project with its standing of today. UsageFault where there is none of that id."""
    found = ws.state.projects.get(project_id)
    return found.model_copy(update={"status": found.standing(ws.now().date())})


def frozen(ws: Workspace, project: Project) -> bool:
    """Whether the project's baseline is frozen."""
    return bool(ws.state.projects.baselines(project.id))


def closing_soon(ws: Workspace, days: int = SOON_DAYS) -> list[Project]:
    """Projects whose after window ends within so many days, the next first."""
    today = ws.now().date()
    soon = [each for each in ws.state.projects.all() if each.closes_within(today, days)]
    return sorted(soon, key=lambda each: (each.after.last, each.key))


def measured(ws: Workspace, project: Project, kpi: str | None = None) -> Measured:
    """The KPI's values as the comparison takes them: up to the baseline's end those of the frozen snapshot,
    after it those of the current one. Before the project has started, all of the current one.

    InputFault where there are no values; UsageFault for a KPI that is the customer's word.
    """
    wanted = _kpi(project, kpi)
    with ws.open() as snapshot:
        now = readings(ws, project, wanted, snapshot)
    baseline = ws.state.projects.baselines(project.id).get(wanted.key) if project.id else None
    rows = now.rows
    if baseline is not None:
        then = rows_then(ws, project, baseline)
        edge = pd.Timestamp(project.baseline.end)
        rows = pd.concat([then[then["period"] < edge], rows[rows["period"] >= edge]], ignore_index=True)
    return as_measured(
        rows, kpi=wanted.key, go_live=project.go_live, kind=now.kind, better=wanted.better,
        unit_name=wanted.unit, scale=now.scale, grain=now.grain, baseline=project.baseline,
        after=project.after, data_end=now.data_end,
    )  # fmt: skip


def rows_then(ws: Workspace, project: Project, baseline: Baseline) -> pd.DataFrame:
    """The values as the frozen snapshot tells them; where units are not told apart, the frozen cells stand
    for the periods of the window, whatever became of the snapshot's rows since (an erasure)."""
    with _opened(ws, baseline.snapshot) as snapshot:
        rows = readings(ws, project, baseline.kpi, snapshot).rows.copy()
    if (rows["unit"] != "").any():
        return rows
    for cell in baseline.evidence.rows:
        here = (rows["period"] == pd.Timestamp(cell.period)) & (rows["treated"] == (cell.group == "treated"))
        if int(here.sum()) == 1:
            rows.loc[here, "value"] = cell.value
            if cell.denominator is not None:
                rows.loc[here, ["numerator", "denominator"]] = [cell.numerator, cell.denominator]
    return rows


def moved(ws: Workspace, project: Project, kpi: str | None = None) -> tuple[Moved, ...]:
    """The cells of the frozen baseline that the current data tell differently. The baseline stays."""
    wanted = _kpi(project, kpi)
    baseline = ws.state.projects.baselines(project.id).get(wanted.key)
    if baseline is None:
        return ()
    try:
        with ws.open() as snapshot:
            now = readings(ws, project, wanted, snapshot)
    except InputFault:  # the source is gone from the current data
        now = None
    frozen_cells, cells_now = baseline.evidence, now.evidence() if now else None
    if baseline.evidence.suppressed and now:  # what the table leaves out, its snapshot still tells
        then = rows_then(ws, project, baseline)
        frozen_cells, cells_now = (
            evidence_of(rows, now.kind, now.grain, now.scale, smallest=1) for rows in (then, now.rows)
        )
    there = {(row.period, row.group): row.value for row in cells_now.rows} if cells_now else {}
    return tuple(
        Moved(period=row.period, group=row.group, frozen=row.value, now=there.get((row.period, row.group)))
        for row in frozen_cells.inside(baseline.window).rows
        if not _same(row.value, there.get((row.period, row.group)))
    )


def redefined(ws: Workspace, project: Project, kpi: str | None = None) -> bool:
    """Whether the KPI is counted in another way today than when its baseline was frozen."""
    wanted = _kpi(project, kpi)
    baseline = ws.state.projects.baselines(project.id).get(wanted.key)
    if baseline is None or not isinstance(baseline.kpi.origin, FromContacts):
        return False
    metric = ws.kpis.entries.get(baseline.kpi.origin.kpi)
    return metric is None or metric.version != baseline.kpi_version


@contextmanager
def _opened(ws: Workspace, snapshot_id: str) -> Iterator[Snapshot]:
    """A snapshot by its id; the one that is held open where it is that."""
    if ws.opened is not None and ws.opened.id == snapshot_id:
        yield ws.opened
        return
    with ws.warehouse.open(snapshot_id) as snapshot:
        yield snapshot


def _frozen(
    project: Project, kpi: ProjectKpi, read: Readings, snapshot: str, *, by: tuple[str, dt.datetime]
) -> Baseline:
    whole = as_measured(
        read.rows, kpi=kpi.key, go_live=project.go_live, kind=read.kind, better=kpi.better,
        unit_name=kpi.unit, scale=read.scale, grain=read.grain, baseline=project.baseline,
        data_end=read.data_end,
    )  # fmt: skip
    if fault := whole.fault:
        raise InputFault(fault)
    if whole.before_rows.empty:
        raise InputFault(
            Text(
                de="Im Basiszeitraum {window} gibt es keine Werte für „{kpi}“; die ersten liegen im Zeitraum "
                "ab {first}.",
                en="There are no values of “{kpi}” in the baseline {window}; the first begin on {first}.",
            ).fill(window=project.baseline.label(), kpi=kpi.name, first=whole.rows["period"].min().date())
        )
    evidence, (person, at) = read.evidence().inside(project.baseline), by
    return Baseline(
        project=project.id, kpi=kpi, kpi_version=read.version, window=project.baseline, snapshot=snapshot,
        evidence=evidence, before=baseline_figure(evidence, "treated", scale=read.scale),
        before_control=baseline_figure(evidence, "control", scale=read.scale), frozen_at=at,
        frozen_by=person, retrospective=at.date() > project.go_live,
    )  # fmt: skip


def _check(ws: Workspace, project: Project) -> None:
    for reason in flaws(project):
        raise UsageFault(reason)
    for kpi in project.kpis:
        if isinstance(kpi.origin, FromContacts):
            metric = known_kpi(ws.kpis.entries, kpi.origin.kpi)
            phases = ws.models[ws.settings.base_model].phase_ids
            if metric.per == "phase" and kpi.origin.phase not in phases:
                raise UsageFault(
                    Text(
                        de="Die Kennzahl „{kpi}“ gilt je Phase. Nennen Sie eine: {phases}.",
                        en="The KPI “{kpi}” stands for each phase. Name one: {phases}.",
                    ).fill(kpi=metric.name, phases=", ".join(phases))
                )


def _definitions(project: Project) -> Sequence[object]:
    return [kpi.model_copy(update={"target": None, "name": project.first.name}) for kpi in project.kpis]


def _kpi(project: Project, key: str | None) -> ProjectKpi:
    try:
        return project.kpi(key)
    except KeyError:
        raise UsageFault(
            Text(de="Das Projekt hat keine Kennzahl „{key}“.", en="The project has no KPI “{key}”.").fill(
                key=key
            )
        ) from None


def _same(one: float, other: float | None) -> bool:
    return other is not None and abs(one - other) <= 1e-9 * max(1.0, abs(one))
