"""What stands around the contacts: reach, spend, targets, dated events, contact reasons, required roles."""

from __future__ import annotations

import datetime as dt

from sample_data import firm
from sample_data.chance import Chance
from sample_data.records import Row

REACH = {
    # channel: impressions a month, share that visits, share that clicks
    "Suche": (17_500, 0.072, 0.058),
    "LinkedIn": (11_200, 0.031, 0.024),
    "Social Media": (9_800, 0.034, 0.027),
    "Fachpresse": (6_400, 0.018, 0.012),
    firm.PORTAL: (2_900, 0.110, 0.065),
}
SPEND = {
    # channel: phase, EUR a month
    "Suche": ("awareness", 5_400),
    "LinkedIn": ("pre_awareness", 3_600),
    "Social Media": ("pre_awareness", 1_500),
    "Fachpresse": ("pre_awareness", 1_900),
    "Messe": ("awareness", 2_300),
    firm.PORTAL: ("consideration", 2_900),
    "Empfehlung": ("loyalty", 350),
}


def months() -> list[dt.date]:
    first = firm.FIRST_DAY.date()
    return [
        dt.date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(36)
    ]


def reach(chance: Chance) -> list[Row]:
    rows: list[Row] = []
    for month in months():
        swing = 1 + 0.10 * (firm.SEASON[month.month] - 1)
        for channel, (mean, visiting, clicking) in REACH.items():
            seen = mean * swing * (1 + 0.04 * chance.stream("reach").normal())
            visits = seen * visiting * (1 + 0.04 * chance.stream("reach").normal())
            clicks = seen * clicking * (1 + 0.04 * chance.stream("reach").normal())
            rows.append({
                "month": month, "channel": channel, "phase": "pre_awareness",
                "impressions": round(seen), "visits": round(visits), "clicks": round(clicks),
            })  # fmt: skip
    return rows


def spend(chance: Chance) -> list[Row]:
    return [
        {
            "Monat": month,
            "Kanal": channel,
            "Phase": phase,
            "Betrag": round(mean * (1 + 0.05 * chance.stream("spend").normal()), 2),
        }
        for month in months()
        for channel, (phase, mean) in SPEND.items()
    ]


EVENTS: list[Row] = [
    {"Datum": dt.date(2024, 3, 12), "Ereignis": "Messe Gebäudetage", "Phase": "awareness"},
    {"Datum": dt.date(2024, 9, 10), "Ereignis": "Messe Herbstforum", "Phase": "awareness"},
    {"Datum": dt.date(2025, 1, 1), "Ereignis": "Preiserhöhung 4 %", "Phase": "preference"},
    {"Datum": dt.date(2025, 3, 11), "Ereignis": "Messe Gebäudetage", "Phase": "awareness"},
    {"Datum": dt.date(2025, 9, 9), "Ereignis": "Messe Herbstforum", "Phase": "awareness"},
    {"Datum": dt.date(2025, 5, 1), "Ereignis": "Neues ERP", "Phase": "purchase"},
    {"Datum": firm.WELCOME_CALLS.date(), "Ereignis": "Willkommensanruf eingeführt", "Phase": "after_sale"},
    {
        "Datum": firm.INSIDE_SALES_SHORT.date(),
        "Ereignis": "Innendienst: zwei Stellen unbesetzt",
        "Phase": "consideration",
    },
    {"Datum": dt.date(2026, 3, 10), "Ereignis": "Messe Gebäudetage", "Phase": "awareness"},
    {"Datum": firm.NEW_CRM.date(), "Ereignis": "Neues CRM", "Phase": "preference"},
    {"Datum": dt.date(2026, 9, 8), "Ereignis": "Messe Herbstforum", "Phase": "awareness"},
]

REASONS: list[Row] = [
    {
        "Kontaktgrund": reason,
        "Wertvoll für den Kunden": "ja" if customer else "nein",
        "Wertvoll für uns": "ja" if us else "nein",
        "Ursache": cause,
    }
    for reason, customer, us, cause in (
        (firm.INVOICE, False, False, "Fehlende Information"),
        ("Störung melden", True, True, "Echter Bedarf"),
        ("Termin ändern", True, False, "Fehlender Selbstservice"),
        ("Vertrag erweitern", True, True, "Echter Bedarf"),
        ("Unterlagen nachreichen", False, True, "Fehlender Selbstservice"),
        ("Bedienung der Anlage", True, False, "Fehlende Information"),
        ("Wie geht es weiter?", True, False, "Fehlende Information"),
        ("Reklamation", True, True, "Mangel"),
    )
]

ROLES: list[Row] = [
    {"Rolle": role, "Segment": "B2B", "Sorge": worry, "Argument": argument}
    for role, worry, argument in (
        ("Geschäftsführung", "Lohnt sich das?", "Kosten je Quadratmeter sinken im ersten Jahr"),
        ("Einkauf", "Was kostet es wirklich?", "Festpreis für drei Jahre"),
        ("Technik", "Passt das zu unserer Anlage?", "Referenzanlage zum Anschauen"),
    )
]

TARGETS: list[Row] = [
    {"Kennzahl": kpi, "Gültig ab": dt.date(since, 1, 1), "Zielwert": value, "Verantwortlich": owner}
    for kpi, since, value, owner in (
        ("reach", 2024, 45_000, "J. Marten"),
        ("first_contacts", 2024, 130, "J. Marten"),
        ("enquiries", 2024, 130, "J. Marten"),
        ("cost_per_lead", 2024, 140, "J. Marten"),
        ("qualified_leads", 2024, 85, "T. Brandeis"),
        ("qualification_rate", 2024, 70, "T. Brandeis"),
        ("response_hours", 2024, 8, "T. Brandeis"),
        ("win_rate_value", 2024, 45, "T. Brandeis"),
        ("win_rate", 2024, 45, "T. Brandeis"),
        ("unattended_offers", 2024, 10, "T. Brandeis"),
        ("order_intake", 2024, 300_000, "T. Brandeis"),
        ("order_intake", 2026, 320_000, "T. Brandeis"),
        ("promise_kept_rate", 2024, 95, "A. Sölling"),
        ("successful_start", 2024, 75, "A. Sölling"),
        ("successful_start", 2026, 80, "A. Sölling"),
        ("csat", 2024, 4.2, "A. Sölling"),
        ("ces", 2024, 2.5, "A. Sölling"),
        ("repurchase_rate", 2024, 45, "M. Okafor"),
        ("nps", 2024, 40, "M. Okafor"),
        ("referral_rate", 2024, 0.6, "M. Okafor"),
    )
]  # fmt: skip
