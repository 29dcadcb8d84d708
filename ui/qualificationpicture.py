"""The sections about qualification: who is worth the effort, what it costs, why cases are lost, what waits."""

from __future__ import annotations

from cockpit.qualification import QualificationView
from core.text import Lang
from core.view import View


def draw_qualification(shown: QualificationView, view: View, lang: Lang) -> None:
    """Qualified beside unqualified entries, by segment and by price tier; talks that led nowhere."""


def draw_closings(shown: QualificationView, view: View, lang: Lang) -> None:
    """Win rate by count and value, loss reasons and competitors, and what a closing costs by entry cohort."""


def draw_monday(shown: QualificationView, view: View, lang: Lang) -> None:
    """The open offers nobody follows up, as a list for Monday."""
