"""The page of projects as a session sees it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.people import remember_name
from cockpit.projects import create, start
from cockpit.workspace import Workspace, open_workspace
from core.text import LANGS, Lang, Text
from proof.project import FromCustomer, ProjectKpi
from proof.window import Window
from tests.cockpit.test_projects import BEFORE, series, workspace
from tests.pages.opening import markup, opened
from tests.proof.test_projects import a_project
from ui.projectsources import origin_of, source_option, source_options


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """Two years of lead times, better since go-live, and one project that is planned; Lena is at work."""
    values = [16.0 + n % 3 + n % 5 for n in range(12)] + [10.0 + n % 3 for n in range(12)]
    made = workspace(tmp_path, series(values))
    remember_name(made, "Lena")
    name = Text(de="<b>Übergaben</b>", en="<b>Handovers</b>")
    create(made, a_project(name=name, customer="[Nord](http://wind)"), "Lena")
    return made


def page(ws: Workspace, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = opened("projects", ws.root, monkeypatch, **query)
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("lang", LANGS)
def test_a_planned_project_waits_and_starting_it_freezes_the_baseline(
    lang: Lang, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project,) = ws.state.projects.all()
    shelf = markup(page(ws, monkeypatch, lang=lang))
    assert f"project={project.id}" in shelf
    assert "<b>" not in shelf.split("wm-shelf", 1)[1]
    one = page(ws, monkeypatch, lang=lang, project=project.id)
    assert {"de": "noch nicht gestartet", "en": "not been started"}[lang] in markup(one)
    one.button(key="wm_project_start").click().run()
    assert not one.exception
    started = ws.state.projects.get(project.id)
    assert (started.status, started.retrospective) == ("watching", True)
    assert {"de": "eingefroren am", "en": "frozen on"}[lang] in markup(one)
    assert {"de": "nachträglich", "en": "hindsight"}[lang] in markup(one)


def test_nobody_can_start_without_a_name(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ws.state.values.set("person", "")
    (project,) = ws.state.projects.all()
    one = page(ws, monkeypatch, project=project.id)
    one.button(key="wm_project_start").click().run()
    assert one.warning
    assert ws.state.projects.get(project.id).status == "planned"


def test_a_fault_of_starting_is_told_in_words(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (project,) = ws.state.projects.all()
    ws.state.projects.change(project.model_copy(update={"key": "P-11"}), person="Lena", at=BEFORE)
    one = page(ws, monkeypatch, project=project.id)
    one.button(key="wm_project_start").click().run()
    assert not one.exception
    assert "keine Messwerte importiert" in one.error[0].value


def test_closing_offers_to_ask_the_customer_and_the_action_is_taken_up_once(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project,) = ws.state.projects.all()
    start(ws, project.id, project.version, "Lena", at=BEFORE)
    one = page(ws, monkeypatch, project=project.id)
    one.button(key="wm_project_close").click().run()
    assert "niemand hat den Kunden gefragt" in markup(one)
    one.button(key="wm_project_remind").click().run()
    (action,) = ws.state.actions.all()
    assert (action.origin, action.origin_ref) == ("project", project.id)
    assert "niemand hat den Kunden gefragt" not in markup(one)


def test_what_was_typed_becomes_a_project(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    new = page(ws, monkeypatch, do="new")
    typed = {"Kürzel": "P-2", "Name des Projekts": "Neue Hotline", "Kunde": "Südwind"}
    for field in new.text_input:
        for label, value in typed.items():
            if field.label.startswith(label):
                field.set_value(value)
    new.text_area[0].set_value("Eine Nummer für alle")
    line = {"Kennzahl": "Wartezeit", "Soll": 3.5, "Einheit": "Minuten", "besser ist": "niedriger"}
    edits: dict[str, Any] = {"edited_rows": {0: line}, "added_rows": [], "deleted_rows": []}
    new.session_state["wm_project_kpis_de"] = edits
    submit = next(button for button in new.button if button.label == "Projekt anlegen")
    submit.click().run()
    assert not new.exception
    assert [fault.value for fault in new.error] == []
    made = next(each for each in ws.state.projects.all() if each.key == "P-2")
    assert (made.customer, made.done.en, made.status) == ("Südwind", "Eine Nummer für alle", "planned")
    assert (made.first.unit, made.first.better, made.first.target) == ("minutes", "lower", 3.5)
    assert (made.baseline.last - made.baseline.first).days > 360


def test_which_way_is_better_is_asked_not_guessed(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    new = page(ws, monkeypatch, do="new")
    for field in new.text_input[:3]:
        field.set_value("P-3")
    next(field for field in new.text_input if field.label == "Kunde").set_value("Südwind")
    new.text_area[0].set_value("Eine Nummer für alle")
    line = {"Kennzahl": "Wartezeit", "Einheit": "Minuten"}
    new.session_state["wm_project_kpis_de"] = {
        "edited_rows": {0: line}, "added_rows": [], "deleted_rows": []
    }  # fmt: skip
    next(button for button in new.button if button.label == "Projekt anlegen").click().run()
    assert "höher oder niedriger" in new.error[0].value
    assert len(ws.state.projects.all()) == 1


def test_measurements_of_a_project_that_nobody_entered_lead_to_its_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row | {"project": "Süd <b>"} for row in series([1.0] * 12)]
    made = workspace(tmp_path, [*rows, *series([2.0] * 12)])
    create(made, a_project(), "Lena")
    shelf = markup(page(made, monkeypatch))
    assert "Süd &lt;b&gt;" in shelf
    assert "key=S%C3%BCd" in shelf
    assert "key=P-1" not in shelf
    form = page(made, monkeypatch, do="new", key="Süd <b>")
    fields = {field.label: field.value for field in form.text_input}
    assert fields["Kürzel, wie es in Dateien steht"] == "Süd <b>"
    assert "Durchlaufzeit, von 03/2024 bis 02/2025" in markup(form)


def test_choosing_the_go_live_moves_the_proposed_windows(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = page(ws, monkeypatch, do="new")
    new.date_input(key="wm_live_new").set_value(dt.date(2024, 7, 1)).run()
    windows = [new.date_input(key=f"wm_{name}_2024-07-01").value for name in ("baseline", "after")]
    assert windows == [
        (dt.date(2023, 7, 1), dt.date(2024, 6, 30)), (dt.date(2024, 7, 1), dt.date(2025, 6, 30)),
    ]  # fmt: skip


def test_a_kpi_over_contacts_is_chosen_by_its_name(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the list offers is what a project's origin becomes, and the other way round."""
    options = source_options(ws, [], (), "de")
    assert options["counted:win_rate"] == f"Kontakte: {ws.kpis['win_rate'].name.de}"
    assert any(name.startswith("counted:phase_conversion:") for name in options)
    assert options["measured:Durchlaufzeit"] == "Messwerte: Durchlaufzeit"
    for option in options:
        fields = {
            "key": "k", "name": Text(de="Name", en="Name"), "unit": "percent", "better": "lower",
            "origin": origin_of(option, "Name"),
        }  # fmt: skip
        found = source_option(ProjectKpi.model_validate(fields))
        assert found == ("measured:Name" if option == "same" else option)


