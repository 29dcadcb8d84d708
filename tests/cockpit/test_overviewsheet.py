"""The overview that leaves says what the page says, and can be checked when it comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.overview import Overview, overview
from cockpit.overviewsheet import overview_bytes, overview_sheet
from cockpit.verifying import check_file
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang, Text
from core.view import View

SCOPE = Text(de="alle Segmente", en="all segments")


@pytest.fixture
def ws(own_sample: Path) -> Workspace:
    return open_workspace(own_sample)


@pytest.fixture
def shown(ws: Workspace) -> Overview:
    found = overview(ws, View())
    assert found is not None
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_says_what_the_page_says(ws: Workspace, shown: Overview, lang: Lang) -> None:
    sheet = overview_sheet(ws, shown, SCOPE, lang)
    assert sheet.title == shown.title(lang)
    assert [station.phase for station in sheet.stations] == [one.phase.name(lang) for one in shown.stations]
    assert len(sheet.stations) == 7
    assert sheet.stations[-1].onward == "", "after the last phase there is no next one"
    assert shown.leak_said is not None
    assert sheet.leak[0] == shown.leak_said(lang)
    assert len(sheet.changes) == len(shown.changes)
    assert sheet.sample == ("Beispieldaten" if lang == "de" else "Sample data")
    assert shown.snapshot in sheet.footnote
    assert SCOPE(lang) in sheet.about


@pytest.mark.parametrize("to", ["pdf", "pptx"])
def test_an_exported_overview_is_recognised_when_it_comes_back(
    ws: Workspace, shown: Overview, to: str
) -> None:
    file = overview_bytes(ws, shown, SCOPE, "de", "pdf" if to == "pdf" else "pptx")
    found = check_file(ws, file)
    assert found.sound
    assert found.counts["same"] > 50
