"""The funnel in a view: how many journeys go on, how many will, and how long they take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.period import Period
from core.text import Text
from core.view import View
from journeys.funnel import Funnel, Route
from journeys.model import Phase


@dataclass(frozen=True, kw_only=True)
class FunnelView:
    """What the page and the command line show of a funnel.

    `route` is resolved: `start` and `end` name phases (`end` None where only one phase has data: then there
    are counts but no rates). `period` is when journeys entered `start`; None: the whole history. `phases` are
    those with data, in order: what can be chosen as start and end. `groups` begins with all journeys together
    (`group` None); with a breakdown its values follow, from frequent to rare, and `not_shown` counts the
    journeys of those left out. `warnings` belong beside the headline.
    """

    model: str
    route: Route
    period: Period | None
    by: str | None
    data_end: dt.datetime
    snapshot: str
    phases: tuple[Phase, ...]
    groups: tuple[Funnel, ...]
    not_shown: int
    warnings: tuple[Text, ...]

    @property
    def all(self) -> Funnel:
        """All journeys together."""
        return self.groups[0]

    @property
    def steps(self) -> tuple[Phase, ...]:
        """The phases of the funnel's steps, in order, as `Funnel.steps` has them."""
        wanted = [step.phase for step in self.all.steps]
        return tuple(phase for phase in self.phases if phase.id in wanted)


def funnel(ws: Workspace, view: View, route: Route | None = None) -> FunnelView | None:
    """The funnel of a view; None while there are no contacts.

    `route` None counts as reached within the workspace's usual window (settings, `window_days`); a Route with
    `window_days` None asks for no window. `view.period` None means the whole history. Raises UsageFault for
    an unknown model, dimension, period or phase, and for phases in the wrong order or without data.
    """
    raise NotImplementedError
