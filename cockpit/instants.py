"""Periods as files and options write them: 1988, 2024-03, 03/2024, 2024-Q1, Q12024, 1983.083, 2024-03-01."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.errors import InputFault, UsageFault
from core.text import Text
from proof.window import Grain, end_of, start_of
from store.intake.periodnames import MONTH_NAME, MONTH_NUMBERS, named_period

DayFirst = Literal["day", "month"]
"""What comes first in 3/4/2024."""

_NAME = rf"(?P<name>{MONTH_NAME})"
_FORMS: tuple[tuple[re.Pattern[str], Grain], ...] = (
    (re.compile(r"(?P<y>\d{4})(\.0*)?"), "year"),
    (re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"), "month"),
    (re.compile(r"(?P<y>\d{4})[Mm](?P<m>\d{1,2})"), "month"),
    (re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)"), "month"),
    (re.compile(r"(?P<m>\d{1,2})[./-](?P<y>\d{4})"), "month"),
    (re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})([T ].*)?"), "day"),
    (re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"), "day"),
    (re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})([T ].*)?"), "day"),
    (re.compile(rf"(?P<d>\d{{1,2}})[-. ]*{_NAME}[-., ]*(?P<y>\d{{4}})", re.IGNORECASE), "day"),
    (re.compile(rf"{_NAME}\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?, ?(?P<y>\d{{4}})", re.IGNORECASE), "day"),
)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})([T ].*)?")
_PART_OF_YEAR = re.compile(r"(\d{4})(\.\d+)")
_MONTH_AFTER_POINT = re.compile(r"\d{4}\.(0[1-9]|1[0-2]|1)")
_CLOSE = 0.005
"""How far a part of a year may lie from a whole number of months, rounded as files round it."""


@dataclass(frozen=True, kw_only=True)
class Periods:
    """A column of periods, read: the first day of each cell's. `counted`: the column only numbers them, and
    the days stand for numbers; `grain`: how long those are."""

    days: tuple[dt.date, ...]
    counted: bool = False
    grain: Grain = "month"
    first: DayFirst | None = None

    def day(self, text: str, *, last: bool = False) -> dt.date:
        """The day that an option names, as the column is written. UsageFault for what is none."""
        plain = text.strip().removesuffix(".0")
        if self.counted and plain.isdigit() and int(plain) < 1000:
            return _counted(int(plain), self.grain, last=last)
        return day_of(text, last=last, first=self.first)


def day_of(text: str, *, last: bool = False, first: DayFirst | None = None) -> dt.date:
    """The first day of a period, or its last. UsageFault for what is none, and for 3/4/2024 where nothing
    says what comes `first`."""
    text = " ".join(text.split())
    try:
        found = _read(text, first)
    except ValueError:  # a thirteenth month, the thirtieth of February
        found = None
    if found is not None:
        start, grain = found
        return end_of(start, grain) - dt.timedelta(days=1) if last else start
    if text.isdigit() and int(text) < 1000:
        return _counted(int(text), "month", last=last)
    if _SLASHES.fullmatch(text):
        raise UsageFault(_EITHER.fill(text=text))
    raise UsageFault(
        Text(
            de="„{text}“ ist kein Zeitraum. Erwartet wird etwa 2024, 2024-Q1, 2024-03 oder 2024-03-01.",
            en="“{text}” is not a period. Expected something like 2024, 2024-Q1, 2024-03 or 2024-03-01.",
        ).fill(text=text)
    )


_EITHER = Text(
    de="„{text}“ lässt sich auf zwei Arten lesen: Tag oder Monat zuerst. Eindeutig ist 2024-03-01.",
    en="“{text}” can be read in two ways: day or month first. 2024-03-01 is unambiguous.",
)


def _read(text: str, first: DayFirst | None) -> tuple[dt.date, Grain] | None:
    """The first day of a period and its length; None where no form fits. ValueError for no date."""
    for pattern, grain in _FORMS:
        if found := pattern.fullmatch(text):
            return _start(found.groupdict()), grain
    if named := named_period(text):
        return named
    if found := _SLASHES.fullmatch(text):
        one, two, year = (int(part) for part in found.group(1, 2, 3))
        if first is None and min(one, two) <= 12 < max(one, two):
            first = "day" if one > two else "month"
        if first is not None:
            return (dt.date(year, two, one) if first == "day" else dt.date(year, one, two)), "day"
    if (found := _PART_OF_YEAR.fullmatch(text)) and (month := _month_of_part(float(found[2]))) is not None:
        return dt.date(int(found[1]), month, 1), "month"
    return None


def _start(parts: dict[str, str | None]) -> dt.date:
    numbers = {name: int(part) for name, part in parts.items() if part and name != "name"}
    if name := parts.get("name"):
        numbers["m"] = MONTH_NUMBERS[name.lower()]
    return dt.date(numbers["y"], numbers.get("m", 1), numbers.get("d", 1))


def _month_of_part(part: float) -> int | None:
    """1983.083 is February 1983: parts of a year are twelfths (0, 0.083, 0.167 …)."""
    months = round(part * 12)
    return months + 1 if abs(part - months / 12) <= _CLOSE and months < 12 else None


def _counted(number: int, grain: Grain, *, last: bool = False) -> dt.date:
    """The first day of a counted period (1, 2, 3 …), or its last."""
    start = start_of(number, grain)
    return end_of(start, grain) - dt.timedelta(days=1) if last else start


def periods_of(texts: Sequence[str], grain: Grain | None) -> Periods:
    """A column of periods. Bare counts (1, 2, 3 …) are periods of the grain that was given, else months; what
    one cell leaves open (3/4/2024, 2002.1) the whole column decides. InputFault for a cell that is none."""
    written = set(texts)
    if all(text.removesuffix(".0").isdigit() and float(text) < 1000 for text in written):
        length = grain or "month"
        return Periods(
            days=tuple(_counted(int(float(text)), length) for text in texts), counted=True, grain=length
        )
    after_point = all(_MONTH_AFTER_POINT.fullmatch(text) for text in written)
    first = _comes_first(written)
    known: dict[str, dt.date] = {}
    for text in written:
        try:
            known[text] = _month_after_point(text) if after_point else day_of(text, first=first)
        except UsageFault as fault:
            raise InputFault(fault.text) from fault
    return Periods(days=tuple(known[text] for text in texts), first=first)


def _month_after_point(text: str) -> dt.date:
    """2002.01 to 2002.12; a table of numbers writes October as 2002.1."""
    year, part = text.split(".")
    return dt.date(int(year), 10 if part == "1" else int(part), 1)


def _comes_first(texts: set[str]) -> DayFirst | None:
    """Whether 3/4/2024 begins with its day or its month: what no other cell contradicts, or what makes all
    cells the first of a month."""
    found = [match for text in texts if (match := _SLASHES.fullmatch(text))]
    if not found:
        return None
    ones, twos = ({int(match[place]) for match in found} for place in (1, 2))
    if max(ones) > 12 >= max(twos):
        return "day"
    if max(twos) > 12 >= max(ones):
        return "month"
    if max(*ones, *twos) <= 12 and (ones == {1}) != (twos == {1}):
        return "day" if ones == {1} else "month"
    return None
