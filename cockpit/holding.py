"""Snapshots that something rests on are never pruned; those on which nothing rests any more may go."""

from __future__ import annotations

from cockpit.workspace import Workspace


def held_snapshots(ws: Workspace) -> set[str]:
    """The snapshots that a frozen baseline or a claim rests on."""
    return ws.state.projects.held_snapshots() | ws.state.claims.held_snapshots()


def hold(ws: Workspace, snapshot: str) -> None:
    """Pins a snapshot that something is about to rest on. Busy where another process writes."""
    if not ws.warehouse.manifest(snapshot).pinned:
        ws.warehouse.pin(snapshot)


def hold_snapshots(ws: Workspace) -> None:
    """Pins what is held and lets go of the rest. Busy where another process writes."""
    held = held_snapshots(ws)
    for manifest in ws.warehouse.snapshots():
        if manifest.pinned != (manifest.id in held):
            ws.warehouse.pin(manifest.id, pinned=manifest.id in held)
