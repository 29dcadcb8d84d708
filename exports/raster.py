"""Pictures that people uploaded, drawn anew: what is no pixel (place, camera, comments) stays out."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.Image import open as decoded  # from memory, never from disk

from core.errors import InputFault
from core.text import Text

LARGEST = 40_000_000  # pixels of an upload; a bomb declares more
FORMATS = ("PNG", "JPEG")


def redrawn(picture: bytes, *, longest: int = 800) -> bytes:
    """The picture as PNG without metadata, its longer side at most `longest` pixels.

    InputFault for what is no PNG or JPEG picture, or has more than 40 million pixels.
    """
    try:
        with decoded(io.BytesIO(picture), formats=FORMATS) as opened:
            if opened.width * opened.height > LARGEST:
                raise InputFault(_TOO_LARGE.fill(width=opened.width, height=opened.height))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise InputFault(_NO_PICTURE) from None
    upright.thumbnail((longest, longest))
    pixels = Image.new("RGBA", upright.size)
    pixels.paste(upright)
    out = io.BytesIO()
    pixels.save(out, format="PNG")
    return out.getvalue()


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture made by `redrawn`."""
    with decoded(io.BytesIO(picture), formats=FORMATS) as opened:
        return opened.size


_NO_PICTURE = Text(
    de="Das Bild lässt sich nicht lesen. Bitte laden Sie es als PNG- oder JPEG-Datei hoch.",
    en="The picture cannot be read. Please upload it as a PNG or JPEG file.",
)
_TOO_LARGE = Text(
    de="Das Bild hat {width} × {height} Bildpunkte; möglich sind 40 Millionen. Bitte verkleinern Sie es.",
    en="The picture has {width} × {height} pixels; at most 40 million are possible. Please make it smaller.",
)
