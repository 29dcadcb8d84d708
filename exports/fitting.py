"""Text made to fit its box: smaller first, shortened last. Slides have no layout engine of their own.

Slides are set in Arial. `fonts/arial-widths.json` has its widths in thousandths of the size, as the
metric-compatible Liberation Sans has them; a sign that it lacks comes from elsewhere and counts as wide.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache

from exports.plain_words import plain_words
from exports.typefaces import FONTS

LINE = 1.2  # height of a line in units of the size of its type
LONG_PART = 12  # characters; a shorter rest of a word is left out whole
_WIDE = 1050  # thousandths of the size, as a full-width sign runs
_BLANK = 280  # a blank that Arial lacks
_SLACK = 1.01  # programs round the places of signs in their own ways


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Words with the size (points) at which they fill no more than their box, and their number of lines."""

    words: str
    size: float
    lines: int

    @property
    def height(self) -> float:
        """In points."""
        return self.lines * self.size * LINE


def fitted(
    words: str,
    *,
    width: float,
    height: float,
    sizes: tuple[float, ...],
    bold: bool = False,
    end: str = "",
) -> Fitted:
    """The words in the largest of `sizes` (points, falling) that fits the box; shortened at the smallest.

    `width` and `height` in points. A shortened text ends at a whole word or within a long one, never
    within a number, with an ellipsis; `end` (a closing mark) is kept behind it.
    """
    plain = plain_words(words).strip()
    for size in sizes:
        lines = _lines(plain + end, width / size, bold)
        if len(lines) * size * LINE <= height:
            return Fitted(words=plain + end, size=size, lines=len(lines))
    size = sizes[-1]
    room = max(int(height / (size * LINE)), 1)
    flat = plain.replace("\n", " ")

    def fits(count: int) -> bool:
        return len(_lines(_cut(flat, count, end), width / size, bold)) <= room

    fewest, most = 0, len(flat)  # how many characters fit, by halving
    while fewest < most:
        middle = (fewest + most + 1) // 2
        fewest, most = (middle, most) if fits(middle) else (fewest, middle - 1)
    short = _cut(flat, fewest, end)
    return Fitted(words=short, size=size, lines=len(_lines(short, width / size, bold)))


def line_width(words: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in points."""
    return _width(words, bold) * size


def _cut(words: str, count: int, end: str) -> str:
    """The first `count` characters up to the last whole word, or within one where that gives up too much."""
    head = words[:count]
    inside = count < len(words) and words[count] != " " and not head.endswith(" ")
    whole = head.rpartition(" ")[0]
    if inside and (len(head) - len(whole) < LONG_PART or any(sign.isdigit() for sign in head[len(whole) :])):
        head = whole
    return (
        head.rstrip(" ,;:–-") + " …" * bool(head) + end if not inside or head == whole else head + "…" + end
    )


def _lines(words: str, room: float, bold: bool) -> list[str]:
    """The lines that the words break into; `room` in units of the size. A word wider than it is broken."""
    lines = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if _width(longer, bold) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while _width(line, bold) > room and len(line) > 1:
                head = _head(line, room, bold)
                lines.append(head)
                line = line[len(head) :]
        lines.append(line)
    return lines


def _head(word: str, room: float, bold: bool) -> str:
    """As much of the word as one line takes, at least one character."""
    total = 0.0
    for place, sign in enumerate(word):
        total += _advance(sign, bold)
        if total > room:
            return word[: max(place, 1)]
    return word


def _width(words: str, bold: bool) -> float:
    return sum(_advance(sign, bold) for sign in words)


@cache
def _advance(sign: str, bold: bool) -> float:
    """How far one character moves the pen, in units of the size."""
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Me", "Cf"):
        return 0.0
    unknown = _BLANK if kind == "Zs" else _WIDE
    return _widths()["bold" if bold else "regular"].get(sign, unknown) * _SLACK / 1000


@cache
def _widths() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads((FONTS / "arial-widths.json").read_text(encoding="utf-8"))
    return found
