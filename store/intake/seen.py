"""What reading has seen of a column: enough to know that its cells need no cleaning before they are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

_BLANK_LEADS = (0xC2, 0xE2, 0xEF)  # the first bytes of the blanks beyond ASCII
_BLANK_TAILS = (0xA0, 0x87, 0x89, 0xAF, 0xBF)  # and their last ones


def _table(blanks: tuple[int, ...]) -> np.ndarray:
    table = np.zeros(256, dtype=bool)
    table[:33] = table[127] = True
    table[list(blanks)] = True
    return table


_OPENS, _CLOSES = _table(_BLANK_LEADS), _table(_BLANK_TAILS)


@dataclass
class Seen:
    """`filled`: cells that are not NULL. `trimmed`: none is empty or has a blank at its edge, as far as one
    byte can tell. `plain`: no control characters. `longest`: bytes."""

    filled: int = 0
    trimmed: bool = True
    plain: bool = True
    longest: int = 0

    def look(self, cells: pa.Array) -> None:
        """More cells of the column: texts, a dictionary of them, or other values, which are only counted."""
        self.filled += len(cells) - cells.null_count
        if pa.types.is_dictionary(cells.type):
            self._read(cells.dictionary)
        elif pa.types.is_string(cells.type):
            self._read(cells)

    def _read(self, cells: pa.Array) -> None:
        filled = len(cells) - cells.null_count
        if not filled:
            return
        offsets = np.frombuffer(cells.buffers()[1], np.int32)[cells.offset : cells.offset + len(cells) + 1]
        data = cells.buffers()[2]
        text = np.frombuffer(data, np.uint8)[: offsets[-1]] if data else np.empty(0, np.uint8)
        sizes = np.diff(offsets)
        self.longest = max(self.longest, int(sizes.max()))
        kept = sizes > 0
        if self.trimmed:
            starts, ends = offsets[:-1][kept], offsets[1:][kept]
            self.trimmed = (
                len(starts) == filled and not _OPENS[text[starts]].any() and not _CLOSES[text[ends - 1]].any()
            )
        if self.plain and offsets[-1] > offsets[0]:
            inner = text[offsets[0] :]
            self.plain = bool(inner.min() >= 32 and not (inner == 127).any())

    def as_json(self) -> dict[str, Any]:
        return {
            "filled": self.filled, "trimmed": self.trimmed, "plain": self.plain, "longest": self.longest,
        }  # fmt: skip
