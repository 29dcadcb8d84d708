"""The frame of the page of projects: which one is looked at, and what can be done with it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from actions.model import Draft
from cockpit.actions import add
from cockpit.projectresults import ProjectResult, results
from cockpit.projects import close, listed, project_of, reminder, start
from cockpit.projectsources import unclaimed
from cockpit.workspace import Workspace
from core.text import Lang
from proof.project import Project, same_key
from ui import blocks
from ui.actionform import tell
from ui.address import write
from ui.links import plain_address
from ui.person import named, person
from ui.projectsources import span_words
from ui.session import faults_shown, remembered, working
from ui.words import common
from ui.words import projects as words

_CHOSEN, _MODE = "project", "do"
REMIND_DAYS = 14
MOST_UNCLAIMED = 5
"""Lines; a file may name hundreds of projects."""


def chosen_project(ws: Workspace) -> str | None:
    """The project that the URL names by its id, or by the key that files and people use. Nothing else
    remembers the choice."""
    said = st.query_params.get(_CHOSEN, "")
    found = next((each.id for each in listed(ws) if said == each.id or same_key(each.key, said)), None)
    if found is not None:
        write(_CHOSEN, [found])
    return found


def mode() -> str:
    """What the URL asks for: `new`, `edit`, or nothing."""
    said = st.query_params.get(_MODE, "")
    if said not in ("new", "edit"):
        return ""
    write(_MODE, [said])
    return said


def found_results(ws: Workspace, lang: Lang) -> list[ProjectResult]:
    """What became of every project, computed once for each state of data and projects."""
    key = tuple((each.id, each.version, each.status) for each in listed(ws))
    with working(lang):
        return remembered(ws, "projects", (key, ws.now().date()), lambda: results(ws))


def draw_new_link(lang: Lang) -> None:
    blocks.small_print([(f"+ {words.NEW(lang)}", plain_address("projects", lang, do="new"))])


def draw_unclaimed(ws: Workspace, lang: Lang) -> None:
    """Projects that measurements name and nobody has entered, each leading to its form; nothing without."""
    lines: list[tuple[str, str | None]] = [
        (
            span_words(words.UNCLAIMED_ONE, measured)(lang),
            plain_address("projects", lang, do="new", key=name),
        )
        for name, measured in unclaimed(ws).items()
    ]  # fmt: skip
    if lines:
        more = len(lines) - MOST_UNCLAIMED
        shown = lines[:MOST_UNCLAIMED]
        if more > 0:
            shown.append((words.UNCLAIMED_MORE.fill(n=more)(lang), None))
        blocks.callout(shown, above=words.UNCLAIMED(lang))


def draw_way_back(lang: Lang, project: str = "", name: str = "") -> None:
    """The quiet line over a page: back to all, or from a form to the project; change this one."""
    parts: list[tuple[str, str | None]] = [(f"← {words.ALL(lang)}", plain_address("projects", lang))]
    if name:
        parts.append((name, plain_address("projects", lang, project=project)))
    elif project:
        parts.append((words.EDIT(lang), plain_address("projects", lang, project=project, do="edit")))
    blocks.small_print(parts)


def draw_deeds(ws: Workspace, found: Project, lang: Lang) -> None:
    """Start or close the project; where it is closed and nobody asked the customer, a reminder."""
    now = project_of(ws, found.id)
    text = reminder(ws, now)
    if text is not None:
        blocks.callout([(text(lang), None)])
    elif now.status == "closed":
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_project_deeds"):
        who = person(ws, lang)
        if now.status == "planned" and st.button(
            words.START(lang), type="primary", help=words.START_ABOUT(lang), key="wm_project_start"
        ):
            with faults_shown(lang):
                if named(who, lang):
                    start(ws, now.id, now.version, who)
                    tell(words.STARTED)
                    st.rerun()
        if now.status in ("running", "watching") and st.button(words.CLOSE(lang), key="wm_project_close"):
            with faults_shown(lang):
                if named(who, lang):
                    close(ws, now.id, now.version, who)
                    tell(words.CLOSED)
                    st.rerun()
        asked = text is not None and st.button(words.REMIND_ACTION(lang), key="wm_project_remind")
    if asked and named(who, lang):
        _remind(ws, now, who, lang)


def _remind(ws: Workspace, project: Project, who: str, lang: Lang) -> None:
    """An action that asks for the customer's consent."""
    with faults_shown(lang):
        due = ws.now().date() + dt.timedelta(days=REMIND_DAYS)
        title = words.REMIND_TITLE.fill(name=project.name)
        made = add(ws, Draft(title=title, origin="project", origin_ref=project.id, due=due), who)
        tell(words.REMINDED.fill(n=made.id))
        st.rerun()


def draw_project_foot(lang: Lang, project: str = "") -> None:
    """A link that reproduces what is shown."""
    blocks.foot([(common.LINK_HERE(lang), plain_address("projects", lang, project=project))])
