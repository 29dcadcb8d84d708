"""Windows of a comparison: from a first to a last day, made of whole periods, never overlapping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from core.period import Month
from core.text import Text, same

Grain = Literal["day", "week", "month", "quarter", "year"]

_MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
_COUNTED_FROM = Month(2000, 1)
"""Where periods that a source only counts (1, 2, 3 …) stand on the calendar: this is the zeroth."""


class Window(BaseModel):
    """The days from `first` to `last`, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("a window ends before it begins")
        return self

    @property
    def end(self) -> dt.date:
        """The first day that is no longer in the window."""
        return self.last + dt.timedelta(days=1)

    def holds(self, start: dt.date, grain: Grain) -> bool:
        """Whether the whole period that begins on `start` lies in the window."""
        return self.first <= start and end_of(start, grain) <= self.end

    def touches(self, start: dt.date, grain: Grain) -> bool:
        """Whether any day of the period does."""
        return start < self.end and end_of(start, grain) > self.first

    def label(self) -> Text:
        """`01/2024–12/2024` for whole months, else both days."""
        if self.first.day == 1 and self.end.day == 1:
            span = [f"{day.month:02d}/{day.year}" for day in (self.first, self.last)]
            return same("–".join(dict.fromkeys(span)))
        return Text(de="{first}–{last}", en="{first} – {last}").fill(first=self.first, last=self.last)


def end_of(start: dt.date, grain: Grain) -> dt.date:
    """The first day after the period that begins on `start`."""
    if grain in _MONTHS:
        month = Month.of(start) + _MONTHS[grain]
        return dt.date(month.year, month.month, min(start.day, 28))
    return start + dt.timedelta(days=7 if grain == "week" else 1)


def label_of(start: dt.date, grain: Grain) -> Text:
    """A period by its name: `2024`, `Q1 2024`, `01/2024`; weeks and days by their first day."""
    if grain == "year":
        return same(str(start.year))
    if grain == "quarter":
        return same(f"Q{(start.month + 2) // 3} {start.year}")
    if grain == "month" and start.day == 1:
        return same(f"{start.month:02d}/{start.year}")
    return same("{day}").fill(day=start)


def start_of(number: int, grain: Grain) -> dt.date:
    """The day that stands for the beginning of a counted period."""
    if grain in ("day", "week"):
        return _COUNTED_FROM.start + dt.timedelta(days=(7 if grain == "week" else 1) * number)
    return (_COUNTED_FROM + _MONTHS[grain] * number).start


def number_of(start: dt.date, grain: Grain) -> Text:
    """A counted period by its number (see `start_of`)."""
    if grain in ("day", "week"):
        number = (start - _COUNTED_FROM.start).days // (7 if grain == "week" else 1)
    else:
        zero = _COUNTED_FROM
        number = ((start.year - zero.year) * 12 + start.month - zero.month) // _MONTHS[grain]
    return Text(de="Periode {number}", en="period {number}").fill(number=str(number))


def grain_of(starts: Iterable[dt.date]) -> Grain:
    """How long the periods are that begin on these days: the longest grain that no two of them undercut.

    A month where only one day is known.
    """
    days = sorted(set(starts))
    gaps = [(late - early).days for early, late in pairwise(days)]
    shortest = min(gaps, default=30)
    if shortest < 7:
        return "day"
    if shortest < 28:
        return "week"
    if shortest < 89:
        return "month"
    return "quarter" if shortest < 360 else "year"


def apart(baseline: Window, after: Window) -> list[Text]:
    """Why two windows cannot be compared: they share days, or stand the wrong way round."""
    if after.last < baseline.first:
        return [
            Text(
                de="Der Nachher-Zeitraum liegt vor dem Basiszeitraum.",
                en="The after window lies before the baseline.",
            )
        ]
    if after.first <= baseline.last:
        shared = (min(baseline.last, after.last) - max(baseline.first, after.first)).days + 1
        return [
            Text(
                de="Basiszeitraum und Nachher-Zeitraum überlappen sich um {days} Tage.",
                en="Baseline and after window overlap by {days} days.",
            ).fill(days=shared)
        ]
    return []


def cut_periods(window: Window, starts: Iterable[dt.date], grain: Grain) -> list[dt.date]:
    """The periods that a window cuts through: they lie partly inside and partly outside."""
    return [
        start
        for start in sorted(set(starts))
        if window.touches(start, grain) and not window.holds(start, grain)
    ]


def months_around(go_live: dt.date, months: int = 12) -> tuple[Window, Window]:
    """So many whole months before go-live, and as many from the first month that begins with or after it."""
    live = Month.of(go_live)
    since = live if go_live.day == 1 else live + 1
    day = dt.timedelta(days=1)
    return (
        Window(first=(live - months).start, last=live.start - day),
        Window(first=since.start, last=(since + (months - 1)).end - day),
    )
