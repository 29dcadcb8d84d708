"""What a column of a file looks like from its name and some of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.contract import Column, contract
from core.query import plain_name
from store.intake import casting
from store.intake.mapping import Constant
from store.intake.periodnames import names_a_period, period_of
from store.intake.vocabulary import vocabulary

_DATE = re.compile(
    r"(\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}\.\s?\d{1,2}\.\s?(\d{4}|\d{2})|\d{1,2}[/-]\d{1,2}[/-](\d{4}|\d{2})"
    r"|\d{4}/\d{1,2}/\d{1,2}|(0?[1-9]|1[0-2])[./]\d{4}|(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01]))"
    r"([T ,]+\d{1,2}:\d{2}.*)?"
)
_YEAR = re.compile(r"(19|20)\d{2}")
_MONTH = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])")
_EPOCH = re.compile(r"1\d{9}(\d{3})?")
_NUMBER = re.compile(
    r"[(+−-]?\s?(\p{Sc})?[A-Z]{0,3}\s?[+-]?\d[\d.,'’ \u00a0\u202f]*(e[+-]?\d+)?\s?"
    r"(%|\p{Sc}|[A-Z]{3})?[)-]?".replace(r"\p{Sc}", "[€$£¥]"),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """A column of the file: its name, plain name, some values, and what they look like."""

    name: str
    plain: str
    values: tuple[str, ...]
    looks: Literal["time", "number", "flag", "text", "empty"]
    markers: tuple[str, ...]

    @property
    def compact(self) -> str:
        return self.plain.replace("_", "")


def header_of(name: str, values: list[str], typed: str | None) -> Header:
    """What a column looks like from some of its values; `typed`: the kind a typed file declares."""
    filled = [value for value in values if value not in vocabulary().empty.markers]
    looks: Literal["time", "number", "flag", "text", "empty"] = "text"
    flags = {*casting.TRUE_WORDS, *casting.FALSE_WORDS} - {"1", "0"}
    if filled and _share(_EPOCH, filled) == 1 and _is_time_name(plain_name(name)):
        looks = "time"
    elif typed in ("time", "number", "flag"):
        looks = typed  # type: ignore[assignment]
    elif not filled:
        looks = "empty"
    elif _share(_DATE, filled) > 0.8 or (_share(_MONTH, filled) == 1 and _is_month_name(plain_name(name))):
        looks = "time"
    elif _share(_NUMBER, filled) > 0.8:
        looks = "number"
    elif {value.lower() for value in filled} <= flags:
        looks = "flag"
    markers = tuple(sorted({value for value in values if value in vocabulary().empty.markers}))
    return Header(name=name, plain=plain_name(name), values=tuple(filled), looks=looks, markers=markers)


def _share(pattern: re.Pattern[str], values: list[str]) -> float:
    return sum(pattern.fullmatch(value) is not None for value in values) / len(values)


def _is_month_name(plain: str) -> bool:
    return any(word in plain for word in ("month", "monat", "period"))


def _is_time_name(plain: str) -> bool:
    return any(word in plain for word in ("time", "date", "datum", "zeit", "_at", "_am", "epoch", "ts"))


def fits(header: Header, column: Column, words: Sequence[str]) -> bool:
    """Whether the values look like the column's kind. `words`: the only values it may hold, if any."""
    match column.kind:
        case "time":
            return header.looks in ("time", "empty") or names_years(header)
        case "number":
            return header.looks in ("number", "empty")
        case "score":
            if header.looks != "number":
                return header.looks == "empty"
            numbers = [value.replace(",", ".") for value in header.values]
            low, high = column.min or 0, column.max or 0
            fitting = sum(_is_between(value, low, high) for value in numbers)
            return fitting >= 0.8 * len(numbers)
        case "flag":
            return header.looks in ("flag", "empty") or set(header.values) <= {"0", "1"}
        case _:
            known = {*(words or column.values), *(said for each in column.words.values() for said in each)}
            return not known or {value.lower() for value in header.values} <= known


def names_years(header: Header) -> bool:
    """Whether the header is a year's and its values are years: each the first day of its period."""
    return header.plain in ("jahr", "year") and names_only_years(header)


def names_only_years(header: Header) -> bool:
    return header.looks == "number" and _share(_YEAR, [*header.values]) == 1


def names_periods(header: Header) -> bool:
    """Whether the values are periods, some of them by a name (2024-Q1, KW 12/2024, Jan 24), or all years."""
    named = any(names_a_period(value) for value in header.values)
    read = sum(period_of(value) is not None for value in header.values)
    return (named and read > 0.8 * len(header.values)) or names_only_years(header)


def measures(headers: Sequence[Header]) -> bool:
    """Whether headers name a project and a KPI. Then the others mean what they say, whatever stands in
    their cells: what cannot be read is rejected with its reason rather than taken for something else."""
    columns = contract()["measurements"].columns
    plain = {header.plain for header in headers}
    return all(plain & {name, *columns[name].aliases} for name in ("project", "kpi"))


def meant(header: Header, column: Column) -> dict[str, Constant]:
    """What the header's values stand for in the column, as far as they are not its own words."""
    return {
        value: word
        for value in dict.fromkeys(header.values)
        for word, said in column.words.items()
        if value.lower() in said
    }


def _is_between(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False


def mostly_apart(headers: Sequence[Header]) -> bool:
    """Whether the headers are filled throughout and few of the sampled rows agree in all of them: those are
    slips. Single observations, of which many share a period, are not told apart by it."""
    lengths = {len(header.values) for header in headers}
    if len(lengths) != 1:
        return False
    rows = list(zip(*(header.values for header in headers), strict=True))
    return len(set(rows)) >= 0.75 * len(rows)


def tells_apart(headers: Sequence[Header]) -> bool:
    """Whether the headers are filled throughout and no two sampled rows agree in all of them."""
    lengths = {len(header.values) for header in headers}
    if len(lengths) != 1:
        return False
    rows = list(zip(*(header.values for header in headers), strict=True))
    return len(set(rows)) == len(rows)
