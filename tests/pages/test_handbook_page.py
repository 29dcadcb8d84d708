"""The KPI handbook as a session sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.text import LANGS, Lang
from metrics.model import load_kpis
from tests.pages.opening import address, choose, markup, opened
from ui.words.factrows import FACT_COLUMNS


@pytest.mark.parametrize("lang", LANGS)
def test_a_kpi_shows_its_calculation_its_sql_and_the_rows_behind_it(
    lang: Lang, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("kpis", sample_workspace, monkeypatch, lang=lang, kpi="win_rate", basis="r12")
    assert not app.exception
    assert not app.error
    html = markup(app)
    assert load_kpis()["win_rate"].how(lang).split(".")[0].replace("'", "&#x27;") in html
    assert "SELECT" in app.code[0].value
    downloads = {button.key for button in app.get("download_button")}
    assert {"course_csv", "rows_False_csv", "rows_False_xlsx", "bound_csv", "all_kpis_xlsx"} <= downloads


def test_a_kpi_that_stands_for_every_phase_asks_for_the_phase(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(
        "kpis",
        sample_workspace,
        monkeypatch,
        lang="en",
        kpi="phase_conversion",
        phase="preference",
        basis="r12",
    )
    assert not app.exception
    assert "Preference" in markup(app).partition("</h1>")[0]


def test_a_breakdown_shows_each_group_with_its_cases(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("kpis", sample_workspace, monkeypatch, lang="en", kpi="win_rate", by="segment", basis="r12")
    assert not app.exception
    assert {"groups_csv", "groups_xlsx"} <= {button.key for button in app.get("download_button")}
    for group in ("B2B", "B2C"):
        assert f">{group}</th>" in markup(app)


def test_switching_the_language_keeps_the_kpi_its_phase_and_the_breakdown(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {"kpi": "phase_conversion", "phase": "preference", "by": "segment", "basis": "r12"}
    app = opened("kpis", sample_workspace, monkeypatch, lang="de", **wanted)
    choose(app, "lang", "en")
    assert not app.exception
    said = address(app)
    assert {name: said[name] for name in ("lang", *wanted)} == {"lang": ["en"]} | {
        name: [value] for name, value in wanted.items()
    }
    again = opened("kpis", sample_workspace, monkeypatch, **said)
    assert markup(again).partition("</h1>")[0] == markup(app).partition("</h1>")[0]


@pytest.mark.parametrize("lang", LANGS)
def test_rows_behind_a_figure_are_shown_under_names_people_know(
    lang: Lang, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("kpis", sample_workspace, monkeypatch, lang=lang, kpi="win_rate", basis="r12")
    columns = list(app.dataframe[0].value)
    assert FACT_COLUMNS["won"](lang) in columns
    assert not any("_" in str(column) for column in columns)


def test_an_empty_workspace_offers_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("kpis", tmp_path / "workspace", monkeypatch)
    assert not app.exception
    assert [button.key for button in app.button] == ["load_sample"]


@pytest.mark.parametrize(
    ("lang", "basis", "said"),
    [
        ("de", "r12", "Nach 90 Tagen sind"),
        ("en", "r12", "estimated: of"),
        ("de", "month", "Ganz zu sehen ist der Zeitraum mit Daten bis zum 29.01.2027"),
        ("en", "month", "cannot be seen yet"),
    ],
)
def test_cases_that_are_followed_are_drawn_with_their_open_ones(
    lang: Lang, basis: str, said: str, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("kpis", sample_workspace, monkeypatch, lang=lang, kpi="offer_order_expected", basis=basis)
    assert not app.exception
    assert not app.error
    assert said in markup(app)
    downloads = {button.key for button in app.get("download_button")}
    assert {"ages_csv", "ages_xlsx", "rows_False_csv", "rows_True_csv"} <= downloads
