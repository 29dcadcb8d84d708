"""Reference files: found through WEGMARKE_REFERENCE, checked by hash, skipped with a reason without it."""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path

import pytest

from cockpit.workspace import Workspace, open_workspace

HERE = Path(__file__).parent
VARIABLE = "WEGMARKE_REFERENCE"
FILES: dict[str, dict[str, str]] = tomllib.loads((HERE / "files.toml").read_text(encoding="utf-8"))


def reference_file(name: str) -> Path:
    """A reference file whose bytes are the known ones; else the test is skipped and says why."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        pytest.skip(f"{VARIABLE} is not set")
    path = Path(folder) / FILES[name]["path"]
    if not path.is_file():
        pytest.skip(f"{FILES[name]['path']} is not in the folder that {VARIABLE} names")
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != FILES[name]["sha256"]:
        pytest.fail(f"{FILES[name]['path']} is not the known file: SHA-256 {found}")
    return path


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "workspace")
