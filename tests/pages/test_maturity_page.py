"""The page about maturity as a session sees it: rounds from opening to closing, every section, what hides."""

from __future__ import annotations

import datetime as dt
import html as markup_of
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.actions import listed
from cockpit.people import remember_name
from cockpit.rounds import rounds
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang
from tests.pages.opening import address, choose, markup, opened
from tests.roundmaking import held
from ui.words.actions import PERSON
from ui.words.maturity import PARTS, QUICK_NAME
from ui.words.rounds import OPEN_SUBMIT

ROLES = ["Vertrieb", "Vertrieb", "Vertrieb", "Innendienst", "Innendienst", "Innendienst", "Geschäftsleitung"]


def title(app: AppTest) -> str:
    return markup_of.unescape(str(re.findall(r'<h1 class="wm-title">([^<]*)', markup(app))[-1]))


def said(app: AppTest) -> str:
    """All that the page shows, tables of values and files aside."""
    told = [*app.error, *app.warning, *app.success, *app.code]
    shown = [str(one.value) for one in told]
    return "\n".join([markup(app), *shown])


def divided(role: str, statement: str) -> float:
    """The office does not see what sales sees."""
    return 0.0 if role != "Vertrieb" and statement == "quick_criteria" else 0.5


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "workspace")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def fill(app: AppTest, label: str, value: str) -> None:
    next(field for field in app.text_input if field.label == label).set_value(value)


