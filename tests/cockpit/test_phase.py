"""A phase in depth: its parts add up and agree with counts of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.phase import phase_view
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.query import Query
from core.view import View


@pytest.fixture(scope="module")
def ws(sample_workspace: Path) -> Workspace:
    return open_workspace(sample_workspace)


@pytest.mark.parametrize("model", ["seven_phase", "five_phase"])
@pytest.mark.parametrize("where", [{}, {"segment": ("B2C",)}])
def test_ends_origins_and_destinations_each_add_up_to_the_visits(
    ws: Workspace, model: str, where: dict[str, tuple[str, ...]]
) -> None:
    for phase in ws.models[model].phases:
        shown = phase_view(ws, View(model=model, period="r12", where=where), phase.id)
        assert shown is not None
        ends = shown.ends
        assert ends.visits == (
            ends.advanced + ends.skipped + ends.back + ends.completed + ends.lost + ends.open
        )
        assert sum(passage.visits for passage in shown.came_from) == ends.visits
        assert sum(passage.visits for passage in shown.went_to) == ends.visits
        assert all(step.done is None or 0 <= step.done <= ends.visits for step in shown.steps)


def test_touchpoints_are_those_of_the_contacts_in_the_period(ws: Workspace) -> None:
    shown = phase_view(ws, View(period="2026-09"), "preference")
    assert shown is not None
    with ws.warehouse.open() as snapshot:
        frame = snapshot.frame(
            Query(sql="SELECT touchpoint, customer_id, occurred_at FROM contacts WHERE phase = 'preference'")
        )
    mine = frame[frame["occurred_at"].dt.strftime("%Y-%m") == "2026-09"]
    by_name = mine.groupby("touchpoint")["customer_id"]
    assert {met.name: (met.contacts, met.customers) for met in shown.met["touchpoint"]} == {
        str(name): (len(ids), ids.nunique()) for name, ids in by_name
    }


def test_the_headline_comes_first_and_every_kpi_the_model_names_is_there(ws: Workspace) -> None:
    for phase in ws.models["seven_phase"].phases:
        shown = phase_view(ws, View(), phase.id)
        assert shown is not None
        kpis = [result.kpi for result in shown.results]
        assert kpis[0] == phase.headline
        assert set(phase.kpis) <= set(kpis)
        assert len(kpis) >= 4


def test_a_phase_that_the_model_lacks_is_refused_by_name(ws: Workspace) -> None:
    with pytest.raises(UsageFault, match="preference"):
        phase_view(ws, View(model="five_phase"), "preference")
