"""What kind of file it is, by its first bytes and never by its name; gzip and zip are unpacked with a cap."""

from __future__ import annotations

import errno
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from store.intake.faults import Unreadable
from store.intake.limits import Limits

Kind = Literal["csv", "parquet", "excel"]

_CHUNK = 1024 * 1024

# What zipfile raises for damaged archives; RuntimeError stands for encryption, ValueError for bad offsets.
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"ARROW1", "Arrow/Feather"),
    (b"Obj\x01", "Avro"),
    (b"ORC", "ORC"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"{\\rtf", "RTF"),
)


def recognise(path: Path, scratch: Path, limits: Limits) -> tuple[Kind, Path]:
    """The kind of the file and the path to read: `path` itself, or its unpacked content in `scratch`.

    Raises Unreadable for empty files, archives with several members, bombs, and foreign formats.
    """
    kind = _by_magic(path)
    if kind in ("csv", "parquet", "excel"):
        return _known(kind), path
    unpacked = scratch / "unpacked"
    if kind == "gzip":
        _unpack_gzip(path, unpacked, limits)
    else:
        _unpack_zip(path, unpacked, limits)
    inner = _by_magic(unpacked)
    if inner in ("gzip", "zip"):
        raise Unreadable(
            "Die Datei ist mehrfach komprimiert. Bitte entpacken Sie sie und laden Sie das Ergebnis hoch.",
            "The file is compressed more than once. Please unpack it and upload the result.",
        )
    return _known(inner), unpacked


def _known(kind: str) -> Kind:
    return "parquet" if kind == "parquet" else "excel" if kind == "excel" else "csv"


def _by_magic(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        raise Unreadable("Die Datei ist leer.", "The file is empty.")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "excel"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PK\x03\x04"):
        return "excel" if _is_workbook(path) else "zip"
    if head.startswith(b"PK"):
        raise Unreadable(
            "Die ZIP-Datei ist leer oder abgeschnitten.", "The zip file is empty or has been cut short."
        )
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise Unreadable(
                "Die Datei ist im Format {format}. Erwartet wird CSV, Parquet oder Excel.",
                "The file is in {format} format. Expected is CSV, Parquet or Excel.",
                format=name,
            )
    return "csv"


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except _ZIP_FAULTS:
        raise Unreadable(
            "Die Datei beginnt wie eine Excel- oder ZIP-Datei, ist aber abgeschnitten oder beschädigt. "
            "Bitte laden Sie sie erneut herunter oder speichern Sie sie neu.",
            "The file begins like an Excel or zip file but is cut short or damaged. "
            "Please download or save it again.",
        ) from None
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Unreadable(
            "Die Datei ist ein Word- oder PowerPoint-Dokument. Erwartet wird CSV, Parquet oder Excel.",
            "The file is a Word or PowerPoint document. Expected is CSV, Parquet or Excel.",
        )
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin"}) or {"mimetype", "content.xml"} <= names


def _unpack_gzip(path: Path, target: Path, limits: Limits) -> None:
    try:
        with gzip.open(path, "rb") as source, target.open("wb") as sink:
            _copy(source, sink, path.stat().st_size, limits)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Unreadable(
            "Die gzip-Datei ist abgeschnitten oder beschädigt. Nichts wurde übernommen.",
            "The gzip file is cut short or damaged. Nothing was imported.",
        ) from None


def _unpack_zip(path: Path, target: Path, limits: Limits) -> None:
    try:
        with _archive(path) as archive:
            members = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not member.filename.startswith("__MACOSX/")
            ]
            if len(members) != 1:
                raise Unreadable(
                    "Die ZIP-Datei enthält {count} Dateien. Bitte laden Sie genau eine hoch.",
                    "The zip file holds {count} files. Please upload exactly one.",
                    count=len(members),
                )
            if members[0].flag_bits & 0x1:
                raise Unreadable(
                    "Die ZIP-Datei ist mit einem Kennwort geschützt.",
                    "The zip file is protected by a password.",
                )
            with archive.open(members[0]) as source, target.open("wb") as sink:
                _copy(source, sink, path.stat().st_size, limits)
    except _ZIP_FAULTS:
        raise Unreadable(
            "Die ZIP-Datei ist beschädigt oder nutzt ein unbekanntes Verfahren. Nichts wurde übernommen.",
            "The zip file is damaged or uses an unknown method. Nothing was imported.",
        ) from None


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(path) as archive:
        try:
            yield archive
        except OSError as error:
            if error.errno == errno.EINVAL:  # an offset before the file's beginning
                raise zipfile.BadZipFile from error
            raise


def _copy(source: IO[bytes] | gzip.GzipFile, sink: IO[bytes], packed: int, limits: Limits) -> None:
    written = 0
    while chunk := source.read(_CHUNK):
        written += len(chunk)
        bomb = written > 64 * _CHUNK and written > packed * limits.unpack_ratio
        if bomb or written > limits.unpacked_bytes:
            raise Unreadable(
                "Die Datei wird beim Entpacken unerwartet groß (mehr als {size} MB aus {packed} kB). "
                "Sie wurde nicht gelesen. Bitte laden Sie sie unkomprimiert hoch.",
                "The file grows unexpectedly large when unpacked (more than {size} MB from {packed} kB). "
                "It was not read. Please upload it uncompressed.",
                size=written // _CHUNK,
                packed=max(1, packed // 1000),
            )
        sink.write(chunk)


def check_workbook(path: Path, limits: Limits) -> None:
    """Refuse a workbook whose parts would not fit into memory or do not match their checksums."""
    if not zipfile.is_zipfile(path):
        return
    with _archive(path) as archive:
        total = sum(member.file_size for member in archive.infolist())
        damaged = None if total > limits.sheet_bytes else _damaged_part(archive)
    packed = path.stat().st_size
    if total > limits.sheet_bytes or (total > 64 * _CHUNK and total > packed * limits.unpack_ratio):
        raise Unreadable(
            "Die Arbeitsmappe ist entpackt {size} MB groß, mehr als sich sicher lesen lässt. "
            "Bitte speichern Sie das Blatt als CSV.",
            "The workbook is {size} MB when unpacked, more than can be read safely. "
            "Please save the sheet as CSV.",
            size=total // _CHUNK,
        )
    if damaged:
        raise Unreadable(
            "Die Arbeitsmappe ist beschädigt ({part}). Bitte speichern Sie sie neu.",
            "The workbook is damaged ({part}). Please save it again.",
            part=damaged,
        )


def _damaged_part(archive: zipfile.ZipFile) -> str | None:
    try:
        return archive.testzip()
    except (*_ZIP_FAULTS, OSError) as error:
        return str(error) or "zip"
