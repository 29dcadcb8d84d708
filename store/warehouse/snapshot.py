"""Reading a snapshot: a hardened DuckDB over the parts its manifest names, and nothing else."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import pandas as pd

from core.query import Query
from store.warehouse.manifest import Manifest


class Snapshot:
    """An open snapshot with the views of docs/tables.md. Safe to use from several threads; close it or use `with`."""

    manifest: Manifest
    model: str

    @property
    def id(self) -> str:
        return self.manifest.id

    def frame(self, query: Query) -> pd.DataFrame:
        raise NotImplementedError

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
