"""Backup, restore and the trail without a browser."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from checklists.loading import load_checklists
from cockpit.rounds import answer, close_round, invite, open_round
from cockpit.trail import DEEDS
from cockpit.workspace import open_workspace
from store.state.rounds import Own
from tests.cli.conftest import Run

HOME = Path(__file__).resolve().parents[2]
IDS = [statement.id for statement in load_checklists()["journey_quick"].statements]


def test_a_workspace_is_backed_up_and_restored_by_one_command_each(
    run: Run, small: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.wegmarke"
    assert run("backup", file, "--workspace", small).code == 0
    before = run("ledger", "--json", "--workspace", small).json
    refused = run("restore", file, "--workspace", small, "--lang", "en")
    assert refused.code == 2
    assert "--replace" in refused.err
    done = run("restore", file, "--workspace", small, "--replace")
    assert done.code == 0
    assert f"{small.name}-before-restore-" in done.err
    assert run("ledger", "--json", "--workspace", small).json == before
    assert run("restore", file, "--workspace", tmp_path / "new").code == 0
    assert run("ledger", "--json", "--workspace", tmp_path / "new").json == before


def test_what_is_no_backup_is_said_in_a_sentence(run: Run, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.wegmarke"
    file.write_text("no backup", encoding="utf-8")
    told = run("restore", file, "--workspace", small, "--replace")
    assert told.code == 1
    assert "beschädigt" in told.err
    assert run("backup", file, "--workspace", small).code == 2


def test_the_trail_says_who_and_when_and_never_what_somebody_answered(run: Run, tmp_path: Path) -> None:
    ws = open_workspace(tmp_path)
    made = open_round(ws, "journey_quick", team="Vertrieb", closes_on=ws.now().date(), person="Lena")
    places = invite(ws, made.id, [("Anna", "sales"), ("Ben", "sales")], "Lena")
    for place, value in zip(places, (1.0, 0.25), strict=True):
        for statement in IDS:
            answer(ws, place.token, Own(statement=statement, answer=value, evidence_for="nur von mir"))
    close_round(ws, made.id, "Lena")
    shown = run("audit", "--workspace", tmp_path)
    assert "Antwort gespeichert" in shown.out
    whole = run("audit", "--json", "--last", "1000", "--workspace", tmp_path)
    assert {one["who"] for one in whole.json} == {"Lena", "Anna", "Ben"}
    for told in (shown.out, whole.out):
        assert "0.25" not in told
        assert "nur von mir" not in told
        assert not any(statement in told for statement in IDS)
    assert run("audit", "--last", "0", "--workspace", tmp_path).code == 2


@pytest.mark.parametrize("room", ["store", "cockpit"])
def test_every_deed_that_is_written_has_a_name_in_both_languages(room: str) -> None:
    """Found in the source: what stands in a call that writes into the trail."""
    written: set[str] = set()
    for file in (HOME / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called in ("log", "_log") or called.endswith("audit.write"):
                written |= {
                    str(word.value)
                    for word in node.args
                    if isinstance(word, ast.Constant) and re.fullmatch(r"[a-z]+(_[a-z]+)*", str(word.value))
                }
    assert written
    assert written <= set(DEEDS)
