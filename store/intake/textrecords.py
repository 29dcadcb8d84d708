"""Text into records, carefully: for files that `structure.scan` could not prove regular.

The reader goes line by line. A quote that is not closed where a record could end costs that one line, never
the rest of the file; every physical line belongs to exactly one record, so the lines must add up.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from store.intake.decoding import SUBSTITUTE, TextFile
from store.intake.limits import Limits

Reason = tuple[str, str]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
# How many lines a quoted field may reach over before it counts as never closed.
_MOST_LINES = 1000
# From so many inner lines on, a quoted field whose lines look like records is taken for a quote left open.
_SUSPICIOUS_INNER = 3
# Stands in where a file has one column; rows with control characters are rejected anyway.
_NO_DELIMITER = "\x1e"

UNDECODABLE: Reason = (
    "Ein Zeichen der Zeile passt nicht zur Kodierung der Datei.",
    "A character of the row does not fit the file's encoding.",
)
CONTROL: Reason = (
    "Die Zeile enthält ein Steuerzeichen (etwa NUL).",
    "The row holds a control character (such as NUL).",
)
QUOTE: Reason = (
    "Ein Anführungszeichen ist nicht geschlossen oder steht mitten im Feld.",
    "A quotation mark is not closed or stands in the middle of a field.",
)


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """`delimiter` is empty for a file of one column. `skip` lines precede the text (`sep=;`)."""

    delimiter: str
    quote: str
    skip: int = 0


class Record(NamedTuple):
    """`line` is the 0-based physical line it begins on, `lines` how many it takes. `cells` is None where
    there is a `fault`, and has no cells where the line is blank."""

    line: int
    lines: int
    cells: list[str] | None
    fault: Reason | None
    text: str


@dataclass
class _Lines:
    """Physical lines that can be handed back."""

    source: Iterator[str]
    number: int = 0
    waiting: deque[str] = field(default_factory=deque)

    def take(self) -> str | None:
        line = self.waiting.popleft() if self.waiting else next(self.source, None)
        if line is not None:
            self.number += 1
        return line

    def give_back(self, lines: list[str]) -> None:
        self.waiting.extendleft(reversed(lines))
        self.number -= len(lines)


def carefully(
    source: Iterator[str], dialect: Dialect, width: int | None, limits: Limits, first_line: int = 0
) -> Iterator[Record]:
    """Every record of the lines, and blank lines as records of no cells. `width` None takes any width."""
    csv.field_size_limit(2**31 - 1)
    lines = _Lines(source, first_line)
    while (line := lines.take()) is not None:
        at = lines.number - 1
        text = line.rstrip("\r\n")
        if not text:
            yield Record(at, 1, [], None, "")
            continue
        if dialect.quote not in text:
            cells: list[str] | None = text.split(dialect.delimiter) if dialect.delimiter else [text]
            taken = [line]
        else:
            cells, taken = _quoted(line, lines, dialect, width, limits)
        if cells is None:
            yield Record(at, 1, None, QUOTE, text)
            continue
        whole = text if len(taken) == 1 else "".join(taken).rstrip("\r\n")
        fault = _fault(whole, cells, limits)
        if fault is None and width is not None:
            while len(cells) > width and not cells[-1]:
                cells.pop()
            fault = None if len(cells) == width else _ragged(len(cells), width)
        yield Record(at, len(taken), None if fault else cells, fault, whole)


def _fault(whole: str, cells: list[str], limits: Limits) -> Reason | None:
    found = _CONTROL.search(whole)
    if found:
        return UNDECODABLE if SUBSTITUTE in whole else CONTROL
    if len(whole) > limits.cell_chars and max(map(len, cells)) > limits.cell_chars:
        return (
            f"Ein Feld ist länger als {limits.cell_chars} Zeichen.",
            f"A field is longer than {limits.cell_chars} characters.",
        )
    return None


def _quoted(
    line: str, lines: _Lines, dialect: Dialect, width: int | None, limits: Limits
) -> tuple[list[str] | None, list[str]]:
    """The cells of a record that begins with `line`, and its lines; None where its quotes are broken."""
    taken = [line]

    def following() -> Iterator[str]:
        yield line
        size = len(line)
        while len(taken) < _MOST_LINES and size <= limits.cell_chars * 2:
            more = lines.take()
            if more is None:
                return
            taken.append(more)
            size += len(more)
            yield more

    delimiter = dialect.delimiter or _NO_DELIMITER
    try:
        cells = next(csv.reader(following(), delimiter=delimiter, quotechar=dialect.quote, strict=True))
    except csv.Error:
        lines.give_back(taken[1:])
        return None, [line]
    if len(taken) > 1 and width is not None:
        inner = taken[1:-1]
        alike = sum(1 for each in inner if each.count(delimiter) == width - 1)
        swallowed = width >= 3 and len(inner) >= _SUSPICIOUS_INNER and alike * 2 > len(inner)
        if swallowed or len(cells) < width or any(cells[width:]):
            lines.give_back(taken[1:])
            return None, [line]
    return cells, taken


def _ragged(found: int, width: int) -> Reason:
    return (
        f"Die Zeile hat {found} Felder statt {width}.",
        f"The row has {found} fields instead of {width}.",
    )


def physical_lines(text: TextFile, progress: Callable[[float], None] | None) -> Generator[str, None, None]:
    """The lines with their ends, split at LF, CR and CRLF alone."""
    with text.path.open("rb") as raw:
        raw.seek(text.start)
        with io.TextIOWrapper(raw, encoding="utf-8", newline="") as wrapped:
            for number, line in enumerate(wrapped):
                if progress and number % 65536 == 0:
                    progress(raw.tell() / max(1, text.size))
                yield line
