"""Which columns, events and files light up which KPIs, and which of them the data have."""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.scene import feeds_of
from cockpit.workspace import Workspace
from core.text import Text
from metrics.availability import missing, needs


@dataclass(frozen=True, kw_only=True)
class Light:
    """One need (`contacts.value`, `event:won`, a table; `|` joins alternatives) and the KPIs that use it.

    `dark` are those among them that have no value because of it.
    """

    need: str
    present: bool
    kpis: tuple[Text, ...]
    dark: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Lighting:
    """All needs, missing ones first, the most wanted first; and how many KPIs are lit."""

    lights: tuple[Light, ...]
    lit: int
    kpis: int


def lighting(ws: Workspace) -> Lighting:
    """What the current snapshot lights up; in an empty workspace everything is missing."""
    head = ws.warehouse.head()
    feeds = feeds_of(head) if head else ()
    users: dict[str, list[Text]] = {}
    waiting: dict[str, list[Text]] = {}
    dark = 0
    for kpi in ws.kpis.entries.values():
        lacking = missing(kpi, feeds)
        dark += bool(lacking)
        for need in needs(kpi):
            users.setdefault(need, []).append(kpi.name)
            if lacking and not any(feed.offers(one) for feed in feeds for one in need.split("|")):
                waiting.setdefault(need, []).append(kpi.name)
    lights = [
        Light(need=need, present=need not in waiting, kpis=tuple(names), dark=tuple(waiting.get(need, ())))
        for need, names in users.items()
    ]
    lights.sort(key=lambda light: (light.present, -len(light.kpis)))
    return Lighting(lights=tuple(lights), lit=len(ws.kpis.entries) - dark, kpis=len(ws.kpis.entries))
