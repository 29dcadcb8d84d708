"""A text kept in the properties of an Office file, where programs that drop unknown parts leave it alone.

LibreOffice drops custom XML parts when it saves and keeps custom properties. Office takes 255 characters a
property, so the text goes packed and in pieces.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from xml.sax.saxutils import unescape

PART = "docProps/custom.xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PIECE = 240
_LARGEST = 20_000_000  # characters of an unpacked text
_FOUND = re.compile(r'<property\b[^>]*\bname="Wegmarke (\d{3})"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>')


def as_properties(text: str) -> bytes:
    """The part that holds the text."""
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    pieces = [packed[start : start + _PIECE] for start in range(0, len(packed), _PIECE)]
    listed = "".join(
        f'<property fmtid="{_FORMAT}" pid="{place + 2}" name="Wegmarke {place:03}">'
        f"<vt:lpwstr>{piece}</vt:lpwstr></property>"
        for place, piece in enumerate(pieces)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
        'openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org'
        f'/officeDocument/2006/docPropsVTypes">{listed}</Properties>'
    ).encode()


def from_properties(part: bytes) -> str | None:
    """The text that `as_properties` put there, in whatever order the pieces came back; None for none."""
    pieces = {int(place): unescape(piece) for place, piece in _FOUND.findall(part.decode("utf-8", "replace"))}
    if not pieces or sorted(pieces) != list(range(len(pieces))):
        return None
    try:
        packed = base64.b64decode("".join(pieces[place] for place in range(len(pieces))), validate=True)
        return zlib.decompressobj().decompress(packed, _LARGEST).decode("utf-8")
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None
