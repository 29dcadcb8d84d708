"""One quiet line on the overview: the projects whose after window closes soon."""

from __future__ import annotations

from collections.abc import Sequence

from core.text import Lang
from proof.project import Project
from ui import blocks
from ui.links import plain_address
from ui.words import projects as words


def draw_soon(projects: Sequence[Project], lang: Lang) -> None:
    """Each with its last day, leading to its page; nothing where none closes."""
    blocks.small_print([
        (
            words.SOON.fill(name=each.name, day=each.after.last)(lang),
            plain_address("projects", lang, project=each.id),
        )
        for each in projects
    ])  # fmt: skip
