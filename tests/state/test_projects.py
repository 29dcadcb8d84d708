"""Projects in the state: what was frozen stays, nobody overwrites anybody, erasing reaches filters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from core.errors import UsageFault
from core.text import same
from proof.evidence import Baseline, Observation, table
from proof.project import FromContacts, FromCustomer, Project, ProjectKpi
from store.state.database import ChangedMeanwhile
from store.state.forgetting import ERASED
from store.state.state import State
from tests.proof.test_projects import a_project

NOW = dt.datetime(2025, 2, 1, 9)


def baseline_of(project: Project, *, retrospective: bool = False) -> Baseline:
    seen = [Observation(period=project.baseline.first, group="treated", value=16.1, cases=40)]
    return Baseline(
        project=project.id, kpi=project.first, kpi_version="", window=project.baseline, snapshot="000001-aa",
        evidence=table(seen, "month"), before=16.1, before_control=None, frozen_at=NOW, frozen_by="Ada",
        retrospective=retrospective,
    )  # fmt: skip


def test_a_project_comes_back_as_it_was_entered(tmp_path: Path) -> None:
    state = State(tmp_path)
    entered = a_project(phases=("purchase", "after_sale"), shown="named")
    stored = state.projects.add(entered, person="Ada", at=NOW)
    assert State(tmp_path).projects.get(stored.id) == stored
    same_fields = stored.model_copy(update={"id": "", "created_by": "", "created_at": None, "version": 0})
    assert same_fields == entered
    trail = state.audit.latest()
    assert [row.what for row in trail] == ["project_added"]
    assert "Nordwind" not in str(trail), "the trail names no customer"


def test_two_projects_of_one_code_cannot_be_told_apart_in_files(tmp_path: Path) -> None:
    projects = State(tmp_path).projects
    projects.add(a_project(key="P 1"), person="Ada", at=NOW)
    with pytest.raises(UsageFault, match="Kürzel"):
        projects.add(a_project(key="p-1"), person="Ada", at=NOW)


def test_the_second_of_two_people_who_change_a_project_is_told(tmp_path: Path) -> None:
    projects = State(tmp_path).projects
    seen = projects.add(a_project(), person="Ada", at=NOW)
    (kpi,) = seen.kpis
    target = seen.model_copy(update={"kpis": (kpi.model_copy(update={"target": 12.0}),)})
    changed = projects.change(target, person="Ada", at=NOW)
    assert (changed.first.target, changed.version) == (12.0, seen.version + 1)
    with pytest.raises(ChangedMeanwhile):
        projects.change(seen.model_copy(update={"customer": "Südwind"}), person="Bea", at=NOW)
    assert projects.get(seen.id).customer == "Nordwind"


def test_a_frozen_baseline_comes_back_whole_and_is_frozen_once(tmp_path: Path) -> None:
    state = State(tmp_path)
    project = state.projects.add(a_project(), person="Ada", at=NOW)
    frozen = baseline_of(project, retrospective=True)
    running = state.projects.freeze(project, [frozen], status="running", person="Ada", at=NOW)
    assert (running.status, running.retrospective) == ("running", True)
    kept = State(tmp_path).projects.baselines(project.id)
    assert kept == {"days": frozen}
    assert kept["days"].digest == state.projects.digest(project.id, "days")
    assert state.projects.held_snapshots() == {"000001-aa"}
    with pytest.raises(UsageFault, match="eingefroren"):
        state.projects.freeze(running, [frozen], status="running", person="Ada", at=NOW)


def test_closing_says_when(tmp_path: Path) -> None:
    projects = State(tmp_path).projects
    project = projects.add(a_project(), person="Ada", at=NOW)
    closed = projects.close(project.id, project.version, person="Ada", at=NOW)
    assert (closed.status, closed.closed_on) == ("closed", NOW.date())
    with pytest.raises(ChangedMeanwhile):
        projects.close(project.id, project.version, person="Bea", at=NOW)


def test_the_samples_projects_leave_and_own_ones_stay(tmp_path: Path) -> None:
    projects = State(tmp_path).projects
    own = projects.add(a_project(key="own"), person="Ada", at=NOW)
    made_up = projects.add(a_project(key="sample", sample=True), person="Ada", at=NOW)
    projects.freeze(made_up, [baseline_of(made_up)], status="running", person="Ada", at=NOW)
    assert [each.key for each in projects.all(sample=True)] == ["sample"]
    assert projects.remove_sample(person="Ada", at=NOW) == 1
    assert projects.all() == [own]
    assert projects.baselines(made_up.id) == {}
    assert projects.remove_sample(person="Ada", at=NOW) == 0


def test_erasing_a_customer_reaches_filters_and_leaves_numbers_alone(tmp_path: Path) -> None:
    state = State(tmp_path)
    counted = ProjectKpi(
        key="rate", name=same("Quote 12"), unit="percent", better="higher", target=12,
        origin=FromContacts(kpi="win_rate", where={"account_id": ("12", "13")}),
    )  # fmt: skip
    told = ProjectKpi(
        key="told", name=same("Tage"), unit="days", better="lower",
        origin=FromCustomer(before=12, after=9.5, person="Herr 12", on=dt.date(2012, 12, 12)),
    )  # fmt: skip
    project = state.projects.add(a_project(kpis=(counted, told), customer="Kunde 12"), person="Ada", at=NOW)
    assert state.erase(["12"]) == 5
    erased = state.projects.get(project.id)
    assert erased.customer == f"Kunde {ERASED}"
    first, second = erased.kpis
    assert isinstance(first.origin, FromContacts)
    assert first.origin.where == {"account_id": (ERASED, "13")}
    assert (first.target, first.name.de) == (12, f"Quote {ERASED}")
    assert isinstance(second.origin, FromCustomer)
    assert (second.origin.before, second.origin.person) == (12, f"Herr {ERASED}")
    assert second.origin.on == dt.date(2012, 12, 12)
