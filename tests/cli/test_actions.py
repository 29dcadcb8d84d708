"""Actions without a browser: what a reminder every morning reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from actions.model import Draft
from cockpit.actions import add, change
from cockpit.workspace import open_workspace
from tests.cli.conftest import Run


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """One action a week late, one to come, one done."""
    ws = open_workspace(tmp_path / "ws")
    today = ws.now().date()
    for days, title, owner in ((-7, "Nachfassen", "Murat"), (5, "Schulen", "Lena"), (-3, "Fertig", "Lena")):
        add(ws, Draft(title=title, owner=owner, due=today + dt.timedelta(days=days)), "Lena")
    change(ws, 3, 1, {"status": "done"}, "Lena")
    return tmp_path / "ws"


def test_running_actions_are_listed_overdue_first(run: Run, workspace: Path) -> None:
    told = run("actions", "--workspace", workspace)
    assert told.out.index("Nachfassen") < told.out.index("Schulen")
    assert "Fertig" not in told.out
    assert "Eine von 2 laufenden Maßnahmen ist überfällig; eine weitere wird bis" in told.err
    assert "Fertig" in run("actions", "--closed", "--workspace", workspace).out


def test_only_what_is_overdue_and_only_ones_own(run: Run, workspace: Path) -> None:
    found = run("actions", "--overdue", "--json", "--workspace", workspace).json
    assert [(one["title"]["de"], one["owner"]) for one in found["actions"]] == [("Nachfassen", "Murat")]
    assert (found["counts"]["running"], found["counts"]["overdue"], found["counts"]["soon"]) == (2, 1, 1)
    own = run("actions", "--owner", "Lena", "--json", "--workspace", workspace).json
    assert [one["title"]["de"] for one in own["actions"]] == ["Schulen"]


def test_an_unknown_owner_is_wrong_usage_and_the_known_are_named(run: Run, workspace: Path) -> None:
    told = run("actions", "--owner", "Olga", "--workspace", workspace)
    assert told.code == 2
    assert "Lena, Murat" in told.err


def test_without_actions_it_says_so(run: Run, tmp_path: Path) -> None:
    told = run("actions", "--workspace", tmp_path / "empty")
    assert "Noch keine Maßnahmen" in told.err
    assert told.out == ""
