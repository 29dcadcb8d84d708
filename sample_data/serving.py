"""After the order: start, questions, complaints, surveys, further orders, recommendations, cancellations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sample_data import firm, hours
from sample_data.chance import Chance
from sample_data.people import Customer
from sample_data.records import Records
from sample_data.selling import Order, Verdict, decide, enquire

HANDLE, NEXT_STEP, FAULT, APPOINTMENT = (
    "Bedienung der Anlage", "Wie geht es weiter?", "Störung melden", "Termin ändern",
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """minutes: usual handling time; solved: share solved at once; weight: share of later tickets."""

    minutes: float
    solved: float
    weight: float


REASONS = {
    firm.INVOICE: Reason(11, 0.52, 0.30),
    FAULT: Reason(19, 0.80, 0.26),
    APPOINTMENT: Reason(6, 0.93, 0.19),
    "Vertrag erweitern": Reason(16, 0.88, 0.08),
    "Unterlagen nachreichen": Reason(8, 0.85, 0.10),
    HANDLE: Reason(14, 0.82, 0.07),
    NEXT_STEP: Reason(9, 0.86, 0.0),
}
NEW_CUSTOMERS = {HANDLE: 0.5, NEXT_STEP: 0.32, APPOINTMENT: 0.1, firm.INVOICE: 0.08}
COMMENTS_GOOD = (
    "Schnell und freundlich, gerne wieder.",
    "Der Techniker hat alles gut erklärt.",
    "Termin wurde eingehalten.",
    "Endlich jemand, der zurückruft.",
)
COMMENTS_BAD = (
    "Die Rechnung kam erst nach zweimaligem Nachfragen.",
    "Nach dem Start habe ich zwei Wochen nichts gehört.",
    "Ich musste mein Anliegen dreimal schildern.",
    "Auf mein Angebot hat sich niemand mehr gemeldet.",
)


def live_with(
    chance: Chance, records: Records, customer: Customer, order: Order, *, new: bool = True
) -> None:
    """All that follows an order; a further order through an offer leads back here with `new=False`."""
    confirmed = hours.later(order.at, 0.1)
    records.sold(customer, confirmed, "Auftragsbestätigung", person=order.person, way="E-Mail")
    delivered = _deliver(chance, records, customer, order)
    if delivered > firm.DATA_END:
        return
    _start(chance, records, customer, delivered)
    _first_weeks(chance, records, customer, order.at, delivered)
    if chance.even("complaint") < 0.045:
        _complain(chance, records, customer, hours.later(delivered, chance.between("complaint day", 3, 18)))
    _ask(chance, records, customer, hours.later(delivered, 30), "CSAT", answers=0.52)
    if not new:
        return
    ends = _stay(chance, records, customer, order.at)
    _tickets(chance, records, customer, hours.later(order.at, 31), ends)
    day = hours.later(order.at, 120)
    while day < min(ends, firm.DATA_END):
        _ask(chance, records, customer, day, "NPS", answers=0.31)
        day = hours.later(day, 180)


def _deliver(chance: Chance, records: Records, customer: Customer, order: Order) -> dt.datetime:
    promised = _working_day(order.at.date() + dt.timedelta(days=chance.whole("promise", 4, 6)))
    on_time = chance.happens("on time", 0.93, order.at, drift=0.008)
    days = -chance.whole("early", 0, 2) if on_time else chance.whole("late", 1, 5)
    day = max(_working_day(promised + dt.timedelta(days=days)), order.at.date() + dt.timedelta(days=1))
    if on_time:
        day = min(day, promised)
    at = dt.datetime(
        day.year, day.month, day.day, chance.whole("delivery hour", 8, 15), chance.whole("minute", 0, 59)
    )
    records.sold(
        customer, at, "Einsatzbeginn", person=order.person, way="Vor Ort",
        minutes=chance.whole("delivery", 60, 180), **{"Zugesagt am": promised, "Geliefert am": day},
    )  # fmt: skip
    return at


def _working_day(day: dt.date) -> dt.date:
    while day.isoweekday() > 5:
        day += dt.timedelta(days=1)
    return day


def _start(chance: Chance, records: Records, customer: Customer, delivered: dt.datetime) -> None:
    """Welcome and, for most, a successful start within 30 days of the delivery."""
    ours = {"team": "Kundenstart", "direction": "outbound"}
    records.served(customer, hours.later(delivered, 0.2), "Begrüßungsmail", **ours)
    welcome = delivered >= firm.WELCOME_CALLS
    if welcome:
        call = hours.in_office(chance, hours.later(delivered, chance.between("welcome", 0.5, 2)))
        minutes = chance.whole("call", 6, 15)
        records.served(customer, call, "Willkommensanruf", way="Telefon", handling_minutes=minutes, **ours)
    rate = firm.STARTED_SINCE if welcome else firm.STARTED_BEFORE
    started = chance.happens("started", rate, delivered, drift=0.012)
    if started or chance.stream("late start").random() < 0.5:
        day = chance.between("start day", 15, 28) if started else chance.between("late start day", 34, 60)
        at = hours.in_office(chance, hours.later(delivered, day - 4 if started else day))
        records.served(customer, at, "Start bestätigt", way="Telefon", team="Kundenstart", handling_minutes=5)
    tips = hours.in_office(chance, hours.later(delivered, chance.between("tips", 21, 25)))
    records.served(customer, tips, "Tipps zum Betrieb", **ours)


def _first_weeks(
    chance: Chance, records: Records, customer: Customer, ordered: dt.datetime, delivered: dt.datetime
) -> None:
    """Questions by day since the order: few in the first week, many in the second, when nobody writes."""
    for first, last, mean in ((1, 8, 0.10), (8, 15, firm.WEEK_TWO_CONTACTS), (15, 22, 0.11), (22, 31, 0.14)):
        for _ in range(chance.count(f"questions from day {first}", mean)):
            at = hours.in_office(
                chance, hours.later(ordered, chance.between("question day", first, last - 0.6))
            )
            if at > delivered and at < hours.later(ordered, last):
                _ticket(chance, records, customer, at, chance.pick("new reason", NEW_CUSTOMERS))


def _tickets(
    chance: Chance, records: Records, customer: Customer, at: dt.datetime, ends: dt.datetime
) -> None:
    rate = 0.29 if customer.segment == "B2B" else 0.16
    reasons = {name: reason.weight for name, reason in REASONS.items()}
    while (at := hours.later(at, chance.log_normal("gap", 30 / rate * 0.75, 0.75))) < min(
        ends, firm.DATA_END
    ):
        _ticket(chance, records, customer, hours.in_office(chance, at), chance.pick("reason", reasons))


def _ticket(
    chance: Chance, records: Records, customer: Customer, at: dt.datetime, name: str, *, again: bool = False
) -> None:
    reason = REASONS[name]
    solved = again or chance.happens("solved " + name, reason.solved, at)
    way = chance.pick("ticket way", {"Telefon": 5, "E-Mail": 4, "Kundenportal": 2})
    minutes = max(2, round(chance.log_normal("handling", reason.minutes, 0.35)))
    records.served(
        customer, at, "Serviceanfrage", way=way, reason=name, resolved=solved, handling_minutes=minutes,
        team=f"Service {customer.region}",
    )  # fmt: skip
    if chance.stream("asks effort").random() < 0.25:
        _ask(chance, records, customer, hours.later(at, 1), "CES", answers=0.45, smooth=solved)
    elif chance.stream("asks satisfaction").random() < 0.2:
        _ask(chance, records, customer, hours.later(at, 1), "CSAT", answers=0.45)
    if not solved and chance.stream("asks again").random() < 0.75:
        back = hours.in_office(chance, hours.later(at, chance.between("back", 0.8, 5)))
        _ticket(chance, records, customer, back, name, again=True)


def _complain(chance: Chance, records: Records, customer: Customer, at: dt.datetime) -> None:
    at = hours.in_office(chance, at)
    records.served(
        customer, at, "Reklamation", way="Telefon", reason="Reklamation", resolved=False,
        handling_minutes=chance.whole("complaint", 15, 45), comment=chance.one_of("bad", COMMENTS_BAD),
    )  # fmt: skip
    if chance.stream("settled").random() < 0.8:
        settled = hours.in_office(chance, hours.later(at, chance.log_normal("to settle", 5, 0.6)))
        records.served(
            customer, settled, "Reklamation gelöst", way="Telefon", direction="outbound", resolved=True,
            handling_minutes=chance.whole("call", 6, 20),
        )  # fmt: skip


def _ask(
    chance: Chance,
    records: Records,
    customer: Customer,
    at: dt.datetime,
    survey: str,
    *,
    answers: float,
    smooth: bool = True,
) -> None:
    """A survey sent, and for some customers its answer; the comment now and then."""
    sent = hours.in_office(chance, at)
    if sent > firm.DATA_END:
        return
    answered = None
    if chance.happens("answers " + survey, answers, sent):
        answered = hours.at_leisure(
            chance, hours.later(sent, chance.log_normal("to answer", 2, 0.8) + 1), customer.segment
        )
    if answered is not None and answered <= firm.DATA_END:
        score, happy = _score(chance, survey, smooth)
        comment = None
        if chance.stream("comments").random() < 0.16:
            comment = chance.one_of("comment", COMMENTS_GOOD if happy else COMMENTS_BAD)
        records.served(
            customer, answered, f"Umfrage {survey}", way="E-Mail", team="", comment=comment,
            **{survey.lower(): score},
        )  # fmt: skip
    records.surveys.append(
        {
            "at": sent,
            "Kunde": customer.number,
            "Umfrage": survey,
            "Kanal": "E-Mail",
            "Segment": customer.segment,
            "Beantwortet am": answered if answered and answered <= firm.DATA_END else None,
        }
    )


def _score(chance: Chance, survey: str, smooth: bool) -> tuple[int, bool]:
    if survey == "CSAT":
        number = chance.pick("csat", {5: 44, 4: 36, 3: 12, 2: 5, 1: 3})
        return number, number >= 3
    if survey == "NPS":
        number = chance.pick("nps", {10: 24, 9: 26, 8: 20, 7: 12, 6: 6, 5: 5, 4: 3, 3: 2, 2: 1, 0: 1})
        return number, number >= 7
    low = {1: 24, 2: 34, 3: 20, 4: 10, 5: 6, 6: 4, 7: 2}
    high = {1: 2, 2: 6, 3: 12, 4: 20, 5: 26, 6: 20, 7: 14}
    number = chance.pick("ces" if smooth else "ces rough", low if smooth else high)
    return number, number <= 4


def _stay(chance: Chance, records: Records, customer: Customer, ordered: dt.datetime) -> dt.datetime:
    """Further orders, newsletters, recommendations; returns when the customer leaves (or never)."""
    extended, at, rate = ordered, ordered, 0.92
    while chance.happens("extension", rate, at, rate):
        days = min(300.0, chance.log_normal("to extension", 150, 0.35) + 30)
        offered = hours.in_office(chance, hours.later(at, days))
        if offered > firm.DATA_END:
            break
        verdict = _extend(chance, records, customer, offered)
        extended = verdict.at if verdict.won else extended
        at, rate = verdict.at, 0.6 if verdict.won else 0.35
    if chance.happens("new project", 0.26, ordered):
        at = hours.later(ordered, 60 + chance.log_normal("to project", 120, 0.5))
        if at < firm.DATA_END:
            order = enquire(chance, records, customer, hours.at_leisure(chance, at, customer.segment))
            if order:
                live_with(chance, records, customer, order, new=False)
    if ordered >= firm.FIRST_DAY and chance.happens("review", 0.35, ordered):
        at = hours.in_office(chance, hours.later(ordered, chance.between("review day", 320, 400)))
        minutes = round(chance.log_normal("talk", 46, 0.3))
        records.sold(customer, at, "Jahresgespräch", way="Vor Ort", minutes=minutes)
    _recommend(chance, records, customer, ordered)
    ends = hours.later(extended, chance.between("leaves", 300, 420))
    stays = chance.happens("stays", 0.80, extended)
    if stays:
        ends = hours.later(ordered, 900)
    elif ends < firm.DATA_END:
        ends = hours.in_office(chance, ends)
        records.served(customer, ends, "Kündigung", way="E-Mail", team="Kundenservice")
    _read(chance, records, customer, hours.later(ordered, 35), ends)
    return ends


def _extend(chance: Chance, records: Records, customer: Customer, at: dt.datetime) -> Verdict:
    """An offer to extend the contract, and what became of it."""
    product, person = customer.product, chance.one_of("person", customer.persons)
    value = round(chance.log_normal("value", product.value * 0.8, product.sigma) / 10) * 10
    margin = round(value * product.margin * chance.between("margin", 0.9, 1.1), 2)
    records.sold(customer, at, "Folgeangebot", person=person, way="E-Mail", Wert=value)
    names = ("Folgeangebot besprochen", "Folgeangebot nachgefasst")
    verdict = decide(chance, records, customer, at, person=person, names=names)
    if verdict.won:
        records.sold(
            customer, verdict.at, "Folgeauftrag", person=person, way="E-Mail",
            Wert=value, Umsatz=value, Deckungsbeitrag=margin,
        )  # fmt: skip
    else:
        records.sold(
            customer, verdict.at, "Folgeangebot abgelehnt", person=person, way="E-Mail",
            Wert=value, Verlustgrund=verdict.reason, Wettbewerber=verdict.competitor,
        )  # fmt: skip
    return verdict


def _recommend(chance: Chance, records: Records, customer: Customer, ordered: dt.datetime) -> None:
    for name, rate, low, high in (("Empfehlung", 0.14, 60, 300), ("Testimonial", 0.06, 90, 320)):
        at = hours.in_office(chance, hours.later(ordered, chance.between(name, low, high)))
        if chance.happens(name, rate, ordered):
            records.served(customer, at, name, way="E-Mail", team="Kundenservice")


def _read(chance: Chance, records: Records, customer: Customer, at: dt.datetime, ends: dt.datetime) -> None:
    """The customers' newsletter, every second month."""
    if chance.stream("reads").random() < 0.4:
        return
    issue = at.replace(day=12)
    while (issue := (issue + dt.timedelta(days=61)).replace(day=12)) < min(ends, firm.DATA_END):
        if chance.stream("opens").random() < 0.35:
            moment = issue.replace(hour=10, minute=chance.whole("minute", 0, 59))
            records.marketed(
                customer, moment, "Kunden-Newsletter", f"Kunden-Newsletter {issue:%Y-%m}", "Newsletter"
            )
