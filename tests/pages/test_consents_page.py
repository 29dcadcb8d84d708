"""The page of consents as a session sees it: recording, withdrawing, pictures, the letter, erasing."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from cockpit.consents import record
from cockpit.people import remember_name
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang
from proof.consent import Consent
from tests.building import workspace_from_rows
from tests.pages.opening import markup, opened


@pytest.fixture
def ws(own_sample: Path) -> Workspace:
    made = open_workspace(own_sample)
    remember_name(made, "Lena")
    return made


def project_of(ws: Workspace, key: str) -> str:
    return next(each.id for each in ws.state.projects.all() if each.key == key)


def last_of(ws: Workspace, key: str) -> Consent:
    return ws.state.consents.of(project_of(ws, key))[-1]


def page(ws: Workspace, monkeypatch: pytest.MonkeyPatch, key: str, lang: Lang = "de") -> AppTest:
    app = opened("claims", ws.root, monkeypatch, part="consent", whose=project_of(ws, key), lang=lang)
    assert not app.exception
    assert not app.error
    return app


LOGO = "Logo (PNG oder JPEG; gezeigt nur bei „mit Namen“)"


def field(app: AppTest, kind: str, label: str) -> Any:
    return next(each for each in app.get(kind) if getattr(each, "label", "") == label)


def send(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == "Festhalten").click().run()


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_to_be_asked_now_is_said_first(
    lang: Lang, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "now", lambda _: dt.datetime(2027, 12, 20, 9))
    shown = markup(page(ws, monkeypatch, "F-01", lang))
    said = {
        "de": ("niemand hat den Kunden gefragt", "noch keine Antwort", "läuft in 11 Tagen ab, am 31.12.2027"),
        "en": (
            "nobody has asked the customer",
            "no answer yet",
            "the consent ends in 11 days, on 31 Dec 2027",
        ),
    }
    for words in said[lang]:
        assert words in shown


def test_a_withdrawal_on_the_page_takes_the_files_away_and_names_who_has_one(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(ws, monkeypatch, "F-01")
    field(app, "selectbox", "Stand").set_value("withdrawn")
    send(app)
    assert not app.exception
    assert "widerrufen" in app.success[0].value
    gone = last_of(ws, "F-01")
    assert (gone.standing, gone.withdrawn_on) == ("withdrawn", ws.now().date())
    out = markup(page(ws, monkeypatch, "F-08"))
    assert "Brunnengut Verwaltung GmbH" in out
    assert "sollte das erfahren" in out
    claim = next(each.id for each in ws.state.claims.offered() if each.project == gone.project)
    shown = opened("claims", ws.root, monkeypatch, claim=claim)
    assert not [each for each in shown.button if each.key and each.key.startswith("take_")]


def test_a_button_drawn_before_the_withdrawal_gives_no_file(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = last_of(ws, "F-01")
    claim = next(each.id for each in ws.state.claims.offered() if each.project == given.project)
    app = opened("claims", ws.root, monkeypatch, claim=claim)
    drawn = app.button(key=f"take_{claim}_pptx")
    record(ws, given.model_copy(update={"standing": "withdrawn"}), "Lena")
    before = ws.state.claims.handouts()
    app = drawn.click().run()
    assert not app.exception
    assert "widerrufen" in markup(app)
    assert not app.get("download_button")
    assert ws.state.claims.handouts() == before


def test_dates_that_cannot_be_are_said_in_words(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app, before = page(ws, monkeypatch, "F-01"), last_of(ws, "F-01")
    field(app, "date_input", "Gilt bis (leer: unbefristet)").set_value(dt.date(2020, 1, 1))
    send(app)
    assert not app.exception
    assert "bevor sie beginnt" in app.error[0].value
    assert last_of(ws, "F-01") == before


def test_a_logo_is_uploaded_shown_and_removed_again(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(ws, monkeypatch, "F-06")
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "#156064").save(out, "PNG")
    field(app, "file_uploader", LOGO).set_value(("logo.png", out.getvalue(), "image/png"))
    send(app)
    assert not app.exception
    assert last_of(ws, "F-06").logo is not None
    field(app, "checkbox", "Logo entfernen").check()
    send(app)
    assert last_of(ws, "F-06").logo is None


def test_what_is_no_picture_is_said_in_words(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app, before = page(ws, monkeypatch, "F-06"), last_of(ws, "F-06")
    field(app, "file_uploader", LOGO).set_value(("logo.png", b"<svg/>", "image/png"))
    send(app)
    assert not app.exception
    assert "lässt sich nicht lesen" in app.error[0].value
    assert last_of(ws, "F-06") == before


@pytest.mark.parametrize("lang", LANGS)
def test_the_letter_comes_in_the_language_it_is_to_be_sent_in(
    lang: Lang, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(ws, monkeypatch, "F-01", lang)
    assert {"de": "freiwillig", "en": "voluntary"}[lang] in app.code[0].value
    other = {"de": "en", "en": "de"}[lang]
    app.segmented_control(key="letter_lang").set_value(other).run()
    assert {"de": "freiwillig", "en": "voluntary"}[other] in app.code[0].value
    assert "Fünfgiebel" in app.code[0].value


def test_erasing_asks_for_a_tick_and_then_leaves_no_name(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_of(ws, "F-01")
    app = page(ws, monkeypatch, "F-01")
    app.button(key=f"forget_do_{project}").click().run()
    assert app.warning
    assert last_of(ws, "F-01").person == "Dr. Miriam Aßmann"
    app.checkbox(key=f"forget_sure_{project}").check()
    app.button(key=f"forget_do_{project}").click().run()
    assert not app.exception
    assert last_of(ws, "F-01").person == ""
    assert "Aßmann" not in markup(app)


def test_without_a_project_the_page_says_what_a_consent_belongs_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"customer_id": "K1", "occurred_at": "2024-01-02 09:00", "touchpoint": "enquiry"}]
    ws = workspace_from_rows(tmp_path, rows)
    shown = markup(opened("claims", ws.root, monkeypatch, part="consent"))
    assert "Noch kein Projekt" in shown
    assert "projects?lang=de&amp;do=new" in shown


def test_who_entered_what_is_told_by_the_names_of_the_fields(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = last_of(ws, "F-06").model_copy(update={"id": 0, "version": 0, "sample": False})
    own = ws.state.consents.record(own, person="Lena", at=dt.datetime(2026, 11, 2, 9))
    record(ws, own.model_copy(update={"quote": "Ein anderer Satz.", "role": "Chef"}), "Lena")
    shown = markup(page(ws, monkeypatch, "F-06"))
    assert "02.11.2026 09:00, Lena: erteilt, mit Namen</li>" in shown
    assert "Lena: erteilt, mit Namen; geändert: Zitat und Funktion</li>" in shown
