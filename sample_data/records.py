"""What the departments write down: rows of their exports, with the headers that each of them uses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sample_data import firm
from sample_data.people import Customer

Row = dict[str, object]


@dataclass
class Records:
    """Rows by file. The time of a row stands under `at` until the files are written."""

    marketing: list[Row] = field(default_factory=list)
    sales: list[Row] = field(default_factory=list)
    offers: list[Row] = field(default_factory=list)
    service: list[Row] = field(default_factory=list)
    surveys: list[Row] = field(default_factory=list)

    def marketed(
        self, customer: Customer, at: dt.datetime, activity: str, content: str = "", channel: str = ""
    ) -> None:
        self.marketing.append({
            "at": at,
            "customer_id": customer.number,
            "activity": activity,
            "channel": channel or customer.channel,
            "campaign": content,
            "segment": customer.segment,
            "region": customer.region,
            "persona": customer.persona,
            "product": customer.product.name,
        })  # fmt: skip

    def sold(
        self,
        customer: Customer,
        at: dt.datetime,
        activity: str,
        *,
        person: tuple[str, str] | None = None,
        way: str = "Telefon",
        minutes: int | None = None,
        **further: object,
    ) -> None:
        """A line of the sales department's log; `further` are columns that only some lines fill."""
        who, role = person or customer.persons[0]
        self.sales.append({
            "at": at,
            "Kundennummer": customer.number,
            "Firma": customer.account,
            "Ansprechpartner": who,
            "Funktion": firm.CODES[role],
            "Vorgang": activity,
            "Herkunft": customer.channel,
            "Kontaktweg": way,
            "Leistung": customer.product.name,
            "Kundensegment": firm.CODES[customer.segment],
            "Gebiet": firm.CODES[customer.region],
            "Persona": firm.CODES[customer.persona],
            "Minuten": minutes,
            "Kosten": None, "Wert": None, "Umsatz": None, "Deckungsbeitrag": None,
            "Zugesagt am": None, "Geliefert am": None, "Verlustgrund": "", "Wettbewerber": "",
            **further,
        })  # fmt: skip

    def served(
        self,
        customer: Customer,
        at: dt.datetime,
        touchpoint: str,
        *,
        way: str = "E-Mail",
        team: str = "Kundenservice",
        **further: object,
    ) -> None:
        """A row of the service desk: ticket, message to the customer, or answer to a survey."""
        self.service.append({
            "at": at,
            "customer_id": customer.number,
            "touchpoint": touchpoint,
            "channel": way,
            "team": team,
            "segment": firm.CODES[customer.segment],
            "region": firm.CODES[customer.region],
            "product": customer.product.name,
            "persona": firm.CODES[customer.persona],
            "direction": "inbound",
            "reason": None, "resolved": None, "handling_minutes": None,
            "nps": None, "csat": None, "ces": None, "comment": None,
            **further,
        })  # fmt: skip
