"""The logo of an invented customer: `python -m sample_data.drawing` draws it again."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
FONTS = HERE.parent / "exports" / "fonts"
LOGO = HERE / "projects" / "kastanienhof.png"
GREEN, GREY = "#2f5d50", "#5d6b66"
FINER = 4  # drawn so many times larger, for smooth edges


def logo() -> bytes:
    """Two gables around a yard, and the name beside them, as PNG on nothing."""
    sheet = Image.new("RGBA", (660 * FINER, 180 * FINER))
    draw = ImageDraw.Draw(sheet)
    for left, ridge in ((10, 30), (86, 54)):
        house = [(left, 92), (left + 38, ridge), (left + 76, 92), (left + 76, 160), (left, 160)]
        draw.polygon([(x * FINER, y * FINER) for x, y in house], fill=GREEN)
    draw.rectangle([70 * FINER, 112 * FINER, 102 * FINER, 160 * FINER], fill=(0, 0, 0, 0))
    for text, font, size, at, colour in (
        ("Kastanienhof", "Inter-SemiBold.otf", 64, (192, 48), GREEN),
        ("Wohnbau eG", "Inter-Regular.otf", 38, (194, 122), GREY),
    ):
        face = ImageFont.truetype(FONTS / font, size * FINER)
        draw.text((at[0] * FINER, at[1] * FINER), text, font=face, fill=colour)
    small = sheet.resize((660, 180), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.crop(small.getbbox()).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    LOGO.write_bytes(logo())
