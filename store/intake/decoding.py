"""Which encoding a text file is in, found from all of its bytes, and the file as UTF-8 in constant memory.

A character that cannot be decoded becomes U+001A (SUBSTITUTE); the rows that hold one are rejected later.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from store.intake.faults import Unreadable

SUBSTITUTE = "\x1a"

_CHUNK = 1024 * 1024
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = bytes(set(range(32)) - {9, 10, 12, 13, 26}) + b"\x7f"
_UNDEFINED_1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
# In Western text a lower-case letter is never followed by a quotation mark, dash or currency sign and another
# letter (the apostrophe 0x92 apart); where that is common, the bytes mean something else (DOS, Mac).
_IMPLAUSIBLE_1252 = re.compile(rb"[a-zA-Z][\x80-\x89\x8b\x91\x93-\x99\x9b\xa2-\xa9][a-z]")
_FROM_HIGH = re.compile(rb"[\x80-\xff][^\n]*")  # the rest of a line from its first byte that is not ASCII
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_ENOUGH_BYTES = 1024 * 1024
_LONG_RUN = re.compile(rb"[\x80-\xff]{4,}")


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return SUBSTITUTE, error.end


codecs.register_error("substitute", _substitute)


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """`name` as Python knows it, `bom` bytes to skip, `damaged`: some lines are not in it."""

    name: str
    bom: int = 0
    damaged: bool = False


@dataclass(frozen=True, kw_only=True)
class TextFile:
    """UTF-8 text at `path` from byte `start` to byte `size`."""

    path: Path
    start: int
    size: int


def detect(path: Path) -> Encoding:
    """The encoding, from every byte of the file. Raises Unreadable for binary, unknown and mixed ones."""
    with path.open("rb") as file:
        head = file.read(65536)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return _checked(path, name, len(bom))
    wide = _wide_without_bom(head)
    if wide:
        return _checked(path, wide, 0)
    if len(head.translate(None, _BINARY)) < 0.98 * len(head):
        raise Unreadable(
            "Die Datei ist keine Textdatei (sie enthält viele Steuerzeichen). "
            "Erwartet wird CSV, Parquet oder Excel.",
            "The file is not a text file (it is full of control characters). "
            "Expected is CSV, Parquet or Excel.",
        )
    return _checked(path, "utf-8", 0)


def declared(path: Path, name: str, *, damaged: bool) -> Encoding:
    """The encoding a layout names. Bytes that do not fit it are substituted, and their rows rejected."""
    with path.open("rb") as file:
        head = file.read(4)
    bom = next((len(mark) for mark, marked in _BOMS if marked == name and head.startswith(mark)), 0)
    if name == "utf-8" and not damaged:
        damaged = not _decodes(path, name, bom)
    return Encoding(name=name, bom=bom, damaged=damaged)


def _wide_without_bom(head: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Western text is NUL."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < 4:
        return None
    nul_even, nul_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if nul_odd > 0.7 and nul_even < 0.05:
        return "utf-16-le"
    if nul_even > 0.7 and nul_odd < 0.05:
        return "utf-16-be"
    return None


def _checked(path: Path, name: str, bom: int) -> Encoding:
    if _decodes(path, name, bom):
        return Encoding(name=name, bom=bom)
    return _narrow(path, bom) if name == "utf-8" else Encoding(name=name, bom=bom, damaged=True)


def _decodes(path: Path, name: str, bom: int) -> bool:
    about = path.stat()
    return _decoded(path, name, bom, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=8)
def _decoded(path: Path, name: str, bom: int, size: int, changed: int) -> bool:  # noqa: ARG001
    """Whether a file of that size and time decodes: asked when it is recognised and again when it is read."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        for chunk in _chunks(path, bom):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _narrow(path: Path, bom: int) -> Encoding:
    """The file is not all UTF-8: one of the single-byte encodings, or UTF-8 with damaged lines."""
    as_utf8 = others = first_utf8 = first_other = before = size = 0
    sample: list[bytes] = []
    for chunk in _whole_lines(path, bom):
        for found in _FROM_HIGH.finditer(chunk):
            line = found[0]
            if _MULTIBYTE.search(line) and _is_utf8(line):
                as_utf8 += 1
                first_utf8 = first_utf8 or before + chunk.count(b"\n", 0, found.start()) + 1
                continue
            others += 1
            first_other = first_other or before + chunk.count(b"\n", 0, found.start()) + 1
            if size < _ENOUGH_BYTES:
                sample.append(chunk[chunk.rfind(b"\n", 0, found.start()) + 1 : found.end()][:10_000])
                size += len(sample[-1])
        before += chunk.count(b"\n")
    if bom or as_utf8 >= 9 * others:
        return Encoding(name="utf-8", bom=bom, damaged=others > 0)
    if as_utf8 and others < 9 * as_utf8:
        raise Unreadable(
            "Die Datei mischt zwei Kodierungen: {utf8} Zeilen sind UTF-8 (die erste ist Zeile {first_utf8}), "
            "{others} sind es nicht (die erste ist Zeile {first_other}). Bitte exportieren Sie sie "
            "einheitlich als UTF-8.",
            "The file mixes two encodings: {utf8} lines are UTF-8 (the first is line {first_utf8}), "
            "{others} are not (the first is line {first_other}). Please export it in UTF-8 throughout.",
            utf8=as_utf8,
            others=others,
            first_utf8=first_utf8,
            first_other=first_other,
        )
    return Encoding(name=_single_byte(b"\n".join(sample)), damaged=as_utf8 > 0)


