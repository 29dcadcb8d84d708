"""What the reading child reports: plain texts in both languages, so that it starts without heavy imports.

`store.intake.reading` turns them into `core.errors.InputFault`.
"""

from __future__ import annotations

from typing import Any


class Unreadable(Exception):
    """The file is at fault. `de` and `en` are templates for `core.text.Text`, `values` fills both."""

    def __init__(self, de: str, en: str, **values: Any) -> None:
        super().__init__(de.format(**values))
        self.de = de
        self.en = en
        self.values = values

    def as_json(self) -> dict[str, Any]:
        return {"de": self.de, "en": self.en, "values": self.values}
