"""What a funnel counts, from where to where, how long, broken down by what. Every choice is in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from cockpit.funnel import UsualRoute
from core.text import Lang
from journeys.course import Attribution, Counting
from journeys.funnel import Route
from journeys.model import Phase
from ui.address import said_now, say_unknown
from ui.choices import buttons, select
from ui.words import funnel as words

WINDOW_DAYS = (30, 90, 180, 365)
LONGEST_WINDOW = 36_500  # days
NO_WINDOW = "none"


def choose_part(lang: Lang) -> str:
    """Which section of the page is shown."""
    return buttons("part", {part: name(lang) for part, name in words.PARTS.items()}, words.PART(lang))


def choose_route(usual: UsualRoute, dimensions: Mapping[str, str], lang: Lang) -> tuple[Route, str | None]:
    """The route, and the attribute to break down by."""
    phases, default = usual.phases, usual.route
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wm_route"):
        names: dict[str, str] = {name: label(lang) for name, label in words.COUNTINGS.items()}
        counting = cast("Counting", buttons("counting", names, words.COUNTING(lang)))
        start = _phase("start", phases[:-1] or phases, default.start, lang)
        later = phases[[phase.id for phase in phases].index(start) + 1 :]
        end = _phase("end", later, default.end, lang) if later else None
        window = _window(default.window_days, lang)
        by = _breakdown(dimensions, lang)
        attribution: Attribution = _attribution(lang) if by else "first"
    say_unknown(lang)
    route = Route(counting=counting, start=start, end=end, window_days=window, attribution=attribution)
    return route, by


def _phase(key: str, phases: Sequence[Phase], default: str | None, lang: Lang) -> str:
    word = {"start": words.STARTS, "end": words.ENDS}[key]
    name = {"start": words.START, "end": words.END}[key]
    labels = {phase.id: word.fill(phase=phase.name)(lang) for phase in phases}
    return select(key, labels, name(lang), 190, default=default if default in labels else phases[-1].id)


def _window(default: int | None, lang: Lang) -> int | None:
    """One of the usual windows, the workspace's own, or whatever number of days the link says."""
    asked = said_now("window")
    own = [int(asked)] if asked.isdecimal() and 0 < int(asked) <= LONGEST_WINDOW else []
    days = sorted({*WINDOW_DAYS, *([default] if default else []), *own})
    labels = {str(n): words.WINDOWS.fill(n=n)(lang) for n in days} | {NO_WINDOW: words.NO_WINDOW(lang)}
    chosen = select("window", labels, words.WINDOW(lang), 150, default=str(default or NO_WINDOW))
    return None if chosen == NO_WINDOW else int(chosen)


def _breakdown(dimensions: Mapping[str, str], lang: Lang) -> str | None:
    labels = {"": words.NOT_BROKEN(lang)} | {
        column: words.BY_NAME.fill(name=label)(lang) for column, label in dimensions.items()
    }
    return select("by", labels, words.BY(lang), 210) or None


def _attribution(lang: Lang) -> Attribution:
    labels: dict[str, str] = {name: label(lang) for name, label in words.ATTRIBUTIONS.items()}
    return cast("Attribution", select("attribution", labels, words.ATTRIBUTION(lang), 260))


def route_query(route: Route, by: str | None) -> dict[str, str]:
    """The choices as a link says them."""
    return {
        "part": "funnel",
        "counting": route.counting,
        "start": route.start or "",
        "end": route.end or "",
        "window": NO_WINDOW if route.window_days is None else str(route.window_days),
        "by": by or "",
        "attribution": route.attribution if by else "",
    }
