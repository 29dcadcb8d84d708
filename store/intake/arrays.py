"""Rows of text turned into text columns."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc


def columns_of(rows: Sequence[Sequence[str]], width: int) -> list[pa.Array]:
    """`width` text arrays from rows of `width` cells each, empty cells as NULL."""
    if not rows:
        return [pa.array([], pa.string())] * width
    arrays = (pa.array(column, pa.string()) for column in zip(*rows, strict=True))
    nothing = pa.scalar(None, pa.string())
    return [pc.if_else(pc.equal(array, ""), nothing, array) for array in arrays]
