"""The leak of every phase in money, in a view."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.period import Period
from core.text import Text
from core.view import View
from journeys.leaks import Leak

__all__ = ["Leak", "LeaksView", "leak_sentence", "leaks"]


@dataclass(frozen=True, kw_only=True)
class LeaksView:
    """The leaks in phase order; never added up. `per_year`: the period has twelve whole months."""

    model: str
    leaks: tuple[Leak, ...]
    costliest: Leak | None
    period: Period
    per_year: bool
    window_days: int
    currency: str
    data_end: dt.datetime
    snapshot: str


def leaks(ws: Workspace, view: View) -> LeaksView | None:
    """The leaks; None while there are no contacts. `view.period` None: the last twelve whole months.

    Raises UsageFault for an unknown model, dimension or period.
    """
    raise NotImplementedError


def leak_sentence(leak: Leak, found: LeaksView) -> Text:
    """What leaks in the phase, up to how much, from where to where."""
    raise NotImplementedError
