"""The sample's claims: what its customers allowed, what was made of its projects, and to whom it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from cockpit.claims import freeze
from cockpit.holding import hold_snapshots
from cockpit.projectresults import ProjectResult, results
from cockpit.sampleprojects import FILE, KEEPER, plan
from cockpit.workspace import Workspace
from proof.consent import Consent
from proof.handouts import Handout, Promise
from proof.project import Project
from proof.promises import Inputs, Level, Outcome
from proof.requesting import text_version

MADE_AFTER = dt.timedelta(days=21)
"""A claim is made some weeks after the after window has ended."""


def load_claims(ws: Workspace) -> None:
    """Consents, claims and uses of the projects that the sample has begun; before their later changes."""
    if not ws.state.projects.all(sample=True):
        return
    with ws.reading(ws.settings.base_model) as reading:
        there = {each.project.key: each for each in results(reading) if each.project.sample}
        for said in plan()["projects"]:
            _load(reading, there[said["key"]], said)
    hold_snapshots(ws)


def _load(ws: Workspace, found: ProjectResult, said: Mapping[str, Any]) -> None:
    project = found.project
    asked: Mapping[str, Any] = said.get("consent", {})
    consent = None
    if asked:
        fields = {name: asked[name] for name in Consent.model_fields if name in asked}
        if "logo" in asked:
            fields["logo"] = FILE.with_name(asked["logo"]).read_bytes()
        fields |= {"role": asked["role"]["de"], "quote": asked.get("quote", {}).get("de", "")}
        consent = Consent.model_validate(
            {**fields, "project": project.id, "text_version": text_version(), "sample": True}
        )
        consent = ws.state.consents.record(_at_first(consent), person=KEEPER, at=_at(consent.on))
    for told in said.get("promised", ()):
        ws.state.promises.tell(_promise(project, told))
    if found.first.wording is not None:
        claim = freeze(ws, found, project.first.key, KEEPER, _at(project.after.last + MADE_AFTER))
        handed_out = [
            Handout(
                claim=claim.id, at=_at(out["on"]), who=out["by"], format=out["format"], lang=out["lang"],
                recipient=out["to"], deal=out.get("deal", "open"), allowed=asked["kind"],
            )
            for out in said.get("handed_out", ())
        ]  # fmt: skip
        ws.state.claims.hand_out([(out, consent) for out in handed_out])
    if consent is not None and "withdrawn_on" in asked:
        gone = consent.model_copy(update={"standing": "withdrawn", "withdrawn_on": asked["withdrawn_on"]})
        ws.state.consents.change(gone, person=KEEPER, at=_at(asked["withdrawn_on"]))


def _promise(project: Project, said: Mapping[str, Any]) -> Promise:
    """What a prospect was told: the changes from the cautious to the favourable one."""
    kpi, levels = project.first, zip(get_args(Level), said["changes"], strict=True)
    inputs = Inputs(today=said["today"], cases=said["cases"], worth=said["worth"])
    outcomes = tuple(
        Outcome(
            level=level, relative=change, after=inputs.today * (1 + change),
            gain=-change * inputs.today * inputs.cases * inputs.worth,
        )
        for level, change in levels
    )  # fmt: skip
    return Promise(
        at=_at(said["on"]), who=said["by"], prospect=said["to"], kpi=kpi.key, name=kpi.name, unit=kpi.unit,
        better=kpi.better, inputs=inputs, outcomes=outcomes, claims=(), sample=True,
        project="" if said.get("free") else project.id, aim="" if said.get("free") else kpi.key,
    )  # fmt: skip


def _at_first(consent: Consent) -> Consent:
    """The consent before it was withdrawn."""
    if consent.standing != "withdrawn":
        return consent
    return consent.model_copy(update={"standing": "given", "withdrawn_on": None})


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9))
