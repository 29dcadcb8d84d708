"""The recipes of CONTRIBUTING.md do what they say, carried out in a copy of the project."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.recipes import Block, apply, sections

HOME = Path(__file__).resolve().parents[2]
RECIPES = sections(HOME / "CONTRIBUTING.md")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "workspace", "build", "node_modules")

# What the commands of each recipe have to print.
PRINTED = {
    "Add a KPI": [
        "Anteil von uns ausgehender Kontakte",
        "outbound_share",
        "SELECT",
        "Erwartete Auftragsquote der Reisen (120 Tage): ",
        "sind es",
    ],
    "Add a journey model": ["Davor", "Danach", "win_rate"],
    "Add a page": [" passed"],
}


@pytest.fixture
def project(tmp_path: Path, own_sample: Path) -> Path:
    """A copy of the project whose workspace holds the sample, as after the first start."""
    shutil.copytree(HOME, tmp_path / "project", ignore=LEFT_OUT)
    shutil.copytree(HOME / ".streamlit", tmp_path / "project" / ".streamlit")
    own_sample.rename(tmp_path / "project" / "workspace")
    return tmp_path / "project"


def carry_out(block: Block, project: Path) -> str:
    """Do what the block says; what its commands printed."""
    if block.file:
        apply(block, project)
    printed = []
    for command in block.commands:
        start, *words = shlex.split(command)
        assert start == "./run", command
        program = (
            ["-m", "pytest", "-p", "no:cacheprovider", *words[1:]]
            if words[0] == "test"
            else ["cli.py", *words]
        )
        done = subprocess.run(
            [sys.executable, *program],
            cwd=project,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        printed.append(done.stdout)
    return "\n".join(printed)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("recipe", PRINTED)
def test_a_recipe_works_as_it_stands(recipe: str, project: Path) -> None:
    printed = "\n".join(carry_out(block, project) for block in RECIPES[recipe])
    for words in PRINTED[recipe]:
        assert words in printed


def test_every_recipe_is_carried_out_by_a_test() -> None:
    assert {
        title for title, blocks in RECIPES.items() if blocks and title.startswith("Add ")
    } == PRINTED.keys()


def test_a_diff_that_does_not_fit_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\ny = 2\n", encoding="utf-8")
    apply(Block(kind="diff", file="a.py", body=" x = 1\n-y = 2\n+y = 3\n"), tmp_path)
    assert (tmp_path / "a.py").read_text(encoding="utf-8") == "x = 1\ny = 3\n"
    with pytest.raises(AssertionError, match="does not hold"):
        apply(Block(kind="diff", file="a.py", body="-y = 2\n+y = 3\n"), tmp_path)
