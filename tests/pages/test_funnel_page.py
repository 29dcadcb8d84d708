"""The page about the funnel as a session sees it: choices in the URL, every section, odd links, no data."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from core.text import LANGS, Lang
from tests.pages.opening import address, choose, markup, opened
from ui.words.funnel import COUNTED, PARTS


def title(html: str) -> str:
    return str(re.findall(r'<h1 class="wm-title">([^<]*)', html)[-1])


def figures(html: str) -> list[str]:
    return re.findall(r'class="wm-n">([^<]*)', html)


def keys(app: object) -> set[str]:
    return {str(button.key) for button in app.get("download_button")}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lang", "model"), [("de", "seven_phase"), ("en", "five_phase")])
def test_the_page_states_a_finding_and_offers_every_table_to_take_away(
    lang: Lang, model: str, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, lang=lang, model=model, by="segment")
    assert not app.exception
    assert not app.error
    html = markup(app)
    assert {"de": "Von 100 Kundenreisen ab ", "en": "Of 100 journeys from "}[lang] in title(html)
    assert COUNTED["reached"](lang) in html
    tables = {"funnel_steps", "funnel_rates", "funnel_course", "funnel_groups", "leaks"}
    assert {f"{name}_{kind}" for name in tables for kind in ("csv", "xlsx")} <= keys(app)


def test_whoever_skips_a_phase_counts_as_reached_but_not_step_by_step(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, lang="en", start="consideration")
    reached = figures(markup(app))
    choose(app, "counting", "ordered")
    assert not app.exception
    assert figures(markup(app)) != reached
    assert COUNTED["ordered"]("en") in markup(app)
    assert address(app)["counting"] == ["ordered"]
    assert address(app)["start"] == ["consideration"]


def test_a_window_of_any_number_of_days_is_taken_from_the_link(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, lang="en", window="138")
    assert "138 days" in title(markup(app))
    assert address(app)["window"] == ["138"]
    choose(app, "counting", "ordered")
    assert address(app)["window"] == ["138"]


def test_without_a_window_there_is_no_headline(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = markup(opened("funnel", sample_workspace, monkeypatch, lang="en", window="none"))
    assert "exists only with a window" in html
    assert "are expected to reach" in title(html)


@pytest.mark.parametrize(
    "query",
    [
        {"window": "abc"},
        {"window": "-3"},
        {"window": "99999999999"},
        {"counting": "<b>x</b>"},
        {"start": "nowhere", "end": "purchase"},
        {"start": "preference", "end": "awareness"},
        {"start": "loyalty"},
        {"by": "drop table"},
        {"entered": "month", "month": "1999-01"},
        {"entered": "sometime"},
        {"part": "import"},
        {"by": "segment", "attribution": "whenever"},
    ],
    ids=str,
)
def test_what_a_link_asks_for_and_is_not_there_is_said(
    query: dict[str, str], sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, **query)
    assert not app.exception
    assert not app.error
    assert "Der Link nennt" in markup(app)
    assert "<b>x</b>" not in markup(app)


def test_a_month_whose_windows_all_run_says_what_is_expected(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, lang="en", entered="month", window="365")
    assert not app.exception
    assert "no window is closed yet" in markup(app)


@pytest.mark.parametrize("attribution", ["first", "entry", "last"])
def test_a_breakdown_says_whose_value_counts(
    attribution: str, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, by="channel", attribution=attribution, lang="en")
    assert not app.exception
    assert address(app)["attribution"] == [attribution]


def test_the_link_at_the_foot_says_every_choice(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, lang="en", window="90", start="consideration")
    links = re.findall(r'<a href="(funnel\?[^"]*)">Link to this view', markup(app))
    said = parse_qs(urlsplit(links[-1].replace("&amp;", "&")).query)
    assert {name: said[name] for name in ("entered", "part", "counting", "start", "end", "window")} == {
        "entered": ["all"], "part": ["funnel"], "counting": ["reached"], "start": ["consideration"],
        "end": ["purchase"], "window": ["90"],
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("part", list(PARTS))
def test_every_section_opens(
    part: str, lang: Lang, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, lang=lang, part=part)
    assert not app.exception
    assert not app.error
    assert title(markup(app))


def test_the_sections_keep_to_their_own_periods(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", sample_workspace, monkeypatch, lang="en")
    assert '<span class="wm-chip">whole history' in markup(app)
    choose(app, "part", "qualification")
    assert '<span class="wm-chip">12 months to October 2026' in markup(app)
    choose(app, "part", "offers")
    assert "12 months to October 2026" not in markup(app)
    assert "entered" not in address(app)
    assert "span" not in address(app)


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_workspace_says_which_file_it_needs_and_offers_the_sample(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("funnel", tmp_path / "workspace", monkeypatch, lang=lang)
    assert not app.exception
    assert ("Trichter" if lang == "de" else "funnel") in markup(app)
    assert [button.key for button in app.button] == ["load_sample"]
