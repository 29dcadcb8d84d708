"""Headers that stand for a period: `2024-03`, `03.2024`, `Mrz 2024`, `Q1 2024`, `KW 5/2024`, `2024`."""

from __future__ import annotations

import datetime as dt
import re

from babel.dates import get_month_names

_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[ t]00:00(?::00)?)?")
_GERMAN_DAY = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})[./](\d{4})")
_WITH_YEAR = re.compile(r"(?P<before>.*?)(?P<year>(?:19|20)\d{2})(?P<behind>.*)")
_QUARTER = re.compile(r"q(?:uartal)?\W?([1-4])|([1-4])\.?\W?quartal")
_WEEK = re.compile(r"(?:kw|cw|w)\W?(\d{1,2})")


def period_of(header: str) -> dt.date | None:
    """The first day of the period that a header names; None where it names none."""
    text = " ".join(header.strip().lower().split())
    try:
        if found := _DAY.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := _GERMAN_DAY.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1] or 1))
        if found := _WITH_YEAR.fullmatch(text):
            return _within(int(found["year"]), f"{found['before']}{found['behind']}".strip(" _/.-"))
    except ValueError:  # a thirteenth month, a week 60
        return None
    return None


def _within(year: int, rest: str) -> dt.date | None:
    """The period of a year that the rest of a header names; the year itself where nothing is left."""
    if not rest:
        return dt.date(year, 1, 1)
    if found := _QUARTER.fullmatch(rest):
        return dt.date(year, 3 * int(found[1] or found[2]) - 2, 1)
    if found := _WEEK.fullmatch(rest):
        return dt.date.fromisocalendar(year, int(found[1]), 1)
    month = _MONTHS.get(rest)
    return dt.date(year, month, 1) if month else None


def _month_names() -> dict[str, int]:
    known = {"mrz": 3, "maerz": 3, "sept": 9}
    for locale in ("de", "en", "de_AT"):
        for names in (
            get_month_names("wide", "format", locale),
            get_month_names("abbreviated", "format", locale),
        ):
            known |= {name.lower().rstrip("."): number for number, name in names.items()}
    return known


_MONTHS = _month_names()
