"""The invented firm and what is built into its data: dates, rates and prices. See the README."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

COMPANY = "Fünfgiebel Gebäudeservice (erfunden)"

SIMULATED_FROM = dt.datetime(2020, 11, 1)
FIRST_DAY = dt.datetime(2023, 11, 1)
DATA_END = dt.datetime(2026, 10, 31, 23, 59)
"""The files cover 36 whole months. Three years before them are simulated and cut off, so that the firm starts
with customers and running offers, as a real export does."""

NEW_CRM = dt.datetime(2026, 6, 8)
"""The new CRM does not remind anybody to follow up an offer; July is its first whole month."""
FOLLOWED_BEFORE, FOLLOWED_SINCE = 0.90, 0.48
WON_FOLLOWED, WON_UNFOLLOWED = 0.48, 0.14

WELCOME_CALLS = dt.datetime(2025, 12, 2)
"""A start is judged 30 days after the delivery, so that January 2026, month 27, is the first to show it."""
STARTED_BEFORE, STARTED_SINCE = 0.69, 0.82

INSIDE_SALES_SHORT = dt.datetime(2026, 3, 1)
RESPONSE_HOURS_BEFORE, RESPONSE_HOURS_SINCE = 6.0, 26.0

PORTAL = "Angebotsportal"
QUALIFIED, QUALIFIED_PORTAL = 0.74, 0.24
PORTAL_FEE = 42.0

ASKS, NEVER_COMES = 0.88, 0.18
"""Shares of first visitors who ask for something, and of people reached by advertising who never visit."""

WEEK_TWO_CONTACTS = 0.60
"""Contacts of a new customer on days 8 to 14 after the order; about 0.10 and 0.11 in the weeks around."""

INVOICE = "Wo ist meine Rechnung?"

ENTRANTS_A_MONTH = 147
SEASON = {
    1: 1.26,
    2: 1.16,
    3: 1.0,
    4: 0.9,
    5: 0.84,
    6: 0.78,
    7: 0.75,
    8: 0.8,
    9: 0.98,
    10: 1.15,
    11: 1.24,
    12: 1.14,
}
"""Heating is a winter topic: entrants by calendar month against the year's mean."""


@dataclass(frozen=True)
class Product:
    """value: median order value in EUR; margin: share of the value."""

    name: str
    segment: str
    value: float
    sigma: float
    margin: float


PRODUCTS = {
    product.name: product
    for product in (
        Product("Wartungsvertrag", "B2B", 9_800, 0.20, 0.42),
        Product("Fernüberwachung", "B2B", 14_200, 0.20, 0.47),
        Product("Energieberatung", "B2B", 6_400, 0.18, 0.52),
        Product("Heizungswartung", "B2C", 340, 0.18, 0.45),
        Product("Smart-Heizpaket", "B2C", 1_900, 0.22, 0.38),
    )
}
INTEREST = {
    "B2B": {"Wartungsvertrag": 0.48, "Fernüberwachung": 0.27, "Energieberatung": 0.25},
    "B2C": {"Heizungswartung": 0.62, "Smart-Heizpaket": 0.38},
}
CHANNELS = {
    "B2B": {
        "Suche": 0.27, PORTAL: 0.17, "Messe": 0.15, "LinkedIn": 0.15, "Fachpresse": 0.09, "Empfehlung": 0.10,
        "Direktansprache": 0.07,
    },
    "B2C": {"Suche": 0.42, PORTAL: 0.17, "Social Media": 0.23, "Empfehlung": 0.18},
}  # fmt: skip
FAIR_MONTHS = (3, 9)
PERSONAS = {
    "B2B": {"Technische Leitung": 0.45, "Kaufmännische Leitung": 0.30, "Inhaberbetrieb": 0.25},
    "B2C": {"Eigenheim": 0.7, "Vermietung": 0.3},
}
ROLES = {"Technik": 0.4, "Einkauf": 0.25, "Geschäftsführung": 0.2, "Fachabteilung": 0.15}
CODES = {
    "Technische Leitung": "TL",
    "Kaufmännische Leitung": "KL",
    "Inhaberbetrieb": "IN",
    "Eigenheim": "EH",
    "Vermietung": "VM",
    "B2B": "G",
    "B2C": "P",
    "Nord": "N",
    "West": "W",
    "Süd": "S",
    "Ost": "O",
    "Technik": "TE",
    "Einkauf": "EK",
    "Geschäftsführung": "GF",
    "Fachabteilung": "FA",
    "": "",
}
"""How sales and service shorten personas, segments, regions and roles; mappings spell them out."""
REGIONS = {"Nord": 0.31, "West": 0.27, "Süd": 0.25, "Ost": 0.17}
HOURLY_RATES = {
    "Vertrieb": 85.0, "Kundenservice": 58.0, "Kundenstart": 62.0,
    "Service Nord": 64.0, "Service West": 64.0, "Service Süd": 66.0, "Service Ost": 61.0,
}  # fmt: skip
PRICE_TIERS = {"klein": 0.0, "mittel": 3_000.0, "groß": 12_000.0}
"""Settings of the sample's workspace: EUR an hour by team, and the value from which a tier begins."""
