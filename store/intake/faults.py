"""What the reading child reports: plain texts in both languages, so that it starts without heavy imports.

`store.intake.reading` turns them into `core.errors.InputFault`.
"""

from __future__ import annotations

from typing import Any


class Unreadable(Exception):
    """The file is at fault. `de` and `en` are templates for `core.text.Text`, `values` fills both."""

    def __init__(self, de: str, en: str, /, **values: Any) -> None:
        super().__init__(de.format(**values))
        self.de = de
        self.en = en
        self.values = values

    def as_json(self) -> dict[str, Any]:
        return {"de": self.de, "en": self.en, "values": self.values}


def unaccounted(expected: int, found: int) -> Unreadable:
    """Something was read twice or not at all, so nothing is taken."""
    return Unreadable(
        "Die Zählung geht nicht auf: Die Datei hat {expected} Zeilen, gelesen wurden {found}. "
        "Nichts wurde übernommen.",
        "The count does not add up: the file has {expected} rows, {found} were read. Nothing was imported.",
        expected=expected,
        found=found,
    )
