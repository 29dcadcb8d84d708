"""What a section shows where the data cannot fill it."""

from __future__ import annotations

from core.text import Lang, Text
from metrics.qualification import Absent
from metrics.wording import joined, need_words
from ui import blocks
from ui.words import qualification as said


def draw_absent(name: Text, absent: Absent, lang: Lang) -> None:
    """The section's name, and which columns or events would fill it, or why this filter cannot."""
    blocks.heading(name(lang))
    if absent.filtered:
        blocks.note(said.FILTERED(lang))
    else:
        needs = joined([need_words(need) for need in absent.needs])
        blocks.note(said.ABSENT.fill(needs=needs)(lang))
