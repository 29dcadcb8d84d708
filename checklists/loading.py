"""Finding checklists: the shipped catalog, a workspace's own beside it, statements from a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from checklists.model import Checklist
from core.catalog import Catalog, load_catalog
from core.query import plain_name

CATALOG = Path(__file__).with_name("catalog")
SEPARATOR = "|"
"""Parts the answers, and their values, in one cell of a table."""


class Table(BaseModel):
    """A CSV file with one statement a row, beside the TOML file, and which of its columns means what.

    `dimension` and `area` hold names; `answers` and `values` the steps of the statement's own scale, parted
    by "|". A company's checklist usually lies in such a file already.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    id: str
    statement: str
    dimension: str
    level: str | None = None
    area: str | None = None
    answers: str | None = None
    values: str | None = None

    @model_validator(mode="after")
    def _answers_have_values(self) -> Table:
        if (self.answers is None) != (self.values is None):
            raise ValueError("answers and values come together")
        return self


def load_checklists(own: Path | None = None) -> Catalog[Checklist]:
    """The shipped checklists and those of the folder `own`, which replace shipped ones of the same id.

    A broken entry is a fault that names its file and field; the others stay usable. A checklist with a
    statement missing would give other scores, so one broken statement makes the whole checklist a fault.
    """
    return load_catalog(Checklist, [CATALOG, *([own] if own else [])], prepare=_with_table)


def load_checklist(file: Path) -> Catalog[Checklist]:
    """The checklists of one TOML file."""
    return load_catalog(Checklist, [file], prepare=_with_table)


def _with_table(folder: Path, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entry with the dimensions that its table describes, if it names one."""
    if "table" not in entry:
        return entry
    table = Table.model_validate(entry["table"])
    name = Path(table.file)
    if name.name != table.file:
        raise ValueError(f"table.file: {table.file} is not the name of a file beside this one")
    rows = list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8-sig"))))
    dimensions: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, 1):
        try:
            title = row[table.dimension]
            dimension = dimensions.setdefault(
                title,
                {
                    "id": plain_name(title),
                    "name": _both(title),
                    "area": row[table.area] if table.area else None,
                    "statements": [],
                },
            )
            dimension["statements"].append(
                {
                    "id": row[table.id],
                    "statement": _both(row[table.statement]),
                    "level": int(row[table.level]) if table.level else 1,
                    "choices": _choices(row, table),
                }
            )
        except KeyError as error:
            raise ValueError(f"{table.file}: there is no column {error.args[0]}") from None
        except ValueError as error:
            raise ValueError(f"{table.file}, row {number}: {error}") from None
    return {
        **{key: value for key, value in entry.items() if key != "table"},
        "dimensions": [*dimensions.values()],
    }


def _both(words: str) -> dict[str, str]:
    return {"de": words, "en": words}


def _choices(row: Mapping[str, str], table: Table) -> list[dict[str, Any]]:
    if table.answers is None or table.values is None:
        return []
    names, values = row[table.answers].split(SEPARATOR), row[table.values].split(SEPARATOR)
    return [{"value": float(value), "name": _both(name)} for name, value in zip(names, values, strict=True)]
