"""Entries, closings and waiting offers told a second time: loops over contacts, no SQL and no facts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journeys.model import load_models
from tests.journeys import plain_ledger
from tests.metrics.plain_kpis import DAY, Contact, Log, worth

WINDOW = 180 * DAY


@dataclass(frozen=True)
class Entry:
    """One cycle of a customer's journey; `story` are its contacts within the window."""

    who: str
    at: dt.datetime
    won_at: dt.datetime | None
    story: Sequence[Contact]
    existing: bool
    ever_bought: bool
    closed: bool

    @property
    def before_order(self) -> list[Contact]:
        return [c for c in self.story if self.won_at is None or c.at <= self.won_at]

    @property
    def state(self) -> str:
        met = {contact.event for contact in self.before_order}
        return next((state for state in ("qualified", "disqualified") if state in met), "unjudged")

    @property
    def decided(self) -> bool:
        return self.closed or self.won_at is not None or any(c.event == "lost" for c in self.story)

    @property
    def cost(self) -> float:
        return float(sum(contact.get("cost") or 0 for contact in self.before_order))

    @property
    def talks(self) -> list[Contact]:
        return [contact for contact in self.before_order if contact.event == "talk"]


def entries(log: Log, phases: dict[str, str | None]) -> list[Entry]:
    """All entries of the log; `phases` say where each touchpoint belongs. Cycles are the ledger's."""
    found = []
    for who in log.people():
        story = log.of(who)
        told = plain_ledger.plain_ledger(
            [
                plain_ledger.Contact(
                    row_key=place,
                    customer=1,
                    journey=1,
                    at=contact.at,
                    phase=phases[contact.get("touchpoint")],
                    event=contact.event,
                )
                for place, contact in enumerate(story)
            ],
            load_models()["seven_phase"],
        )
        begins: dict[int, dt.datetime] = {}
        for visit in told:
            begins.setdefault(visit.cycle, visit.first_at)
        orders = [contact.at for contact in story if contact.event == "won"]
        for cycle, at in begins.items():
            after = begins.get(cycle + 1, dt.datetime.max)
            mine = [c for c in story if at <= c.at < after and c.at <= at + WINDOW]
            found.append(
                Entry(
                    who=who,
                    at=at,
                    won_at=next((contact.at for contact in mine if contact.event == "won"), None),
                    story=mine,
                    existing=any(order < at for order in orders),
                    ever_bought=bool(orders),
                    closed=at + WINDOW <= log.end,
                )
            )
    return found


def lost_reasons(log: Log, start: dt.datetime, end: dt.datetime) -> dict[str, tuple[int, float]]:
    """Lost cases and their value by reason, "" where there is none."""
    counts: Counter[str] = Counter()
    values: dict[str, float] = {}
    for contact in log.events("lost"):
        if start <= contact.at < end:
            reason = contact.get("lost_reason") or ""
            counts[reason] += 1
            values[reason] = values.get(reason, 0.0) + (worth(log, contact) or 0.0)
    return {reason: (count, values[reason]) for reason, count in counts.items()}


def waiting(log: Log) -> list[dict[str, Any]]:
    """Open offers without outbound contact for more than 14 days at the end of the log's data."""
    now = log.end + dt.timedelta(seconds=1)
    found = []
    for who in log.people():
        story = [c for c in log.of(who) if c.event in ("offer", "won", "lost")]
        if story and story[-1].event == "offer":
            offer = story[-1]
            touches = [c.at for c in log.of(who) if c.get("direction") == "outbound" and c.at >= offer.at]
            last = max([offer.at, *touches])
            if now - last > 14 * DAY:
                found.append(
                    {
                        "who": who,
                        "value": offer.get("value"),
                        "days": (now - offer.at).days,
                        "quiet": (now - last).days,
                    }
                )
    return found
