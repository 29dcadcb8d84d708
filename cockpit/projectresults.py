"""What became of a project: Soll and Ist, effect, verdict and grade of each KPI, and the words for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cockpit.measuring import evidence_of
from cockpit.projects import Moved, listed, measured, moved, redefined
from cockpit.workspace import Workspace
from core.errors import InputFault
from core.text import Text
from proof.attained import Attained, attained, is_met
from proof.designs import compare
from proof.effect import Effect, Point, Verdict
from proof.evidence import Baseline
from proof.grading import Graded, grade, verdict
from proof.measured import Measured
from proof.project import FromCustomer, Project, ProjectKpi
from proof.stated import stated
from proof.words import Wording, wording

Provenance = Literal["computed", "customer"]


@dataclass(frozen=True, kw_only=True)
class KpiResult:
    """One KPI of a project. `chosen` is the effect by the strongest design that the data support, `naive` the
    plain one beside it, to be shown where it `differs`.

    `attained` holds the target (Soll) against the figure of the after window (Ist); None without a target.
    `moved`: frozen cells that the current data tell differently. `waiting`: why there is nothing to compare
    yet; then `chosen` is None. `so_far`: the course as far as it is known. `fractions`: the values look like
    shares where per cent are counted. `baseline` None: not frozen yet, or the customer's word.
    """

    kpi: ProjectKpi
    provenance: Provenance
    chosen: Effect | None = None
    naive: Effect | None = None
    differs: bool = False
    not_stronger: tuple[Text, ...] = ()
    verdict: Verdict = "too_few"
    graded: Graded | None = None
    wording: Wording | None = None
    baseline: Baseline | None = None
    moved: tuple[Moved, ...] = ()
    redefined: bool = False
    waiting: Text | None = None
    so_far: tuple[Point, ...] = ()
    attained: Attained | None = None
    fractions: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the target is met; None where there is none, or nothing to hold against it yet."""
        if self.attained is None or self.attained.standing == "open":
            return None
        return self.attained.standing == "reached"


@dataclass(frozen=True, kw_only=True)
class ProjectResult:
    """A project and its KPIs' results, in the project's order; the first is the one it is judged by."""

    project: Project
    kpis: tuple[KpiResult, ...]

    @property
    def first(self) -> KpiResult:
        return self.kpis[0]


def results(ws: Workspace) -> list[ProjectResult]:
    """All projects, the latest go-live first."""
    projects = listed(ws)
    if ws.warehouse.head() is None or not projects:
        return [result(ws, project) for project in projects]
    with ws.reading(ws.settings.base_model) as reading:
        return [result(reading, project) for project in projects]


def result(ws: Workspace, project: Project) -> ProjectResult:
    """A project by the data of today; its baseline stays the frozen one."""
    baselines = ws.state.projects.baselines(project.id)
    return ProjectResult(
        project=project,
        kpis=tuple(_kpi_result(ws, project, kpi, baselines.get(kpi.key)) for kpi in project.kpis),
    )


def _kpi_result(ws: Workspace, project: Project, kpi: ProjectKpi, baseline: Baseline | None) -> KpiResult:
    if isinstance(kpi.origin, FromCustomer):
        return _said(project, kpi, kpi.origin)
    changed = moved(ws, project, kpi.key) if baseline else ()
    try:
        table = measured(ws, project, kpi.key)
    except InputFault as fault:
        why = fault.text if baseline else _both(NOT_STARTED, fault.text)
        return KpiResult(kpi=kpi, provenance="computed", baseline=baseline, moved=changed, waiting=why)
    if waiting := _not_over(project, table.data_end) if baseline else NOT_STARTED:
        return KpiResult(
            kpi=kpi, provenance="computed", baseline=baseline, moved=changed, waiting=waiting,
            so_far=_points(project, table), attained=_attained(kpi, table, None), fractions=_fractions(table),
        )  # fmt: skip
    other = redefined(ws, project, kpi.key)
    found = compare(table)
    graded = grade(found.chosen, retrospective=project.retrospective, definition_changed=other)
    said = verdict(found.chosen)
    return KpiResult(
        kpi=kpi, provenance="computed", chosen=found.chosen, naive=found.naive, differs=found.differs,
        not_stronger=found.not_stronger, verdict=said, graded=graded,
        wording=wording(
            found.chosen, said, graded, kpi.name, project=project.name, currency=ws.settings.currency
        ),
        baseline=baseline, moved=changed, redefined=other, attained=_attained(kpi, table, found.chosen),
        fractions=_fractions(table), so_far=_points(project, table),
    )  # fmt: skip


