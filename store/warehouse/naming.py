"""Whether a kept original names a customer: text, zipped and gzipped files, workbooks, Parquet."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Collection
from enum import Enum
from pathlib import Path
from typing import IO

import duckdb

from core.query import identifier
from store.engine import parquet
from store.warehouse.workbench import Workbench

_BLOCK = 1 << 22
_OLE = b"\xd0\xcf\x11\xe0"


class Naming(Enum):
    NAMED = "named"
    NOT_NAMED = "not named"
    CANNOT_TELL = "cannot tell"


def naming(bench: Workbench, original: Path, ids: Collection[str]) -> Naming:
    """Whether one of the ids stands in the file. Old workbooks and damaged files: cannot tell."""
    if not original.exists():
        return Naming.NOT_NAMED
    with original.open("rb") as file:
        start = file.read(4)
    try:
        if start == b"PAR1":
            named = _in_parquet(bench, original, ids)
        elif start == b"PK\x03\x04":
            named = _in_zip(original, ids)
        elif start[:2] == b"\x1f\x8b":
            with gzip.open(original) as unpacked:
                named = _in_bytes(io.BufferedReader(unpacked), ids)
        elif start == _OLE:
            return Naming.CANNOT_TELL
        else:
            with original.open("rb") as file:
                named = _in_bytes(file, ids)
    except (duckdb.Error, zipfile.BadZipFile, OSError, EOFError, zlib.error):
        return Naming.CANNOT_TELL
    return Naming.NAMED if named else Naming.NOT_NAMED


def _in_bytes(file: IO[bytes], ids: Collection[str]) -> bool:
    """Looks for each id as a word in the encodings that an import reads."""
    words = []
    for one in ids:
        for encoding in ("utf-8", "cp1252"):
            written = re.escape(one.encode(encoding, "ignore"))
            words.append(rb"(?<![0-9A-Za-z_])" + written + rb"(?![0-9A-Za-z_])")
        words += [re.escape(one.encode(encoding)) for encoding in ("utf-16-le", "utf-16-be")]
    wanted = re.compile(b"|".join(words))
    overlap = max(len(one.encode("utf-16-le")) for one in ids) + 4
    tail = b""
    while block := file.read(_BLOCK):
        if wanted.search(tail + block):
            return True
        tail = block[-overlap:]
    return False


def _in_zip(original: Path, ids: Collection[str]) -> bool:
    with zipfile.ZipFile(original) as archive:
        for member in archive.namelist():
            with archive.open(member) as file:
                if _in_bytes(file, ids):
                    return True
    return False


def _in_parquet(bench: Workbench, original: Path, ids: Collection[str]) -> bool:
    origin = parquet([original])
    held = " OR ".join(
        f"list_contains($ids, {identifier(column)}::VARCHAR)" for column in bench.columns(origin)
    )
    (count,) = bench.row(f"SELECT count(*) FROM {origin} WHERE {held}", {"ids": list(ids)})
    return bool(count)
