"""One browser for all tests of a process, and the servers that several tests may share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.installed import browser as installed_browser
from tests.browser.serving import served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium. Without one tests are skipped with a reason; with CI set they fail."""
    program = installed_browser()
    if program is None:
        reason = "no Chromium, Chrome or Edge is installed (./run test --all tries to download one)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty") / "workspace"


@pytest.fixture(scope="session")
def server(sample_workspace: Path) -> Iterator[str]:
    """A server on the sample data that tests share; for those that only look."""
    with served(sample_workspace) as address:
        yield address
