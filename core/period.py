"""Months and periods: the calendar every figure refers to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from babel.dates import format_date

from core.errors import UsageFault
from core.text import Lang, Text

Basis = Literal["month", "ytd", "r12", "range"]

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month in the workspace's time zone."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """`2026-10`; anything else is a UsageFault."""
        found = _MONTH.fullmatch(text.strip())
        if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
            raise UsageFault(
                Text(
                    de="„{text}“ ist kein Monat. Erwartet wird etwa „2026-10“.",
                    en="“{text}” is not a month. Expected something like “2026-10”.",
                ).fill(text=text)
            )
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.year, day.month)

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def end(self) -> dt.date:
        """The first day that is no longer in the month."""
        return (self + 1).start

    def __add__(self, months: int) -> Month:
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __sub__(self, months: int) -> Month:
        return self + -months

    def until(self, last: Month) -> list[Month]:
        """All months from this one to `last`, both included."""
        count = (last.year - self.year) * 12 + last.month - self.month
        return [self + step for step in range(count + 1)]

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def label(self, lang: Lang) -> str:
        return format_date(self.start, "LLLL y", locale=lang)


@dataclass(frozen=True)
class Period:
    """Whole months from `first` to `last`, both included."""

    first: Month
    last: Month
    basis: Basis = "month"

    @property
    def start(self) -> dt.date:
        return self.first.start

    @property
    def end(self) -> dt.date:
        """The first day that is no longer in the period."""
        return self.last.end

    @property
    def months(self) -> list[Month]:
        return self.first.until(self.last)

    def whole(self, data_end: dt.datetime) -> bool:
        """A period is whole when it ends by the data end (the data end's own day counts as covered)."""
        return self.end <= data_end.date() + dt.timedelta(days=1)

    def previous(self) -> Period:
        """The period before: as many months, up to this one's beginning; a year to date goes back a year."""
        if self.basis == "ytd":
            return self.last_year()
        length = len(self.months)
        return Period(self.first - length, self.last - length, self.basis)

    def last_year(self) -> Period:
        return Period(self.first - 12, self.last - 12, self.basis)

    def label(self, lang: Lang) -> str:
        if self.first == self.last:
            return self.last.label(lang)
        span = f"{self.first.month:02d}/{self.first.year} – {self.last.month:02d}/{self.last.year}"
        names = {
            "ytd": Text(de="Geschäftsjahr bis {m}", en="Year to {m}"),
            "r12": Text(de="12 Monate bis {m}", en="12 months to {m}"),
        }
        if self.basis in names:
            return names[self.basis].fill(m=self.last.label(lang))(lang)
        return span


def parse_period(text: str | None, *, latest: Month, fiscal_start: int = 1) -> Period:
    """A period as links and the command line write it.

    `2026-10` a month, `ytd:2026-10` fiscal year to date, `r12:2026-10` rolling twelve months,
    `2026-01..2026-06` a range; `month`, `ytd`, `r12` alone or nothing mean the latest whole month's.
    Raises UsageFault on anything else.
    """
    wanted = (text or "month").strip()
    if ".." in wanted:
        first, last = (Month.parse(part) for part in wanted.split("..", 1))
        if last < first:
            raise UsageFault(
                Text(
                    de="Der Zeitraum {text} endet vor seinem Anfang.",
                    en="The period {text} ends before it begins.",
                ).fill(text=wanted)
            )
        return Period(first, last, "range")
    basis, _, month = wanted.partition(":")
    if basis not in ("month", "ytd", "r12"):
        basis, month = "month", wanted
    last = Month.parse(month) if month else latest
    if basis == "ytd":
        back = (last.month - fiscal_start) % 12
        return Period(last - back, last, "ytd")
    if basis == "r12":
        return Period(last - 11, last, "r12")
    return Period(last, last, "month")


def period_text(period: Period) -> str:
    """The form that `parse_period` reads back."""
    match period.basis:
        case "month":
            return str(period.last)
        case "range":
            return f"{period.first}..{period.last}"
    return f"{period.basis}:{period.last}"
