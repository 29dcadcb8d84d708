"""Reading a snapshot: a hardened DuckDB over the parts its manifest names, and nothing else."""

from __future__ import annotations

import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd
from duckdb import DuckDBPyConnection, InterruptException, OutOfMemoryException

from core.errors import InputFault, UsageFault, did_you_mean
from core.query import Query
from core.text import Text
from store.engine import connect, parquet
from store.warehouse.files import Files
from store.warehouse.manifest import Manifest
from store.warehouse.results import Results, kept_name
from store.warehouse.views import create_contacts, create_derived, create_imported, layers_of

SECONDS = 120
"""A single query of a page or of a user's KPI may not run longer."""
LEAST_MB = 1000
CONTACTS_PER_MB = 20_000
"""What must be told apart in memory grows with the data: customers, journeys, and what differs among them."""


class Snapshot:
    """An open snapshot with the views of docs/tables.md. Safe for several threads; close it or use `with`."""

    def __init__(
        self, files: Files, manifest: Manifest, model: str | None = None, *, seconds: int = SECONDS
    ) -> None:
        """No question may take longer than `seconds`.

        UsageFault for a model the snapshot was not built for, InputFault where a part is damaged.
        """
        self.manifest = manifest
        self.model = model or manifest.base_model
        if self.model not in manifest.models:
            raise _unknown_model(self.model, manifest)
        self._seconds = seconds
        self._files = files
        self._results = Results(files.root, files.scratch).folder(manifest.id)
        self._temp = files.scratch / f"read-{uuid.uuid4().hex}"
        self._opened: DuckDBPyConnection | None = None
        self._opening = threading.Lock()
        self._check_parts()

    def _check_parts(self) -> None:
        if self._files.damaged(self.manifest.parts(), fully=False):
            raise InputFault(
                Text(
                    de="Der Schnappschuss {id} ist beschädigt: Dateien fehlen oder sind unvollständig. Bitte "
                    "gehen Sie auf einen früheren Schnappschuss zurück oder importieren Sie erneut.",
                    en="Snapshot {id} is damaged: files are missing or incomplete. Please go back to an "
                    "earlier snapshot or import again.",
                ).fill(id=self.manifest.id)
            )

    def _connection(self) -> DuckDBPyConnection:
        """Opened with the first question: who finds all answers among the kept results never asks one."""
        with self._opening:
            if self._opened is None:
                self._opened = self._connected()
            return self._opened

    def _connected(self) -> DuckDBPyConnection:
        files, manifest = self._files, self.manifest
        self._check_parts()  # it may have been pruned since
        parts = [files.path(part) for part in manifest.parts()]
        connection = connect(
            temp=self._temp,
            memory_mb=_memory_mb(manifest.counted),
            readable=[*parts, self._results],
            seconds=self._seconds,
            lasting=True,
        )
        try:
            coarser = None if self.model == manifest.base_model else self.model
            create_contacts(connection, files, layers_of(manifest, "contacts"), coarser)
            create_derived(connection, files, manifest, self.model)
            create_imported(connection, files, manifest)
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def phases(self) -> tuple[str, ...]:
        """The phases of the chosen model, in order."""
        return self.manifest.models[self.model].phases

    def frame(self, query: Query) -> pd.DataFrame:
        """The result with the query's columns. InputFault where it takes too long or too much memory."""
        return self._run(query).df()

    def rows(self, query: Query) -> list[tuple[Any, ...]]:
        """The result as plain Python values. InputFault as `frame`."""
        return self._run(query).fetchall()

    def arrow(self, query: Query) -> Any:
        """The result as an Arrow table, for many rows. InputFault as `frame`."""
        with _told_when_too_much(self._seconds):
            relation = self._connection().cursor().sql(query.sql, params=dict(query.values) or None)
            return relation.to_arrow_table()

    def make(self, query: Query) -> str:
        """Works out a relation once and keeps it while the snapshot is open; returns the table's name."""
        name = f"made_{uuid.uuid4().hex}"
        self._run(Query(sql=f"CREATE TABLE {name} AS {query.sql}", values=query.values))
        return name

    def table(self, key: str) -> str | None:
        """A relation kept beside the snapshot under a key, to stand in FROM; None where none is kept."""
        file = self._kept(key)
        return parquet([file]) if file.is_file() else None

    def keep_table(self, key: str, query: Query) -> str:
        """Works out a relation and keeps it beside the snapshot under a key that names all but the data.

        Where that cannot be (no room, a customer erased meanwhile) it lasts while the snapshot is open.
        """
        draft = self._temp / f"{uuid.uuid4().hex}.parquet"
        values = {**query.values, "__target": str(draft)}
        copied = f"COPY ({query.sql}) TO $__target (FORMAT parquet, COMPRESSION zstd)"
        self._run(Query(sql=copied, values=values))
        kept = self._kept(key)
        try:
            draft.replace(kept)
            if list(self._files.manifest(self.id).parts()) == list(self.manifest.parts()):
                return parquet([kept])
            kept.replace(draft)
        except (OSError, UsageFault):  # read only, or the snapshot has just been pruned
            pass
        return parquet([draft])

    def _kept(self, key: str) -> Path:
        """The file of a kept relation: it holds what the parts say in the model's phases."""
        parts = sorted(part.sha256 for part in self.manifest.parts())
        return self._results / f"{kept_name(' '.join([self.model, *parts, key]))}.parquet"

    def _run(self, query: Query) -> DuckDBPyConnection:
        with _told_when_too_much(self._seconds):
            return self._connection().cursor().execute(query.sql, dict(query.values))

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        shutil.rmtree(self._temp, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _memory_mb(contacts: int) -> int:
    """What a question over so many contacts may take: never more than half of the machine."""
    wanted = max(LEAST_MB, contacts // CONTACTS_PER_MB)
    if not hasattr(os, "sysconf"):
        return wanted
    half = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2_000_000
    return min(wanted, max(LEAST_MB, half))


@contextmanager
def _told_when_too_much(seconds: int) -> Iterator[None]:
    """A query that was broken off, or that outgrew its memory, is the question's fault."""
    try:
        yield
    except InterruptException as error:
        raise InputFault(
            Text(
                de="Die Auswertung dauerte länger als {seconds} Sekunden und wurde abgebrochen. Bitte "
                "grenzen Sie sie ein.",
                en="The evaluation took longer than {seconds} seconds and was stopped. Please narrow "
                "it down.",
            ).fill(seconds=seconds)
        ) from error
    except OutOfMemoryException as error:
        raise InputFault(
            Text(
                de="Für diese Auswertung reicht der Arbeitsspeicher nicht. Bitte grenzen Sie sie ein.",
                en="There is not enough memory for this evaluation. Please narrow it down.",
            )
        ) from error


def _unknown_model(model: str, manifest: Manifest) -> UsageFault:
    known = list(manifest.models)
    hint = did_you_mean(model, known)
    return UsageFault(
        Text(
            de="Das Journey-Modell „{model}“ gibt es in diesem Schnappschuss nicht. Möglich: {known}.",
            en="This snapshot has no journey model “{model}”. Possible: {known}.",
        ).fill(model=model, known=", ".join([hint, *(k for k in known if k != hint)] if hint else known))
    )
