"""One error family. A message says what was expected, what was found, where, and what to do."""

from __future__ import annotations

from difflib import get_close_matches

from core.text import Text


class WegmarkeError(Exception):
    """A fault that a person can do something about, in both languages. `str(error)` is the German text."""

    exit_code = 1

    def __init__(self, text: Text) -> None:
        super().__init__(text.de)
        self.text = text


class InputFault(WegmarkeError):
    """The file, the mapping or the data is at fault; nothing was stored. The command line exits with 1."""


class CatalogFault(WegmarkeError):
    """An entry of a catalog is broken; the text names its file and field."""


class UsageFault(WegmarkeError):
    """The request itself makes no sense (an unknown KPI, phase, dimension or period). Exits with 2."""

    exit_code = 2


class Busy(WegmarkeError):
    """Another process is writing to this workspace at the moment; trying again later is safe."""


def did_you_mean(word: str, known: list[str]) -> str:
    """The closest known word, or nothing."""
    close = get_close_matches(word, known, n=1)
    return close[0] if close else ""
