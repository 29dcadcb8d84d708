"""What an action is, what may be written into one, and how two states of it differ."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from graphlib import CycleError, TopologicalSorter
from typing import Literal, TypedDict, get_args

from actions.effect import Baseline
from core.errors import UsageFault
from core.text import Text, same

Origin = Literal["plan", "hand", "map", "reason", "leak", "project"]
Status = Literal["open", "in_progress", "waiting", "done", "dropped"]
Expected = Literal["up", "down"]

ORIGINS: tuple[Origin, ...] = get_args(Origin)
STATUSES: tuple[Status, ...] = get_args(Status)
CLOSED: frozenset[Status] = frozenset({"done", "dropped"})

TITLE, NAME, NOTE = 200, 200, 5_000
"""How many characters a title, a name and a note may have."""
MOST_DAYS = 2_000
"""More effort than this in one action, in days of work, is a slip of the finger."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An action as it is written down first.

    `origin_ref` names what it comes from in the origin's own ids: `round/statement` for a plan, a phase for a
    leak. `expected` says where `kpi` should go, `expected_amount` by how much, in the KPI's unit. `needs` are
    actions that must be done first; `needs_refs` the same by the `origin_ref` of actions from the same plan.
    """

    title: Text | str
    note: str = ""
    origin: Origin = "hand"
    origin_ref: str = ""
    owner: str = ""
    due: dt.date | None = None
    status: Status = "open"
    effort_days: float | None = None
    kpi: str | None = None
    expected: Expected | None = None
    expected_amount: float | None = None
    phase: str | None = None
    needs: tuple[int, ...] = ()
    needs_refs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Action:
    """An action as it stands. `baseline` is its KPI's figure when the KPI was chosen, frozen.

    `closed_at` is when it was done or dropped; `version` goes back with a change.
    """

    id: int
    title: Text
    note: str
    origin: Origin
    origin_ref: str
    owner: str
    due: dt.date | None
    status: Status
    effort_days: float | None
    kpi: str | None
    expected: Expected | None
    expected_amount: float | None
    phase: str | None
    needs: tuple[int, ...]
    baseline: Baseline | None
    created_at: dt.datetime
    created_by: str
    changed_at: dt.datetime
    closed_at: dt.datetime | None
    sample: bool
    version: int

    @property
    def running(self) -> bool:
        """Whether something is still to be done."""
        return self.status not in CLOSED

    def overdue(self, today: dt.date) -> bool:
        """Not done although its day has passed; on the day itself it is not overdue yet."""
        return self.running and self.due is not None and self.due < today

    def days_late(self, today: dt.date) -> int | None:
        """How many days it is overdue, None where it is not."""
        return (today - self.due).days if self.due is not None and self.overdue(today) else None


class Changes(TypedDict, total=False):
    """What someone changes in an action; what is not named stays."""

    title: Text | str
    note: str
    owner: str
    due: dt.date | None
    status: Status
    effort_days: float | None
    kpi: str | None
    expected: Expected | None
    expected_amount: float | None
    phase: str | None
    needs: tuple[int, ...]


CHANGEABLE: tuple[str, ...] = tuple(Changes.__annotations__)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field before and after, as texts that the history keeps: ISO days, ids, nothing as ''."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """An entry of an action's history. Field `created` begins it."""

    at: dt.datetime
    who: str
    field: str
    before: str
    after: str


def checked(draft: Draft) -> Draft:
    """The draft, its texts trimmed, its title in both languages. UsageFault for what cannot be meant."""
    title = _title(draft.title)
    if draft.effort_days is not None and not 0 <= draft.effort_days <= MOST_DAYS:
        raise UsageFault(
            Text(
                de="Der Aufwand liegt zwischen 0 und {most} Tagen.",
                en="The effort lies between 0 and {most} days.",
            ).fill(most=MOST_DAYS)
        )
    if draft.expected_amount is not None and not math.isfinite(draft.expected_amount):
        raise UsageFault(Text(de="Die erwartete Wirkung ist keine Zahl.", en="The effect is not a number."))
    if draft.status not in STATUSES or draft.origin not in ORIGINS:
        raise UsageFault(Text(de="Diesen Status gibt es nicht.", en="There is no such status."))
    owner, note = draft.owner.strip(), draft.note.strip()
    for text, most in ((owner, NAME), (note, NOTE), (draft.origin_ref, NAME)):
        _not_longer(text, most)
    return replace(draft, title=title, owner=owner, note=note)


def changed(action: Action, changes: Changes, at: dt.datetime) -> Action:
    """The action as someone wants it. UsageFault for what cannot be meant."""
    if unknown := set(changes) - set(CHANGEABLE):
        raise UsageFault(
            Text(
                de="An einer Maßnahme lässt sich das nicht ändern: {names}.",
                en="This cannot be changed in an action: {names}.",
            ).fill(names=", ".join(sorted(unknown)))
        )
    as_draft = {
        field.name: getattr(action, field.name) for field in fields(Draft) if hasattr(action, field.name)
    }
    wanted = checked(replace(Draft(**as_draft), **changes))
    after = replace(action, **{name: getattr(wanted, name) for name in CHANGEABLE})
    if after.running:
        return replace(after, closed_at=None)
    return replace(after, closed_at=action.closed_at if not action.running else at)


def differences(before: Action, after: Action) -> tuple[Difference, ...]:
    """What was changed, field by field."""
    pairs = ((name, written(getattr(before, name)), written(getattr(after, name))) for name in CHANGEABLE)
    return tuple(Difference(field=name, before=old, after=new) for name, old, new in pairs if old != new)


def written(value: object) -> str:
    """A field's value as the history keeps it."""
    match value:
        case None:
            return ""
        case Text():
            return value.de
        case tuple():
            return " ".join(str(one) for one in value)
        case dt.date():
            return value.isoformat()
        case float():
            return f"{value:g}"
    return str(value)


def check_order(needs: Mapping[int, Sequence[int]], action_id: int) -> None:
    """UsageFault where an action would have to wait for itself, or for one that does not exist.

    `needs` holds every action and what it presupposes.
    """
    if unknown := [one for one in needs[action_id] if one not in needs]:
        raise UsageFault(
            Text(de="Die Maßnahme {id} gibt es nicht.", en="There is no action {id}.").fill(
                id=str(unknown[0])
            )
        )
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        raise UsageFault(
            Text(
                de="So wartete eine Maßnahme auf sich selbst: {names}.",
                en="Like this an action would wait for itself: {names}.",
            ).fill(names=" → ".join(str(one) for one in reversed(error.args[1])))
        ) from None


def _title(title: Text | str) -> Text:
    text = title if isinstance(title, Text) else same(title.strip())
    if isinstance(title, str) and not title.strip():
        raise UsageFault(
            Text(
                de="Bitte sagen Sie in einem Satz, was getan wird.",
                en="Please say in a sentence what is to be done.",
            )
        )
    for wording in (text.de, text.en):
        _not_longer(wording, TITLE)
    return text


def _not_longer(text: str, most: int) -> None:
    if len(text) > most:
        raise UsageFault(
            Text(
                de="Dieser Text hat {count} Zeichen; möglich sind {most}: „{start} …“",
                en="This text has {count} characters; {most} are possible: “{start} …”",
            ).fill(count=len(text), most=most, start=text[:40])
        )
