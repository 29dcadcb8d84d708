"""Running a command in this process, as `./run` would, and what it printed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import cli
from tests.building import workspace_from_rows


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str | Path) -> Ran:
        capsys.readouterr()
        code = cli.main([str(word) for word in words])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return command


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Path:
    """A copy of `small_once` that a test may change."""
    shutil.copytree(small_once.parent, tmp_path / "small")
    return tmp_path / "small" / small_once.name


@pytest.fixture(scope="session")
def small_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three customers until 2024-03-31: one bought, one was lost, one is still deciding."""
    rows = [
        {"customer_id": "K1", "occurred_at": "2024-01-02 09:00", "touchpoint": "enquiry", "channel": "Messe"},
        {"customer_id": "K1", "occurred_at": "2024-01-09 09:00", "touchpoint": "offer", "channel": "Messe"},
        {"customer_id": "K1", "occurred_at": "2024-01-20 09:00", "touchpoint": "order", "channel": "Messe"},
        {"customer_id": "NA", "occurred_at": "2024-01-03 10:00", "touchpoint": "enquiry", "channel": "Web"},
        {"customer_id": "NA", "occurred_at": "2024-01-05 10:00", "touchpoint": "refusal", "channel": "Web"},
        {"customer_id": "K3", "occurred_at": "2024-03-30 08:00", "touchpoint": "enquiry", "channel": "Web"},
        {"customer_id": "K3", "occurred_at": "2024-03-31 08:00", "touchpoint": "fax", "channel": "Web"},
    ]
    return workspace_from_rows(tmp_path_factory.mktemp("small"), rows).root
