"""CSV and its relatives: from bytes to a layout, and from bytes and a layout to raw rows."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.intake import decoding
from store.intake.delimiters import find_dialect, refuse_other_formats
from store.intake.faults import Unreadable, unaccounted
from store.intake.headers import find_header, fingerprint, unique_names
from store.intake.limits import Limits
from store.intake.order import Order
from store.intake.textrecords import Dialect, Record, carefully, physical_lines

if TYPE_CHECKING:
    from store.intake.rawrows import RawRows

_SAMPLE_BYTES = 256 * 1024
_SAMPLE_RECORDS = 500
_BATCH = 50_000
_BATCH_CHARS = 16 * 1024**2

_DAMAGED = (
    "Einzelne Zeilen passen nicht zur Kodierung der übrigen Datei; sie werden nicht übernommen und einzeln "
    "aufgeführt.",
    "Some lines do not fit the encoding of the rest of the file; they are not imported but listed.",
)


def sniff_text(path: Path, scratch: Path, limits: Limits) -> dict[str, Any]:
    """The layout of a text file as JSON values; raises Unreadable."""
    encoding = decoding.detect(path)
    text = decoding.as_utf8(path, encoding, scratch, most=2 * limits.line_bytes)
    lines = _first_lines(text, limits)
    refuse_other_formats("".join(lines[:50]))
    dialect = find_dialect(lines, limits)
    records = list(
        itertools.islice(
            carefully(iter(lines[dialect.skip :]), dialect, None, limits, dialect.skip), _SAMPLE_RECORDS
        )
    )
    filled = [record for record in records if record.cells]
    faulty = [record for record in records if record.fault]
    if len(filled) <= 1 and faulty:
        raise _unreadable_line(faulty[0])
    header = find_header([record.cells or [] for record in filled], limits)
    if faulty and faulty[0].line < filled[header.first].line:
        # a broken header must not make the first data row the header
        raise _unreadable_line(faulty[0])
    notices = list(header.notices)
    if encoding.damaged:
        notices.append(_DAMAGED)
    return {
        "kind": "csv",
        "encoding": encoding.name,
        "damaged": encoding.damaged,
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "header_row": None if header.row is None else filled[header.row].line,
        "first_row": filled[header.first].line if header.row is None else 0,
        "columns": list(header.columns),
        "fingerprint": fingerprint(header.columns, headerless=header.row is None),
        "notices": [{"de": de, "en": en} for de, en in notices],
    }


def _unreadable_line(record: Record) -> Unreadable:
    de, en = record.fault or ("", "")
    return Unreadable(
        "Zeile {line} der Datei lässt sich nicht lesen: {de}",
        "Line {line} of the file cannot be read: {en}",
        line=record.line + 1,
        de=de,
        en=en,
    )


def _first_lines(text: decoding.TextFile, limits: Limits) -> list[str]:
    """The file's first physical lines, whole ones; a line that never ends is refused."""
    size = _SAMPLE_BYTES
    while True:
        with text.path.open("rb") as file:
            file.seek(text.start)
            data = file.read(size)
        whole = text.start + len(data) >= text.size
        sample = data.decode("utf-8", "ignore")
        lines = list(io.StringIO(sample, newline=""))
        if max(map(len, lines), default=0) > limits.line_bytes:
            raise _endless_line(limits)
        if whole:
            return lines
        if len(lines) > 2:
            return lines[:-1]
        size *= 8


def _endless_line(limits: Limits) -> Unreadable:
    return Unreadable(
        "Die Datei hat eine Zeile von mehr als {size} MB; so sieht keine Tabelle aus.",
        "The file has a line of more than {size} MB; that is not what a table looks like.",
        size=limits.line_bytes // 1024**2,
    )


