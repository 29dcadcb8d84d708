"""The page of actions as a session sees it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from actions.model import Draft
from cockpit.actions import action, add, change, history, listed
from cockpit.people import remember_name
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang
from tests.pages.opening import address, markup, opened


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """A workspace without data, with one action a day late and one that nobody has; Lena is at work."""
    made = open_workspace(tmp_path / "workspace")
    remember_name(made, "Lena")
    yesterday = made.now().date() - dt.timedelta(days=1)
    add(made, Draft(title="Angebote nachfassen", owner="Murat", due=yesterday, phase="preference"), "Lena")
    add(made, Draft(title="<b>Rechnung</b> zeigen"), "Lena")
    return made


def page(ws: Workspace, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = opened("actions", ws.root, monkeypatch, **query)
    assert not app.exception
    assert not app.error
    return app


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("de", "Eine von 2 laufenden Maßnahmen ist überfällig"),
        ("en", "One of 2 running actions is overdue"),
    ],
)
def test_the_title_says_how_many_are_overdue_and_they_come_first(
    lang: Lang, title: str, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = markup(page(ws, monkeypatch, lang=lang))
    assert title in html
    assert html.index("Angebote nachfassen") < html.index("Rechnung")
    assert {"de": "seit gestern überfällig", "en": "overdue since yesterday"}[lang] in html


def test_what_people_write_is_no_markup(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("list", "roadmap", "jourfixe"):
        assert "<b>Rechnung" not in markup(page(ws, monkeypatch, part=part))
    assert "&lt;b&gt;Rechnung" in markup(page(ws, monkeypatch, part="list"))


@pytest.mark.parametrize("lang", LANGS)
def test_without_any_action_the_page_says_where_they_come_from_and_offers_the_sample(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("actions", tmp_path / "workspace", monkeypatch, lang=lang)
    assert not app.exception
    assert "load_sample" in {button.key for button in app.button}


def test_filters_stand_in_the_url_and_narrow_the_list(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(ws, monkeypatch, lang="de", owner="Murat", show="overdue")
    assert address(app)["owner"] == ["Murat"]
    table = markup(app).partition("wm-acts")[2].partition("</table>")[0]
    assert "Angebote nachfassen" in table
    assert "Rechnung" not in table
    none = page(ws, monkeypatch, lang="de", at="loyalty")
    assert "Keine Maßnahme passt zu diesen Filtern." in markup(none)


def test_one_tap_in_the_jour_fixe_changes_the_status(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(ws, monkeypatch, part="jourfixe")
    switch = next(one for one in app.get("segmented_control") if str(one.key).startswith("jf_1_"))
    assert isinstance(switch, ButtonGroup)
    switch.set_value("done").run()
    assert not app.exception
    assert action(ws, 1).status == "done"
    latest = history(ws, 1)[0]
    assert (latest.who, latest.field, latest.after) == ("Lena", "status", "done")


def test_whoever_takes_an_action_stands_beside_it(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(ws, monkeypatch)
    press(app, "take_2_1")
    assert action(ws, 2).owner == "Lena"


def test_without_a_name_nothing_changes_and_the_page_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(tmp_path / "workspace")
    add(ws, Draft(title="Anrufen"), "Lena")
    app = press(page(ws, monkeypatch, lang="de"), "take_1_1")
    assert "tragen Sie zuerst Ihren Namen ein" in app.error[0].value
    assert action(ws, 1).owner == ""


def test_an_action_is_written_down_with_a_sentence(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(ws, monkeypatch, lang="de", part="new")
    app.text_input(key="title_new_0__de").set_value("Kunden anrufen")
    app.button[-1].click().run()
    assert not app.exception
    made = listed(ws).actions[-1]
    assert (made.title.de, made.origin, made.created_by) == ("Kunden anrufen", "hand", "Lena")
    assert "Angelegt als Nr. 3." in app.success[0].value


def test_an_empty_sentence_is_refused_in_words(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(ws, monkeypatch, lang="de", part="new")
    app.button[-1].click().run()
    assert "Bitte sagen Sie in einem Satz" in app.error[0].value
    assert len(listed(ws).actions) == 2


def test_a_link_from_a_leak_fills_in_where_the_action_comes_from(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(ws, monkeypatch, lang="de", part="new", new="leak", ref="preference")
    filled = app.text_input(key="title_new_0_preference_de").value or ""
    assert filled.startswith("Verlust in Preference verringern")
    app.button[-1].click().run()
    assert not app.exception
    made = listed(ws).actions[-1]
    assert (made.origin, made.origin_ref, made.phase, made.kpi) == (
        "leak", "preference", "preference", "phase_conversion",
    )  # fmt: skip


def test_of_two_who_change_the_same_action_the_second_is_told_and_keeps_what_was_typed(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(ws, monkeypatch, lang="de", action="1")
    change(ws, 1, 1, {"owner": "Olga"}, "Olga")
    app.text_area(key="note_1_1").set_value("bis Freitag")
    app.button[-1].click().run()
    assert not app.exception
    assert "Olga hat diese Maßnahme inzwischen geändert" in app.error[0].value.replace("\\", "")
    assert (action(ws, 1).owner, action(ws, 1).note) == ("Olga", "")
    assert app.text_area(key="note_1_1").value == "bis Freitag"
    press(app, "reload_1")
    app.text_area(key="note_1_2").set_value("bis Freitag")
    app.button[-1].click().run()
    assert (action(ws, 1).owner, action(ws, 1).note) == ("Olga", "bis Freitag")


def test_the_samples_actions_are_marked_and_one_says_what_its_kpi_did(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("actions", sample_workspace, monkeypatch, lang="de")
    assert not app.exception
    assert "Beispielmaßnahmen" in markup(app)
    one = opened("actions", sample_workspace, monkeypatch, lang="de", action="7")
    assert not one.exception
    assert "▲ Signal: seit Januar 2026 höher, wie erwartet" in markup(one)
