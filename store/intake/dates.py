"""Dates as files write them, read by one declared form a column: SQL expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.text import Text
from store.intake.mapping import DateFormat
from store.intake.periodnames import MONTHS, named_period_sql

_CLOCK: Final = (
    r"(?:(?:[T ]|, )\s*(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(?:\s*([AaPp])\.?[Mm]\.?|\s*Uhr)?"
    r"\s*(Z|z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_YEAR: Final = r"(\d{4}|\d{2})"
_NAMES: Final = "'clock', 'half', 'zone'"

_CALENDAR: Final[Mapping[DateFormat, tuple[str, str]]] = {
    "iso": (r"(\d{4})-(\d{1,2})-(\d{1,2})", "'y', 'm', 'd'"),
    "d.m.y": (r"(\d{1,2})\.\s?(\d{1,2})\.\s?" + _YEAR, "'d', 'm', 'y'"),
    "m/d/y": (r"(\d{1,2})/(\d{1,2})/" + _YEAR, "'m', 'd', 'y'"),
    "d/m/y": (r"(\d{1,2})/(\d{1,2})/" + _YEAR, "'d', 'm', 'y'"),
    "y/m/d": (r"(\d{4})/(\d{1,2})/(\d{1,2})", "'y', 'm', 'd'"),
    "d-m-y": (r"(\d{1,2})-(\d{1,2})-" + _YEAR, "'d', 'm', 'y'"),
    "m-d-y": (r"(\d{1,2})-(\d{1,2})-" + _YEAR, "'m', 'd', 'y'"),
    "ymd": (r"(\d{4})(\d{2})(\d{2})", "'y', 'm', 'd'"),
    "y-m": (r"(\d{4})-(\d{1,2})()", "'y', 'm', 'd'"),
    "ym": (r"(\d{4})(\d{2})()", "'y', 'm', 'd'"),
    "m.y": (r"(\d{1,2})[./](\d{4})()", "'m', 'y', 'd'"),
}
"""Of each form: its pattern and the names of its groups in order."""

SHORT_YEARS: Final = frozenset(form for form, (pattern, _) in _CALENDAR.items() if _YEAR in pattern)
"""Forms that take two-digit years."""

_PLAIN: Final[Mapping[DateFormat, tuple[str, str]]] = {
    "iso": (r"\d{4}-\d{1,2}-\d{1,2}", "%Y-%m-%d"),
    "d.m.y": (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    "m/d/y": (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    "d/m/y": (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
}
"""The usual spellings, for which there is a way that is ten times faster."""

_PLAIN_CLOCKS: Final = (" %H:%M", "", " %H:%M:%S")

_LENGTHS: Final = {" %H:%M:%S": 19, "": 10, " %H:%M": 16}

RIVALS: Final[Mapping[DateFormat, DateFormat]] = {
    "m/d/y": "d/m/y", "d/m/y": "m/d/y", "d-m-y": "m-d-y", "m-d-y": "d-m-y",
}  # fmt: skip
"""Forms that can be taken for one another: only a day above 12 tells them apart."""

WRITTEN: Final[Mapping[DateFormat, Text]] = {
    "iso": Text(de="2024-12-31", en="2024-12-31"),
    "d.m.y": Text(de="31.12.2024", en="31.12.2024"),
    "m/d/y": Text(de="12/31/2024 (Monat/Tag/Jahr)", en="12/31/2024 (month/day/year)"),
    "d/m/y": Text(de="31/12/2024 (Tag/Monat/Jahr)", en="31/12/2024 (day/month/year)"),
    "y/m/d": Text(de="2024/12/31", en="2024/12/31"),
    "d-m-y": Text(de="31-12-2024 (Tag-Monat-Jahr)", en="31-12-2024 (day-month-year)"),
    "m-d-y": Text(de="12-31-2024 (Monat-Tag-Jahr)", en="12-31-2024 (month-day-year)"),
    "ymd": Text(de="20241231", en="20241231"),
    "y-m": Text(de="2024-12 (Monat)", en="2024-12 (month)"),
    "ym": Text(de="202412 (Monat)", en="202412 (month)"),
    "m.y": Text(de="12.2024 (Monat)", en="12.2024 (month)"),
    "period": Text(de="2024-Q1, KW 12/2024 oder Jan 2024", en="2024-Q1, CW 12/2024 or Jan 2024"),
    "epoch_s": Text(de="Sekunden seit 1970", en="seconds since 1970"),
    "epoch_ms": Text(de="Millisekunden seit 1970", en="milliseconds since 1970"),
}

_WITHOUT_NAMES: Final[tuple[DateFormat, ...]] = ("iso", "y-m", "m.y", "d.m.y")
"""What else is read in a column of named periods: files that gather others mix them."""

EARLIEST, LATEST = 1900, 2199
"""Years outside are placeholders (00.00.0000, 31.12.9999) or slips, not dates."""


def time_sql(text: str, form: DateFormat, pivot_year: int, zone: str) -> str:
    """A TIMESTAMP from a text expression written in one form; NULL where it is not.

    `zone` is the (bound) name of the workspace's time zone: offset and epoch times become naive times in it;
    times without an offset are taken to be in it already.
    """
    if form == "epoch_s":
        seconds = (
            rf"CASE WHEN regexp_full_match({text}, '\d{{9,10}}(\.\d+)?') THEN TRY_CAST({text} AS DOUBLE) END"
        )
        return _bounded(f"timezone({zone}, to_timestamp({seconds}))")
    if form == "epoch_ms":
        millis = (
            rf"CASE WHEN regexp_full_match({text}, '\d{{12,13}}') THEN TRY_CAST({text} AS DOUBLE) / 1000 END"
        )
        return _bounded(f"timezone({zone}, to_timestamp({millis}))")
    if form == "period":
        first = f"TRY_CAST({text} || '-01-01' AS TIMESTAMP)"
        year = f"CASE WHEN regexp_full_match({text}, '\\d{{4}}') THEN {first} END"
        others = ", ".join(time_sql(text, other, pivot_year, zone) for other in _WITHOUT_NAMES)
        return f"coalesce({_bounded(named_period_sql(text, pivot_year))}, {_bounded(year)}, {others})"
    pattern, names = _CALENDAR[form]
    plain, directives = _PLAIN.get(form, ("", ""))
    found = f"regexp_extract({text}, '^{pattern}{_CLOCK}$', [{names}, {_NAMES}])"
    read = _assembled(found, pivot_year, zone)
    if plain:
        tried = ", ".join(f"'{directives}{clock}'" for clock in _PLAIN_CLOCKS)
        usual = rf"regexp_full_match({text}, '{plain}( \d{{1,2}}:\d{{2}}(:\d{{2}})?)?')"
        read = f"CASE WHEN {usual} THEN try_strptime({text}, [{tried}]) ELSE {read} END"
    read = _bounded(read)
    if not plain:
        return read
    # Texts of a usual length are read at once; what that cannot read, and other lengths, by the patterns.
    year = f"left({text}, 4)" if directives.startswith("%Y") else f"substr({text}, 7, 4)"
    lengths = " ".join(
        f"WHEN {length} THEN try_strptime({text}, '{directives}{clock}')"
        for clock, length in _LENGTHS.items()
    )
    usual = f"CASE WHEN {year} BETWEEN '{EARLIEST}' AND '{LATEST}' THEN CASE strlen({text}) {lengths} END END"
    return f"CASE WHEN {text} IS NULL THEN NULL ELSE coalesce({usual}, {read}) END"


def _assembled(found: str, pivot_year: int, zone: str) -> str:
    """A timestamp from the struct y, m, d, clock, half, zone. Texts are put together, so TRY_CAST judges."""
    return (
        "list_transform([" + found + "], lambda f: CASE WHEN f.y = '' THEN NULL ELSE "
        "list_transform(["
        + _year("f.y", pivot_year)
        + " || '-' || f.m || '-' || CASE WHEN f.d = '' THEN '01' ELSE f.d END || "
        "CASE WHEN f.clock = '' THEN '' ELSE ' ' || " + _HOURS + " END], lambda written: "
        f"CASE WHEN f.zone = '' THEN TRY_CAST(written AS TIMESTAMP) ELSE timezone({zone}, "
        "TRY_CAST(written || CASE WHEN upper(f.zone) IN ('Z', 'UTC') THEN '+00' ELSE f.zone END "
        "AS TIMESTAMPTZ))"
        " END)[1] END)[1]"
    )


_HOURS: Final = (
    "CASE WHEN f.half = '' THEN replace(f.clock, ',', '.') "
    "WHEN CAST(split_part(f.clock, ':', 1) AS INTEGER) NOT BETWEEN 1 AND 12 THEN 'x' "
    "ELSE CAST(CAST(split_part(f.clock, ':', 1) AS INTEGER) % 12 "
    "+ CASE WHEN lower(f.half) = 'p' THEN 12 ELSE 0 END AS VARCHAR) "
    "|| substr(replace(f.clock, ',', '.'), strpos(f.clock, ':')) END"
)


def _year(text: str, pivot_year: int) -> str:
    return (
        f"CASE WHEN length({text}) = 4 THEN {text} "
        f"WHEN CAST({text} AS INTEGER) <= {int(pivot_year)} THEN '20' || {text} ELSE '19' || {text} END"
    )


def _bounded(moment: str) -> str:
    return f"list_filter([{moment}], lambda t: isfinite(t) AND year(t) BETWEEN {EARLIEST} AND {LATEST})[1]"


def within_bounds_sql(moment: str) -> str:
    """A TIMESTAMP column without what is no date to anybody."""
    within = f"BETWEEN TIMESTAMP '{EARLIEST}-01-01' AND TIMESTAMP '{LATEST}-12-31 23:59:59.999999'"
    return f"CASE WHEN {moment} {within} THEN {moment} END"


def parts_sql(day: str, month: str, year: str, pivot_year: int) -> str:
    """A TIMESTAMP from text expressions of day, month (number or name) and year."""
    names = " ".join(
        f"WHEN lower(rtrim({month}, '.')) IN ({', '.join(repr(name) for name in words)}) THEN '{number}'"
        for number, words in enumerate(MONTHS, start=1)
    )
    whole = "regexp_full_match({0}, '\\d{{1,2}}(\\.0+)?')"
    number = "split_part({0}, '.', 1)"
    month_number = f"CASE {names} WHEN {whole.format(month)} THEN {number.format(month)} END"
    day_number = f"CASE WHEN {whole.format(day)} THEN {number.format(day)} END"
    year_text = f"CASE WHEN regexp_full_match({year}, '\\d{{4}}|\\d{{2}}') THEN {_year(year, pivot_year)} END"
    return _bounded(f"TRY_CAST({year_text} || '-' || {month_number} || '-' || {day_number} AS TIMESTAMP)")


def day_or_month_sql(text: str) -> tuple[str, str]:
    """The first and the second number of a date whose year comes last."""
    found = rf"regexp_extract({text}, '^(\d{{1,2}})[/-](\d{{1,2}})[/-]\d', ['one', 'two'])"
    return f"TRY_CAST({found}.one AS INTEGER)", f"TRY_CAST({found}.two AS INTEGER)"


def two_digit_years_sql(text: str) -> str:
    """Whether a text is a calendar date whose year has two digits only."""
    return rf"regexp_matches({text}, '^\d{{1,2}}(\.\s?|/|-)\d{{1,2}}(\.\s?|/|-)\d{{2}}(\D|$)')"
