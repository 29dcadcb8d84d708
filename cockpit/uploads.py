"""Uploaded files wait on disk under a name of ours until they are imported or discarded."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cockpit.arriving import LEFTOVERS
from cockpit.workspace import Workspace


def keep(ws: Workspace, content: bytes) -> Path:
    """The content as a file in the workspace's scratch folder; one forgotten there goes after a day."""
    scratch = ws.root / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix=LEFTOVERS, dir=scratch)) / "upload"
    path.write_bytes(content)
    return path


def discard(path: Path) -> None:
    """Take an uploaded file away; one that is gone already is fine."""
    path.unlink(missing_ok=True)
    if path.parent.exists():
        path.parent.rmdir()
