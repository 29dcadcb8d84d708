"""Workspaces of any size for the benchmarks, imported through the product."""

from __future__ import annotations

from pathlib import Path

from benchmarks.making import make, mapping
from cockpit.importing import import_file, load_mapping
from cockpit.workspace import Workspace, open_workspace


def workspace_of(folder: Path, rows: int) -> Workspace:
    """A workspace with that many contacts; one that lies in the folder already is taken as it is."""
    ws = open_workspace(folder / "workspace")
    if ws.warehouse.head() is None:
        make(folder, rows, csv=False)
        (folder / "mapping.toml").write_text(mapping("."), encoding="utf-8")
        import_file(ws, folder / "contacts.parquet", load_mapping(folder / "mapping.toml"))
    return ws
