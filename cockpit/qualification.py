"""Qualification in a view: who is worth the effort, what a closing costs, why cases are lost, which offers wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.period import Period
from core.text import Text
from core.view import View
from metrics.qualification import Absent, CostOfClosing, Decided, Group, Qualified, Reason, Talks, Unattended


@dataclass(frozen=True, kw_only=True)
class QualificationView:
    """The sections in a view; each is Absent where the data lack what it needs.

    `all` is every closing of the period. `groups` are B2B and B2C where the segments say so, else the most
    frequent values of `dimension` (a column of contacts; `dimension_name` is what people call it).
    """

    model: str
    period: Period
    data_end: dt.datetime
    snapshot: str
    currency: str
    window_days: int
    all: Decided | Absent
    qualified: Qualified | Absent
    reasons: tuple[Reason, ...] | Absent
    competitors: tuple[Reason, ...] | Absent
    costs: CostOfClosing | Absent
    dimension: str
    dimension_name: Text
    groups: tuple[Group, ...] | Absent
    tiers: tuple[Group, ...] | Absent
    talks: Talks | Absent
    unattended: Unattended | Absent


def qualification(ws: Workspace, view: View) -> QualificationView | None:
    """The sections in a view (by default of the last twelve whole months); None while there are no contacts."""
    raise NotImplementedError
