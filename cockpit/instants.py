"""Periods as files and options write them: 1988, 2024-03, 03/2024, 2024-Q1, 2024-W05, 2024-03-01."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from babel.dates import get_month_names

from core.errors import InputFault, UsageFault
from core.period import Month
from core.text import LOCALES, Text
from proof.window import Grain, end_of

_FORMS: tuple[tuple[re.Pattern[str], Grain], ...] = (
    (re.compile(r"(?P<y>\d{4})(\.0)?"), "year"),
    (re.compile(r"(?P<y>\d{4})[-/ ]?[Qq](?P<q>[1-4])"), "quarter"),
    (re.compile(r"[Qq](?P<q>[1-4])[-/ ](?P<y>\d{4})"), "quarter"),
    (re.compile(r"(?P<y>\d{4})-?[Ww](?P<w>\d{1,2})"), "week"),
    (re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"), "month"),
    (re.compile(r"(?P<y>\d{4})[Mm](?P<m>\d{1,2})"), "month"),
    (re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)"), "month"),
    (re.compile(r"(?P<m>\d{1,2})[./](?P<y>\d{4})"), "month"),
    (re.compile(r"(?P<name>[^\W\d_]{3,9})\.?[- ](?P<y>\d{4})"), "month"),
    (re.compile(r"(?P<y>\d{4})[- ]?(?P<name>[^\W\d_]{3,9})"), "month"),
    (re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})([T ].*)?"), "day"),
    (re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"), "day"),
    (re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"), "day"),
)
EPOCH = Month(2000, 1)
"""Where counted periods (1, 2, 3 …) begin on the calendar."""


def day_of(text: str, *, last: bool = False) -> dt.date:
    """The first day of a period, or its last. UsageFault for what is none."""
    for pattern, grain in _FORMS:
        if found := pattern.fullmatch(text.strip()):
            try:
                start = _start(found.groupdict(), grain)
            except ValueError:
                break
            return end_of(start, grain) - dt.timedelta(days=1) if last else start
    if text.strip().isdigit() and int(text) < 1000:
        return _counted(int(text), "month", last=last)
    raise UsageFault(
        Text(
            de="„{text}“ ist kein Zeitraum. Erwartet wird etwa 2024, 2024-Q1, 2024-03 oder 2024-03-01.",
            en="“{text}” is not a period. Expected something like 2024, 2024-Q1, 2024-03 or 2024-03-01.",
        ).fill(text=text)
    )


def _start(parts: dict[str, str | None], grain: Grain) -> dt.date:
    numbers = {name: int(part) for name, part in parts.items() if part and name != "name"}
    if month := parts.get("name"):
        numbers["m"] = _month(month)
    year = numbers["y"]
    if grain == "week":
        return dt.date.fromisocalendar(year, numbers["w"], 1)
    if grain == "quarter":
        return dt.date(year, 3 * numbers["q"] - 2, 1)
    return dt.date(year, numbers.get("m", 1), numbers.get("d", 1))


def _month(name: str) -> int:
    """The number of a month by its German or English name or its beginning; ValueError for another."""
    found = {
        number
        for locale in LOCALES.values()
        for number, full in get_month_names("wide", locale=locale).items()
        if full.lower().startswith(name.lower())
    }
    if len(found) != 1:
        raise ValueError(name)
    return int(found.pop())


def _counted(number: int, grain: Grain, *, last: bool = False) -> dt.date:
    """The n-th period since the epoch, for files that count their periods."""
    if grain in ("day", "week"):
        start = EPOCH.start + dt.timedelta(days=(7 if grain == "week" else 1) * number)
    else:
        start = (EPOCH + {"month": 1, "quarter": 3, "year": 12}[grain] * number).start
    return end_of(start, grain) - dt.timedelta(days=1) if last else start


def days_of(texts: Sequence[str], grain: Grain | None) -> list[dt.date]:
    """The first days of a column of periods. Bare counts (1, 2, 3 …) are periods of the grain that was given,
    else months. InputFault for a cell that is none."""
    known: dict[str, dt.date] = {}
    counts = all(text.removesuffix(".0").isdigit() and float(text) < 1000 for text in set(texts))
    for text in set(texts):
        if counts:
            known[text] = _counted(int(float(text)), grain or "month")
            continue
        try:
            known[text] = day_of(text)
        except UsageFault as fault:
            raise InputFault(fault.text) from fault
    return [known[text] for text in texts]
