"""Projects: what was done for whom, and what it changed, by how good a comparison."""

from __future__ import annotations

from cockpit.projects import project_of
from cockpit.workspace import Workspace
from core.text import Lang
from ui import blocks
from ui.actionform import told
from ui.empty import empty_state
from ui.mentionlines import draw_proofs_of
from ui.person import person
from ui.projectform import draw_form
from ui.projectparts import (
    chosen_project,
    draw_deeds,
    draw_new_link,
    draw_project_foot,
    draw_unclaimed,
    draw_way_back,
    found_results,
    mode,
)
from ui.projectpicture import draw_project, draw_project_title
from ui.projectpromise import draw_promises
from ui.projectshelf import draw_shelf, draw_shelf_title
from ui.session import workspace
from ui.theme import apply_projects
from ui.words import projects as words


def page(lang: Lang) -> None:
    ws = workspace()
    apply_projects()
    told(lang)
    project, doing = chosen_project(ws), mode()
    if doing == "new" or (doing == "edit" and project):
        draw_way_back(lang, project or "", project_of(ws, project).name(lang) if project else "")
        draw_form(ws, project, person(ws, lang), lang)
    elif project is not None:
        _one(ws, project, lang)
    else:
        _shelf(ws, lang)


def _one(ws: Workspace, project: str, lang: Lang) -> None:
    found = next(each for each in found_results(ws, lang) if each.project.id == project)
    draw_way_back(lang, project)
    draw_project_title(found, lang)
    draw_proofs_of(ws, project, lang)
    draw_deeds(ws, found.project, lang)
    draw_promises(ws, found, lang)
    draw_project(found, ws.settings.currency, lang)
    draw_project_foot(lang, project)


def _shelf(ws: Workspace, lang: Lang) -> None:
    found = found_results(ws, lang)
    if not found and ws.warehouse.head() is None:
        empty_state(ws, lang, words.NONE_ABOUT)
        draw_new_link(lang)
        return
    draw_shelf_title(found, ws.now().date(), lang)
    draw_new_link(lang)
    draw_unclaimed(ws, lang)
    if not found:
        blocks.prose(words.NONE_ABOUT(lang))
    draw_shelf(found, ws.settings.currency, lang)
    draw_project_foot(lang)
