"""The overview on one page: words of one language, numbers already written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from core.text import Lang

Tone = Literal["good", "bad", "neutral"]


@dataclass(frozen=True, kw_only=True)
class StationLine:
    """One phase. `onward` is the share that goes on to the next, empty at the last; `course` the last months
    for a small line, rounded as shown."""

    number: int
    phase: str
    kpi: str
    value: str
    target: str
    said: str
    tone: Tone
    hot: bool
    onward: str
    course: tuple[float | None, ...]
    months: tuple[str, ...]
    lower: float | None
    upper: float | None


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """A KPI with a signal: name with its sign, value, what the signal is."""

    name: str
    value: str
    said: str
    tone: Tone


@dataclass(frozen=True, kw_only=True)
class OverviewSheet:
    """What an executive takes along: title, stations, what costs most, signals, what happened."""

    lang: Lang
    title: str
    about: str  # period, scope, data end, n
    sample: str | None  # "Beispieldaten", where it is
    stations: tuple[StationLine, ...]
    leak_heading: str
    leak: tuple[str, ...]
    changes_heading: str
    changes_about: str
    changes: tuple[ChangeLine, ...]
    news_heading: str
    news: tuple[str, ...]
    footnote: str
    snapshot: str
    made_on: dt.date
