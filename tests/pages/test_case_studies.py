"""Case studies as a session sees them: figures bound, nothing typed is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.people import remember_name
from cockpit.stories import story, telling, write
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang
from tests.pages.opening import markup, opened


@pytest.fixture
def folder(sample_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the sample in which Lena is at work."""
    shutil.copytree(sample_workspace.parent, tmp_path / "sample")
    remember_name(open_workspace(tmp_path / "sample" / "workspace"), "Lena")
    return tmp_path / "sample" / "workspace"


def project_of(ws: Workspace, key: str) -> str:
    return next(each.id for each in ws.state.projects.all() if each.key == key)


def page(folder: Path, project: str, monkeypatch: pytest.MonkeyPatch, lang: Lang = "de") -> AppTest:
    app = opened("claims", folder, monkeypatch, part="stories", story=project, lang=lang)
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", LANGS)
def test_the_draft_reads_with_the_figures_of_the_proof(
    lang: Lang, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    project = project_of(ws, "F-01")
    claim = next(each for each in ws.state.claims.offered() if each.project == project)
    told = story(ws, project, lang)
    assert told.result == claim.sentence(lang)
    app = page(folder, project, monkeypatch, lang)
    assert app.text_area(key=f"story_{project}_{lang}_result").value in ("[Satz]", "[sentence]")
    before = claim.figure("before")
    assert before is not None
    assert before.text(lang) in markup(app)


def test_a_number_typed_by_hand_that_no_proof_has_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    project = project_of(ws, "F-01")
    app = page(folder, project, monkeypatch)
    app.text_area(key=f"story_{project}_de_result").set_value("Um 80 % besser, genau [Änderung].")
    app = app.run()
    assert not app.exception
    assert "in keinem Nachweis: 80." in markup(app)
    assert "Noch nicht gespeichert" in markup(app)
    assert ws.state.stories.get(project, "de") is None


def test_what_is_saved_keeps_its_marks_and_reads_with_figures(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    project = project_of(ws, "F-01")
    app = page(folder, project, monkeypatch)
    app.text_area(key=f"story_{project}_de_result").set_value("Es waren [Änderung].")
    app = app.button(key="story_save").click().run()
    assert not app.exception
    kept = ws.state.stories.get(project, "de")
    assert kept is not None
    assert kept.result == "Es waren [Änderung]."
    assert "−8,3" in story(ws, project, "de").result


def test_a_text_typed_while_somebody_else_saves_is_still_there_and_may_win(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    project = project_of(ws, "F-01")
    app = page(folder, project, monkeypatch)
    field = f"story_{project}_de_approach"
    app.text_area(key=field).set_value("Text von Lena.")
    app = app.run()
    theirs = telling(ws, project, "de").written.model_copy(update={"approach": "Text von Max."})
    write(ws, theirs, "Max")
    app = app.run()
    assert app.text_area(key=field).value == "Text von Lena."
    assert "Max hat diese Fallstudie" in app.warning[0].value
    app = app.button(key="story_mine").click().run()
    assert not app.exception
    kept = ws.state.stories.get(project, "de")
    assert kept is not None
    assert kept.approach == "Text von Lena."


def test_a_text_that_nobody_has_touched_follows_what_others_save(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    project = project_of(ws, "F-01")
    app = page(folder, project, monkeypatch)
    theirs = telling(ws, project, "de").written.model_copy(update={"approach": "Text von Max."})
    write(ws, theirs, "Max")
    app = app.run()
    assert app.text_area(key=f"story_{project}_de_approach").value == "Text von Max."
    assert not app.warning


def test_a_case_study_without_consent_can_be_read_but_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    app = page(folder, project_of(ws, "F-08"), monkeypatch)
    assert "widerrufen" in markup(app)
    assert not [each for each in app.button if each.key and each.key.startswith("take_")]
