"""CSV and its relatives: from bytes to a layout, and from bytes and a layout to raw rows."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store.intake import decoding
from store.intake.delimiters import Dialect, find_dialect, refuse_other_formats
from store.intake.faults import Unreadable
from store.intake.headers import find_header, fingerprint, unique_names
from store.intake.limits import Limits
from store.intake.textrecords import Record, carefully, physical_lines

Progress = Callable[[float], None]

_SAMPLE_BYTES = 256 * 1024
_SAMPLE_RECORDS = 500
_BATCH = 50_000


def sniff_text(path: Path, scratch: Path, limits: Limits) -> dict[str, Any]:
    """The layout of a text file as JSON values; raises Unreadable."""
    encoding = decoding.detect(path)
    text = decoding.as_utf8(path, encoding, scratch)
    lines = _first_lines(text, limits)
    refuse_other_formats("".join(lines[:50]))
    dialect = find_dialect(lines)
    records = list(
        itertools.islice(
            carefully(iter(lines[dialect.skip :]), dialect, None, limits, dialect.skip), _SAMPLE_RECORDS
        )
    )
    filled = [record for record in records if record.cells is not None]
    header = find_header([record.cells or [] for record in filled], limits)
    notices = list(header.notices)
    if encoding.damaged:
        notices.append(_damaged(encoding))
    return {
        "kind": "csv",
        "encoding": encoding.name,
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "header_row": None if header.row is None else filled[header.row].line,
        "first_row": filled[header.first].line if header.row is None else 0,
        "columns": list(header.columns),
        "fingerprint": fingerprint(header.columns, headerless=header.row is None),
        "notices": [{"de": de, "en": en} for de, en in notices],
    }


def _damaged(encoding: decoding.Encoding) -> tuple[str, str]:
    return (
        "Einzelne Zeilen passen nicht zur Kodierung der übrigen Datei; sie werden nicht übernommen und einzeln "
        "aufgeführt.",
        "Some lines do not fit the encoding of the rest of the file; they are not imported and listed one by one.",
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
        if whole:
            return lines
        if len(lines) > 2:
            return lines[:-1]
        if size >= limits.line_bytes:
            raise Unreadable(
                "Die Datei hat eine Zeile von mehr als {size} MB; so sieht keine Tabelle aus.",
                "The file has a line of more than {size} MB; that is not what a table looks like.",
                size=limits.line_bytes // 1024**2,
            )
        size *= 8


def read_text(
    path: Path,
    layout: dict[str, Any],
    out: Path,
    rejects: Path,
    scratch: Path,
    limits: Limits,
    progress: Progress,
) -> dict[str, Any]:
    """Every record of the file to `out` or `rejects`; accepted + rejected = records, counted independently."""
    # numpy and pyarrow take a third of a second to import; sniffing does without
    from store.intake import fastcsv, structure  # noqa: PLC0415
    from store.intake.rawrows import RawRows  # noqa: PLC0415

    found = decoding.detect(path)
    encoding = (
        found if _same_family(found.name, layout["encoding"]) else decoding.Encoding(name=layout["encoding"])
    )
    text = decoding.as_utf8(path, encoding, scratch)
    if text.size > limits.text_bytes:
        raise Unreadable(
            "Die Datei ist mit {size} MB größer als erlaubt.",
            "At {size} MB the file is larger than allowed.",
            size=text.size // 1024**2,
        )
    dialect = Dialect(delimiter=layout["delimiter"], quote=layout["quote"])
    columns = layout["columns"]
    header, start, first_line = _data_start(text, layout, dialect, limits)
    count = structure.scan(text, start, dialect.delimiter, dialect.quote, len(columns), limits)
    if count.longest_line > limits.line_bytes:
        raise Unreadable(
            "Die Datei hat eine Zeile von mehr als {size} MB; so sieht keine Tabelle aus.",
            "The file has a line of more than {size} MB; that is not what a table looks like.",
            size=limits.line_bytes // 1024**2,
        )
    with RawRows(out, rejects, columns, header, limits, plain=False) as rows:
        if count.regular:
            records = count.records
            fastcsv.read(text, start, dialect, len(columns), rows, progress)
        else:
            records, lines = _read_carefully(text, start, first_line, dialect, limits, rows, progress)
            if lines != count.lines:
                raise _unaccounted(count.lines, lines)
    if rows.accepted + rows.rejected != records:
        raise _unaccounted(records, rows.accepted + rows.rejected)
    return {
        "records": records,
        "accepted": rows.accepted,
        "rejected": rows.rejected,
        "typed": {},
        "reasons": [{"de": de, "en": en, "count": n} for (de, en), n in rows.reasons.most_common()],
    }


def _same_family(found: str, wanted: str) -> bool:
    return found == wanted or {found, wanted} <= {"cp1252", "latin-1"}


def _unaccounted(expected: int, found: int) -> Unreadable:
    return Unreadable(
        "Die Zählung geht nicht auf: Die Datei hat {expected} Zeilen, gelesen wurden {found}. "
        "Nichts wurde übernommen.",
        "The count does not add up: the file has {expected} rows, {found} were read. Nothing was imported.",
        expected=expected,
        found=found,
    )


def _data_start(
    text: decoding.TextFile, layout: dict[str, Any], dialect: Dialect, limits: Limits
) -> tuple[list[str], int, int]:
    """The header's raw cells, the byte and the physical line where the data begin.

    Raises Unreadable where the header is not the one the layout was made from.
    """
    header_row = layout["header_row"]
    skipped = layout["first_row"] if header_row is None else header_row
    lines = physical_lines(text, text.start, None)
    seen: list[str] = list(itertools.islice(lines, skipped))
    header: list[str] = []
    if header_row is not None:
        kept: list[str] = []

        def remembered() -> Any:
            for line in lines:
                kept.append(line)
                yield line

        record = next(carefully(remembered(), dialect, None, limits), None)
        cells = [] if record is None or record.cells is None else record.cells
        header = [cell.replace("\ufeff", "") for cell in cells]
        while len(header) > len(layout["columns"]) and not header[-1].strip():
            header.pop()
        if unique_names(header)[0] != tuple(layout["columns"]):
            raise Unreadable(
                "Die Kopfzeile passt nicht zur erkannten Form der Datei. Erwartet: {expected}; gefunden: {found}.",
                "The header does not fit the recognised shape of the file. Expected: {expected}; found: {found}.",
                expected=", ".join(layout["columns"])[:300],
                found=", ".join(header)[:300] or "–",
            )
        seen += kept[: record.lines if record else 0]
    lines.close()
    return header, text.start + sum(len(line.encode()) for line in seen), len(seen)


def _read_carefully(
    text: decoding.TextFile,
    start: int,
    first_line: int,
    dialect: Dialect,
    limits: Limits,
    rows: Any,
    progress: Progress,
) -> tuple[int, int]:
    """Feed every record to `rows`; the number of records and of physical lines they took."""
    import numpy as np  # noqa: PLC0415

    from store.intake.fastcsv import columns_of  # noqa: PLC0415

    width = len(rows.columns)
    records = lines = size = 0
    numbers: list[int] = []
    batch: list[list[str]] = []
    record: Record
    for record in carefully(physical_lines(text, start, progress), dialect, width, limits, first_line):
        lines += record.lines
        if record.cells is not None and not record.cells:
            continue
        records += 1
        if record.cells is None:
            assert record.fault is not None
            rows.reject(records, record.fault, record.text)
            continue
        numbers.append(records)
        batch.append(record.cells)
        size += len(record.text)
        if len(batch) >= _BATCH or size > 16 * 1024**2:
            rows.add(np.array(numbers), columns_of(batch, width))
            numbers, batch, size = [], [], 0
    if batch:
        rows.add(np.array(numbers), columns_of(batch, width))
    return records, lines
