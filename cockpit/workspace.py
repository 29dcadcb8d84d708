"""A workspace: one folder with settings, models, own KPIs, snapshots and state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.catalog import Catalog
from core.settings import Settings, load_settings
from journeys.model import JourneyModel, load_models
from store.warehouse.warehouse import Warehouse


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """All that a use case needs. `kpis` and `state` join as their rooms arrive."""

    root: Path
    settings: Settings
    models: Catalog[JourneyModel]
    warehouse: Warehouse


def open_workspace(root: Path) -> Workspace:
    """The workspace in a folder, which is made where it is missing. A broken settings.toml is an InputFault."""
    root.mkdir(parents=True, exist_ok=True)
    return Workspace(
        root=root,
        settings=load_settings(root / "settings.toml"),
        models=load_models(root / "models"),
        warehouse=Warehouse(root),
    )
