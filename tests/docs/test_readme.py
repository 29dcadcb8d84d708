"""What the README says is so."""

from __future__ import annotations

import re
import shlex
import stat
import sys
from pathlib import Path

import pytest

import cli
from checklists.loading import load_checklists
from tests.docs.recipes import sections
from tests.test_architecture import FLOORS, LEFT_OUT

HOME = Path(__file__).resolve().parents[2]
README = HOME / "README.md"
TEXT = README.read_text(encoding="utf-8")

EXPORT = "Kunde;Datum;Aktivität\nK-10042;01.02.2024;Anfrage\nK2;15.02.2024;Anfrage\n"


def test_every_link_leads_somewhere() -> None:
    for document in [README, HOME / "CONTRIBUTING.md", HOME / "CHANGELOG.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (HOME / target).exists(), f"{document.name}: {target}"


def test_the_map_shows_every_room_and_no_room_that_is_not_there() -> None:
    shown = {
        name.rstrip("/").removesuffix(".py") for name in re.findall(r"^\| `([^`]+)` \|", TEXT, re.MULTILINE)
    }
    there = {
        path.name.removesuffix(".py")
        for path in HOME.iterdir()
        if (path.is_dir() and not path.name.startswith(".") and path.name not in LEFT_OUT)
        or path.suffix == ".py"
        or path.name == "run"
    }
    assert shown == there
    assert {room for floor in FLOORS for room in floor if (HOME / room).is_dir()} <= shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no run bit")
def test_the_two_commands_can_be_typed_as_they_stand() -> None:
    assert [command for block in sections(README)["Two commands"] for command in block.commands] == [
        "./run",
        "./run test",
    ]
    assert (HOME / "run").stat().st_mode & stat.S_IXUSR


def test_the_commands_work_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a file of one's own; what the README types after `./run`, pipes into files included."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WEGMARKE_WORKSPACE", str(tmp_path / "workspace"))
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    statements = [statement.id for statement in load_checklists()["journey_quick"].statements]
    answers = "\n".join(["statement,anna,ben", *(f"{name},1,0.5" for name in statements)])
    (tmp_path / "answers.csv").write_text(answers, encoding="utf-8")
    found = sections(README)
    titles = ["Your own data in five minutes", "The daily commands"]
    commands = [command for title in titles for block in found[title] for command in block.commands]
    assert len(commands) > 8
    for command in commands:
        words, _, target = command.partition(" > ")
        capsys.readouterr()
        code = cli.main(shlex.split(words)[1:])
        printed = capsys.readouterr()
        assert code == 0, f"{command}: {printed.err}"
        if target:
            (tmp_path / target).write_text(printed.out, encoding="utf-8")
