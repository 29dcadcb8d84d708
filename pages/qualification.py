"""The sections of the funnel's page about qualification: who is worth the effort, and the Monday list."""

from __future__ import annotations

from cockpit.qualification import qualification
from core.text import Lang
from ui.frame import Opened, draw_foot, draw_title
from ui.mondaylist import draw_monday, monday_title
from ui.qualificationpicture import draw_closings, draw_qualification, qualification_title
from ui.session import remembered


def draw_section(on: Opened, part: str, lang: Lang) -> None:
    """One of the two sections, with its finding as title."""
    shown = remembered(on.ws, "qualification", (on.view.key(),), lambda: qualification(on.ws, on.view))
    if shown is None:
        return
    with on.head:
        if part == "offers":
            draw_title(monday_title(shown), on.scope, on.view, None, lang)
        else:
            draw_title(qualification_title(shown), on.scope, on.view, shown.period, lang)
    if part == "offers":
        draw_monday(shown, on.view, lang)
    else:
        draw_qualification(shown, on.view, lang)
        draw_closings(shown, on.view, lang)
    draw_foot(on.scope, on.view, lang, "funnel", part=part)
