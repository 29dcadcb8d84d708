"""A second phase ledger, in plain Python and written from the rules: one contact after the other.

It shares nothing with the SQL but the journey model, so that each can find the other's mistakes.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.settings import Settings
from journeys.model import JourneyModel, Phase


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A contact in the phases of the base model; `phase` None is unassigned."""

    row_key: int
    customer: int
    journey: int
    at: dt.datetime
    phase: str | None
    event: str | None
    segment: str | None = None
    price_tier: str | None = None
    revenue: float | None = None


@dataclass(kw_only=True)
class Visit:
    """A visit as the rules tell it. `first` is the row key of its first contact."""

    journey: int
    first: int
    phase: str
    phase_no: int
    cycle: int
    first_at: dt.datetime
    last_at: dt.datetime
    resumed: bool
    entered_from: str | None
    patience: int | None
    contacts: int = 0
    completed: bool = False
    lost_at: dt.datetime | None = None
    next_phase: str | None = None
    next_at: dt.datetime | None = None
    ended_as: str | None = None
    silent_until: dt.datetime | None = None
    completed_at: dt.datetime | None = None
    members: list[Contact] = field(default_factory=list)


def ending(visit: Visit, data_end: dt.datetime) -> str:
    """The end of a visit as seen at the data end."""
    if visit.ended_as:
        return visit.ended_as
    if visit.completed:
        return "completed"
    if visit.silent_until is not None and visit.silent_until < data_end:
        return "lost"
    return "open"


def plain_ledger(
    contacts: Iterable[Contact], model: JourneyModel, settings: Settings | None = None
) -> list[Visit]:
    """All visits, by journey and in order. Contacts already carry the phases of `model`."""
    settings = settings or Settings()
    by_journey: defaultdict[int, list[Contact]] = defaultdict(list)
    orders: defaultdict[int, list[dt.datetime]] = defaultdict(list)
    for contact in contacts:
        by_journey[contact.journey].append(contact)
        if contact.event == "won":
            orders[contact.customer].append(contact.at)
    lapses = {customer: lapse_times(times) for customer, times in orders.items()}
    visits: list[Visit] = []
    for journey in sorted(by_journey):
        story = by_journey[journey]
        teller = _Teller(model, settings, lapses.get(story[0].customer, []))
        for contact in sorted(story, key=lambda c: (c.at, teller.number(c.phase) or 10**9, c.row_key)):
            teller.tell(contact)
        visits += teller.visits
    return visits


def lapse_times(orders: Sequence[dt.datetime]) -> list[dt.datetime]:
    """When a customer with these orders lapsed: twice the usual interval went by without an order."""
    first_of_day: dict[dt.date, dt.datetime] = {}
    for at in sorted(orders):
        first_of_day.setdefault(at.date(), at)
    days = list(first_of_day.items())
    found = []
    for index in range(1, len(days)):
        gaps = [(days[i + 1][0] - days[i][0]).days for i in range(index)]
        deadline = days[index][1] + dt.timedelta(days=2 * statistics.median(gaps))
        later = days[index + 1][1] if index + 1 < len(days) else None
        if later is None or later > deadline:
            found.append(deadline)
    return found


@dataclass
class _Teller:
    """One journey being told: the visit at hand, whether it is alive, and what happened before."""

    model: JourneyModel
    settings: Settings
    lapses: list[dt.datetime]
    visits: list[Visit] = field(default_factory=list)
    alive: bool = False
    cycle: int = 1
    ordered_last: bool = False
    earned: float = 0.0
    stay_patience: int | None = None

    def number(self, phase: str | None) -> int | None:
        return self.model.phase_ids.index(phase) + 1 if phase in self.model.phase_ids else None

    @property
    def visit(self) -> Visit | None:
        return self.visits[-1] if self.visits else None

    def tell(self, contact: Contact) -> None:
        self.earned = round(self.earned + (contact.revenue or 0.0), 2)
        self._fall_silent(contact.at)
        number = self.number(contact.phase)
        if number is not None:
            self._move(contact, self.model.phases[number - 1], number)
        if self.alive:
            self._take(contact)
        if contact.event == "won":
            self.ordered_last = True
        elif number is not None and self.model.phases[number - 1].before_purchase:
            self.ordered_last = False

    def _fall_silent(self, now: dt.datetime) -> None:
        visit = self.visit
        if visit and self.alive and visit.silent_until is not None and visit.silent_until < now:
            self.alive = False  # whether this was a loss the next visit says, or the data end

    def _move(self, contact: Contact, phase: Phase, number: int) -> None:
        left = self.visit
        again = phase.before_purchase and self.ordered_last
        reorder = (
            left is not None
            and self.model.phase(left.phase).after_purchase
            and not phase.before_purchase
            and not phase.after_purchase
            and contact.event == "won"
        )
        if again or reorder:
            self.cycle += 1
        entered = left is None or left.phase_no != number or again or reorder
        if not entered and self.alive:
            return
        if entered:
            self.stay_patience = self._patience(contact, phase)
        if left is not None:
            left.next_phase, left.next_at = phase.id, contact.at
            if left.ended_as is None and not self.alive:
                left.ended_as, left.lost_at = "lost", left.silent_until
            elif left.ended_as is None:
                left.ended_as = self._end(left, number, new_cycle=again or reorder)
        self.visits.append(
            Visit(
                journey=contact.journey,
                first=contact.row_key,
                phase=phase.id,
                phase_no=number,
                cycle=self.cycle,
                first_at=contact.at,
                last_at=contact.at,
                resumed=left is not None and left.ended_as == "lost",
                entered_from=left.phase if left else None,
                patience=self.stay_patience,
            )
        )
        self.alive = True

    @staticmethod
    def _end(left: Visit, number: int, *, new_cycle: bool) -> str:
        if new_cycle:
            return "completed"
        if number > left.phase_no:
            return "advanced" if number == left.phase_no + 1 else "skipped"
        return "completed" if left.completed else "back"

    def _take(self, contact: Contact) -> None:
        visit = self.visits[-1]
        phase = self.model.phase(visit.phase)
        visit.last_at = contact.at
        visit.contacts += 1
        visit.members.append(contact)
        if contact.event in phase.completes and not visit.completed:
            visit.completed, visit.completed_at = True, contact.at
        gives_up = contact.event == "lost" and not phase.after_purchase and not visit.completed
        returned = phase.after_purchase and (contact.revenue or 0) < 0 and self.earned <= 0
        if gives_up or contact.event == "cancelled" or returned:
            visit.ended_as, visit.lost_at, visit.silent_until = "lost", contact.at, None
            self.alive = False
        elif visit.completed:
            visit.silent_until = None
        elif phase.after_purchase:
            visit.silent_until = next((lapse for lapse in self.lapses if lapse >= contact.at), None)
        elif visit.patience is not None:
            visit.silent_until = contact.at + dt.timedelta(days=visit.patience)

    def _patience(self, contact: Contact, phase: Phase) -> int | None:
        def weight(rule: object) -> int:
            return 2 * (getattr(rule, "price_tier", None) is not None) + (
                getattr(rule, "segment", None) is not None
            )

        fitting = [
            rule
            for rule in self.settings.patience
            if rule.phase == phase.id
            and rule.segment in (None, contact.segment)
            and rule.price_tier in (None, contact.price_tier)
        ]
        return max(fitting, key=weight).days if fitting else phase.patience_days
