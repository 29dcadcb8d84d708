"""Catalogs: content as data. One entry is one table in one TOML file, found without registration."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from core.text import Text

Entry = TypeVar("Entry", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A broken entry: where it stands and what is wrong with it. The other entries stay usable."""

    file: str
    entry: str
    field: str
    reason: str

    @property
    def text(self) -> Text:
        return Text(
            de="{file}: Eintrag „{entry}“, Feld „{field}“: {reason}",
            en="{file}: entry “{entry}”, field “{field}”: {reason}",
        ).fill(file=self.file, entry=self.entry or "–", field=self.field or "–", reason=self.reason)


@dataclass(frozen=True, kw_only=True)
class Catalog(Generic[Entry]):
    """Entries by id, in the order of file names and positions, and what could not be loaded."""

    entries: Mapping[str, Entry]
    faults: tuple[Fault, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Entry:
        return self.entries[key]


Prepare = Callable[[Path, Mapping[str, Any]], Mapping[str, Any]]


def load_catalog(
    kind: type[Entry], places: Iterable[Path], *, prepare: Prepare | None = None
) -> Catalog[Entry]:
    """All entries of the `*.toml` files in the places; a later place's entry replaces an earlier one's.

    A place is a folder or a single file. Each top-level table is an entry and its name the id, handed to
    `kind` as `id`. A file that is no TOML and an entry that breaks its model become faults; two entries of
    one id in the same place are a fault too. `prepare` completes an entry from the folder that it stands in;
    its ValueError or OSError is a fault of the entry.
    """
    entries: dict[str, Entry] = {}
    origins: dict[str, str] = {}
    faults: list[Fault] = []
    for place in places:
        here: set[str] = set()
        for file in [place] if place.is_file() else sorted(place.glob("*.toml")):
            try:
                tables = tomllib.loads(file.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                faults.append(Fault(file=file.name, entry="", field="", reason=str(error)))
                continue
            for name, table in tables.items():
                if name in here:
                    faults.append(Fault(file=file.name, entry=name, field="id", reason="defined twice"))
                    continue
                try:
                    fields = _as_table(table)
                    fields = prepare(file.parent, fields) if prepare else fields
                    entries[name] = kind.model_validate({"id": name, **fields})
                except (ValueError, TypeError, OSError) as error:
                    faults.extend(_explain(file.name, name, error))
                    continue
                here.add(name)
                origins[name] = file.name
    return Catalog(entries=entries, faults=tuple(faults), origins=origins)


def _as_table(table: object) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise TypeError("expected a table of fields")
    return table


def _explain(file: str, entry: str, error: ValueError | TypeError | OSError) -> list[Fault]:
    if not isinstance(error, ValidationError):
        return [Fault(file=file, entry=entry, field="", reason=str(error))]
    return [
        Fault(file=file, entry=entry, field=".".join(str(part) for part in item["loc"]), reason=item["msg"])
        for item in error.errors()
    ]
