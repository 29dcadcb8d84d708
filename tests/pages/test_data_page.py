"""The Data page as a session sees it: import with preview and questions, sources, snapshots, erasing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from cockpit.workspace import open_workspace
from core.text import LANGS, Lang
from tests.pages.opening import address, markup, opened
from tests.pages.opening import choose as press
from ui.words import data as words

# Four enquiries of each of five customers, then one row without a readable date.
EXPORT = "\r\n".join([
    "Kundennummer;Datum;Kontaktart;Kanal;Wert",
    *(f"K{n};{day:02d}.01.2025;Anfrage;Web;1.234,50" for n in range(1, 6) for day in (3, 13, 17, 28)),
    "K2;kein Datum;Angebot;Mail;900,00",
]).encode("cp1252")  # fmt: skip


def choose(app: AppTest, content: bytes, name: str = "kontakte.csv") -> AppTest:
    return app.file_uploader[0].set_value((name, content, "text/csv")).run()


def click(app: AppTest, key: str) -> AppTest:
    return next(button for button in app.button if button.key == key).click().run()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("part", list(words.PARTS))
def test_every_section_opens(
    lang: Lang, part: str, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("data", sample_workspace, monkeypatch, lang=lang, part=part)
    assert not app.exception
    assert not app.error


def test_switching_the_language_keeps_the_section(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("data", sample_workspace, monkeypatch, lang="de", part="snapshots")
    press(app, "lang", "en")
    assert (address(app)["lang"], address(app)["part"]) == (["en"], ["snapshots"])
    assert words.SNAPSHOTS_ONE.en in markup(app)


def test_a_mapping_that_cannot_be_read_gives_way_to_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = choose(opened("data", tmp_path / "workspace", monkeypatch, lang="de"), EXPORT)
    text = next(area for area in app.text_area if area.key and area.key.startswith("toml_"))
    before = text.value or ""
    text.set_value(before.replace('"Kundennummer"', '"Gibt es nicht"'))
    app = click(app, "apply_toml")
    assert not app.exception
    assert len(app.error) == 1
    assert "Gibt es nicht" in app.error[0].value
    text = next(area for area in app.text_area if area.key and area.key.startswith("toml_"))
    assert text.value == before
    app = click(app, "store")
    assert not app.exception
    assert not app.error


def test_the_preview_of_a_workbook_offers_its_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "zwei.xlsx"
    contact = {"Kunde": ["A", "B"], "Datum": ["2025-01-13", "2025-01-14"], "Touchpoint": ["Anfrage"] * 2}
    with pd.ExcelWriter(book) as writer:
        pd.DataFrame(contact).to_excel(writer, sheet_name="Januar", index=False)
        pd.DataFrame(contact | {"Kunde": ["C", "D"]}).to_excel(writer, sheet_name="Februar", index=False)
    app = choose(
        opened("data", tmp_path / "workspace", monkeypatch, lang="en"), book.read_bytes(), "zwei.xlsx"
    )
    sheet = next(box for box in app.selectbox if box.label == words.SHEET.en)
    assert (sheet.options, sheet.value) == (["Januar", "Februar"], "Januar")
    app = sheet.select("Februar").run()
    assert not app.exception
    assert not app.error
    assert app.dataframe[0].value["Customer"].tolist() == ["C", "D"]
    click(app, "store")
    assert open_workspace(tmp_path / "workspace").warehouse.head() is not None


def test_an_own_file_is_previewed_and_nothing_is_stored_before_someone_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "workspace"
    app = choose(opened("data", folder, monkeypatch, lang="de"), EXPORT)
    assert not app.exception
    assert not app.error
    assert "kontakte.csv: 20 neue, 0 geänderte, 0 unveränderte, 1 abgelehnte Zeilen" in markup(app)
    assert open_workspace(folder).warehouse.head() is None
    app = click(app, "store")
    assert not app.exception
    assert not app.error
    head = open_workspace(folder).warehouse.head()
    assert head is not None
    assert head.counted == 20
    assert any(button.key and button.key.endswith("_csv") for button in app.get("download_button"))


def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = choose(
        opened("data", tmp_path / "workspace", monkeypatch, lang="de"), b"\x00\x01\x02" * 50, "x.csv"
    )
    assert not app.exception
    assert len(app.error) == 1
    assert "keine Textdatei" in app.error[0].value


def test_an_ambiguous_date_is_asked_about_and_blocks_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"customer,date,touchpoint\nA,3/4/2024,visit\nB,5/6/2024,lead\n"
    app = choose(opened("data", tmp_path / "workspace", monkeypatch, lang="en"), content)
    assert not app.exception
    store = next(button for button in app.button if button.key == "store")
    assert store.disabled
    (question,) = app.radio
    app = question.set_value("d/m/y").run()
    assert not app.exception
    assert not next(button for button in app.button if button.key == "store").disabled


def test_erasing_shows_what_is_held_and_asks_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "workspace"
    click(choose(opened("data", folder, monkeypatch, lang="de"), EXPORT), "store")
    app = opened("data", folder, monkeypatch, lang="de", part="erase")
    app.text_area[0].set_value("K1")
    app = next(b for b in app.button if b.label == words.ERASE_LOOK.de).click().run()
    assert app.dataframe[0].value["Zeilen"].tolist() == [4]
    next(b for b in app.button if b.label == words.ERASE.de).click().run()
    assert open_workspace(folder).warehouse.head().by_phase  # type: ignore[union-attr]
    app.text_input[0].set_value("Eva Beispiel")
    app.checkbox[0].check()
    app = next(b for b in app.button if b.label == words.ERASE.de).click().run()
    assert not app.exception
    assert len(app.success) == 1
    assert ">16 Kontakte" in markup(app)
    head = open_workspace(folder).warehouse.head()
    assert head is not None
    assert head.counted == 16


def test_an_empty_workspace_takes_a_file_and_offers_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("data", tmp_path / "workspace", monkeypatch)
    assert not app.exception
    assert [button.key for button in app.button] == ["load_sample"]
    assert len(app.file_uploader) == 1


def test_after_measurements_the_way_leads_to_the_projects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Projekt;Kennzahl;Monat;Wert\r\n" + "".join(
        f"P-1;Wartezeit;{month:02d}.2025;{month}\r\n" for month in range(1, 13)
    )
    app = opened("data", tmp_path / "workspace", monkeypatch, lang="de")
    app = click(choose(app, long.encode(), "messwerte.csv"), "store")
    assert not app.exception
    assert words.TO_PROJECTS.de in markup(app)
    assert words.TO_OVERVIEW.de not in markup(app)
    assert words.TITLE_UNDATED_ONE.de in markup(app)
