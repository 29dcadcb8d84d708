"""Writes the sample: `python -m sample_data.generate` puts the same files beside this module each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from sample_data import firm, surroundings
from sample_data.chance import Chance
from sample_data.files import CONTROLLING, SALES, SERVICE, as_csv, as_parquet
from sample_data.measuring import measurements
from sample_data.people import Customer, customers
from sample_data.records import Records, Row
from sample_data.selling import enquire, find_us
from sample_data.serving import live_with

HERE = Path(__file__).parent
LAST_APPOINTMENT = dt.datetime(2026, 11, 9)
"""The sales department's log already holds the talks agreed for the days after the data end."""


def files() -> Mapping[str, bytes]:
    """All files by name, as bytes."""
    chance = Chance()
    records = _simulate(chance)
    return {
        "marketing.parquet": as_parquet(_renamed(_dated(records.marketing), "timestamp")),
        "vertrieb.csv": as_csv(_renamed(_sales(records.sales), "Datum"), SALES),
        "angebote.csv": as_csv(_renamed(_numbered(_decided(records.offers)), "Angebot am"), SALES),
        "service.csv": as_csv(_renamed(_dated(records.service), "timestamp"), SERVICE),
        "umfragen.csv": as_csv(_renamed(_dated(records.surveys), "Versandt am"), CONTROLLING),
        "reichweite.csv": as_csv(surroundings.reach(chance), SERVICE),
        "ausgaben.csv": as_csv(surroundings.spend(chance), CONTROLLING),
        "ziele.csv": as_csv(surroundings.TARGETS, CONTROLLING),
        "ereignisse.csv": as_csv(surroundings.EVENTS, CONTROLLING),
        "kontaktgruende.csv": as_csv(surroundings.REASONS, CONTROLLING),
        "rollen.csv": as_csv(surroundings.ROLES, CONTROLLING),
        "messwerte.csv": as_csv(measurements(chance), CONTROLLING),
    }


def _simulate(chance: Chance) -> Records:
    records = Records()
    for customer in customers(chance):
        _course(chance, records, customer)
    return records


def _course(chance: Chance, records: Records, customer: Customer) -> None:
    asks = find_us(chance, records, customer)
    order = enquire(chance, records, customer, asks) if asks else None
    if order:
        live_with(chance, records, customer, order)


def _at(row: Row, column: str = "at") -> dt.datetime:
    at = row[column]
    if not isinstance(at, dt.datetime):
        raise TypeError(f"{column} is no time: {at}")
    return at


def _dated(rows: list[Row], until: dt.datetime = firm.DATA_END) -> list[Row]:
    """Rows within the files' time, in order."""
    return sorted((row for row in rows if firm.FIRST_DAY <= _at(row) <= until), key=_at)


def _sales(rows: list[Row]) -> list[Row]:
    """The log, the talks agreed for the coming days, and six lines that somebody typed carelessly."""
    appointments = [row for row in rows if row["Vorgang"] == "Beratungsgespräch" and _at(row) > firm.DATA_END]
    kept = _dated(rows) + _dated(appointments, LAST_APPOINTMENT)
    spoilt = [dict(kept[place]) for place in (1_200, 4_700, 7_300, 9_800, 11_900, 13_400)]
    for number, row in enumerate(spoilt):
        if number % 2:
            row["Kundennummer"] = ""
        else:
            row["at"] = ("offen", "31.02.2025 10:00", "nach Ostern")[number // 2]
    for place, row in zip((1_201, 4_702, 7_303, 9_804, 11_905, 13_406), spoilt, strict=True):
        kept.insert(place, row)
    return kept


def _decided(rows: list[Row]) -> list[Row]:
    """Offers as the CRM shows them: open where decided after the data end, earlier dates gone."""
    rows = sorted((row for row in rows if _at(row) <= firm.DATA_END), key=_at)
    rows = [row for row in rows if _at(row, "Abgeschlossen am") >= firm.FIRST_DAY]
    for row in rows:
        visit, decision = row["Ortstermin am"], row["Abgeschlossen am"]
        if _at(row) < firm.FIRST_DAY:
            row |= {"at": None, "Ortstermin am": None}
        if isinstance(visit, dt.datetime) and not firm.FIRST_DAY <= visit <= firm.DATA_END:
            row["Ortstermin am"] = None
        if isinstance(decision, dt.datetime) and decision > firm.DATA_END:
            row |= {"Abgeschlossen am": None, "Status": "Offen", "Umsatz": None, "Deckungsbeitrag": None}
            row |= {"Verlustgrund": "", "Wettbewerber": ""}
    return rows


def _numbered(rows: list[Row]) -> list[Row]:
    return [{"Angebotsnummer": f"AN-{number}", **row} for number, row in enumerate(rows, 30_001)]


def _renamed(rows: list[Row], header: str) -> list[Row]:
    return [{header if name == "at" else name: value for name, value in row.items()} for row in rows]


if __name__ == "__main__":
    for name, content in files().items():
        (HERE / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
