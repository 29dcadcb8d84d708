"""Results kept beside a snapshot: whatever the data of a snapshot say once they say always."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cockpit.workspace import Workspace
from core.query import Query
from store.warehouse.snapshot import Snapshot
from store.warehouse.warehouse import Warehouse

ROOMS = ("core", "journeys", "metrics", "cockpit", "store")


@cache
def code_version() -> str:
    """Changes with any line of code or catalog that results may rest on, so that none outlives its rule."""
    home = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in ROOMS:
        for file in sorted([*(home / room).rglob("*.py"), *(home / room).rglob("*.toml")]):
            digest.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True)
class Keeper:
    """Where an open snapshot's results are kept, in the phases of the model it is open in."""

    warehouse: Warehouse
    snapshot: Snapshot

    def get(self, name: str, *about: object) -> Any:
        """The JSON value kept under a name and everything that decides it; None where none is kept."""
        data = self.warehouse.kept_result(self.snapshot.id, self._key(name, about))
        return None if data is None else json.loads(data)

    def put(self, name: str, *about: object, value: Any) -> None:
        """Keeps a JSON value. `about` must name all that decides it but the data, the model and the code."""
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        # A disk that is full or may only be read costs the next visitor time; this one has the result.
        with suppress(OSError):
            self.warehouse.keep_result(self.snapshot.id, self._key(name, about), data)

    def _key(self, name: str, about: tuple[object, ...]) -> str:
        # An erasure changes a snapshot's parts, not its id.
        parts = sorted(part.sha256 for part in self.snapshot.manifest.parts())
        held = hashlib.sha256("".join(parts).encode()).hexdigest()
        return "\n".join([name, code_version(), self.snapshot.model, held, *map(repr, about)])


def kept_rows(ws: Workspace, snapshot: Snapshot, query: Query, *, unfiltered: bool = True) -> list[list[Any]]:
    """The rows of a query whose values are plain (texts, numbers, NULL); kept where the view has no filter.

    A filter is one of very many, so that keeping its answers would cost more room than time.
    """

    def asked() -> list[list[Any]]:
        return [list(row) for row in snapshot.rows(query)]

    if not unfiltered:
        return asked()
    rows: list[list[Any]] = kept(ws, snapshot, "rows", (query.sql, sorted(query.values.items())), asked)
    return rows


def kept(
    ws: Workspace, snapshot: Snapshot, name: str, about: tuple[object, ...], compute: Callable[[], Any]
) -> Any:
    """The JSON value that `compute` gives, from what is kept where it is. See Keeper for `about`."""
    keeper = Keeper(ws.warehouse, snapshot)
    found = keeper.get(name, *about)
    if found is None:
        found = compute()
        keeper.put(name, *about, value=found)
    return found
