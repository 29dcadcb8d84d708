"""Which of many rows may be alike, from a number a row that those which are the same share."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_COARSE = 8
"""Bits left out of the table that most rows are sorted out by: it takes 16 MB."""

Numbers = npt.NDArray[np.uint32]


def places_alike(chunks: Iterable[Numbers]) -> npt.NDArray[np.int64]:
    """The places, from 0, of all rows whose number some other row has too.

    Half of what 64 bits would take is enough: in 10 million rows it brings some 20,000 that differ after all.
    """
    numbers = np.concatenate([np.empty(0, np.uint32), *chunks])
    ranked = np.sort(numbers)
    again = ranked[1:][ranked[1:] == ranked[:-1]]
    if not len(again):
        return np.empty(0, np.int64)
    table = np.zeros(1 << (32 - _COARSE), dtype=np.bool_)
    table[again >> _COARSE] = True
    places = np.flatnonzero(table[numbers >> _COARSE])
    return places[np.isin(numbers[places], again)]
