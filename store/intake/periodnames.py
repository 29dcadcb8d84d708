"""Names of periods in headers and cells: `2024-03`, `03.2024`, `Mrz 24`, `Q1 2024`, `KW 5/2024`, `2024`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, Literal

Named = Literal["quarter", "week", "month"]

MONTHS: Final[tuple[tuple[str, ...], ...]] = (
    ("jan", "januar", "january", "jänner", "jaenner", "jän"), ("feb", "februar", "february", "feber"),
    ("mar", "mär", "mrz", "märz", "maerz", "march"), ("apr", "april"), ("may", "mai"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"), ("aug", "august"), ("sep", "sept", "september"),
    ("oct", "okt", "october", "oktober"), ("nov", "november"), ("dec", "dez", "december", "dezember"),
)  # fmt: skip

PIVOT_YEAR: Final = 68
"""Two-digit years up to this one are 20.., later ones 19.., unless a mapping says otherwise."""

MONTH_NAME: Final = "|".join(sorted((name for names in MONTHS for name in names), key=len, reverse=True))
"""A pattern of every name of a month, in lower case."""

MONTH_NUMBERS: Final = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}

_MONTH = rf"({MONTH_NAME})\.?"
_YEAR = r"['’]?(\d{4}|\d{2})"
_LONG_YEAR = r"(\d{4})"
_BETWEEN = r"[\s/_.,-]*"
_APART = r"[\s/_.,-]+"
_QUARTERS = (r"q(?:uartal|uarter|tr)?\W?([1-4])", r"([1-4])\.?\s?(?:quartal|quarter|qtr|q)")
_WEEK = r"(?:kw|cw|w|woche|week)\W?(\d{1,2})"

FORMS: Final[tuple[tuple[str, Named, bool], ...]] = (
    *((quarter + _APART + _YEAR, "quarter", False) for quarter in _QUARTERS),
    *((quarter + _LONG_YEAR, "quarter", False) for quarter in _QUARTERS),
    *((_LONG_YEAR + _BETWEEN + quarter, "quarter", True) for quarter in _QUARTERS),
    (_WEEK + _APART + _YEAR, "week", False),
    (_LONG_YEAR + _BETWEEN + _WEEK, "week", True),
    (_MONTH + _BETWEEN + _YEAR, "month", False),
    (_LONG_YEAR + _BETWEEN + _MONTH, "month", True),
)
"""Patterns over lower case with single blanks, what their number counts, and whether the year comes first.
Two groups each: the year and the number or name."""

_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[ t]00:00(?::00)?)?")
_GERMAN_DAY = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})[./](\d{4})")
_ONLY_YEAR = re.compile(r"(?:19|20)\d{2}")


def period_of(text: str, pivot_year: int = PIVOT_YEAR) -> dt.date | None:
    """The first day of the period that a header or a cell names; None where it names none."""
    text = " ".join(text.strip().lower().split())
    try:
        if found := _DAY.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := _GERMAN_DAY.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1] or 1))
        if _ONLY_YEAR.fullmatch(text):
            return dt.date(int(text), 1, 1)
    except ValueError:  # a thirteenth month
        return None
    named = named_period(text, pivot_year)
    return named and named[0]


def names_a_period(text: str) -> bool:
    """Whether a cell names a quarter, a week or a month by its name, which no form of dates takes."""
    return _named_form(" ".join(text.strip().lower().split())) is not None


def _named_form(text: str) -> tuple[str, str, Named] | None:
    """Year, number or name, and what that counts."""
    for pattern, named, year_first in FORMS:
        if found := re.fullmatch(pattern, text):
            return (found[1], found[2], named) if year_first else (found[2], found[1], named)
    return None


def named_period(text: str, pivot_year: int = PIVOT_YEAR) -> tuple[dt.date, Named] | None:
    """The first day of a quarter, week or month that is named, and which of them; None for no such name."""
    found = _named_form(" ".join(text.strip().lower().split()))
    if found is None:
        return None
    year, which, named = int(found[0]), found[1], found[2]
    if len(found[0]) == 2:
        year += 2000 if year <= pivot_year else 1900
    try:
        if named == "quarter":
            return dt.date(year, 3 * int(which) - 2, 1), named
        if named == "week":
            return dt.date.fromisocalendar(year, int(which), 1), named
        return dt.date(year, MONTH_NUMBERS[which], 1), named
    except ValueError:  # a week 60
        return None


def named_period_sql(text: str, pivot_year: int) -> str:
    """A TIMESTAMP, the first day of the period that a text names; NULL where it names none.

    Says what `period_of` says of texts that name a period.
    """
    plain = rf"lower(regexp_replace(trim({text}), '\s+', ' ', 'g'))"
    cases = " ".join(
        _case_sql(pattern, named, pivot_year, year_first) for pattern, named, year_first in FORMS
    )
    return f"list_transform([{plain}], lambda name: CASE {cases} END)[1]"


def _case_sql(pattern: str, named: Named, pivot_year: int, year_first: bool) -> str:
    quoted = pattern.replace("'", "''")
    year, which = (
        f"regexp_extract(name, '^(?:{quoted})$', {group})" for group in ((1, 2) if year_first else (2, 1))
    )
    full = (
        f"CASE WHEN length({year}) = 4 THEN {year} WHEN CAST({year} AS INTEGER) <= {int(pivot_year)} "
        f"THEN '20' || {year} ELSE '19' || {year} END"
    )
    if named == "quarter":
        month = f"CAST(3 * CAST({which} AS INTEGER) - 2 AS VARCHAR)"
        day = f"TRY_CAST({full} || '-' || {month} || '-01' AS TIMESTAMP)"
    elif named == "week":
        monday = f"try_strptime({full} || '-' || lpad({which}, 2, '0') || '-1', '%G-%V-%u')"
        day = f"CASE WHEN strftime({monday}, '%G') = {full} THEN {monday} END"
    else:
        numbers = " ".join(
            f"WHEN {which} IN ({', '.join(repr(name) for name in names)}) THEN '{number}'"
            for number, names in enumerate(MONTHS, start=1)
        )
        day = f"TRY_CAST({full} || '-' || CASE {numbers} END || '-01' AS TIMESTAMP)"
    return f"WHEN regexp_full_match(name, '{quoted}') THEN {day}"