def _whole_lines(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(_CHUNK):
            yield chunk + file.readline(_CHUNK)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(sample: bytes) -> str:
    counts = Counter(sample)
    high = sum(count for byte, count in counts.items() if byte >= 0x80)
    odd = len(_IMPLAUSIBLE_1252.findall(sample)) + sum(counts[byte] for byte in _UNDEFINED_1252)
    runs = sum(len(run) for run in _LONG_RUN.findall(sample))
    if odd * 4 > high or runs * 4 > high:
        raise Unreadable(
            "Die Kodierung der Datei ist unbekannt: weder UTF-8 noch UTF-16, Latin-1 oder Windows-1252. "
            "Bitte speichern Sie sie als UTF-8 (in Excel: „CSV UTF-8“).",
            "The file's encoding is unknown: neither UTF-8 nor UTF-16, Latin-1 or Windows-1252. "
            "Please save it as UTF-8 (in Excel: “CSV UTF-8”).",
        )
    return "cp1252"  # the same as Latin-1 wherever Latin-1 has printable characters


def as_utf8(path: Path, encoding: Encoding, scratch: Path, most: int | None = None) -> TextFile:
    """The file as UTF-8: itself where it already is, else a copy in `scratch`, cut at about `most` bytes."""
    if encoding.name == "utf-8" and not encoding.damaged:
        return TextFile(path=path, start=encoding.bom, size=path.stat().st_size)
    target = scratch / "text"
    with target.open("wb") as sink:
        if encoding.name in ("latin-1", "cp1252") and encoding.damaged:
            for piece in _marking_utf8(path, encoding.name):
                sink.write(piece)
                if most and sink.tell() > most:
                    break
        else:
            decoder = codecs.getincrementaldecoder(encoding.name)("substitute")
            for chunk in _chunks(path, encoding.bom):
                sink.write(decoder.decode(chunk).encode())
                if most and sink.tell() > most:
                    break
            else:
                sink.write(decoder.decode(b"", final=True).encode())
    return TextFile(path=target, start=0, size=target.stat().st_size)


def _marking_utf8(path: Path, name: str) -> Iterator[bytes]:
    """Lines of a single-byte file; the few that are UTF-8 are marked, for read as the rest they would lie."""
    with path.open("rb") as file:
        for line in iter(lambda: file.readline(_CHUNK), b""):
            if not line.isascii() and _is_utf8(line):
                yield SUBSTITUTE.encode()
            yield line.decode(name, "substitute").encode()


def _chunks(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        yield from iter(lambda: file.read(_CHUNK), b"")
