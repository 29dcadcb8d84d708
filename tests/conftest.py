"""What all tests share: reproducible property tests, and the sample data loaded once."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# A busy machine is slow, not wrong: no deadline. Continuous integration draws the same examples every time.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

# People never see a traceback; tests have to.
os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"
# No test may touch the workspace of whoever runs it, nor speak another language than it asks for.
os.environ.pop("WEGMARKE_WORKSPACE", None)
os.environ.pop("WEGMARKE_LANG", None)
os.environ.pop("WEGMARKE_STATE_URL", None)

SECONDS_TO_BUILD = 300


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace holding the sample data, built once for all processes of a run. To be read only."""
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if os.environ.get("PYTEST_XDIST_WORKER") else here
    return built_once(shared / "sample", _load_sample) / "workspace"


@pytest.fixture
def own_sample(sample_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the sample workspace that a test may change."""
    shutil.copytree(sample_workspace.parent, tmp_path / "sample")
    return tmp_path / "sample" / "workspace"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many reference tests ran. It stands here because the process that reports collects nothing."""
    counts = {
        outcome: sum(
            report.nodeid.startswith("tests/reference/")
            for report in terminalreporter.stats.get(outcome, [])
            if isinstance(report, pytest.TestReport)
        )
        for outcome in ("passed", "failed", "skipped")
    }
    if sum(counts.values()):
        ran = counts["passed"] + counts["failed"]
        terminalreporter.write_line(f"reference: {ran} ran, {counts['skipped']} skipped")


def built_once(folder: Path, build: Callable[[Path], None]) -> Path:
    """The folder, filled by whichever process comes first; the others wait until it is done."""
    done, failed = folder.with_suffix(".done"), folder.with_suffix(".failed")
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        latest = time.monotonic() + SECONDS_TO_BUILD
        while not done.exists():
            if failed.exists() or time.monotonic() > latest:
                pytest.fail(f"another process could not build {folder.name}")
            time.sleep(0.1)
        return folder
    try:
        build(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder


def _load_sample(folder: Path) -> None:
    from cockpit.sample import load_sample  # noqa: PLC0415 - most tests do not need the house
    from cockpit.workspace import open_workspace  # noqa: PLC0415

    load_sample(open_workspace(folder / "workspace"))
