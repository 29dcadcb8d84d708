"""What goes with moving on from a phase, in a view."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.period import Period
from core.text import Text
from core.view import View
from journeys.triggers import Trigger

__all__ = ["Trigger", "TriggersView", "triggers"]


@dataclass(frozen=True, kw_only=True)
class TriggersView:
    """The triggers of a phase, the strongest evidence first.

    `running` visits had not ended at the landmark; `undecided` of them are still open and left out.
    `looked_at` candidates were tested, `too_small` others were seen (or not seen) by too few visits.
    `confidence` is the level of all intervals in percent, adjusted for selection. `note` says why there is
    nothing to say.
    """

    model: str
    phase: str
    name: Text
    landmark_days: float | None
    running: int
    undecided: int
    looked_at: int
    too_small: int
    confidence: float
    triggers: tuple[Trigger, ...]
    period: Period
    data_end: dt.datetime
    snapshot: str
    note: Text | None

    @property
    def decided(self) -> int:
        return self.running - self.undecided

    @property
    def selected(self) -> tuple[Trigger, ...]:
        """Those that hold after correction for all that was looked at."""
        return tuple(trigger for trigger in self.triggers if trigger.selected)


def triggers(ws: Workspace, view: View, phase: str) -> TriggersView | None:
    """The triggers of a phase; None while there are no contacts. `view.period` None: twelve whole months.

    Raises UsageFault for a phase that the model does not have, an unknown model, dimension or period.
    """
    raise NotImplementedError
