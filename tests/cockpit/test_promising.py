"""From a promise to the Soll over the sample: what fits, what is bound, what stays frozen."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.projects import create, frozen
from cockpit.promising import adopt, adopt_first, aims_of, kpi_from, offered, promise_of, release
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from proof.project import Project
from store.state.database import ChangedMeanwhile
from tests.proof.test_projects import a_project


@pytest.fixture
def ws(own_sample: Path) -> Workspace:
    return open_workspace(own_sample)


def project_of(ws: Workspace, key: str) -> Project:
    return next(each for each in ws.state.projects.all() if each.key == key)


def test_the_sample_shows_a_soll_that_was_promised_and_one_still_free(ws: Workspace) -> None:
    one = project_of(ws, "F-01")
    (aim,) = aims_of(ws, one)
    assert (aim.promise.prospect, aim.target, aim.late) == ("Kastanienhof Wohnbau eG (erfunden)", 20.0, False)
    assert one.first.target == aim.target
    assert offered(ws, one) == [], "a KPI has one Soll"
    (free,) = offered(ws, project_of(ws, "F-02"))
    assert (free.promise.prospect, free.target) == ("Brunnengut Verwaltung GmbH (erfunden)", 17.6)
    assert free.late
    assert offered(ws, project_of(ws, "F-03")) == [], "another KPI"


def test_adopting_a_promise_sets_the_soll_and_leaves_the_frozen_baseline_alone(ws: Workspace) -> None:
    before = project_of(ws, "F-02")
    assert frozen(ws, before)
    baselines = ws.state.projects.baselines(before.id)
    (free,) = offered(ws, before)
    bound = adopt(ws, free.promise, before, free.kpi.key, "Ada")
    now = project_of(ws, "F-02")
    assert now.first.target == 17.6
    assert now.model_copy(update={"kpis": before.kpis, "version": before.version}) == before
    assert ws.state.projects.baselines(before.id) == baselines
    assert [aim.promise for aim in aims_of(ws, now)] == [bound]
    assert promise_of(ws, str(bound.id)) is None
    with pytest.raises(ChangedMeanwhile):
        adopt(ws, free.promise, now, free.kpi.key, "Bob")
    release(ws, bound, "Ada")
    assert aims_of(ws, project_of(ws, "F-02")) == []
    assert project_of(ws, "F-02").first.target == 17.6


def test_a_promise_about_another_kpi_is_no_soll(ws: Workspace) -> None:
    (free,) = offered(ws, project_of(ws, "F-02"))
    other = project_of(ws, "F-03")
    with pytest.raises(UsageFault, match="andere Kennzahl"):
        adopt(ws, free.promise, other, other.first.key, "Ada")


def test_a_new_project_begins_with_what_was_promised(ws: Workspace) -> None:
    (free,) = offered(ws, project_of(ws, "F-02"))
    begun = kpi_from(free.promise)
    assert begun is not None
    assert (begun.name, begun.unit, begun.better, begun.target) == (
        free.kpi.name, "hours", "lower", 17.6,
    )  # fmt: skip
    made = create(ws, a_project(key="N-1", customer="Brunnengut", kpis=(begun,)), "Ada")
    bound = adopt_first(ws, free.promise, made.id, "Ada")
    assert bound is not None
    assert (bound.project, bound.aim) == (made.id, begun.key)


def test_a_soll_typed_otherwise_stays_and_a_project_without_the_kpi_takes_no_promise(ws: Workspace) -> None:
    (free,) = offered(ws, project_of(ws, "F-02"))
    begun = kpi_from(free.promise)
    assert begun is not None
    without = create(ws, a_project(key="N-1"), "Ada")
    assert adopt_first(ws, free.promise, without.id, "Ada") is None
    bolder = begun.model_copy(update={"target": 15.0})
    made = create(ws, a_project(key="N-2", kpis=(bolder,)), "Ada")
    bound = adopt_first(ws, free.promise, made.id, "Ada")
    assert bound is not None
    (aim,) = aims_of(ws, ws.state.projects.get(made.id))
    assert (aim.kpi.target, aim.target) == (15.0, 17.6)
