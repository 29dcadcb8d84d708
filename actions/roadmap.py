"""When what is done, by whom: each action as a stretch of days that follows what it presupposes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from actions.model import Action
from core.period import Month

WEEK = 5  # days of work
MOST_MONTHS = 12
"""A roadmap longer than this is read in quarters."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An action from its first to its last day.

    The last day is when it is due (or was done); `proposed` where nobody has said when: it begins as soon
    as what it presupposes allows. The first day leaves room for the effort in days of work, after what it
    presupposes. `clashes` are presupposed actions that are not done by the last day: the dates contradict.
    """

    action: Action
    begin: dt.date
    end: dt.date
    proposed: bool
    clashes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One person's bars, the earliest first. `owner` is empty for what nobody has taken."""

    owner: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A month or a quarter of the roadmap, from its first day to the day after its last."""

    begin: dt.date
    end: dt.date
    months: int


@dataclass(frozen=True, kw_only=True)
class Roadmap:
    """Lanes by owner (whoever has something, nobody last) over months, or quarters where it is long."""

    lanes: tuple[Lane, ...]
    slots: tuple[Slot, ...]
    today: dt.date

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(bar for lane in self.lanes for bar in lane.bars)


def roadmap(actions: Iterable[Action], today: dt.date) -> Roadmap:
    """Everything still to be done, and what was done since the beginning of last month; dropped ones are out.

    Actions that are presupposed but not among `actions` hold nobody up.
    """
    shown_from = (Month.of(today) - 1).start
    shown = [
        one
        for one in actions
        if one.running or (one.status == "done" and one.closed_at and one.closed_at.date() >= shown_from)
    ]
    bars = _bars(shown, today)
    owners = sorted({bar.action.owner for bar in bars}, key=lambda owner: (not owner, owner.casefold()))
    return Roadmap(
        lanes=tuple(
            Lane(owner=owner, bars=tuple(bar for bar in bars if bar.action.owner == owner))
            for owner in owners
        ),
        slots=_slots(bars, today),
        today=today,
    )


def _bars(actions: Sequence[Action], today: dt.date) -> list[Bar]:
    by_id = {one.id: one for one in actions}
    order = TopologicalSorter({one.id: [need for need in one.needs if need in by_id] for one in actions})
    placed: dict[int, Bar] = {}
    ready: dict[int, dt.date] = {}
    for number in order.static_order():
        bar = _bar(by_id[number], {need: ready[need] for need in by_id[number].needs if need in by_id}, today)
        placed[number] = bar
        # What is overdue is not done yet, whatever its date says.
        ready[number] = max(bar.end, today) if bar.action.running else bar.end
    return sorted(placed.values(), key=lambda bar: (bar.begin, bar.end, bar.action.id))


def _bar(action: Action, needs: dict[int, dt.date], today: dt.date) -> Bar:
    """`needs` say when each presupposed action is done."""
    effort = max(1, math.ceil(action.effort_days or 0))
    end = action.closed_at.date() if action.closed_at else action.due
    if end is None:
        begin = max([today, *needs.values()])
        return Bar(action=action, begin=begin, end=_ahead(begin, effort), proposed=True, clashes=())
    in_time = [day for day in needs.values() if day <= end]
    late = [need for need, day in needs.items() if day > end]
    return Bar(
        action=action,
        begin=max([_back(end, effort), *in_time]),
        end=end,
        proposed=False,
        clashes=tuple(late) if action.running else (),
    )


def _ahead(day: dt.date, effort: int) -> dt.date:
    """The last of so many days of work that begin with `day`."""
    left = effort - (day.weekday() < WEEK)
    while left > 0:
        day += dt.timedelta(days=1)
        left -= day.weekday() < WEEK
    return day


def _back(day: dt.date, effort: int) -> dt.date:
    """The first of so many days of work that end with `day`."""
    left = effort - (day.weekday() < WEEK)
    while left > 0:
        day -= dt.timedelta(days=1)
        left -= day.weekday() < WEEK
    return day


def _slots(bars: Sequence[Bar], today: dt.date) -> tuple[Slot, ...]:
    """Whole months around every bar and today; quarters where there are more than twelve."""
    first = Month.of(min([today, *(bar.begin for bar in bars)]))
    last = Month.of(max([today, *(bar.end for bar in bars)]))
    months = 1
    if len(first.until(last)) > MOST_MONTHS:
        months = 3
        first, last = first - (first.month - 1) % 3, last + (2 - (last.month - 1) % 3)
    return tuple(
        Slot(begin=month.start, end=(month + months).start, months=months)
        for month in first.until(last)[::months]
    )