def invited(app: AppTest, *people: tuple[str, str]) -> None:
    """Type people into the table; its lines are there already or are added."""
    lines = [{"Name": who, "Rolle": role} for who, role in people]
    app.session_state["people_0"] = {
        "edited_rows": dict(enumerate(lines[:3])),
        "added_rows": lines[3:],
        "deleted_rows": list(range(len(lines), 3)),
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("part", list(PARTS))
def test_every_section_opens_with_a_finding(
    part: str, lang: Lang, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("maturity", sample_workspace, monkeypatch, lang=lang, part=part)
    assert not app.exception
    assert not app.error
    assert title(app)
    assert address(app)["part"] == [part]
    assert {"de": "Beispieldaten", "en": "Sample data"}[lang] in markup(app)


def test_results_begin_with_what_divides_the_team_by_role(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(own, divided, roles=ROLES)
    app = opened("maturity", own.root, monkeypatch)
    assert title(app) == "Vertrieb: Niveau 2,4 von 5; am uneinigsten bei „Gewinnen“"
    shown = markup(app)
    assert "Darüber zuerst sprechen" in shown
    assert "Vertrieb, n\u00a0=\u00a03" in shown
    keys = {str(button.key) for button in app.get("download_button")}
    assert {"workshop_pdf", "profile_csv", "profile_xlsx"} <= keys
    assert "quickcheck_pdf" not in keys


@pytest.mark.parametrize("part", list(PARTS))
def test_a_role_with_too_few_answers_is_never_named(
    part: str, own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(own, divided, roles=ROLES)
    held(own, divided, roles=ROLES, remark="Steht im Laufwerk.")
    app = opened("maturity", own.root, monkeypatch, part=part)
    assert not app.exception
    assert "Geschäftsleitung" not in said(app)
    assert "Person " not in said(app)


def test_a_running_round_shows_the_number_of_submissions_and_nothing_else(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = held(own, divided, roles=ROLES, closed=False, remark="Geheim.")
    for query in ({}, {"part": "results", "round": made.id}, {"part": "statements"}):
        app = opened("maturity", own.root, monkeypatch, **query)
        assert title(app).startswith("Vertrieb: 7 von 7 haben abgegeben")
        assert "Geheim" not in said(app)
        assert "Innendienst" not in said(app)
        assert [one.key for one in app.get("segmented_control")] == ["lang"]


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_workspace_says_how_to_begin_and_offers_the_sample(
    lang: Lang, own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("maturity", own.root, monkeypatch, lang=lang)
    assert not app.exception
    assert {"de": "Noch keine Runde", "en": "No round yet"}[lang] in title(app)
    assert "load_sample" in [button.key for button in app.button]
    assert OPEN_SUBMIT(lang) in [button.label for button in app.button]


def test_a_round_is_opened_its_links_shown_once_and_it_is_closed(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("maturity", own.root, monkeypatch)
    fill(app, "Team", "Service")
    fill(app, PERSON("de"), "Lena")
    invited(app, ("Anna", "Service"), ("Ben", "Service"), ("Carl", "Leitung"), ("Dora", ""))
    press(app, OPEN_SUBMIT("de"))
    assert not app.exception, app.exception
    (made,) = rounds(own)
    assert (made.team, made.invited, made.minimum, made.open) == ("Service", 4, 3, False)
    links = [str(code.value) for code in app.code]
    assert len(links) == 4
    assert all("/einladung/" in link for link in links)
    assert "Anna · Service" in said(app)
    press(app, "Alle Links sind verteilt")
    assert not app.code
    assert links[0].rsplit("/", 1)[1] not in said(opened("maturity", own.root, monkeypatch))

    press(app, "Runde jetzt schließen")
    assert "bestätigen" in said(app)
    next(box for box in app.checkbox if box.label.startswith("Ja, schließen")).check()
    press(app, "Runde jetzt schließen")
    assert "„Service“ ist geschlossen" in said(app)
    assert rounds(own)[0].closed_at is not None


@pytest.mark.parametrize(
    ("team", "people", "reason"),
    [
        ("", [("Anna", ""), ("Ben", ""), ("Carl", "")], "nennen Sie das Team"),
        ("Service", [], "wer antworten soll"),
        ("Service", [("Anna", ""), ("Ben", "")], "für offen"),
        ("Service", [("Anna", ""), ("anna ", ""), ("Carl", "")], "denselben Namen"),
        ("Service", [("Anna", ""), ("", "Leitung"), ("Carl", "")], "fehlt ein Name"),
    ],
)
def test_a_round_that_could_never_show_anything_is_refused_in_words(
    team: str, people: list[tuple[str, str]], reason: str, own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("maturity", own.root, monkeypatch)
    fill(app, "Team", team)
    fill(app, PERSON("de"), "Lena")
    invited(app, *people)
    press(app, OPEN_SUBMIT("de"))
    assert not app.exception
    assert reason in said(app)
    assert rounds(own) == []


def test_one_prospect_can_be_asked_in_a_round_declared_open_and_gets_a_quick_check(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(own, lambda *_: 0.5, roles=["Geschäftsführung"], team="Muster GmbH", is_open=True)
    app = opened("maturity", own.root, monkeypatch)
    assert title(app).startswith("Muster GmbH")
    assert "offene Runde" in markup(app)
    assert "quickcheck_pdf" not in {str(button.key) for button in app.get("download_button")}
    assert QUICK_NAME("de") in {field.label for field in app.text_input}, "who hands proofs out is noted"
    remember_name(own, "Lena")
    app = opened("maturity", own.root, monkeypatch)
    assert "quickcheck_pdf" in {str(button.key) for button in app.get("download_button")}


def test_a_round_is_declared_open_before_the_first_answer_and_not_afterwards(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(own, lambda *_: None, closed=False, team="Neu")
    held(own, lambda *_: 0.5, closed=False, team="Beantwortet")
    app = opened("maturity", own.root, monkeypatch, part="rounds")
    fill(app, PERSON("de"), "Lena")
    app.run()
    for one in rounds(own):
        next(button for button in app.button if button.key == f"declare_{one.id}").click()
        app.run()
        assert not app.exception
    assert {one.team: one.open for one in rounds(own)} == {"Neu": True, "Beantwortet": False}


def test_targets_are_set_on_the_round_and_change_the_plan(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = held(own, lambda *_: 0.5)
    app = opened("maturity", own.root, monkeypatch, part="plan")
    assert "noch keine Zielstufen gesetzt" in markup(app)
    app.session_state[f"targets_{made.id}_{made.version}"] = {
        "edited_rows": {0: {"Zielstufe": 3}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    fill(app, PERSON("de"), "Lena")
    press(app, "Ziele speichern")
    assert not app.exception, app.exception
    assert rounds(own)[0].targets == {"winning": 3, "selling": 1, "keeping": 1, "steering": 1}
    assert "sind gespeichert" in said(app)
    assert "noch keine Zielstufen gesetzt" not in markup(app)


def test_one_click_turns_the_first_three_steps_into_actions(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(own, lambda *_: 0.5)
    app = opened("maturity", own.root, monkeypatch, part="plan")
    assert "Damit beginnen: die ersten 3 Maßnahmen" in markup(app)
    fill(app, PERSON("de"), "Lena")
    press(app, "Als Maßnahmen anlegen")
    assert not app.exception, app.exception
    made = listed(own).actions
    assert len(made) == 3
    assert {one.origin for one in made} == {"plan"}
    assert all(one.due is not None and one.due > own.now().date() + dt.timedelta(days=20) for one in made)
    assert "3 Maßnahmen sind angelegt" in said(app)
    assert "läuft schon" in markup(app)
    choose(app, "steps", "all")
    assert "Der ganze Plan: 4 Maßnahmen" in markup(app)


def test_a_checklist_without_efforts_says_that_it_has_no_plan(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own.root / "checklists"
    folder.mkdir()
    (folder / "mine.toml").write_text(
        """
[mine]
name = { de = "Eigene", en = "Own" }
about = { de = "Eigene", en = "Own" }
scale = [{ value = 0, name = { de = "Nein", en = "No" } }, { value = 1, name = { de = "Ja", en = "Yes" } }]
[[mine.dimensions]]
id = "eins"
name = { de = "Eins", en = "One" }
[[mine.dimensions.statements]]
id = "a"
statement = { de = "Erstens", en = "First" }
""",
        encoding="utf-8",
    )
    held(own, lambda *_: 0.0, checklist="mine")
    app = opened("maturity", own.root, monkeypatch, part="plan")
    assert not app.exception
    assert title(app) == "Vertrieb: kein Plan möglich"
    assert "fehlt im Katalog „Eigene“ der Aufwand" in markup(app)


@pytest.mark.parametrize(
    "query", [{"round": "nichts"}, {"part": "import"}, {"dimension": "<b>x</b>"}], ids=str
)
def test_what_a_link_asks_for_and_is_not_there_is_said(
    query: dict[str, str], own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(own, divided, roles=ROLES)
    app = opened("maturity", own.root, monkeypatch, **{"part": "statements", **query})
    assert not app.exception
    assert "Der Link nennt" in markup(app)
    assert "<b>x</b>" not in markup(app)


def test_a_name_of_a_team_is_text_whatever_it_holds(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    wild = "<script>x</script> [y](http://z) {n} ![](http://z/p.png)"
    held(own, divided, roles=ROLES, team=wild, remark=wild)
    held(own, divided, roles=ROLES, team=wild, closed=False)
    for part in PARTS:
        app = opened("maturity", own.root, monkeypatch, part=part)
        assert not app.exception
        assert "<script>x" not in markup(app)
        # Labels and messages are Markdown: a link or a picture in them would be drawn.
        labels = [str(one.label) for one in app.expander] + [str(one.value) for one in app.success]
        assert not [label for label in labels if "](http" in label]
    assert rounds(own)[0].team == wild


def test_a_partial_round_asks_only_what_was_worked_on(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(own, lambda *_: 0.5)
    app = opened("maturity", own.root, monkeypatch, part="rounds")
    assert "hätte nichts zu fragen" in markup(app)
    fill(app, PERSON("de"), "Lena")
    press(app, "Neue Runde beginnen")
    assert not app.exception
    again = rounds(own)[0]
    assert (again.parent, again.invited, again.asked) == (rounds(own)[1].id, 3, None)
    assert len(app.code) == 3
