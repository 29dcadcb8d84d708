"""Where a file carries its manifest: a custom XML part and properties, an attachment, a text chunk."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Literal
from xml.sax.saxutils import escape, unescape

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from exports import properties

Kind = Literal["pptx", "pdf", "xlsx", "png"]
PART = "customXml/wegmarke.xml"
ATTACHMENT = "wegmarke.json"  # templates/look.typ attaches it under this name
CHUNK = b"wegmarke"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_OPEN, _CLOSE = '<manifest xmlns="urn:wegmarke:manifest">', "</manifest>"
_MAIN: dict[str, tuple[str, str]] = {
    "pptx": ("ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"),
    "xlsx": ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
}
_PROPERTIES_RELATION = (
    f'<Relationship Id="rIdWegmarke" Type="{properties.RELATION}" Target="{properties.PART}"/>'
)
_PROPERTIES_TYPE = f'<Override PartName="/{properties.PART}" ContentType="{properties.CONTENT_TYPE}"/>'
_PNG = b"\x89PNG\r\n\x1a\n"


def kind_of(file: bytes) -> Kind | None:
    """What the bytes are, by their content, never by a name."""
    if file.startswith(_PNG):
        return "png"
    if b"%PDF-" in file[:1024]:
        return "pdf"
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if _MAIN["pptx"][0] in names:
        return "pptx"
    return "xlsx" if _MAIN["xlsx"][0] in names else None


def with_manifest(file: bytes, manifest: str) -> bytes:
    """A PowerPoint, Excel or PNG file that carries the manifest; what it shows stays as it is.

    A PDF takes it while it is set (`typesetting.typeset`). ValueError for anything else.
    """
    kind = kind_of(file)
    if kind == "png":
        body = CHUNK + b"\0\0\0\0\0" + manifest.encode()  # uncompressed, no language
        return file[:-12] + _chunk(b"iTXt", body) + file[-12:]
    if kind in ("pptx", "xlsx"):
        return _with_part(file, _MAIN[kind][1], manifest)
    raise ValueError(f"no manifest can be added to {kind}")


def manifest_in(file: bytes) -> str | None:
    """The manifest that the file carries, or None. What is broken carries none."""
    match kind_of(file):
        case "png":
            return _from_chunks(file)
        case "pdf":
            return _from_attachment(file)
        case "pptx" | "xlsx":
            return _from_part(file)
    return None


def _with_part(file: bytes, relations: str, manifest: str) -> bytes:
    out = io.BytesIO()
    relation = f'<Relationship Id="rIdWegmarke" Type="{_RELATION}" Target="/{PART}"/>'
    with zipfile.ZipFile(io.BytesIO(file)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in package.infolist():
            content = package.read(part)
            if part.filename == relations:
                content = _before(content, b"</Relationships>", relation)
            elif part.filename == "_rels/.rels":
                content = _before(content, b"</Relationships>", _PROPERTIES_RELATION)
            elif part.filename == "[Content_Types].xml":
                content = _before(content, b"</Types>", _PROPERTIES_TYPE)
            new.writestr(_undated(part.filename), content)
        new.writestr(_undated(properties.PART), properties.as_properties(manifest))
        body = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{_OPEN}{escape(manifest)}{_CLOSE}'
        new.writestr(_undated(PART), body.encode())
    return out.getvalue()


def _before(content: bytes, end: bytes, added: str) -> bytes:
    return content.replace(end, added.encode() + end)


def _undated(name: str) -> zipfile.ZipInfo:
    """A part without the hour it was made in: equal claims give equal files."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _from_part(file: bytes) -> str | None:
    """By its content: a program that saves the file anew gives the part another name, or drops it and keeps
    the properties."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        for name in package.namelist():
            if not re.fullmatch(r"customXml/[^/]*\.xml", name):
                continue
            try:
                text = package.read(name).decode("utf-8")
            except (zipfile.BadZipFile, zlib.error, UnicodeDecodeError, EOFError):
                continue
            if _OPEN in text and _CLOSE in text:
                return unescape(text.partition(_OPEN)[2].partition(_CLOSE)[0])
        try:
            return properties.from_properties(package.read(properties.PART))
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError):
            return None


def _from_attachment(file: bytes) -> str | None:
    try:
        found = PdfReader(io.BytesIO(file)).attachments.get(ATTACHMENT)
        return found[0].decode("utf-8") if found else None
    except (PyPdfError, UnicodeDecodeError, KeyError, ValueError, TypeError, AttributeError, OSError):
        return None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _from_chunks(file: bytes) -> str | None:
    at = len(_PNG)
    while at + 12 <= len(file):
        (length,) = struct.unpack_from(">I", file, at)
        body = file[at + 8 : at + 8 + length]
        if file[at + 4 : at + 8] == b"iTXt" and body.startswith(CHUNK + b"\0"):
            return body[len(CHUNK) + 5 :].decode("utf-8", errors="replace")
        at += 12 + length
    return None
