"""The sample's files read with pandas alone, by somebody who knows nothing of the product."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
DATA_END = dt.datetime(2026, 10, 31, 23, 59)
MONTHS = pd.period_range("2023-11", "2026-10", freq="M")
INVOICE = "Wo ist meine Rechnung?"
PORTAL = "Angebotsportal"


def day_first(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts, format="%d.%m.%Y %H:%M", errors="coerce")


def german(texts: pd.Series) -> pd.Series:
    return pd.Series(texts.str.replace(".", "", regex=False).str.replace(",", ".", regex=False), dtype=float)


def by_month(times: pd.Series) -> pd.Series:
    months: pd.Series = times.dt.to_period("M")
    return months


@dataclass(frozen=True)
class Exports:
    """All contacts of the sample, as each department's file has them; unusable and planned lines left out."""

    marketing: pd.DataFrame
    sales: pd.DataFrame
    offers: pd.DataFrame
    service: pd.DataFrame

    @property
    def closings(self) -> pd.DataFrame:
        """Decided offers of both files: customer, at, won, value."""
        first = self.offers[self.offers["Status"] != "Offen"]
        again = self.sales[self.sales["Vorgang"].isin(["Folgeauftrag", "Folgeangebot abgelehnt"])]
        return pd.concat(
            [
                pd.DataFrame(
                    {
                        "customer": first["Kundennummer"],
                        "at": first["closed"],
                        "won": first["Status"] == "Gewonnen",
                        "value": german(first["Wert"]),
                    }
                ),
                pd.DataFrame(
                    {
                        "customer": again["Kundennummer"],
                        "at": again["at"],
                        "won": again["Vorgang"] == "Folgeauftrag",
                        "value": german(again["Wert"]),
                    }
                ),
            ]
        ).sort_values("at")

    @property
    def first_orders(self) -> pd.Series:
        """By customer, the first order that the files hold."""
        closings = self.closings
        return closings[closings["won"]].groupby("customer")["at"].min()

    def of(self, *activities: str) -> pd.DataFrame:
        return self.sales[self.sales["Vorgang"].isin(activities)]

    def customers(self) -> set[str]:
        return (
            set(self.marketing["customer_id"])
            | set(self.sales["Kundennummer"])
            | set(self.offers["Kundennummer"])
            | set(self.service["customer_id"])
        )

    def contacts(self) -> int:
        stages = self.offers[["offered", "visited", "closed"]].notna().to_numpy().sum()
        return len(self.marketing) + len(self.sales) + len(self.service) + int(stages)


def planned_talks() -> int:
    """Lines of the sales log that lie after the data end."""
    sales = pd.read_csv(SAMPLE / "vertrieb.csv", sep=";", encoding="cp1252", dtype=str)
    return int((day_first(sales["Datum"]) > DATA_END).sum())


@cache
def exports() -> Exports:
    sales = pd.read_csv(SAMPLE / "vertrieb.csv", sep=";", encoding="cp1252", dtype=str)
    sales["at"] = day_first(sales["Datum"])
    sales = sales[sales["at"].notna() & sales["Kundennummer"].notna() & (sales["at"] <= DATA_END)]
    offers = pd.read_csv(SAMPLE / "angebote.csv", sep=";", encoding="cp1252", dtype=str)
    for column, header in (
        ("offered", "Angebot am"),
        ("visited", "Ortstermin am"),
        ("closed", "Abgeschlossen am"),
    ):
        offers[column] = day_first(offers[header])
    service = pd.read_csv(SAMPLE / "service.csv", dtype={"resolved": str})
    service["at"] = pd.to_datetime(service["timestamp"])
    return Exports(
        marketing=pd.read_parquet(SAMPLE / "marketing.parquet"), sales=sales, offers=offers, service=service
    )


def working_hours(start: dt.datetime, end: dt.datetime) -> float:
    """Hours from 9 to 17 on weekdays between two moments, day by day."""
    hours, day = 0.0, dt.datetime.combine(start.date(), dt.time())
    while day <= end:
        if day.isoweekday() <= 5:
            opens, closes = day + dt.timedelta(hours=9), day + dt.timedelta(hours=17)
            hours += max(0.0, (min(end, closes) - max(start, opens)).total_seconds() / 3600)
        day += dt.timedelta(days=1)
    return hours
