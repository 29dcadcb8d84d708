"""The page of proofs as a session sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.people import remember_name
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang
from tests.pages.opening import markup, opened
from ui.words import claims as words


@pytest.fixture(scope="module")
def folder(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample in which Lena is at work."""
    root = tmp_path_factory.mktemp("proofs")
    shutil.copytree(sample_workspace.parent, root / "sample")
    remember_name(open_workspace(root / "sample" / "workspace"), "Lena")
    return root / "sample" / "workspace"


def page(folder: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = opened("claims", folder, monkeypatch, **query)
    assert not app.exception
    assert not app.error
    return app


def proof_of(ws: Workspace, key: str) -> str:
    project = next(each for each in ws.state.projects.all() if each.key == key)
    return next(each.id for each in ws.state.claims.offered() if each.project == project.id)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("part", list(words.PARTS))
def test_every_part_is_drawn_in_both_languages(
    part: str, lang: Lang, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(folder, monkeypatch, part=part, lang=lang)
    assert "wm-title" in markup(app)


def test_the_title_counts_what_may_go_out_today(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "3 von 9 Nachweisen können Sie heute zeigen" in markup(page(folder, monkeypatch))


def test_words_and_filters_in_the_url_leave_what_fits_and_say_how_many(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(folder, monkeypatch, q="HOTEL wetter")
    shown = markup(app)
    assert "1 von 9 passen zu Ihrer Auswahl" in shown
    assert "Hotel Alte Post" in shown
    assert "Hotels und Gastronomie (1)" in app.selectbox(key="industry").options
    assert "Immobilien (0)" in app.selectbox(key="industry").options


def test_a_choice_that_fits_nothing_says_so_and_can_be_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(folder, monkeypatch, q="hotel", industry="property", grade="C")
    assert "Kein Nachweis passt" in markup(app)
    app = app.button(key="claim_reset").click().run()
    assert not app.exception
    assert app.text_input(key="q").value == ""
    assert markup(app).count('class="wm-card"') == 9


def test_a_proof_that_is_no_longer_offered_is_said_to_be_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "W-GIBTSN gibt es nicht" in markup(page(folder, monkeypatch, claim="W-GIBTSN"))


def test_a_prospect_of_a_trade_without_a_proof_is_told_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = markup(page(folder, monkeypatch, part="prospect", trade="software", role="finance"))
    assert "keiner aus der Branche Software und IT" in shown
    assert "schöngerechnet" in shown
    assert "Warum hier" in shown


def test_a_filter_leaves_only_its_industry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = markup(page(folder, monkeypatch, industry="mechanical_engineering"))
    assert "Presswerk Albrück" in shown
    assert "Kastanienhof" not in shown


def test_a_proof_without_consent_says_why_and_offers_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(folder, monkeypatch, claim=proof_of(open_workspace(folder), "F-08"))
    assert "widerrufen" in markup(app)
    assert not [each for each in app.button if each.key and each.key.startswith("take_")]


def test_a_proof_with_consent_offers_every_format(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(folder, monkeypatch, claim=proof_of(open_workspace(folder), "F-01"))
    labels = {each.label for each in app.button}
    assert {"PowerPoint", "PDF", "Bild (Folie)", "Bild (Social)", "Excel"} <= labels


def test_a_file_is_noted_with_the_recipient_typed_last_and_is_there_to_save(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    claim = proof_of(ws, "F-02")
    app = page(folder, monkeypatch, claim=claim)
    app.text_input(key="claim_recipient").set_value("Muster AG")
    app = app.button(key=f"take_{claim}_xlsx").click().run()
    assert not app.exception
    assert [each.proto.label for each in app.get("download_button")] == [
        f"wegmarke\\-{claim.replace('-', chr(92) + '-')}\\-de\\.xlsx noch einmal speichern"
    ]
    assert [(each.recipient, each.format) for each in ws.state.claims.handouts([claim])] == [
        ("Muster AG", "xlsx")
    ]
    assert "Muster AG" in " ".join(each.value for each in app.markdown)


def test_one_outcome_holds_for_everything_that_went_to_a_recipient(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(folder)
    claim = proof_of(ws, "F-06")
    app = page(folder, monkeypatch, claim=claim)
    for kind in ("pdf", "xlsx"):
        app.text_input(key="claim_recipient").set_value("Brunnen GmbH")
        app = app.button(key=f"take_{claim}_{kind}").click().run()
    deals = [each for each in app.selectbox if each.key and each.key.startswith("deal_")]
    assert len(deals) == 1
    app = deals[0].set_value("won").run()
    assert not app.exception
    assert {each.deal for each in ws.state.claims.handouts([claim])} == {"won"}


def test_several_proofs_go_into_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(folder, monkeypatch)
    together = app.multiselect(key="claims_together")
    assert len(together.options) == 3
    ws = open_workspace(folder)
    app = together.set_value([proof_of(ws, "F-01"), proof_of(ws, "F-02")]).run()
    labels = {each.label for each in app.button}
    assert {"PowerPoint", "PDF", "Excel"} <= labels
    assert "Bild (Folie)" not in labels


def test_the_stale_proof_says_what_differs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = markup(page(folder, monkeypatch, claim=proof_of(open_workspace(folder), "F-09")))
    assert "Veraltet" in shown
    assert "n nachher: 54 Werte, heute 108 Werte" in shown


def test_the_calculator_carries_the_range_over_and_says_what_it_assumes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(folder, monkeypatch, part="range")
    app.text_input(key="calc_today").set_value("20,5")
    app.text_input(key="calc_cases").set_value("1.500")
    app.text_input(key="calc_worth").set_value("80")
    shown = markup(app.run())
    assert not app.exception
    assert "vorsichtig" in shown
    assert "20,5" in shown
    assert "keine Garantie" in shown


def test_the_calculator_says_of_nonsense_that_it_is_no_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("claims", folder, monkeypatch, part="range")
    app.text_input(key="calc_today").set_value("viel")
    app = app.run()
    assert not app.exception
    assert "viel" in app.error[0].value
    assert "vorsichtig" not in markup(app)


def test_without_data_the_page_says_what_fills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_workspace(tmp_path / "workspace")
    app = opened("claims", tmp_path / "workspace", monkeypatch)
    assert not app.exception
    assert "Ein Nachweis friert ein" in markup(app)
