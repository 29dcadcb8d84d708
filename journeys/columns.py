"""Columns of Arrow tables as numpy arrays, and back. Empty cells have a value of their own in the arrays.

Whole numbers are kept as narrow as they are: time goes into moving memory, not into counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from core.contract import EVENTS

Ints = npt.NDArray[np.signedinteger[Any]]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

EVENT_CODES = {event: code for code, event in enumerate(EVENTS, 1)}
"""Events by number; 0 is none."""

DAY = 86_400_000_000
"""Microseconds of a day."""

NEVER = int(np.iinfo(np.int64).min)
"""Stands for a missing instant; instants are microseconds since 1970 on the workspace's own clock."""

_INSTANT = pa.timestamp("us")


@dataclass(frozen=True)
class Coded:
    """A text column: `codes` are places in `words`, -1 where it is empty."""

    codes: Ints
    words: tuple[str, ...]

    def __getitem__(self, order: Ints) -> Coded:
        return Coded(self.codes.take(order), self.words)

    def is_word(self, word: str) -> Flags:
        """Where the column says the word."""
        if word not in self.words:
            return np.zeros(len(self.codes), dtype=np.bool_)
        found: Flags = self.codes == self.words.index(word)
        return found


def integers(column: Any, empty: int = 0, kind: Any = None) -> Ints:
    """A column of whole numbers, of 64 bits or the Arrow type given."""
    found: Ints = column.cast(kind or pa.int64()).fill_null(empty).to_numpy()
    return found


def floats(column: Any) -> Floats:
    """A column of numbers; NaN where it is empty."""
    found: Floats = column.cast(pa.float64()).fill_null(float("nan")).to_numpy()
    return found


def instants(column: Any) -> Ints:
    """A column of naive timestamps; NEVER where it is empty."""
    return integers(column.cast(_INSTANT), NEVER)


def coded(column: Any) -> Coded:
    """A column of text, given plain or as a dictionary."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.unify_dictionaries().combine_chunks()
    return Coded(integers(encoded.indices, -1, pa.int32()), tuple(encoded.dictionary.to_pylist()))


def as_instants(values: Ints) -> Any:
    """Instants as an Arrow array of timestamps, empty where NEVER."""
    return pa.array(values, type=pa.int64(), mask=values == NEVER).cast(_INSTANT)


def as_integers(values: Ints, *, absent: int | None = None) -> Any:
    """Whole numbers as a 32-bit Arrow array, empty where `absent`. They must fit."""
    return pa.array(values.astype(np.int32, copy=False), mask=None if absent is None else values == absent)


def as_flags(values: Flags) -> Any:
    """Flags as an Arrow array."""
    return pa.array(values)


def as_floats(values: Floats) -> Any:
    """Numbers as an Arrow array, empty where NaN."""
    return pa.array(values, mask=np.isnan(values))


def as_words(codes: Ints, words: Sequence[str]) -> Any:
    """Text as an Arrow dictionary of words, empty where the code is negative."""
    places = pa.array(codes.astype(np.int32, copy=False), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(words), type=pa.string()))
