"""The overview as a session sees it: stations, language, filters, links, empty and broken workspaces."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from core.text import LANGS, Lang
from tests.pages.opening import address, choose, markup, opened


def stations(html: str) -> list[str]:
    return re.findall(r'<a class="wm-station" href="([^"]+)"', html)


@pytest.mark.parametrize(
    ("lang", "finding"),
    [
        ("de", "Preference: Erfolgsquote nach Wert seit "),
        ("en", "Preference: Win rate by value"),
    ],
)
def test_the_title_states_the_finding_that_is_built_into_the_sample(
    lang: Lang, finding: str, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("overview", sample_workspace, monkeypatch, lang=lang)
    assert not app.exception
    assert not app.error
    html = markup(app)
    assert f'<h1 class="wm-title">{finding}' in html
    assert len(stations(html)) == 7
    assert ("Beispieldaten" if lang == "de" else "Sample data") in html


def test_a_station_leads_to_its_phase_in_the_same_view(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("overview", sample_workspace, monkeypatch, lang="en", basis="r12", where_segment="B2B")
    query = parse_qs(urlsplit(stations(markup(app))[3].replace("&amp;", "&")).query)
    assert query["phase"] == ["preference"]
    assert (query["lang"], query["basis"], query["where_segment"]) == (["en"], ["r12"], ["B2B"])


def test_the_costliest_leak_leads_to_the_funnel_that_begins_there_and_waiting_offers_to_their_list(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = markup(opened("overview", sample_workspace, monkeypatch, lang="en"))
    leads = re.findall(r'<a href="(funnel\?[^"]*)">([^<]*)', html)
    query = {text: parse_qs(urlsplit(href.replace("&amp;", "&")).query) for href, text in leads}
    (leak,) = (said for text, said in query.items() if "up to" in text)
    assert (leak["part"], leak["start"], leak["entered"]) == (["funnel"], ["preference"], ["all"])
    (waiting,) = (said for text, said in query.items() if "open offers" in text)
    assert waiting["part"] == ["offers"]


def test_switching_the_language_keeps_the_view(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("overview", sample_workspace, monkeypatch, basis="ytd", where_segment=["B2C"])
    choose(app, "lang", "en")
    said = address(app)
    assert (said["lang"], said["basis"], said["where_segment"]) == (["en"], ["ytd"], ["B2C"])
    assert "Segment: B2C" in markup(app)


def test_the_five_phase_view_has_five_stations_and_says_that_figures_may_differ(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = markup(opened("overview", sample_workspace, monkeypatch, lang="en", model="five_phase"))
    assert len(stations(html)) == 5
    assert "computed anew" in html


def test_what_a_link_names_and_the_data_lacks_is_said(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("overview", sample_workspace, monkeypatch, month="1999-01", where_segment="<b>X</b>")
    html = markup(app)
    assert not app.exception
    assert "nicht gibt: " in html
    assert "1999-01" in html
    assert "&lt;b&gt;X&lt;/b&gt;" in html
    assert "<b>X</b>" not in html


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_workspace_says_which_file_it_needs_and_offers_the_sample(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("overview", tmp_path / "workspace", monkeypatch, lang=lang)
    assert not app.exception
    assert "Parquet" in markup(app)
    assert [button.key for button in app.button] == ["load_sample"]


def test_a_broken_settings_file_is_a_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("currency = [", encoding="utf-8")
    app = opened("overview", tmp_path, monkeypatch, lang="en")
    assert not app.exception
    assert "settings" in app.error[0].value
