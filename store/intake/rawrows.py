"""Where read rows go: a Parquet file of text columns, and a second one for what was rejected and why.

Rows that no reader can find fault with, and that are no data all the same, are caught here: rows without a
filled cell, the header repeated within the data, and totals ("Summe", "Total").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from store.intake.faults import Unreadable, unaccounted
from store.intake.order import Order
from store.intake.seen import Seen
from store.intake.textrecords import Reason

REJECTS = pa.schema(
    [
        ("row_no", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason_de", pa.string()),
        ("reason_en", pa.string()),
    ]
)
EMPTY: Reason = ("Die Zeile ist leer.", "The row is empty.")
REPEATED: Reason = (
    "Die Kopfzeile steht noch einmal mitten in den Daten.",
    "The header is repeated within the data.",
)
TOTALS: Reason = ("Das ist eine Summenzeile, kein Datensatz.", "This is a totals row, not a record.")

_TOTALS = (
    "summe", "summen", "gesamt", "gesamtsumme", "zwischensumme", "gesamtergebnis", "endsumme", "insgesamt",
    "ergebnis", "total", "totals", "grand total", "subtotal", "sub-total", "sum", "overall",
)  # fmt: skip
_TOTALS_SET = pa.array([word + mark for word in _TOTALS for mark in ("", ":")])
_TAIL = 5
_VALUE_CHARS = 500
_ROW_GROUP = 122_880
_FEW = 8
_STRIP = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class RawRows:
    """Takes rows in file order; `accepted` and `rejected` count them. Use as a context manager.

    `header` is the header's raw text, empty where there is none; None: the format keeps header and totals
    apart from the rows (Parquet), so that only rows without a filled cell are looked for.
    """

    def __init__(self, order: Order, header: Sequence[str] | None) -> None:
        self.columns: list[str] = order.layout["columns"]
        self.accepted = self.rejected = 0
        self.reasons: Counter[Reason] = Counter()
        self._header = header
        self._most = order.limits.rows
        self._held: tuple[np.ndarray, list[pa.Array]] | None = None
        self._seen = [Seen() for _ in self.columns]
        self._kinds: list[pa.DataType] = []
        self._out_path = order.out
        self._out: pq.ParquetWriter | None = None
        self._writer = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None
        self._rejects_path = order.rejects
        self._rejects: pq.ParquetWriter | None = None
        self._waiting: list[tuple[int, str | None, str | None, str, str]] = []

    def __enter__(self) -> RawRows:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._release(tail=True)
                if self._writing:
                    self._writing.result()
                if self._out is None:
                    self._open([pa.array([], pa.string())] * len(self.columns))
        finally:
            self._writer.shutdown()
            self._flush_rejects()
            if self._out is not None:
                self._out.close()
            if self._rejects is not None:
                self._rejects.close()

    def add(self, rows: np.ndarray, arrays: list[pa.Array]) -> None:
        """Rows by number (1 = the first under the header), one array a column, empty cells as NULL.

        Text, plain or with a dictionary; or times, which stay times.
        """
        if len(rows) == 0:
            return
        total = self.accepted + self.rejected + len(rows) + (len(self._held[0]) if self._held else 0)
        if total > self._most:
            raise Unreadable(
                "Die Datei hat mehr als {most} Zeilen.",
                "The file has more than {most} rows.",
                most=self._most,
            )
        self._release(tail=False)
        self._held = (rows, arrays)

    def reject(self, row: int, reason: Reason, value: str | None, column: str | None = None) -> None:
        """One record that is not taken, with its text."""
        self.rejected += 1
        self.reasons[reason] += 1
        shown = None if value is None else _STRIP.sub("\ufffd", value[:_VALUE_CHARS])
        self._waiting.append((row, column, shown, *reason))
        if len(self._waiting) >= 20_000:
            self._flush_rejects()

    def counted(self, records: int, typed: dict[str, str]) -> dict[str, Any]:
        """The answer to the parent, once closed. Raises Unreadable unless accepted + rejected = records."""
        if self.accepted + self.rejected != records:
            raise unaccounted(records, self.accepted + self.rejected)
        return {
            "records": records,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "typed": typed,
            "native": [
                name for name, kind in zip(self.columns, self._kinds, strict=False) if _is_native(kind)
            ],
            "seen": [seen.as_json() for seen in self._seen],
            "reasons": [{"de": de, "en": en, "count": n} for (de, en), n in self.reasons.most_common()],
        }

    def _release(self, *, tail: bool) -> None:
        """Write the block held back. Blocks are held so that the last rows are known to be the last."""
        if self._held is None:
            return
        rows, arrays = self._held
        self._held = None
        faults = {} if self._header is None else self._no_data(arrays, self._header, tail=tail)
        for index in _all_null(arrays):
            faults[index] = EMPTY
        if faults:
            keep = np.ones(len(rows), dtype=bool)
            for index, reason in sorted(faults.items()):
                keep[index] = False
                text = " | ".join(array[index].as_py() or "" for array in arrays)
                self.reject(int(rows[index]), reason, text)
            rows = rows[keep]
            arrays = [array.filter(pa.array(keep)) for array in arrays]
        self.accepted += len(rows)
        if not len(rows):
            return
        if self._writing:
            self._writing.result()  # at most one block waits
        self._writing = self._writer.submit(self._write, rows, arrays)

    def _write(self, rows: np.ndarray, arrays: list[pa.Array]) -> None:
        """Runs beside the reading of the next block."""
        for seen, array in zip(self._seen, arrays, strict=True):
            seen.look(array)
        out = self._out or self._open(arrays)
        out.write_batch(
            pa.RecordBatch.from_arrays([pa.array(rows, pa.int64()), *arrays], schema=out.schema),
            row_group_size=_ROW_GROUP,
        )

    def _open(self, arrays: list[pa.Array]) -> pq.ParquetWriter:
        """The file for the rows. Columns of few different values, by the first block, get a dictionary: what
        reads them then does much of its work once a value instead of once a row."""
        self._kinds = [array.type for array in arrays]
        names = [f"c{index}" for index in range(len(arrays))]
        few = [
            name
            for name, array in zip(names, arrays, strict=True)
            if pa.types.is_dictionary(array.type)
            or (pa.types.is_string(array.type) and pc.count_distinct(array).as_py() * _FEW < len(array))
        ]
        schema = pa.schema([("_row", pa.int64()), *zip(names, self._kinds, strict=True)])
        self._out = pq.ParquetWriter(
            self._out_path, schema, compression="lz4", use_dictionary=few, write_statistics=["_row"]
        )
        return self._out

    @staticmethod
    def _no_data(arrays: list[pa.Array], header: Sequence[str], *, tail: bool) -> dict[int, Reason]:
        faults: dict[int, Reason] = {}
        first = arrays[0]
        length = len(first)
        if header and header[0]:
            for index in _where(pc.equal(first, header[0])):
                if all(
                    (array[index].as_py() or "") == name for array, name in zip(arrays, header, strict=False)
                ):
                    faults[index] = REPEATED
        candidates = set(
            _where(pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(first)), value_set=_TOTALS_SET))
        )
        if tail:
            candidates |= set(range(max(0, length - _TAIL), length))
        for index in candidates - set(faults):
            if _is_total([array[index].as_py() for array in arrays]):
                faults[index] = TOTALS
        return faults

    def _flush_rejects(self) -> None:
        if not self._waiting:
            return
        if self._rejects is None:
            self._rejects = pq.ParquetWriter(self._rejects_path, REJECTS, compression="zstd")
        columns = list(zip(*self._waiting, strict=True))
        self._rejects.write_batch(
            pa.RecordBatch.from_arrays(
                [pa.array(column, kind.type) for column, kind in zip(columns, REJECTS, strict=True)],
                schema=REJECTS,
            )
        )
        self._waiting.clear()


def _is_total(cells: list[str | None]) -> bool:
    """The first filled cell says "total", and a good part of the row is empty, as no record's is."""
    filled = [cell for cell in cells if cell]
    if not filled or len(cells) < 2:
        return False
    word = filled[0].strip().rstrip(":").casefold()
    return word in _TOTALS and (len(cells) - len(filled)) * 3 >= len(cells)


def _is_native(kind: pa.DataType) -> bool:
    return not (pa.types.is_string(kind) or pa.types.is_dictionary(kind))


def _where(mask: pa.Array) -> list[int]:
    if not pc.any(mask).as_py():
        return []
    return [int(index) for index in pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()]


def _all_null(arrays: list[pa.Array]) -> list[int]:
    """Rows in which every cell is NULL."""
    empty = None
    for array in sorted(arrays, key=lambda each: each.null_count):
        if array.null_count == 0:
            return []
        here = pc.is_null(array)
        empty = here if empty is None else pc.and_(empty, here)
        if not pc.any(empty).as_py():
            return []
    return [] if empty is None else _where(empty)
