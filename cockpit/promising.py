"""From a promise to the Soll: what a prospect was told becomes the aim of a project's KPI."""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.query import plain_name
from core.text import Text
from proof.anonymity import named_in
from proof.handouts import Promise
from proof.project import FromMeasurements, Project, ProjectKpi


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A promise beside the KPI of a project that it is, or could become, the Soll of.

    `target`: the middle of what was told, in the KPI's unit, rounded as it is shown. `late`: it was told when
    the after window had begun, so that it may have been known already. `same_customer`: the names of prospect
    and customer share a telling word.
    """

    promise: Promise
    kpi: ProjectKpi
    target: float
    late: bool
    same_customer: bool


def offered(ws: Workspace, project: Project) -> list[Aim]:
    """The promises that nobody has made a Soll of yet, for the KPIs they fit that have none yet: those to
    this customer first, then the latest."""
    free = [each for each in ws.state.promises.told() if not each.project]
    taken = {aim.kpi.key for aim in aims_of(ws, project)}
    open_ = [kpi for kpi in project.kpis if kpi.key not in taken]
    aims = [_aim(each, kpi, project) for each in free for kpi in open_ if _fits(each, kpi)]
    return sorted(aims, key=lambda aim: not aim.same_customer)


def aims_of(ws: Workspace, project: Project) -> list[Aim]:
    """The promises that are the Soll of the project's KPIs, the latest first."""
    there = {kpi.key: kpi for kpi in project.kpis}
    return [
        _aim(each, there[each.aim], project)
        for each in ws.state.promises.told()
        if each.project == project.id and each.aim in there
    ]


def adopt(ws: Workspace, promise: Promise, project: Project, kpi: str, person: str) -> Promise:
    """Makes the promise the Soll of the KPI: the middle of what was told, in the place of any typed before.
    The frozen baseline stays.

    UsageFault where the KPI is another one or the promise is another project's Soll, ChangedMeanwhile where
    somebody changed either of the two.
    """
    wanted = project.kpi(kpi)
    if not _fits(promise, wanted):
        raise UsageFault(OTHER_KPI)
    target = _aim(promise, wanted, project).target
    return ws.state.promises.bind(promise, project, kpi, target, person=person, at=ws.now())


def release(ws: Workspace, promise: Promise, person: str) -> Promise:
    """Takes a promise off its project again; the Soll stays."""
    return ws.state.promises.release(promise, person=person, at=ws.now())


def promise_of(ws: Workspace, promise_id: str) -> Promise | None:
    """The promise of that number that no project has taken over yet."""
    return next(
        (each for each in ws.state.promises.told() if str(each.id) == promise_id and not each.project), None
    )


def kpi_from(promise: Promise) -> ProjectKpi | None:
    """The KPI that a new project begins with; None for a promise that does not say what it was of."""
    if promise.name is None or promise.unit is None or promise.better is None:
        return None
    return ProjectKpi(
        key=plain_name(promise.name.de), name=promise.name, unit=promise.unit, better=promise.better,
        target=_target(promise), origin=FromMeasurements(kpi=promise.name.de),
    )  # fmt: skip


def adopt_first(ws: Workspace, promise: Promise, project_id: str, person: str) -> Promise | None:
    """Binds a promise to the first KPI of a project just made that fits it; None where none does. A Soll that
    was typed otherwise stays."""
    project = ws.state.projects.get(project_id)
    fitting = next((kpi for kpi in project.kpis if _fits(promise, kpi)), None)
    if fitting is None:
        return None
    target = _target(promise) if fitting.target is None else fitting.target
    return ws.state.promises.bind(promise, project, fitting.key, target, person=person, at=ws.now())


def _fits(promise: Promise, kpi: ProjectKpi) -> bool:
    """The same KPI by key or name, in the same unit and with the same direction."""
    if promise.unit not in (None, kpi.unit) or promise.better not in (None, kpi.better):
        return False
    names = {plain_name(text) for text in (kpi.name.de, kpi.name.en)}
    told = {plain_name(text) for text in (promise.name.de, promise.name.en)} if promise.name else set()
    return promise.kpi == kpi.key or bool(names & told)


def _aim(promise: Promise, kpi: ProjectKpi, project: Project) -> Aim:
    late = promise.at.date() >= project.after.first
    same = bool(named_in([promise.prospect], [project.customer]))
    return Aim(promise=promise, kpi=kpi, target=_target(promise), late=late, same_customer=same)


def _target(promise: Promise) -> float:
    """One decimal, as the calculator shows it; small values keep three figures."""
    after = promise.outcome("middle").after
    return round(after, 1) if abs(after) >= 10 else float(f"{after:.3g}")


OTHER_KPI = Text(
    de="Diese Zusage betrifft eine andere Kennzahl; sie kann hier nicht das Soll sein.",
    en="This promise is about another KPI; it cannot be the target here.",
)
