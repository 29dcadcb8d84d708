"""Who is at work: until there is a login, a name typed once for each installation, not verified."""

from __future__ import annotations

from cockpit.workspace import Workspace

_NAME = "person"


def name_of(ws: Workspace) -> str:
    """The name typed before, or nothing."""
    return ws.state.values.get(_NAME) or ""


def remember_name(ws: Workspace, name: str) -> None:
    if name.strip() and name.strip() != name_of(ws):
        ws.state.values.set(_NAME, name.strip())