def read_text(order: Order) -> dict[str, Any]:
    """Every record to `out` or `rejects`; accepted + rejected = records, which are counted independently."""
    # numpy and pyarrow take a third of a second to import; sniffing does without
    from store.intake import fastcsv, structure  # noqa: PLC0415
    from store.intake.rawrows import RawRows  # noqa: PLC0415

    layout, limits = order.layout, order.limits
    encoding = decoding.declared(order.path, layout["encoding"], damaged=layout["damaged"])
    text = decoding.as_utf8(order.path, encoding, order.scratch)
    if text.size > limits.text_bytes:
        raise Unreadable(
            "Die Datei ist mit {size} MB größer als erlaubt.",
            "At {size} MB the file is larger than allowed.",
            size=text.size // 1024**2,
        )
    dialect = Dialect(delimiter=layout["delimiter"], quote=layout["quote"])
    header, body = _body(text, layout, dialect, limits)
    width = len(layout["columns"])
    scan = structure.Scan(dialect, width, limits)
    with ThreadPoolExecutor(1) as beside:
        counting = beside.submit(structure.scan, body, dialect, width, limits, scan)
        rows = RawRows(order, header)
        fault: Unreadable | None = None
        # What is read meanwhile counts only if the count shows that the file is regular.
        try:
            with rows:
                fastcsv.read(body, dialect, rows, order.progress, lambda: scan.regular)
        except Unreadable as error:
            fault = error
        count = counting.result()
    if count.longest_line > limits.line_bytes:
        raise _endless_line(limits)
    if count.regular:
        if fault:
            raise fault
        return rows.counted(count.records, {})
    order.rejects.unlink(missing_ok=True)
    with RawRows(order, header) as rows:
        records, lines = _read_carefully(body, dialect, rows, order)
    if lines != count.lines:
        raise unaccounted(count.lines, lines)
    return rows.counted(records, {})


def _body(
    text: decoding.TextFile, layout: dict[str, Any], dialect: Dialect, limits: Limits
) -> tuple[list[str], decoding.TextFile]:
    """The header's raw cells and the text below it.

    Raises Unreadable where the header is not the one the layout was made from.
    """
    header_row = layout["header_row"]
    lines = physical_lines(text, None)
    seen = list(itertools.islice(lines, layout["first_row"] if header_row is None else header_row))
    header: list[str] = []
    if header_row is not None:

        def remembered() -> Iterator[str]:
            for line in lines:
                seen.append(line)
                yield line

        record = next(carefully(remembered(), dialect, None, limits), None)
        header = list(record.cells or []) if record else []
        del seen[header_row + (record.lines if record else 0) :]
        while len(header) > len(layout["columns"]) and not header[-1].strip():
            header.pop()
        if unique_names(header)[0] != tuple(layout["columns"]):
            raise Unreadable(
                "Die Kopfzeile passt nicht zur erkannten Form der Datei. Erwartet: {expected}; "
                "gefunden: {found}.",
                "The header does not fit the recognised shape of the file. Expected: {expected}; "
                "found: {found}.",
                expected=", ".join(layout["columns"])[:300],
                found=", ".join(header)[:300] or "–",
            )
    lines.close()
    start = text.start + sum(len(line.encode()) for line in seen)
    return header, decoding.TextFile(path=text.path, start=start, size=text.size)


def _read_carefully(
    body: decoding.TextFile, dialect: Dialect, rows: RawRows, order: Order
) -> tuple[int, int]:
    """Feed every record to `rows`; the number of records and of physical lines they took."""
    import numpy as np  # noqa: PLC0415

    from store.intake.arrays import columns_of  # noqa: PLC0415

    width = len(rows.columns)
    records = lines = size = 0
    numbers: list[int] = []
    batch: list[list[str]] = []
    for record in carefully(physical_lines(body, order.progress), dialect, width, order.limits):
        lines += record.lines
        if record.fault:
            records += 1
            rows.reject(records, record.fault, record.text)
        elif record.cells:
            records += 1
            numbers.append(records)
            batch.append(record.cells)
            size += len(record.text)
        if len(batch) == _BATCH or size > _BATCH_CHARS:
            rows.add(np.array(numbers), columns_of(batch, width))
            numbers, batch, size = [], [], 0
    rows.add(np.array(numbers), columns_of(batch, width))
    return records, lines
