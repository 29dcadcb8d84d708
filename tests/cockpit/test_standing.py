"""The weakest dimension that the overview names: of the latest rounds, without evaluating a KPI."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cockpit import evaluation
from cockpit.rounds import answer, close_round, invite, open_round
from cockpit.standing import weakest_of
from cockpit.workspace import Workspace, open_workspace
from store.state.rounds import Own

UNTIL = dt.date(2999, 1, 1)


def held(ws: Workspace, team: str, weak: str, *, is_open: bool = False) -> str:
    """A closed round in which everything holds but one dimension; returns its id."""
    made = open_round(ws, "journey_quick", team=team, closes_on=UNTIL, person="Lena", is_open=is_open)
    for place in invite(ws, made.id, [(name, "") for name in ("A", "B", "C")], "Lena"):
        for dimension in made.checklist.dimensions:
            for statement in dimension.statements:
                value = 0.25 if dimension.id == weak else 1.0
                answer(ws, place.token, Own(statement=statement.id, answer=value))
    return close_round(ws, made.id, "Lena").id


def test_without_a_round_nothing_is_weakest(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    assert weakest_of(ws) is None
    open_round(ws, "journey_quick", team="Vertrieb", closes_on=UNTIL, person="Lena")
    assert weakest_of(ws) is None


def test_the_weakest_dimension_is_that_of_a_teams_latest_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "evaluate_scene", lambda *_: pytest.fail("a KPI was evaluated"))
    ws = open_workspace(tmp_path)
    held(ws, "Vertrieb", "winning")
    latest = held(ws, "Vertrieb", "selling")
    found = weakest_of(ws)
    assert found is not None
    assert (found.dimension.id, found.team, found.round_id) == ("selling", "Vertrieb", latest)
    assert found.level == pytest.approx(1.25)
    assert found.respondents == 3
    assert found.day == ws.now().date()


def test_a_prospects_round_counts_only_where_there_is_no_teams(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    prospect = held(ws, "Interessent", "winning", is_open=True)
    found = weakest_of(ws)
    assert found is not None
    assert found.round_id == prospect
    held(ws, "Vertrieb", "selling")
    found = weakest_of(ws)
    assert found is not None
    assert found.team == "Vertrieb"
