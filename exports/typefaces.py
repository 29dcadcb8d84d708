"""The typefaces that documents are set in, and which characters they can show.

Inter (SIL Open Font License) is the product's own; DejaVu Sans stands in for scripts and signs it lacks.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
REGULAR = FONTS / "Inter-Regular.otf"
FALLBACK = FONTS / "DejaVuSans.ttf"
MISSING = "\ufffd"  # the replacement character; DejaVu Sans has it
_BLANKS = "\n\u00ad"


def shown_by_fonts(text: str) -> str:
    """The text with every letter that no shipped typeface can show replaced by U+FFFD.

    Emoji and other signs without a shape, and signs that only join or vary others (variation selectors,
    joiners), go without trace. A tagged PDF may not hold a character without a shape.
    """
    known = characters(REGULAR) | characters(FALLBACK)
    return "".join(_shown(sign, known) for sign in text)


def without_shape(texts: Iterable[str]) -> str:
    """The letters and digits of the texts that no shipped typeface can show, each once, in their order."""
    known = characters(REGULAR) | characters(FALLBACK)
    lacking = dict.fromkeys(sign for text in texts for sign in text if _shown(sign, known) == MISSING)
    return "".join(sign for sign in lacking if unicodedata.category(sign)[0] in "LN")


def shown_by_first_font(text: str) -> str:
    """The same with Inter's characters alone, and no combining marks."""
    known = characters(REGULAR)
    return "".join(_shown(sign, known) for sign in text if not unicodedata.combining(sign))


def _shown(sign: str, known: frozenset[int]) -> str:
    if sign in _BLANKS or ord(sign) in known:
        return sign
    category = unicodedata.category(sign)
    return "" if category in ("Cf", "Mn", "Me") or category[0] == "S" else MISSING


@cache
def characters(font: Path) -> frozenset[int]:
    """The code points that a font file has a shape for, from its `cmap` table (formats 4 and 12)."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for table in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * table)
        if tag == b"cmap":
            break
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for place in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * place + 4)
        found |= _subtable(data, start + offset)
    return frozenset(found)


def _subtable(data: bytes, at: int) -> set[int]:
    (form,) = struct.unpack_from(">H", data, at)
    if form == 12:
        (groups,) = struct.unpack_from(">I", data, at + 12)
        ranges = [struct.unpack_from(">III", data, at + 16 + 12 * group) for group in range(groups)]
        return {code for first, last, _ in ranges for code in range(first, last + 1)}
    if form != 4:
        return set()
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, at + 14)
    starts = struct.unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
    # Code points in a segment without a shape (glyph 0) are rare; format 12 beside it names the rest.
    return {
        code
        for first, last in zip(starts, ends, strict=True)
        for code in range(first, last + 1)
        if code != 0xFFFF
    }
