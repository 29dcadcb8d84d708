"""The warehouse of a workspace: commits, snapshots, going back, erasing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from core.catalog import Catalog
from core.settings import Settings
from journeys.model import JourneyModel
from store.warehouse.manifest import Batch, Commit, Erasure, Manifest
from store.warehouse.snapshot import Snapshot

Progress = Callable[[float], None]


class Warehouse:
    """Snapshots of a workspace folder. Readers never wait; writers come one at a time (else Busy)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def commit(
        self,
        batches: Sequence[Batch],
        models: Catalog[JourneyModel],
        settings: Settings,
        progress: Progress | None = None,
        *,
        without: Collection[str] = (),
    ) -> Commit:
        """All batches in one new snapshot; sources named in `without` are left out of it.

        Importing own files leaves sample sources out; a sample beside own data is a UsageFault.
        """
        raise NotImplementedError

    def rebuild(self, models: Catalog[JourneyModel], settings: Settings) -> Commit | None:
        """A new snapshot of the same source parts if models or settings have changed since, else None."""
        raise NotImplementedError

    def head(self) -> Manifest | None:
        raise NotImplementedError

    def manifest(self, snapshot: str) -> Manifest:
        """UsageFault where there is none of that id."""
        raise NotImplementedError

    def snapshots(self) -> list[Manifest]:
        """Newest first."""
        raise NotImplementedError

    def go_back(self, snapshot: str) -> Manifest:
        raise NotImplementedError

    def pin(self, snapshot: str) -> None:
        """Never prune it."""
        raise NotImplementedError

    def open(self, snapshot: str | None = None, model: str | None = None) -> Snapshot:
        """The snapshot (None: the current one) in a model's phases (None: the base model's)."""
        raise NotImplementedError

    def verify(self, snapshot: str | None = None) -> list[str]:
        """Names of parts whose bytes are missing or no longer match their hash; empty is whole."""
        raise NotImplementedError

    def erase(self, customer_ids: Collection[str]) -> Erasure:
        raise NotImplementedError
