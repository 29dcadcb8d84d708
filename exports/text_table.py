"""A table as plain text for a terminal or a pipe: no colours, no boxes, no control characters from data."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

# Control and format characters, lone surrogates, line and paragraph separators.
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
AS_WIDE_AS_NEEDED = 10_000


def clean(text: str) -> str:
    """Text that can do nothing to a terminal: one line, control characters as a replacement mark."""
    joined = text.replace("\u202f", "\u00a0").replace("\n", " ")
    return "".join("\ufffd" if unicodedata.category(sign) in STEERING else sign for sign in joined)


def text_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int] = (),
    width: int | None = None,
) -> str:
    """The rows under their headers; `right` are the places of columns set flush right.

    With a `width` in characters long cells are folded into it; without one (a pipe) every row is one line.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for place, header in enumerate(headers):
        table.add_column(
            Line(clean(header)),
            justify="right" if place in right else "left",
            overflow="fold",
            no_wrap=width is None or place in right,
        )
    for row in rows:
        table.add_row(*(Line(clean(cell)) for cell in row))
    out = io.StringIO()
    console = Console(
        file=out,
        width=width or AS_WIDE_AS_NEEDED,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))
