"""Which actions, in which order, and what the next jour fixe has to talk about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.model import Action, Origin, Status

AHEAD_DAYS = 14
"""How far a jour fixe looks ahead."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A filter: what is empty lets everything through. `running` leaves out what is done or dropped."""

    owners: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    phases: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    overdue: bool = False
    running: bool = False

    def lets_through(self, action: Action, today: dt.date) -> bool:
        return (
            (not self.owners or action.owner in self.owners)
            and (not self.statuses or action.status in self.statuses)
            and (not self.phases or action.phase in self.phases)
            and (not self.origins or action.origin in self.origins)
            and (not self.overdue or action.overdue(today))
            and (not self.running or action.running)
        )


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many actions there are, still to be done, and among those: overdue, due within the days ahead that
    a jour fixe looks at, waiting, without an owner."""

    all: int
    running: int
    overdue: int
    soon: int
    waiting: int
    unowned: int


@dataclass(frozen=True, kw_only=True)
class JourFixe:
    """What a jour fixe talks about; no action is in two lists.

    `due` within the days ahead, `waiting` beyond those two, `done` since the last jour fixe, latest first.
    """

    overdue: tuple[Action, ...]
    due: tuple[Action, ...]
    waiting: tuple[Action, ...]
    done: tuple[Action, ...]


def ordered(actions: Iterable[Action], today: dt.date) -> list[Action]:
    """Overdue first, then by due date, then those without one; what is closed comes last, latest first."""

    def place(action: Action) -> tuple[bool, bool, dt.date, int]:
        return (not action.overdue(today), action.due is None, action.due or dt.date.max, action.id)

    listed = list(actions)
    running = sorted((one for one in listed if one.running), key=place)
    closed = [one for one in listed if not one.running]
    return running + sorted(closed, key=lambda one: (one.closed_at or one.changed_at, one.id), reverse=True)


def counts(actions: Sequence[Action], today: dt.date) -> Counts:
    running = [one for one in actions if one.running]
    ahead = today + dt.timedelta(days=AHEAD_DAYS)
    return Counts(
        all=len(actions),
        running=len(running),
        overdue=sum(one.overdue(today) for one in running),
        soon=sum(one.due is not None and today <= one.due <= ahead for one in running),
        waiting=sum(one.status == "waiting" for one in running),
        unowned=sum(not one.owner for one in running),
    )


def jour_fixe(
    actions: Iterable[Action], today: dt.date, last: dt.datetime | None, days: int = AHEAD_DAYS
) -> JourFixe:
    """`last` is when the last jour fixe was held; without one, what was done counts from `days` ago."""
    since = last or dt.datetime.combine(today, dt.time()) - dt.timedelta(days=days)
    listed = ordered(actions, today)
    running = [one for one in listed if one.running]
    overdue = [one for one in running if one.overdue(today)]
    ahead = today + dt.timedelta(days=days)
    due = [one for one in running if one.due is not None and today <= one.due <= ahead]
    told = {one.id for one in (*overdue, *due)}
    return JourFixe(
        overdue=tuple(overdue),
        due=tuple(due),
        waiting=tuple(one for one in running if one.status == "waiting" and one.id not in told),
        done=tuple(
            one
            for one in listed
            if one.status == "done" and one.closed_at is not None and one.closed_at > since
        ),
    )
