"""The independent count: one pass over the bytes that proves a file regular, or says that it is not.

A file is regular when every quote opens a field or closes one, every record has the same number of
delimiters, and there are no control characters, blank lines or overlong records. Every CSV reader agrees on
such a file, so the fast reader may take it; all others go to the careful one (`textrecords`).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import numpy as np

from store.intake.decoding import TextFile
from store.intake.limits import Limits
from store.intake.textrecords import Dialect

_CHUNK = 256 * 1024  # what is computed from a chunk stays in the processor's cache
_LF, _CR, _TAB = 10, 13, 9
_MARK = codecs.BOM_UTF8  # within the text it glues itself to an id, and nobody sees it
# A quoted field over this many lines may be a quote that was never closed: the careful reader looks closer.
_LONG_SPAN = 5


@dataclass(frozen=True, kw_only=True)
class Structure:
    """`lines`: physical lines (LF, CR or CRLF). `records`: records if `regular`, else meaningless."""

    lines: int
    records: int
    regular: bool
    longest_line: int


class Scan:
    """A count in progress. `regular` may be looked at from another thread: once false it stays false."""

    def __init__(self, dialect: Dialect, width: int, limits: Limits) -> None:
        self.delimiter = ord(dialect.delimiter) if dialect.delimiter else -1
        self.quote = ord(dialect.quote)
        self.width = width
        self.limits = limits
        self.regular = bool(dialect.delimiter) and width > 1
        self.records = self.lines = self.longest = 0
        self.inside = 0  # 1 within quotes at the end of what was seen
        self.fields = 0  # separators seen since the last record ended
        self.spanned = 0  # line ends within the current record's quotes
        self.offset = 0
        self.line_start = self.record_start = 0

    def feed(self, buffer: np.ndarray, before: int, after: int, *, last: bool) -> None:
        """Count one chunk; `before` and `after` are its neighbours (a line end at the file's edges)."""
        if not (self.regular and not self.inside and self._plain(buffer, after)):
            self._in_full(buffer, before, after)
        self.offset += len(buffer)
        if last:
            self._finish()

    def _plain(self, buffer: np.ndarray, after: int) -> bool:
        """Count a chunk without quotes in which every record is as wide as it should be; false, and nothing
        counted, where it is not so plain."""
        feeds = buffer == _LF
        breaks = int(np.count_nonzero(feeds))
        returns = buffer == _CR
        pairs = np.count_nonzero(returns[:-1] & feeds[1:]) + int(returns[-1] and after == _LF)
        tabs = np.count_nonzero(buffer == _TAB)
        if (
            pairs != np.count_nonzero(returns)
            or np.count_nonzero(buffer < 32) != breaks + pairs + tabs
            or (buffer == self.quote).any()
            or (buffer == 127).any()
        ):
            return False
        separators = np.flatnonzero(feeds | (buffer == self.delimiter))
        ends = separators[max(0, self.width - 1 - self.fields) :: self.width]
        # every record's last separator is a line end, and there are no other line ends
        if self.fields >= self.width or len(ends) != breaks or not feeds[ends].all():
            return False
        self.lines += breaks
        self._measure(ends)
        self.fields = (self.fields + len(separators)) % self.width
        if breaks:
            self.spanned = 0
            self._take(ends)
        return True

    def _take(self, ends: np.ndarray) -> None:
        """Records that end at these places of the chunk."""
        edges = np.concatenate(([self.record_start], ends + self.offset + 1))
        self.record_start = int(edges[-1])
        self.records += len(ends)
        if int(np.diff(edges).max()) > self.limits.cell_chars:
            self.regular = False

    def _in_full(self, buffer: np.ndarray, before: int, after: int) -> None:
        feeds = buffer == _LF
        returns = buffer == _CR
        follows = np.empty_like(buffer)
        follows[:-1], follows[-1] = buffer[1:], after
        bare = returns & (follows != _LF)
        ends = np.flatnonzero(feeds | bare)
        self.lines += len(ends)
        self._measure(ends)
        if self.regular:
            self._check(buffer, feeds, bare, follows, before)

    def _finish(self) -> None:
        if self.offset > self.line_start:
            self.lines += 1
            self.longest = max(self.longest, self.offset - self.line_start)
        if self.offset > self.record_start:
            self.records += 1
            self.regular = self.regular and not self.inside and self.fields == self.width - 1

    def _measure(self, ends: np.ndarray) -> None:
        if not len(ends):
            self.longest = max(self.longest, 0)
            return
        edges = np.concatenate(([self.line_start - 1], ends + self.offset))
        self.longest = max(self.longest, int(np.diff(edges).max()))
        self.line_start = int(edges[-1]) + 1

    def _check(
        self, buffer: np.ndarray, feeds: np.ndarray, bare: np.ndarray, follows: np.ndarray, before: int
    ) -> None:
        control = (buffer < 32) & ~feeds & (buffer != _CR) & (buffer != _TAB) & (buffer != self.delimiter)
        if control.any() or (buffer == 127).any():
            self.regular = False
            return
        quotes = buffer == self.quote
        delimiters = buffer == self.delimiter
        if self.inside or quotes.any():
            within = (np.cumsum(quotes, dtype=np.uint8) + np.uint8(self.inside)) & 1
            outside = within == 0
            precedes = np.empty_like(buffer)
            precedes[1:], precedes[0] = buffer[:-1], before
            opening = precedes[quotes & ~outside]
            closing = follows[quotes & outside]
            if not (
                _among(opening, (self.delimiter, _LF, self.quote))
                and _among(closing, (self.delimiter, _LF, _CR, self.quote))
            ):
                self.regular = False
                return
            inner = int((feeds & ~outside).sum())
            self.inside = int(within[-1])
        else:
            outside = np.ones(len(buffer), dtype=bool)
            inner = 0
        if (bare & outside).any():
            self.regular = False
            return
        self._count(buffer, (delimiters | feeds) & outside, feeds & ~outside if inner else None)

    def _count(self, buffer: np.ndarray, separators: np.ndarray, inner: np.ndarray | None) -> None:
        places = np.flatnonzero(separators)
        ends = np.flatnonzero(buffer[places] == _LF)
        if inner is not None:
            spans = np.diff(np.searchsorted(np.flatnonzero(inner), places[ends]), prepend=0)
            if len(spans):
                spans[0] += self.spanned
                tail = int(inner.sum()) - int(np.searchsorted(np.flatnonzero(inner), places[ends][-1]))
                longest, self.spanned = int(spans.max()), tail
            else:
                self.spanned += int(inner.sum())
                longest = self.spanned
            self.regular = longest < _LONG_SPAN - 1
        elif len(ends):
            self.spanned = 0
        if not len(ends):
            self.fields += len(places)
            return
        widths = np.diff(ends, prepend=-1)
        widths[0] += self.fields
        self.fields = len(places) - 1 - int(ends[-1])
        self._take(places[ends])
        self.regular = self.regular and bool((widths == self.width).all())


def _among(values: np.ndarray, allowed: tuple[int, ...]) -> bool:
    good = np.zeros(len(values), dtype=bool)
    for value in allowed:
        good |= values == value
    return bool(good.all())


def _marked(chunk: bytes) -> bool:
    return _MARK[:1] in chunk and _MARK in chunk  # one byte is found ten times faster than three


def scan(
    text: TextFile, dialect: Dialect, width: int, limits: Limits, found: Scan | None = None
) -> Structure:
    """Count the text below the header, where every record should have `width` cells.

    `found` is a count that somebody else watches while it goes on.
    """
    found = found or Scan(dialect, width, limits)
    with text.path.open("rb") as file:
        file.seek(text.start)
        before, chunk = _LF, file.read(_CHUNK)
        while chunk:
            following = file.read(_CHUNK)
            after = following[0] if following else _LF
            if _marked(chunk) or _marked(chunk[-2:] + following[:2]):
                found.regular = False
            found.feed(np.frombuffer(chunk, dtype=np.uint8), before, after, last=not following)
            before, chunk = chunk[-1], following
    return Structure(
        lines=found.lines, records=found.records, regular=found.regular, longest_line=found.longest
    )
