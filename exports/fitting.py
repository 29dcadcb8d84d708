"""Text made to fit its box: smaller first, shortened last. Slides have no layout engine of their own.

Widths are measured in Inter, which runs wider than Arial, in which slides are set: what fits here fits there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from exports.plain_words import plain_words
from exports.typefaces import BOLD, REGULAR, characters

LINE = 1.2  # height of a line in units of the size of its type
LONG_PART = 12  # characters; a shorter rest of a word is left out whole
_UNITS = 200
_WIDE = 1.05  # of the size: scripts and signs outside Inter, as a full-width sign runs


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
    font = BOLD if bold else REGULAR
    for size in sizes:
        lines = _lines(plain + end, width / size, font)
        if len(lines) * size * LINE <= height:
            return Fitted(words=plain + end, size=size, lines=len(lines))
    size = sizes[-1]
    room = max(int(height / (size * LINE)), 1)
    flat = plain.replace("\n", " ")

    def fits(count: int) -> bool:
        return len(_lines(_cut(flat, count, end), width / size, font)) <= room

    fewest, most = 0, len(flat)  # how many characters fit, by halving
    while fewest < most:
        middle = (fewest + most + 1) // 2
        fewest, most = (middle, most) if fits(middle) else (fewest, middle - 1)
    short = _cut(flat, fewest, end)
    return Fitted(words=short, size=size, lines=len(_lines(short, width / size, font)))


def line_width(words: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in points."""
    return _width(words, BOLD if bold else REGULAR) * size


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


def _lines(words: str, room: float, font: Path) -> list[str]:
    """The lines that the words break into; `room` in units of the size. A word wider than it is broken."""
    lines = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if _width(longer, font) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while _width(line, font) > room and len(line) > 1:
                head = _head(line, room, font)
                lines.append(head)
                line = line[len(head) :]
        lines.append(line)
    return lines


def _head(word: str, room: float, font: Path) -> str:
    """As much of the word as one line takes, at least one character."""
    total = 0.0
    for place, sign in enumerate(word):
        total += _advance(sign, font)
        if total > room:
            return word[: max(place, 1)]
    return word


def _width(words: str, font: Path) -> float:
    return sum(_advance(sign, font) for sign in words)


@cache
def _advance(sign: str, font: Path) -> float:
    """How far one character moves the pen, in units of the size."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if ord(sign) not in characters(font):
        return _WIDE
    return float(_drawn(font).getlength(sign)) / _UNITS


@cache
def _drawn(font: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font, _UNITS, layout_engine=ImageFont.Layout.BASIC)
