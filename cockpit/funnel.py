"""The funnel in a view: how many journeys go on, how many will, and how long they take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import get_args

from cockpit.cautions import cautions
from cockpit.ledger import check_known, model_of, phase_of, selection_of
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.period import Period
from core.query import Query
from core.text import Text
from core.view import View
from journeys.coarsening import phase_numbers
from journeys.columns import EVENT_CODES
from journeys.course import (
    Attribution,
    Counting,
    Course,
    best_attempt_query,
    counts_query,
    endings_query,
    lasting_query,
)
from journeys.funnel import MOST_GROUPS, Funnel, Route, funnels, tallies
from journeys.model import JourneyModel, Phase
from store.warehouse.snapshot import Snapshot

LONGEST_WINDOW = 36_500  # days


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


@dataclass(frozen=True, kw_only=True)
class UsualRoute:
    """What a funnel counts where nobody chooses, and the phases with data that can be chosen."""

    phases: tuple[Phase, ...]
    route: Route


@dataclass(frozen=True, kw_only=True)
class Attempted:
    """Journeys that got to a step in their best attempt."""

    phase: str
    name: Text
    journeys: int


@dataclass(frozen=True, kw_only=True)
class BestAttempt:
    """Journeys by step that got there within the window of any entry into the start, over the whole data."""

    model: str
    route: Route
    data_end: dt.datetime
    snapshot: str
    steps: tuple[Attempted, ...]


def usual_route(ws: Workspace, view: View) -> UsualRoute | None:
    """The route that `funnel` takes by itself, resolved; None while no contact has a phase."""
    model = model_of(ws, view.model)
    if ws.warehouse.head() is None:
        return None
    with ws.open(model.id) as snapshot:
        sight = _sight(ws, snapshot, model)
    if not sight.phases:
        return None
    usual = Route(window_days=ws.settings.window_days)
    return UsualRoute(phases=sight.phases, route=_resolved(model, sight, usual))


def funnel(ws: Workspace, view: View, route: Route | None = None) -> FunnelView | None:
    """The funnel of a view; None while no contact has a phase.

    `route` None counts as reached within the workspace's usual window (settings, `window_days`); a Route with
    `window_days` None asks for no window. `view.period` None means the whole history. Raises UsageFault for
    an unknown model, dimension, period or phase, and for phases in the wrong order or without data.
    """
    wanted = route or Route(window_days=ws.settings.window_days)
    head, model = ws.warehouse.head(), model_of(ws, view.model)
    _check(model, wanted)
    selection = selection_of(ws, view, head)
    if head is None or selection is None:
        return None
    if view.period is None:
        selection = replace(selection, period=None)
    with ws.open(model.id) as snapshot:
        sight = _sight(ws, snapshot, model)
        if not sight.phases:
            return None
        resolved = _resolved(model, sight, wanted)
        course = Course(
            steps=_steps(model, sight, resolved),
            counting=resolved.counting,
            window_days=resolved.window_days,
            selection=selection,
            by=view.by,
            attribution=resolved.attribution,
        )
        counted = tallies(course, snapshot.rows(counts_query(course)))
        shown = [group for group in counted if group is not None][:MOST_GROUPS]
        groups = funnels(course, counted, snapshot.frame(endings_query(course, shown)))
    return FunnelView(
        model=model.id,
        route=resolved,
        period=selection.period,
        by=view.by,
        data_end=selection.data_end,
        snapshot=head.id,
        phases=sight.phases,
        groups=groups,
        not_shown=groups[0].entered - sum(group.entered for group in groups[1:]) if view.by else 0,
        warnings=cautions(groups[0], resolved, timed=sight.timed),
    )


def best_attempt(ws: Workspace, model_id: str, route: Route) -> BestAttempt | None:
    """What ClickHouse's windowFunnel counts, as a cross-check; None while no contact has a phase.

    Of the route it takes start, end and window. The same UsageFaults as `funnel`.
    """
    head, model = ws.warehouse.head(), model_of(ws, model_id)
    _check(model, route)
    selection = selection_of(ws, View(model=model_id), head)
    if head is None or selection is None:
        return None
    with ws.open(model.id) as snapshot:
        sight = _sight(ws, snapshot, model)
        if not sight.phases:
            return None
        resolved = _resolved(model, sight, route)
        course = Course(
            steps=_steps(model, sight, resolved),
            counting="ordered",
            window_days=resolved.window_days,
            selection=replace(selection, period=None),
        )
        (counted,) = snapshot.rows(best_attempt_query(course))
    return BestAttempt(
        model=model.id,
        route=resolved,
        data_end=selection.data_end,
        snapshot=head.id,
        steps=tuple(
            Attempted(phase=phase, name=model.phase(phase).name, journeys=count)
            for (_, phase), count in zip(course.steps, counted, strict=True)
        ),
    )


@dataclass(frozen=True)
class _Sight:
    """The phases with data, and whether the data know any time at all."""

    phases: tuple[Phase, ...]
    timed: bool


def _check(model: JourneyModel, route: Route) -> None:
    """Raises a UsageFault where the route names a phase, a way of counting or a window that there is not."""
    check_known(route.counting, get_args(Counting), Text(de="Die Zählweise", en="The way of counting"))
    check_known(route.attribution, get_args(Attribution), Text(de="Die Zuordnung", en="The attribution"))
    for phase in (route.start, route.end):
        if phase is not None:
            phase_of(model, phase)
    if route.window_days is not None and not 0 <= route.window_days <= LONGEST_WINDOW:
        raise UsageFault(
            Text(
                de="Ein Fenster hat 0 bis {most} Tage, nicht {days}.",
                en="A window has 0 to {most} days, not {days}.",
            ).fill(most=LONGEST_WINDOW, days=route.window_days)
        )


def _sight(ws: Workspace, snapshot: Snapshot, model: JourneyModel) -> _Sight:
    base = ws.models[model.coarsens or model.id]
    timed = bool(snapshot.rows(lasting_query()))
    if not timed:
        bounds = Query(sql="SELECT MIN(first_at) < MAX(last_at) FROM journeys")
        timed = bool(snapshot.rows(bounds)[0][0])
    numbers = phase_numbers(model, base)
    seen = {
        int(numbers[1 + base.phase_ids.index(phase), EVENT_CODES[event]])
        for phase, events in snapshot.manifest.meanings.items()
        for event in events
    }
    return _Sight(
        phases=tuple(phase for number, phase in enumerate(model.phases, 1) if number in seen), timed=timed
    )


def _resolved(model: JourneyModel, sight: _Sight, route: Route) -> Route:
    """The route with the phases it means, and the zero window where the data know no times."""
    ids = [phase.id for phase in sight.phases]
    for phase in (route.start, route.end):
        if phase is not None and phase not in ids:
            raise UsageFault(
                Text(
                    de="In der Phase {phase} gibt es keine Kontakte. Möglich sind: {known}.",
                    en="There are no contacts in the phase {phase}. Possible are: {known}.",
                ).fill(phase=model.phase(phase).name, known=", ".join(ids))
            )
    start = route.start or ids[0]
    later = ids[ids.index(start) + 1 :]
    if route.end is not None and route.end not in later:
        raise UsageFault(
            Text(
                de="Ein Trichter endet später, als er beginnt: {end} kommt nicht nach {start}.",
                en="A funnel ends later than it begins: {end} does not come after {start}.",
            ).fill(end=model.phase(route.end).name, start=model.phase(start).name)
        )
    bought = [phase.id for phase in model.phases if "won" in phase.completes][-1:]
    goal = next((phase for phase in bought if phase in later), later[-1] if later else None)
    return replace(
        route,
        start=start,
        end=route.end or goal,
        window_days=route.window_days if sight.timed or route.window_days is None else 0,
    )


def _steps(model: JourneyModel, sight: _Sight, route: Route) -> tuple[tuple[int, str], ...]:
    """The phases with data from start to end, with their numbers in the model."""
    seen = {phase.id for phase in sight.phases}
    numbered = [(number, phase) for number, phase in enumerate(model.phase_ids, 1) if phase in seen]
    ids = [phase for _, phase in numbered]
    first, last = (ids.index(phase) if phase else 0 for phase in (route.start, route.end or route.start))
    return tuple(numbered[first : last + 1])
