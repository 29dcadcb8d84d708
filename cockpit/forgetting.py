"""Erasing on request (Art. 17 GDPR) who a project's people are, or who its customer is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cockpit.consents import handed_out
from cockpit.workspace import Workspace
from proof.anonymity import telling
from proof.handouts import Handout
from proof.project import FromCustomer, Project

_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"\s*\([^)]*\)\s*$")


def forget_people(ws: Workspace, project_id: str, person: str) -> list[Handout]:
    """Erases names, roles, quote, pictures and documents of the people behind a project's consents.

    A consent that held counts as withdrawn. Gives what has gone out already: whoever has it is to be told
    (Art. 19). Figures, evidence and the list of what went out stay. May be repeated.
    """
    project = ws.state.projects.get(project_id)
    ws.state.forget(project_id, _words(_people(ws, project)), None, person=person, at=ws.now())
    return handed_out(ws, project_id)


def forget_customer(ws: Workspace, project_id: str, person: str) -> list[Handout]:
    """Erases the customer of a project with its people: from its words, its story and its claims, which leave
    the shelf, and by full name from everything else that people typed. Gives what has gone out already."""
    project = ws.state.projects.get(project_id)
    ws.state.forget(
        project_id, _words(_people(ws, project)), _words([project.customer]), person=person, at=ws.now()
    )
    ws.state.erase({project.customer, _ASIDE.sub("", project.customer)})
    return handed_out(ws, project_id)


def _people(ws: Workspace, project: Project) -> list[str]:
    vouching = [kpi.origin.person for kpi in project.kpis if isinstance(kpi.origin, FromCustomer)]
    return [consent.person for consent in ws.state.consents.of(project.id)] + vouching


def _words(names: Iterable[str]) -> set[str]:
    """The names as a whole and the words of them by which somebody could be recognised."""
    named = {name.strip() for name in names} - {""}
    parts = {word for name in named for word in _WORD.findall(name) if telling([word])}
    return named | {_ASIDE.sub("", name) for name in named} | parts
