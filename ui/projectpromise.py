"""Promises on the page of a project: the Soll that came from one, beside the Ist; and those still free."""

from __future__ import annotations

import streamlit as st

from cockpit.people import name_of
from cockpit.projectresults import ProjectResult
from cockpit.projects import project_of
from cockpit.promising import Aim, adopt, aims_of, offered, release
from cockpit.workspace import Workspace
from core.text import Lang, Text
from metrics.wording import amount
from proof.figures import signed_share
from proof.project import Project
from ui import blocks
from ui.actionform import tell
from ui.person import named
from ui.projectwords import pair
from ui.session import faults_shown
from ui.words import promises as words

MOST = 5


def draw_promises(ws: Workspace, found: ProjectResult, lang: Lang) -> None:
    """The Soll that was promised, with the Ist; below it what else could become the Soll: to this customer in
    the open, to others folded away."""
    project = project_of(ws, found.project.id)
    for aim in aims_of(ws, project):
        _bound(ws, found, aim, lang)
    if project.status == "closed":
        return
    free = offered(ws, project)
    own, others = [aim for aim in free if aim.same_customer], [aim for aim in free if not aim.same_customer]
    if own:
        blocks.heading(words.OFFERED(lang), words.OFFERED_SUB(lang))
        for aim in own:
            _offer(ws, project, aim, lang)
    if others:
        with st.expander(words.OTHERS.fill(n=len(others))(lang)):
            blocks.note(words.OFFERED_SUB(lang))
            for aim in others[:MOST]:
                _offer(ws, project, aim, lang)


def _offer(ws: Workspace, project: Project, aim: Aim, lang: Lang) -> None:
    said = words.OFFER.fill(**_told(ws, aim), day=aim.promise.at.date(), kpi=aim.kpi.name)(lang)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        taken = st.button(words.ADOPT(lang), key=f"wm_adopt_{aim.promise.id}_{aim.kpi.key}")
        blocks.prose(f"{said} {words.LATE(lang)}" if aim.late else said)
    if taken and named(name_of(ws), lang):
        with faults_shown(lang):
            adopt(ws, aim.promise, project, aim.kpi.key, name_of(ws))
            tell(words.ADOPTED.fill(prospect=aim.promise.prospect))
            st.rerun()


def _bound(ws: Workspace, found: ProjectResult, aim: Aim, lang: Lang) -> None:
    currency = ws.settings.currency
    lines = [
        words.FROM.fill(**_told(ws, aim), day=aim.promise.at.date())(lang),
        _actual(found, aim, currency)(lang),
    ]
    if aim.kpi.target != aim.target:
        now = amount(aim.kpi.target, aim.kpi.unit, currency)
        lines.append(words.CHANGED.fill(now=now, target=amount(aim.target, aim.kpi.unit, currency))(lang))
    if aim.late:
        lines.append(words.LATE(lang))
    blocks.callout([(line, None) for line in lines])
    if st.button(words.RELEASE(lang), key=f"wm_release_{aim.promise.id}", type="tertiary") and named(
        name_of(ws), lang
    ):
        with faults_shown(lang):
            release(ws, aim.promise, name_of(ws))
            tell(words.RELEASED)
            st.rerun()


def _told(ws: Workspace, aim: Aim) -> dict[str, Text | str]:
    """What was told, in words: the changes, the middle, today's value, the Soll."""
    promise, unit, currency = aim.promise, aim.kpi.unit, ws.settings.currency
    low, middle, high = (signed_share(promise.outcome(level).relative) for level in ("low", "middle", "high"))
    return {
        "prospect": promise.prospect, "low": low, "middle": middle, "high": high,
        "today": amount(promise.inputs.today, unit, currency), "target": amount(aim.target, unit, currency),
    }  # fmt: skip


def _actual(found: ProjectResult, aim: Aim, currency: str) -> Text:
    shown = next(each for each in found.kpis if each.kpi.key == aim.kpi.key)
    told = pair(shown.chosen, currency) if shown.chosen else None
    return words.ACTUAL.fill(actual=told[1].text) if told else words.NO_ACTUAL