def test_shares_where_per_cent_are_counted_are_told_before_freezing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path, series([0.3, 0.25, 0.4] * 8))
    first = a_project().first.model_copy(update={"unit": "percent", "target": 20.0})
    project = create(made, a_project(kpis=(first,)), "Lena")
    shown = markup(page(made, monkeypatch, project=project.id))
    assert "liegen zwischen 0 und 1" in shown
    assert "noch offen" in shown


def test_a_project_whose_measurements_are_missing_says_so_before_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path, series([1.0] * 12))
    project = create(made, a_project(key="P 99"), "Lena")
    assert "keine Messwerte importiert" in markup(page(made, monkeypatch, project=project.id))


@pytest.mark.parametrize(("target", "said"), [(12.0, "✓ erreicht"), (4.0, "✗ verfehlt")])
def test_target_and_actual_stand_beside_each_other_with_a_verdict(
    target: float, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [16.0 + n % 3 for n in range(12)] + [10.0 + n % 3 for n in range(12)]
    made = workspace(tmp_path, series(values))
    first = a_project().first.model_copy(update={"target": target})
    project = create(made, a_project(kpis=(first,)), "Lena")
    start(made, project.id, project.version, "Lena", at=BEFORE)
    shown = markup(page(made, monkeypatch, project=project.id))
    assert said in shown
    assert "12 Perioden" in shown
    assert said.split(" ")[1] in markup(page(made, monkeypatch))


def test_an_empty_form_says_what_is_missing(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    new = page(ws, monkeypatch, do="new")
    next(button for button in new.button if button.label == "Projekt anlegen").click().run()
    assert new.error
    assert len(ws.state.projects.all()) == 1


def test_a_project_can_be_changed_and_its_frozen_part_cannot(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project,) = ws.state.projects.all()
    start(ws, project.id, project.version, "Lena", at=BEFORE)
    form = page(ws, monkeypatch, do="edit", project=project.id)
    assert "eingefroren" in markup(form)
    assert [field.disabled for field in form.date_input] == [False, True, False]
    customer = next(field for field in form.text_input if field.label == "Kunde")
    customer.set_value("Ostwind")
    next(button for button in form.button if button.label == "Speichern").click().run()
    assert not form.error
    assert ws.state.projects.get(project.id).customer == "Ostwind"


def test_without_projects_or_data_the_page_says_what_would_fill_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = open_workspace(tmp_path / "empty")
    html = markup(page(empty, monkeypatch))
    assert "Messwerten" in html


@pytest.mark.parametrize("lang", LANGS)
def test_every_project_of_the_sample_opens(
    lang: Lang, sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(sample_workspace)
    html = markup(page(ws, monkeypatch, lang=lang))
    assert html.count('<span class="wm-project-what"') == 9
    for project in ws.state.projects.all():
        one = markup(page(ws, monkeypatch, lang=lang, project=project.id))
        assert "<h1" in one
        if project.key == "F-05":
            assert {"de": "Der einfache Vergleich", "en": "The plain comparison"}[lang] in one


def test_a_window_that_closes_soon_is_not_told_of_projects_long_over(ws: Workspace) -> None:
    (project,) = ws.state.projects.all()
    assert not project.closes_within(project.after.last + dt.timedelta(days=1), 30)


def test_the_overview_names_the_newest_proof_and_how_often_it_was_given(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = markup(opened("overview", sample_workspace, monkeypatch, lang="de"))
    assert "Neuester Nachweis, Belastbarkeit A" in shown
    assert "noch niemandem gegeben" in shown or "Interessent" in shown


def test_the_overview_names_the_project_that_is_to_be_judged_soon(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one to close, and how many more there are."""
    today = ws.now().date()
    told = FromCustomer(before=14, after=3, person="Ada", on=today)
    kpis = (a_project().first.model_copy(update={"origin": told}),)
    for days, key in ((5, "P-5"), (9, "P-9")):
        last = today + dt.timedelta(days=days)
        after = Window(first=dt.date(2025, 3, 1), last=last)
        made = create(ws, a_project(key=key, name=Text(de=key, en=key), after=after, kpis=kpis), "Lena")
        start(ws, made.id, made.version, "Lena")
    shown = markup(opened("overview", ws.root, monkeypatch, lang="de"))
    assert "P-5: Der Nachher-Zeitraum endet am" in shown
    assert "2 Projekte in den nächsten 30 Tagen" in shown


def test_a_phase_without_proofs_of_its_own_offers_those_that_help_there(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = markup(opened("phases", sample_workspace, monkeypatch, lang="de", phase="consideration"))
    assert "Nachweise aus anderen Phasen helfen hier bei der Entscheidung" in shown
    assert "noch keine Verbesserung nachgewiesen" not in shown
