"""What a prospect was told, on the pages: beside the Ist, taken over with one click, begun from the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.people import remember_name
from cockpit.promising import aims_of
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang
from proof.handouts import Promise
from tests.pages.opening import markup, opened


@pytest.fixture
def ws(own_sample: Path) -> Workspace:
    made = open_workspace(own_sample)
    remember_name(made, "Lena")
    return made


def project_of(ws: Workspace, key: str) -> str:
    return next(each.id for each in ws.state.projects.all() if each.key == key)


def free_of(ws: Workspace) -> Promise:
    (free,) = [each for each in ws.state.promises.told() if not each.project]
    return free


def page(ws: Workspace, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = opened("projects", ws.root, monkeypatch, **query)
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("lang", LANGS)
def test_the_soll_that_was_promised_stands_beside_the_ist(
    lang: Lang, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = markup(page(ws, monkeypatch, project=project_of(ws, "F-01"), lang=lang)).replace("\u202f", " ")
    said = {
        "de": (
            "Soll aus der Zusage vom 10.07.2025 an Kastanienhof",
            "−12 % bis −28 %, Mitte −20 %",
            "Ist: 16,7 h",
        ),
        "en": ("Target from the promise of 10 Jul 2025 to Kastanienhof", "middle −20%", "Actual: 16.7 h"),
    }
    for words in said[lang]:
        assert words in shown.replace("\xa0", " ")


def test_one_click_makes_a_promise_the_soll_and_another_releases_it(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, promise = project_of(ws, "F-02"), free_of(ws)
    app = page(ws, monkeypatch, project=project)
    app.button(key=f"wm_adopt_{promise.id}_fault_hours").click().run()
    assert not app.exception
    assert ws.state.projects.get(project).first.target == 17.6
    assert "Soll aus der Zusage vom 20.10.2026 an Brunnengut" in markup(app)
    assert "Zugesagt, als der Nachher-Zeitraum schon lief" in markup(app)
    app.button(key=f"wm_release_{promise.id}").click().run()
    assert aims_of(ws, ws.state.projects.get(project)) == []
    assert ws.state.projects.get(project).first.target == 17.6


def test_a_project_begun_from_a_promise_takes_its_customer_and_its_soll(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise = free_of(ws)
    listed = markup(opened("claims", ws.root, monkeypatch, part="range"))
    assert f"do=new&amp;promise={promise.id}" in listed
    app = page(ws, monkeypatch, do="new", promise=str(promise.id))
    customer = next(field for field in app.text_input if field.label == "Kunde")
    assert customer.value == promise.prospect
    for field in app.text_input:
        if field.label.startswith("Kürzel"):
            field.set_value("N-1")
        elif field.label == "Name des Projekts":
            field.set_value("Fernüberwachung Brunnengut")
    app.text_area[0].set_value("Fernüberwachung")
    next(button for button in app.button if button.label == "Projekt anlegen").click().run()
    assert not app.exception
    assert not app.error
    made = next(each for each in ws.state.projects.all() if each.key == "N-1")
    (aim,) = aims_of(ws, made)
    assert (made.customer, made.first.unit, made.first.target) == (promise.prospect, "hours", 17.6)
    assert (aim.promise.id, aim.late) == (promise.id, False)


def test_a_promise_that_is_no_number_or_taken_already_begins_nothing(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = next(each for each in ws.state.promises.told() if each.project)
    for said in ("x", "99999", str(bound.id)):
        app = page(ws, monkeypatch, do="new", promise=said)
        assert next(field for field in app.text_input if field.label == "Kunde").value == ""
