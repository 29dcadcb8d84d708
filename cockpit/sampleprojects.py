"""The sample's projects: nine invented customers, begun and closed as the invented firm would have done."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cockpit.projects import start
from cockpit.workspace import Workspace
from proof.project import FromCustomer, FromMeasurements, Project, ProjectKpi
from store.state.projects import Projects

FILE = Path(__file__).resolve().parent.parent / "sample_data" / "projects" / "projekte.toml"
KEEPER = "Projektbüro Fünfgiebel"
"""Who began them."""


@cache
def plan() -> Mapping[str, Any]:
    """The file as it stands: `projects`, each with `consent`, `handed_out` and `later` where it has them."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def load_projects(ws: Workspace) -> list[Project]:
    """Begins the sample's projects anew, in place of those of an earlier load, in the order of the file.

    None without their measurements. What was changed after their proofs were made comes with
    `change_projects`.
    """
    ws.state.projects.remove_sample(person=KEEPER, at=ws.now())
    head = ws.warehouse.head()
    if head is None or not any(source.table == "measurements" for source in head.sources.values()):
        return []
    return [_begin(ws, said) for said in plan()["projects"]]


def change_projects(ws: Workspace) -> None:
    """What happened after the proofs were made: they are out of date since."""
    there = {each.key: each for each in ws.state.projects.all(sample=True)}
    for said in plan()["projects"]:
        if (later := said.get("later")) and said["key"] in there:
            fields = Project.model_validate({**there[said["key"]].model_dump(), **later})
            ws.state.projects.change(fields, person=KEEPER, at=ws.now())


def _begin(ws: Workspace, said: Mapping[str, Any]) -> Project:
    kept = ws.state.projects
    begun = dt.datetime.combine(said["started"], dt.time(9))
    fields = {name: said[name] for name in Project.model_fields if name in said}
    project = Project.model_validate({**fields, "kpis": (_kpi(said),), "sample": True})
    made = kept.add(project, person=KEEPER, at=begun)
    running = start(ws, made.id, made.version, KEEPER, at=begun)
    return _closed(kept, running, said.get("closed"))


def _closed(kept: Projects, project: Project, on: dt.date | None) -> Project:
    if on is None:
        return project
    return kept.close(project.id, project.version, person=KEEPER, at=dt.datetime.combine(on, dt.time(9)))


def _kpi(said: Mapping[str, Any]) -> ProjectKpi:
    if told := said.get("said"):
        origin: FromCustomer | FromMeasurements
        origin = FromCustomer.model_validate({name: told[name] for name in told if name != "key"})
        return ProjectKpi(key=told["key"], origin=origin, **plan()["kpis"][told["key"]])
    measured = said["kpi"]
    return ProjectKpi(
        key=measured["key"], target=measured["target"],
        origin=FromMeasurements(kpi=measured["measured"]), **plan()["kpis"][measured["key"]],
    )  # fmt: skip
