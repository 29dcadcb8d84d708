"""The sections of the funnel's page about qualification: who is worth the effort, and the Monday list."""

from __future__ import annotations

from cockpit.qualification import qualification
from core.text import Lang
from ui.frame import Opened, draw_foot, draw_title
from ui.qualificationpicture import draw_closings, draw_monday, draw_qualification
from ui.session import remembered
from ui.words import funnel as words


def draw_section(on: Opened, part: str, lang: Lang) -> None:
    """One of the two sections, with its title above."""
    shown = remembered(on.ws, "qualification", (on.view.key(),), lambda: qualification(on.ws, on.view))
    if shown is None:
        return
    with on.head:
        draw_title(words.PART_TITLES[part], on.scope, on.view, shown.period, lang)
    if part == "offers":
        draw_monday(shown, on.view, lang)
    else:
        draw_qualification(shown, on.view, lang)
        draw_closings(shown, on.view, lang)
    draw_foot(on.scope, on.view, lang, "funnel", part=part)
