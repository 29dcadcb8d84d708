"""The page about one phase as a session sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.text import Lang
from journeys.model import load_models
from tests.pages.opening import address, choose, markup, opened


@pytest.mark.parametrize(("lang", "model"), [("de", "seven_phase"), ("en", "five_phase")])
def test_every_phase_of_every_model_opens(
    lang: Lang, model: str, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for phase in load_models()[model].phases:
        app = opened("phases", sample_workspace, monkeypatch, lang=lang, model=model, phase=phase.id)
        assert not app.exception, phase.id
        assert not app.error, phase.id
        assert f'<h1 class="wm-title">{phase.name(lang)}: ' in markup(app)


def test_the_page_tells_how_visits_end_and_offers_every_table_and_chart_to_take_away(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("phases", sample_workspace, monkeypatch, lang="en", phase="preference", basis="r12")
    html = markup(app)
    assert "Visits with “Angebotsgespräch” move on more often: " in html
    assert "not a cause" in html
    for words in ("How visits end", "Where they come from", "What must not be missing", "still open"):
        assert words in html
    downloads = {button.key for button in app.get("download_button")}
    assert {
        "triggers_csv",
        "ends_csv",
        "ends_xlsx",
        "touchpoint_csv",
        "channel_xlsx",
        "kpi_win_rate_value_csv",
    } <= downloads


def test_a_phase_of_the_other_model_leads_to_the_phase_that_merges_it(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("phases", sample_workspace, monkeypatch, lang="en", phase="preference")
    choose(app, "model", "five_phase")
    assert not app.exception
    assert address(app)["phase"] == ["consideration"]


def test_an_empty_workspace_offers_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("phases", tmp_path / "workspace", monkeypatch)
    assert not app.exception
    assert [button.key for button in app.button] == ["load_sample"]
