"""What a snapshot is: a manifest that names immutable parts. A value; files.py writes it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from store.intake.mapping import Mode, TouchpointRule


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Frozen):
    """An immutable Parquet file, named by its SHA-256, with its rows and the records they come from.

    A source part that was joined from those of several imports counts them in `files`; its column `file_no`
    tells them apart.
    """

    sha256: str
    size: int
    rows: int
    records: int = 0
    files: int = 1

    @property
    def name(self) -> str:
        return f"{self.sha256}.parquet"


class Batch(Frozen):
    """One mapped file on its way into the warehouse.

    `records` is a Parquet file shaped like a source part (docs/tables.md). `rejected` counts the records that
    are not in it; `rejects` lists why (row_no, column, value, reason_de, reason_en). `data_end` is the last
    instant the source covers; None: its last dated row that does not lie in the future. `dimensions` maps own
    columns to their original headers; `mapping` is the mapping's text, kept to explain the import.
    `distinct`: no record key comes twice, so that nobody has to look.
    """

    source: str
    table: str = "contacts"
    mode: Mode = "append"
    data_end: dt.datetime | None = None
    sample: bool = False
    touchpoints: dict[str, TouchpointRule] = Field(default_factory=dict)
    dimensions: dict[str, str] = Field(default_factory=dict)
    mapping: str = ""
    records: Path
    rejects: Path | None = None
    original: Path | None = None
    original_name: str = ""
    rejected: int = 0
    distinct: bool = False


class SourceCounts(Frozen):
    """What one import did. Records in = new + unchanged + changed + rejected; `removed` were there before.

    `erased` is how many of the rejected belong to erased customers; `contacts` are the rows that the accepted
    records make, `planned` those of them that lie after the data end.
    """

    source: str
    table: str
    new: int = 0
    unchanged: int = 0
    changed: int = 0
    removed: int = 0
    rejected: int = 0
    erased: int = 0
    contacts: int = 0
    planned: int = 0

    @property
    def records(self) -> int:
        return self.new + self.unchanged + self.changed + self.rejected


class Import(Frozen):
    """An import as it was recorded. `original` and `rejects` name kept files; None: none kept, or erased."""

    id: str
    at: dt.datetime
    file: str
    original: str | None = None
    original_erased: bool = False
    rejects: str | None = None
    counts: SourceCounts


class Source(Frozen):
    """A source in a snapshot. `data_end` is the last instant covered; contacts after it are planned."""

    table: str
    mode: Mode
    data_end: dt.datetime | None
    sample: bool = False
    touchpoints: dict[str, TouchpointRule] = Field(default_factory=dict)
    dimensions: dict[str, str] = Field(default_factory=dict)
    mapping: str = ""
    parts: tuple[Part, ...] = ()
    planned: int = 0

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def records(self) -> int:
        return sum(part.records for part in self.parts)


class Model(Frozen):
    """A journey model as it was when the derived tables were built: its phases in order, and their parts."""

    phases: tuple[str, ...]
    visits: tuple[Part, ...] = ()
    journeys: tuple[Part, ...] = ()
    sightings: tuple[Part, ...] = ()

    def parts(self) -> Iterator[Part]:
        yield from self.visits
        yield from self.journeys
        yield from self.sightings


class Fold(Frozen):
    """What was folded in beside the built tables: all rows of the customers that it touched, by model.

    A customer's rows are those of the latest fold that touched them, else of the build.
    """

    number: int
    contacts: tuple[Part, ...] = ()
    models: dict[str, Model] = Field(default_factory=dict)

    def parts(self) -> Iterator[Part]:
        yield from self.contacts
        for model in self.models.values():
            yield from model.parts()


class Profile(Frozen):
    """What a source holds: counted rows, how many of them fill each column, and contacts by event."""

    rows: int = 0
    columns: dict[str, int] = Field(default_factory=dict)
    events: dict[str, int] = Field(default_factory=dict)


class Erasure(Frozen):
    """An erasure: which parts became which (None: nothing was left), originals deleted, rows gone. No ids."""

    id: str
    at: dt.datetime
    customers: int
    parts: dict[str, str | None] = Field(default_factory=dict)
    originals: tuple[str, ...] = ()
    rows: int = 0


class Manifest(Frozen):
    """A snapshot. `built_from` is the fingerprint of models and settings used.

    `superseded` lists the customers and journeys whose rows stand in one of the `folds`, and in which.
    `meanings` counts the contacts of each phase by their event.
    """

    id: str
    number: int
    made_at: dt.datetime
    parent: str | None = None
    pinned: bool = False
    base_model: str
    models: dict[str, Model] = Field(default_factory=dict)
    sources: dict[str, Source] = Field(default_factory=dict)
    contacts: tuple[Part, ...] = ()
    folds: tuple[Fold, ...] = ()
    superseded: Part | None = None
    profile: dict[str, Profile] = Field(default_factory=dict)
    unassigned: dict[str, int] = Field(default_factory=dict)
    by_phase: dict[str, int] = Field(default_factory=dict)
    meanings: dict[str, dict[str, int]] = Field(default_factory=dict)
    built_from: str = ""
    imports: tuple[Import, ...] = ()
    erasures: tuple[Erasure, ...] = ()

    @property
    def dimensions(self) -> dict[str, str]:
        """Own columns of the contacts sources and their original headers."""
        return {
            column: header
            for _, source in sorted(self.sources.items())
            if source.table == "contacts"
            for column, header in source.dimensions.items()
        }

    @property
    def counted(self) -> int:
        """Contacts that count: neither planned nor erased."""
        return sum(
            self.profile[name].rows
            for name, source in self.sources.items()
            if source.table == "contacts" and name in self.profile
        )

    @property
    def meaning_pairs(self) -> list[tuple[str, str]]:
        """The pairs of base phase and event that contacts have."""
        return [(phase, event) for phase, events in self.meanings.items() for event in events]

    @property
    def sample(self) -> bool:
        return any(source.sample for source in self.sources.values())

    def parts(self) -> Iterator[Part]:
        """Every part the snapshot needs."""
        for source in self.sources.values():
            yield from source.parts
        yield from self.contacts
        for model in self.models.values():
            yield from model.parts()
        for fold in self.folds:
            yield from fold.parts()
        if self.superseded:
            yield self.superseded


class Commit(Frozen):
    """What a commit did: the new snapshot, the one before it, and the counts of each batch in order."""

    snapshot: str
    previous: str | None
    sources: tuple[SourceCounts, ...] = ()


def fingerprint(*values: Any) -> str:
    """A SHA-256 over the JSON form of values, for telling whether something is still the same."""
    return hashlib.sha256("\n".join(map(str, values)).encode()).hexdigest()
