"""The frame of a page: the finding as title with its scope, and the quiet line at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from streamlit.delta_generator import DeltaGenerator

from cockpit.scope import Scope
from cockpit.workspace import Workspace
from core.period import Period
from core.text import Lang, Text
from core.view import View
from ui import blocks
from ui.filterbar import scope_words
from ui.links import PageId, address
from ui.words import common as words

When = Period | Literal["whole history"]


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A page with data, for its sections: what is looked at, and where the title goes once it is known."""

    ws: Workspace
    scope: Scope
    view: View
    head: DeltaGenerator


def draw_title(
    title: Text,
    scope: Scope,
    view: View,
    period: When | None,
    lang: Lang,
    *,
    journeys: int | None = None,
) -> None:
    """The finding; below it sample or not, the period and whether it is whole, the scope, the data end.

    `period` None: what is shown stands as of the data end.
    """
    chips = [*([_period(period, scope)(lang)] if period else []), scope_words(scope, view)(lang)]
    if view.model != scope.models[0][0]:
        chips.append(words.MODEL_CHIP(lang))
    meta = words.DATA_END.fill(day=scope.data_end.date())(lang)
    if journeys is not None:
        meta += " · " + words.JOURNEYS.fill(n=journeys)(lang)
    sample = words.SAMPLE(lang) if scope.sample else None
    blocks.title(title(lang), chips, sample=sample, meta=meta)


def _period(period: When, scope: Scope) -> Text:
    if period == "whole history":
        return words.WHOLE_HISTORY
    whole = words.WHOLE if period.whole(scope.data_end) else words.RUNNING
    return whole.fill(period=Text(de=period.label("de"), en=period.label("en")))


def draw_foot(scope: Scope, view: View, lang: Lang, page: PageId = "overview", **more: str) -> None:
    """How to check: every figure, the snapshot, a link that reproduces the view."""
    if view.model != scope.models[0][0]:
        blocks.note(words.COARSE_NOTE(lang))
    blocks.foot(
        [
            (words.EVERY_FIGURE(lang), address("kpis", lang, view)),
            (words.SNAPSHOT.fill(id=scope.snapshot)(lang), address("data", lang, view)),
            (words.LINK_HERE(lang), address(page, lang, view, **more)),
        ]
    )
