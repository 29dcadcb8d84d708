"""The page of projects as a session sees it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.people import remember_name
from cockpit.projects import create, start
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang, Text
from tests.cockpit.test_projects import BEFORE, series, workspace
from tests.pages.opening import markup, opened
from tests.proof.test_projects import a_project


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """Two years of lead times, better since go-live, and one project that is planned; Lena is at work."""
    values = [16.0 + n % 3 + n % 5 for n in range(12)] + [10.0 + n % 3 for n in range(12)]
    made = workspace(tmp_path, series(values))
    remember_name(made, "Lena")
    name = Text(de="<b>Übergaben</b>", en="<b>Handovers</b>")
    create(made, a_project(name=name, customer="[Nord](http://wind)"), "Lena")
    return made


def page(ws: Workspace, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = opened("projects", ws.root, monkeypatch, **query)
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("lang", LANGS)
def test_a_planned_project_waits_and_starting_it_freezes_the_baseline(
    lang: Lang, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project,) = ws.state.projects.all()
    shelf = markup(page(ws, monkeypatch, lang=lang))
    assert f"project={project.id}" in shelf
    assert "<b>" not in shelf.split("wm-shelf", 1)[1]
    one = page(ws, monkeypatch, lang=lang, project=project.id)
    assert {"de": "noch nicht gestartet", "en": "not been started"}[lang] in markup(one)
    one.button(key="wm_project_start").click().run()
    assert not one.exception
    started = ws.state.projects.get(project.id)
    assert (started.status, started.retrospective) == ("watching", True)
    assert {"de": "eingefroren am", "en": "frozen on"}[lang] in markup(one)
    assert {"de": "nachträglich", "en": "hindsight"}[lang] in markup(one)


def test_nobody_can_start_without_a_name(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ws.state.values.set("person", "")
    (project,) = ws.state.projects.all()
    one = page(ws, monkeypatch, project=project.id)
    one.button(key="wm_project_start").click().run()
    assert one.warning
    assert ws.state.projects.get(project.id).status == "planned"


def test_a_fault_of_starting_is_told_in_words(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (project,) = ws.state.projects.all()
    ws.state.projects.change(project.model_copy(update={"key": "P-11"}), person="Lena", at=BEFORE)
    one = page(ws, monkeypatch, project=project.id)
    one.button(key="wm_project_start").click().run()
    assert not one.exception
    assert "keine Messwerte importiert" in one.error[0].value


def test_closing_offers_to_ask_the_customer_and_the_action_is_taken_up_once(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project,) = ws.state.projects.all()
    start(ws, project.id, project.version, "Lena", at=BEFORE)
    one = page(ws, monkeypatch, project=project.id)
    one.button(key="wm_project_close").click().run()
    assert "niemand hat den Kunden gefragt" in markup(one)
    one.button(key="wm_project_remind").click().run()
    (action,) = ws.state.actions.all()
    assert (action.origin, action.origin_ref) == ("project", project.id)
    assert "niemand hat den Kunden gefragt" not in markup(one)


def test_what_was_typed_becomes_a_project(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    new = page(ws, monkeypatch, do="new")
    typed = {"Kürzel": "P-2", "Name des Projekts": "Neue Hotline", "Kunde": "Südwind"}
    for field in new.text_input:
        for label, value in typed.items():
            if field.label.startswith(label):
                field.set_value(value)
    new.text_area[0].set_value("Eine Nummer für alle")
    line = {"Kennzahl": "Wartezeit", "Name dort": "Wartezeit", "Soll": 3.5, "Einheit": "Minuten"}
    edits: dict[str, Any] = {"edited_rows": {0: line}, "added_rows": [], "deleted_rows": []}
    new.session_state["wm_project_kpis_de"] = edits
    submit = next(button for button in new.button if button.label == "Projekt anlegen")
    submit.click().run()
    assert not new.exception
    assert [fault.value for fault in new.error] == []
    made = next(each for each in ws.state.projects.all() if each.key == "P-2")
    assert (made.customer, made.done.en, made.status) == ("Südwind", "Eine Nummer für alle", "planned")
    assert (made.first.unit, made.first.better, made.first.target) == ("minutes", "lower", 3.5)
    assert (made.baseline.last - made.baseline.first).days > 360


def test_an_empty_form_says_what_is_missing(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    new = page(ws, monkeypatch, do="new")
    next(button for button in new.button if button.label == "Projekt anlegen").click().run()
    assert new.error
    assert len(ws.state.projects.all()) == 1


def test_a_project_can_be_changed_and_its_frozen_part_cannot(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project,) = ws.state.projects.all()
    start(ws, project.id, project.version, "Lena", at=BEFORE)
    form = page(ws, monkeypatch, do="edit", project=project.id)
    assert "eingefroren" in markup(form)
    assert [field.disabled for field in form.date_input] == [False, True, False]
    customer = next(field for field in form.text_input if field.label == "Kunde")
    customer.set_value("Ostwind")
    next(button for button in form.button if button.label == "Speichern").click().run()
    assert not form.error
    assert ws.state.projects.get(project.id).customer == "Ostwind"


def test_without_projects_or_data_the_page_says_what_would_fill_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = open_workspace(tmp_path / "empty")
    html = markup(page(empty, monkeypatch))
    assert "Messwerten" in html


@pytest.mark.parametrize("lang", LANGS)
def test_every_project_of_the_sample_opens(
    lang: Lang, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(sample_workspace)
    html = markup(page(ws, monkeypatch, lang=lang))
    assert html.count('<span class="wm-project-what"') == 9
    for project in ws.state.projects.all():
        one = markup(page(ws, monkeypatch, lang=lang, project=project.id))
        assert "<h1" in one
        if project.key == "F-05":
            assert {"de": "Der einfache Vergleich", "en": "The plain comparison"}[lang] in one


def test_a_window_that_closes_soon_is_not_told_of_projects_long_over(ws: Workspace) -> None:
    (project,) = ws.state.projects.all()
    assert not project.closes_within(project.after.last + dt.timedelta(days=1), 30)
