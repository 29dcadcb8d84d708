"""A workspace: one folder with settings, models, own KPIs, snapshots and state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from core.catalog import Catalog
from core.settings import Settings, load_settings
from journeys.model import JourneyModel, load_models
from journeys.patience import check_patience
from metrics.model import Kpi, load_kpis
from store.state.state import State
from store.warehouse.snapshot import Snapshot
from store.warehouse.warehouse import Warehouse

SETTINGS = "settings.toml"


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """All that a use case needs. Broken own entries are in the catalogs' `faults`; the rest works."""

    root: Path
    settings: Settings
    models: Catalog[JourneyModel]
    kpis: Catalog[Kpi]
    warehouse: Warehouse
    state: State
    opened: Snapshot | None = None

    @contextmanager
    def open(self, model: str | None = None) -> Iterator[Snapshot]:
        """The current snapshot in a model's phases (None: the base model's). InputFault without data."""
        if self.opened is not None and model in (None, self.opened.model):
            yield self.opened
            return
        with self.warehouse.open(model=model) as snapshot:
            yield snapshot

    @contextmanager
    def reading(self, model: str) -> Iterator[Workspace]:
        """The workspace with its snapshot held open: use cases that call each other read the same one."""
        with self.open(model) as snapshot:
            yield replace(self, opened=snapshot)

    def now(self) -> dt.datetime:
        """The present moment as the workspace's data tell time: naive, in its one time zone."""
        return dt.datetime.now(ZoneInfo(self.settings.time_zone)).replace(tzinfo=None)


def open_workspace(root: Path) -> Workspace:
    """The workspace in a folder, which is made if missing. A broken settings.toml is an InputFault."""
    root.mkdir(parents=True, exist_ok=True)
    settings, models = load_settings(root / SETTINGS), load_models(root / "models")
    check_patience(models.entries.values(), settings)
    return Workspace(
        root=root,
        settings=settings,
        models=models,
        kpis=load_kpis(root / "kpis"),
        warehouse=Warehouse(root),
        state=State(root),
    )


def refresh(workspace: Workspace) -> bool:
    """Builds the current snapshot anew if settings or models have changed; whether they had."""
    return workspace.warehouse.rebuild(workspace.models, workspace.settings) is not None
