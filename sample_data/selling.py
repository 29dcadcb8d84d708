"""From the first advertisement to the decision about an offer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sample_data import firm, hours
from sample_data.chance import Chance
from sample_data.people import Customer
from sample_data.records import Records

FIRST_TOUCH = {
    "Messe": "Messebesuch",
    "LinkedIn": "LinkedIn-Beitrag",
    "Fachpresse": "Whitepaper",
    "Direktansprache": "Erstansprache",
}
PAGES = {"Startseite": 3, "Leistungen": 4, "Preise": 3, "Ratgeber Heizung": 3, "Über uns": 1}
REFERENCES = ("Referenz Klinik", "Referenz Schule", "Referenz Wohnanlage", "Referenz Produktionshalle")
LOST_REASONS = {"Preis": 31, "Wettbewerber": 24, "Projekt verschoben": 19, "Leistung passt nicht": 12, "": 14}
COMPETITORS = {"Regionaler Betrieb": 5, "Überregionaler Anbieter": 3, "Eigenes Personal": 2}
FORGOTTEN = "Keine Rückmeldung"


@dataclass(frozen=True)
class Order:
    """A signed order: where the time after the purchase begins."""

    at: dt.datetime
    person: tuple[str, str]


def find_us(chance: Chance, records: Records, customer: Customer) -> dt.datetime | None:
    """Advertisements and first visits; returns when the customer asks for something, or None."""
    at = hours.at_leisure(chance, customer.entered, customer.segment)
    if customer.channel == firm.PORTAL:
        return at
    if chance.stream("exposed").random() < 0.58:
        for _ in range(chance.whole("exposures", 1, 2)):
            records.marketed(
                customer, at, "Mailing" if customer.segment == "B2B" else "Anzeige", "Heizsaison"
            )
            at = hours.at_leisure(
                chance, hours.later(at, chance.log_normal("to first visit", 8, 0.6) + 1), customer.segment
            )
        if chance.even("never comes") < firm.NEVER_COMES:
            return None
    first = FIRST_TOUCH.get(customer.channel, "Website-Besuch")
    records.marketed(customer, at, first, "" if first != "Website-Besuch" else chance.pick("page", PAGES))
    asks = chance.happens("enquiry", firm.ASKS, customer.entered, drift=0.015)
    days = chance.log_normal("days to enquiry", 24 if customer.segment == "B2B" else 10, 0.6) + 1
    _look_around(chance, records, customer, at, days if asks else 110.0, busy=asks)
    return hours.at_leisure(chance, hours.later(at, days), customer.segment) if asks else None


def _look_around(
    chance: Chance, records: Records, customer: Customer, at: dt.datetime, days: float, *, busy: bool
) -> None:
    for _ in range(chance.count("more visits", 4.4 if busy else 2.2)):
        moment = hours.later(at, chance.between("visit day", 0.05, 0.95) * days)
        if moment.date() > at.date() and moment.date() < hours.later(at, days).date():
            moment = hours.at_leisure(chance, moment, customer.segment)
            if moment.date() < hours.later(at, days).date():
                records.marketed(customer, moment, "Website-Besuch", chance.pick("page", PAGES))
    if chance.stream("subscribes").random() < 0.45:
        issue = at.replace(day=1)
        while (issue := (issue + dt.timedelta(days=32)).replace(day=5)) < hours.later(at, days - 1):
            if chance.stream("opens").random() < 0.6 and issue > at:
                moment = issue.replace(hour=9, minute=chance.whole("minute", 0, 59))
                records.marketed(customer, moment, "Newsletter-Klick", f"Newsletter {issue:%Y-%m}")


def enquire(chance: Chance, records: Records, customer: Customer, at: dt.datetime) -> Order | None:
    """From the enquiry over talks to an offer and its decision; the order, if there is one."""
    portal = customer.channel == firm.PORTAL
    person = chance.one_of("person", customer.persons)
    records.sold(
        customer, at, "Anfrage", person=person, way="Portal" if portal else "Webformular",
        Kosten=firm.PORTAL_FEE if portal else None,
    )  # fmt: skip
    usual = firm.RESPONSE_HOURS_SINCE if at >= firm.INSIDE_SALES_SHORT else firm.RESPONSE_HOURS_BEFORE
    at = hours.after_working_hours(at, usual * _scatter(chance, "response", at))
    records.sold(customer, at, "Rückruf", person=person, minutes=chance.whole("call", 4, 12))
    qualified = chance.happens(
        "qualified", firm.QUALIFIED_PORTAL if portal else firm.QUALIFIED, at, customer.channel, drift=0.015
    )
    if chance.even("reference", qualified) < (0.52 if qualified else 0.24):
        looked = hours.later(at, chance.between("looks", 0.1, 1.5))
        records.marketed(customer, looked, "Referenz angesehen", chance.one_of("ref", REFERENCES))
        at = looked
    if portal or chance.even("talks", qualified) < 0.9:
        at = _talk(chance, records, customer, at, person)
        if qualified and chance.stream("second talk").random() < 0.4:
            at = _talk(chance, records, customer, at, chance.one_of("person", customer.persons))
    at = hours.in_office(chance, hours.later(at, chance.between("to decision", 0.05, 1.2)))
    records.sold(
        customer, at, "Qualifiziert" if qualified else "Nicht qualifiziert", person=person, way="intern"
    )
    if not qualified or not chance.happens("offer", 0.88, at, drift=0.015):
        return None
    days = chance.log_normal("to offer", 5 if customer.segment == "B2B" else 2.5, 0.5)
    return _offer(chance, records, customer, hours.in_office(chance, hours.later(at, days)), at)


def _scatter(chance: Chance, aspect: str, at: dt.datetime) -> float:
    """A factor of median 1, evenly spread within the month: exp of a logistic number."""
    number = chance.even(aspect, f"{at:%Y-%m}")
    return float(
        (max(number, 0.002) / (1 - min(number, 0.998))) ** 0.42 * (1 + 0.12 * chance.drift(aspect, at))
    )


def _talk(
    chance: Chance, records: Records, customer: Customer, at: dt.datetime, person: tuple[str, str]
) -> dt.datetime:
    at = hours.in_office(chance, hours.later(at, chance.log_normal("to talk", 2.5, 0.6)))
    way = chance.pick("talk way", {"Telefon": 5, "Videotermin": 4, "Vor Ort": 2})
    minutes = round(chance.log_normal("talk", 46, 0.3))
    records.sold(customer, at, "Beratungsgespräch", person=person, way=way, minutes=minutes)
    return at


def _offer(
    chance: Chance, records: Records, customer: Customer, at: dt.datetime, since: dt.datetime
) -> Order | None:
    product = customer.product
    person = chance.one_of("person", customer.persons)
    visit = None
    if customer.segment == "B2B" and chance.stream("site visit").random() < 0.4:
        visit = hours.in_office(chance, hours.later(at, -chance.between("site visit day", 1, 3)))
        visit = visit if since < visit < at else None
    verdict = decide(chance, records, customer, at, person=person)
    value = round(chance.log_normal("value", product.value, product.sigma) / 10) * 10
    margin = round(value * product.margin * chance.between("margin", 0.9, 1.1), 2)
    records.offers.append({
        "at": at,
        "Kundennummer": customer.number,
        "Firma": customer.account,
        "Ansprechpartner": person[0],
        "Funktion": firm.CODES[person[1]],
        "Leistung": product.name,
        "Kundensegment": firm.CODES[customer.segment],
        "Gebiet": firm.CODES[customer.region],
        "Persona": firm.CODES[customer.persona],
        "Herkunft": customer.channel,
        "Ortstermin am": visit,
        "Abgeschlossen am": verdict.at,
        "Status": "Gewonnen" if verdict.won else "Verloren",
        "Wert": value,
        "Umsatz": value if verdict.won else None,
        "Deckungsbeitrag": margin if verdict.won else None,
        "Verlustgrund": verdict.reason,
        "Wettbewerber": verdict.competitor,
    })  # fmt: skip
    return Order(at=verdict.at, person=person) if verdict.won else None


@dataclass(frozen=True)
class Verdict:
    """How an offer ended; a reason and a competitor only where it was lost and somebody asked."""

    at: dt.datetime
    won: bool
    reason: str
    competitor: str


def decide(
    chance: Chance,
    records: Records,
    customer: Customer,
    at: dt.datetime,
    *,
    person: tuple[str, str],
    names: tuple[str, str] = ("Angebotsgespräch", "Nachfassen"),
) -> Verdict:
    """Follow-up, if there is any, and the decision; `names` are the first call's and the later calls'."""
    business = customer.segment == "B2B"
    rate = firm.FOLLOWED_SINCE if at >= firm.NEW_CRM else firm.FOLLOWED_BEFORE
    followed = chance.happens("followed", rate, at, business, drift=0.01)
    median = (23 if business else 15) if followed else (35 if business else 27)
    days = max(4.0, chance.log_normal("decision", median, 0.38))
    decided = hours.in_office(chance, hours.later(at, days))
    rate = firm.WON_FOLLOWED if followed else firm.WON_UNFOLLOWED
    won = chance.happens("won", rate, decided, followed, customer.product.value > 10_000, drift=0.012)
    if followed:
        _follow_up(chance, records, customer, at, until=decided, person=person, names=names)
    reason = "" if won else chance.pick("lost reason", LOST_REASONS) if followed else FORGOTTEN
    competitor = chance.pick("competitor", COMPETITORS) if reason == "Wettbewerber" else ""
    return Verdict(at=decided, won=won, reason=reason, competitor=competitor)


def _follow_up(
    chance: Chance,
    records: Records,
    customer: Customer,
    at: dt.datetime,
    *,
    until: dt.datetime,
    person: tuple[str, str],
    names: tuple[str, str],
) -> None:
    """Somebody calls within ten days, and again every ten to twelve days until the decision."""
    call, name = hours.later(at, chance.between("first call", 2.5, 8)), names[0]
    while (call := hours.in_office(chance, call)) < until:
        way = "Telefon" if name == names[0] else chance.pick("call way", {"Telefon": 6, "E-Mail": 4})
        minutes = chance.whole("call", 6, 22) if name == names[0] else chance.whole("call", 3, 9)
        records.sold(customer, call, name, person=person, way=way, minutes=minutes)
        call, name = hours.later(call, chance.between("next call", 10, 12)), names[1]
