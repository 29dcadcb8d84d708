"""Open a page without a browser, as a session of the app does."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup
from streamlit.util import calc_hash

from ui.links import PATHS, PageId

ENTRY = Path(__file__).resolve().parents[2] / "shell" / "main.py"
SECONDS = 120


def opened(
    page: PageId, workspace: Path, monkeypatch: pytest.MonkeyPatch, **query: str | list[str]
) -> AppTest:
    """The page after its first run on a workspace."""
    monkeypatch.setenv("WEGMARKE_WORKSPACE", str(workspace))
    app = AppTest.from_file(str(ENTRY), default_timeout=SECONDS)
    # switch_page() knows pages by their files; ours are functions, which Streamlit knows by their path.
    app._page_hash = calc_hash(PATHS[page])
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def markup(app: AppTest) -> str:
    """All that the page draws as HTML."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def address(app: AppTest) -> dict[str, list[str]]:
    """What the page puts into the browser's address after the run."""
    found = re.findall(r"location\.search !== '\?([^']*)'", markup(app))
    return parse_qs(found[-1])


def choose(app: AppTest, key: str, value: str) -> None:
    """Press one of the connected buttons of a switch."""
    switch = next(switch for switch in app.get("segmented_control") if switch.key == key)
    assert isinstance(switch, ButtonGroup)
    switch.set_value(value).run()
