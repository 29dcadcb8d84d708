"""What the workspace holds: sources, the files they came from, their rejects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.scope import data_end_of
from cockpit.workspace import Workspace
from store.intake.mapping import Mode
from store.warehouse.manifest import Import


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A source of the current snapshot. `rows` are its rows or contacts, `planned` those after `data_end`."""

    name: str
    table: str
    mode: Mode
    records: int
    rows: int
    planned: int
    data_end: dt.datetime | None
    sample: bool


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """The current snapshot's sources and imports, the newest import first."""

    snapshot: str
    sample: bool
    contacts: int
    data_end: dt.datetime | None
    sources: tuple[Holding, ...]
    imports: tuple[Import, ...]
    unassigned: dict[str, int]

    @property
    def planned(self) -> int:
        return sum(source.planned for source in self.sources)


def holdings(ws: Workspace) -> Holdings | None:
    """None while nothing has been imported, or when all sources were removed."""
    head = ws.warehouse.head()
    if head is None or not head.sources:
        return None
    return Holdings(
        snapshot=head.id,
        sample=head.sample,
        contacts=head.counted,
        data_end=data_end_of(head),
        sources=tuple(
            Holding(
                name=name,
                table=source.table,
                mode=source.mode,
                records=source.records,
                rows=source.rows,
                planned=source.planned,
                data_end=source.data_end,
                sample=source.sample,
            )
            for name, source in sorted(head.sources.items())
        ),
        imports=tuple(reversed(head.imports)),
        unassigned=dict(head.unassigned),
    )