def _fractions(table: Measured) -> bool:
    """Whether a KPI in per cent has no value above 1: a spreadsheet's 0.3 may mean 30 %."""
    values = table.rows["value"]
    return table.unit_name == "percent" and table.kind == "mean" and bool((values.abs() <= 1).all())


def _both(first: Text, second: Text) -> Text:
    return Text(de=f"{first.de} {second.de}", en=f"{first.en} {second.en}")


def _attained(kpi: ProjectKpi, table: Measured, effect: Effect | None) -> Attained | None:
    """Soll and Ist; `effect` None: the after window is not over."""
    if kpi.target is None:
        return None
    actual = effect.after if effect else None
    return attained(table, kpi.target, actual=actual, over=effect is not None)


def _points(project: Project, table: Measured) -> tuple[Point, ...]:
    """The cells of its evidence by period, history included; small ones are left out there."""
    seen = evidence_of(table.rows, table.kind, table.grain, table.scale)
    values = {(row.period, row.group): row.value for row in seen.rows}
    days = sorted({row.period for row in seen.rows})
    return tuple(
        Point(
            period=day, side="before" if day < project.go_live else "after",
            treated=values.get((day, "treated")), beside=values.get((day, "control")),
        )
        for day in days
    )  # fmt: skip


def _said(project: Project, kpi: ProjectKpi, origin: FromCustomer) -> KpiResult:
    effect = stated(
        kpi.key, origin.before, origin.after, unit_name=kpi.unit, better=kpi.better, kind=kpi.kind
    )
    graded = grade(effect)
    said = verdict(effect)
    words = wording(effect, said, graded, kpi.name, project=project.name, provenance="customer")
    held = None
    if kpi.target is not None:
        met = is_met(origin.after, kpi.target, kpi.better)
        held = Attained(target=kpi.target, actual=origin.after, standing="reached" if met else "missed")
    return KpiResult(
        kpi=kpi, provenance="customer", chosen=effect, verdict=said, graded=graded, wording=words,
        attained=held,
    )  # fmt: skip


def _not_over(project: Project, data_end: dt.date | None) -> Text | None:
    """The after window must lie whole within the data."""
    if data_end is None or project.after.end <= data_end:
        return None
    if data_end <= project.go_live:
        return BEFORE_GO_LIVE.fill(live=project.go_live, day=data_end - dt.timedelta(days=1))
    return NOT_OVER.fill(
        window=project.after.label(),
        day=data_end - dt.timedelta(days=1),
        days=(project.after.end - data_end).days,
    )


NOT_STARTED = Text(
    de="Das Projekt ist noch nicht gestartet. Mit dem Start wird der Basiszeitraum eingefroren.",
    en="The project has not been started. Starting it freezes the baseline.",
)
BEFORE_GO_LIVE = Text(
    de="Der Go-live ist am {live}; die Daten reichen bis {day}. Bis dahin gibt es nichts zu vergleichen.",
    en="Go-live is on {live}; the data reach to {day}. Until then there is nothing to compare.",
)
NOT_OVER = Text(
    de="Der Nachher-Zeitraum {window} ist noch nicht vorbei: Die Daten reichen bis {day}, es fehlen "
    "{days} Tage.",
    en="The after window {window} is not over yet: the data reach to {day}, {days} days are missing.",
)
