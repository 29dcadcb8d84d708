"""The KPIs told a second time: loops over a list of contacts, no SQL, no facts, nothing of the product's.

Each function takes the contacts in time order and a span [start, end) and returns numerator, denominator and
the number of cases; a median is its own numerator.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Contact:
    who: str
    at: dt.datetime
    event: str
    fields: dict[str, Any]

    def get(self, name: str) -> Any:
        return self.fields.get(name)


@dataclass(frozen=True)
class Log:
    """All contacts in time order, ties in the order they were given; `end` is the last instant covered."""

    contacts: Sequence[Contact]
    end: dt.datetime

    def of(self, who: str) -> list[Contact]:
        return [contact for contact in self.contacts if contact.who == who]

    def people(self) -> list[str]:
        return sorted({contact.who for contact in self.contacts})

    def events(self, *names: str) -> Iterator[Contact]:
        return (contact for contact in self.contacts if contact.event in names)

    @property
    def start(self) -> dt.datetime:
        return self.contacts[0].at


Span = tuple[dt.datetime, dt.datetime]
Plain = Callable[[Log, Span], tuple[float | None, float | None, int]]


def inside(at: dt.datetime, span: Span, log: Log) -> bool:
    return span[0] <= at < span[1] and at <= log.end


def months_later(at: dt.datetime, months: int) -> dt.datetime:
    index = at.year * 12 + at.month - 1 + months
    year, month = divmod(index, 12)
    for day in range(at.day, 0, -1):
        try:
            return at.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError


def worked(start: dt.datetime, end: dt.datetime) -> float:
    """Working hours (Monday to Friday, 9 to 17) between two times, walked day by day."""
    hours, day = 0.0, start.date()
    while day <= end.date():
        if day.weekday() < 5:
            opens = dt.datetime.combine(day, dt.time(9))
            closes = dt.datetime.combine(day, dt.time(17))
            hours += max((min(end, closes) - max(start, opens)).total_seconds(), 0) / 3600
        day += DAY
    return hours


def answer(log: Log, lead: Contact) -> dt.datetime | None:
    later = False
    for contact in log.of(lead.who):
        if later and (contact.get("direction") == "outbound" or contact.event == "talk"):
            return contact.at
        later = later or contact is lead
    return None


def ratio(top: Sequence[Any], bottom: Sequence[Any]) -> tuple[float, float, int]:
    return float(len(top)), float(len(bottom)), len(bottom)


def median(values: Sequence[float]) -> tuple[float | None, None, int]:
    return (statistics.median(values) if values else None), None, len(values)


def leads(log: Log, span: Span) -> list[Contact]:
    return [lead for lead in log.events("lead") if inside(lead.at, span, log)]


def first_leads(log: Log, span: Span) -> list[Contact]:
    return [lead for lead in leads(log, span) if next(iter(events(log, lead.who, "lead"))) is lead]


def events(log: Log, who: str, *names: str) -> list[Contact]:
    return [contact for contact in log.of(who) if contact.event in names]


def firsts(log: Log, span: Span) -> list[str]:
    return [who for who in log.people() if inside(log.of(who)[0].at, span, log)]


def response_time(log: Log, span: Span) -> tuple[float, float, int]:
    decided, quick = [], []
    for lead in leads(log, span):
        reply = answer(log, lead)
        if reply is not None and worked(lead.at, reply) <= 8:
            quick.append(lead)
        if reply is not None or worked(lead.at, log.end) > 8:
            decided.append(lead)
    return ratio(quick, decided)


def response_hours(log: Log, span: Span) -> tuple[float | None, None, int]:
    replies = [(lead, answer(log, lead)) for lead in leads(log, span)]
    return median([worked(lead.at, reply) for lead, reply in replies if reply is not None])


def days_to_enquiry(log: Log, span: Span) -> tuple[float | None, None, int]:
    return median([(lead.at - log.of(lead.who)[0].at) / DAY for lead in first_leads(log, span)])


def closings(log: Log, span: Span) -> list[Contact]:
    return [contact for contact in log.events("won", "lost") if inside(contact.at, span, log)]


def worth(log: Log, closing: Contact) -> float | None:
    if closing.get("value") is not None:
        return float(closing.get("value"))
    offers = [
        c for c in events(log, closing.who, "offer") if c.at <= closing.at and c.get("value") is not None
    ]
    return float(offers[-1].get("value")) if offers else closing.get("revenue")


def win_rate_value(log: Log, span: Span) -> tuple[float | None, float | None, int]:
    valued = [(c, value) for c in closings(log, span) if (value := worth(log, c)) is not None]
    won = [value for c, value in valued if c.event == "won"]
    return (sum(won) if won else None), (sum(v for _, v in valued) if valued else None), len(valued)


def existing_revenue(log: Log, span: Span) -> tuple[float | None, float | None, int]:
    won = [c for c in closings(log, span) if c.event == "won"]
    values = [(c, worth(log, c)) for c in won]
    later = [v for c, v in values if v is not None and events(log, c.who, "won")[0] is not c]
    every = [v for _, v in values if v is not None]
    return (sum(later) if later else None), (sum(every) if every else None), len(won)


def unattended(log: Log, span: Span) -> tuple[float, float, int]:
    """At the end of the span, or of the data if that comes first."""
    now = min(span[1], log.end + dt.timedelta(seconds=1))
    opened, neglected = [], []
    for who in log.people():
        story = [c for c in events(log, who, "offer", "won", "lost") if c.at < now]
        if story and story[-1].event == "offer":
            offer = story[-1]
            touches = [
                c.at for c in log.of(who) if c.get("direction") == "outbound" and offer.at <= c.at < now
            ]
            opened.append(offer)
            if now - max([offer.at, *touches]) > 14 * DAY:
                neglected.append(offer)
    return ratio(neglected, opened)


def service(log: Log) -> list[Contact]:
    return [c for c in log.events("service", "complaint") if (c.get("direction") or "inbound") == "inbound"]


def alike(log: Log, contact: Contact) -> list[Contact]:
    return [
        c
        for c in service(log)
        if c.who == contact.who and (c.get("reason") or "") == (contact.get("reason") or "")
    ]


def repeats(log: Log, span: Span) -> tuple[float, float, int]:
    seen, again = [], []
    for contact in service(log):
        if inside(contact.at, span, log) and contact.at - log.start >= 7 * DAY:
            seen.append(contact)
            same = alike(log, contact)
            place = next(i for i, c in enumerate(same) if c is contact)
            if place and contact.at - same[place - 1].at <= 7 * DAY:
                again.append(contact)
    return ratio(again, seen)


def first_contact_resolution(log: Log, span: Span) -> tuple[float, float, int]:
    cases, solved = [], []
    for contact in service(log):
        if not inside(contact.at + 7 * DAY, span, log) or contact.at - log.start < 7 * DAY:
            continue
        same = alike(log, contact)
        place = next(i for i, c in enumerate(same) if c is contact)
        if place and contact.at - same[place - 1].at <= 7 * DAY:
            continue
        cases.append(contact)
        back = place + 1 < len(same) and same[place + 1].at - contact.at <= 7 * DAY
        if contact.get("resolved") and not back:
            solved.append(contact)
    return ratio(solved, cases)


def contact_rate_new(log: Log, span: Span) -> tuple[float | None, float, int]:
    new = [c for c in log.events("won") if events(log, c.who, "won")[0] is c]
    new = [c for c in new if inside(c.at + 90 * DAY, span, log)]
    asked = [s for c in new for s in service(log) if s.who == c.who and c.at < s.at <= c.at + 90 * DAY]
    return (float(len(asked)) if new else None), float(len(new)), len(new)


def repurchase(log: Log, span: Span) -> tuple[float, float, int]:
    buyers, again = [], []
    for who in log.people():
        won = events(log, who, "won")
        if won and inside(months_later(won[0].at, 3), span, log):
            buyers.append(who)
            if len(won) > 1 and won[1].at <= months_later(won[0].at, 3):
                again.append(who)
    return ratio(again, buyers)


def starts(log: Log, span: Span) -> tuple[float, float, int]:
    due, good = [], []
    for who in log.people():
        delivered = events(log, who, "delivery")
        if delivered and inside(delivered[0].at + 30 * DAY, span, log):
            due.append(who)
            kept = [c.at for c in events(log, who, "promise_kept") if c.at >= delivered[0].at]
            if kept and kept[0] <= delivered[0].at + 30 * DAY:
                good.append(who)
    return ratio(good, due)


def promise_kept(log: Log, span: Span) -> tuple[float, float, int]:
    due, kept = [], []
    promises = {(c.who, c.get("promised_at")) for c in log.contacts if c.get("promised_at") is not None}
    for who, promised in sorted(promises):
        if not inside(promised, span, log):
            continue
        said = next(c for c in log.of(who) if c.get("promised_at") == promised)
        due.append(who)
        came = [c.at for c in events(log, who, "delivery") if c.at >= said.at]
        if came and came[0].date() <= promised.date():
            kept.append(who)
    return ratio(kept, due)


def unqualified_talks(log: Log, span: Span) -> tuple[float, float, int]:
    talks, vain = [], []
    for talk in log.events("talk"):
        bought = [c.at for c in events(log, talk.who, "won")]
        if not inside(talk.at + 30 * DAY, span, log) or (bought and bought[0] < talk.at):
            continue
        talks.append(talk)
        if not any(c.at <= talk.at + 30 * DAY for c in events(log, talk.who, "won", "qualified")):
            vain.append(talk)
    return ratio(vain, talks)


def nps(log: Log, span: Span) -> tuple[float, float, int]:
    scores = [c.get("nps") for c in log.contacts if c.get("nps") is not None and inside(c.at, span, log)]
    return float(sum((s >= 9) - (s <= 6) for s in scores)), float(len(scores)), len(scores)


def csat(log: Log, span: Span) -> tuple[float | None, float, int]:
    scores = [c.get("csat") for c in log.contacts if c.get("csat") is not None and inside(c.at, span, log)]
    return (float(sum(scores)) if scores else None), float(len(scores)), len(scores)


def customer_value(log: Log, span: Span) -> tuple[float | None, float, int]:
    until: Span = (log.start, span[1])
    buyers = [who for who in log.people() if events(log, who, "won")]
    bought = [who for who in buyers if inside(events(log, who, "won")[0].at, until, log)]
    here = [c for c in log.contacts if c.who in buyers and inside(c.at, until, log)]
    margins = [c.get("margin") for c in here if c.get("margin") is not None]
    costs = [c.get("cost") for c in here if c.event in ("service", "complaint") and c.get("cost") is not None]
    return (sum(margins) - sum(costs) if margins else None), float(len(bought)), len(bought)


def journey_days(log: Log, span: Span) -> tuple[float | None, float, int]:
    days = [(log.of(who)[-1].at - log.of(who)[0].at) / DAY for who in firsts(log, span)]
    return (sum(days) if days else None), float(len(days)), len(days)


def count_of(*names: str) -> Plain:
    def counted(log: Log, span: Span) -> tuple[float | None, None, int]:
        found = len([c for c in log.events(*names) if inside(c.at, span, log)])
        return (float(found) if found else None), None, found

    return counted


PLAIN: dict[str, Plain] = {
    "enquiries": count_of("lead"),
    "offers": count_of("offer"),
    "orders": count_of("won"),
    "losses": count_of("lost"),
    "response_time": response_time,
    "response_hours": response_hours,
    "days_to_enquiry": days_to_enquiry,
    "lead_rate": lambda log, span: ratio(first_leads(log, span), firsts(log, span)),
    "offer_rate": lambda log, span: ratio(
        [c for c in log.events("offer") if inside(c.at, span, log)], leads(log, span)
    ),
    "win_rate": lambda log, span: ratio(
        [c for c in closings(log, span) if c.event == "won"], closings(log, span)
    ),
    "win_rate_value": win_rate_value,
    "existing_revenue": existing_revenue,
    "unattended_offers": unattended,
    "repeat_contact_rate": repeats,
    "first_contact_resolution": first_contact_resolution,
    "contact_rate_new": contact_rate_new,
    "repurchase_rate": repurchase,
    "successful_start": starts,
    "promise_kept_rate": promise_kept,
    "unqualified_talks": unqualified_talks,
    "nps": nps,
    "csat": csat,
    "customer_value": customer_value,
    "journey_days": journey_days,
}
