"""The navigation leads to a page as such, from one thing on that page too, and going back leads back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cockpit.workspace import open_workspace
from tests.browser.visiting import visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PATIENCE = 60_000  # milliseconds


@pytest.mark.parametrize(("path", "name"), [("projects", "project"), ("actions", "action")])
def test_an_entry_leaves_the_one_thing_that_is_open_and_going_back_returns_to_it(
    path: str, name: str, chromium: Browser, server: str, sample_workspace: Path
) -> None:
    state = open_workspace(sample_workspace).state
    one = state.projects.all()[0].id if name == "project" else state.actions.all()[0].id
    seen = visit(chromium, f"{server}/{path}?lang=de&{name}={one}")
    page = seen.page
    try:
        expect(page).to_have_url(re.compile(f"{name}={one}"), timeout=PATIENCE)
        title = page.locator("h1", has_text=page.locator("h1").inner_text())
        page.locator(f'[data-testid=stTopNavLink][href$="/{path}"]').click()
        expect(title).to_have_count(0, timeout=PATIENCE)
        expect(page).not_to_have_url(re.compile(f"{name}="), timeout=PATIENCE)
        page.go_back()
        expect(title).to_have_count(1, timeout=PATIENCE)
    finally:
        page.context.close()
