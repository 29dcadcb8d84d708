"""Periods as files and options write them."""

from __future__ import annotations

import datetime as dt

import pytest

from cockpit.instants import day_of, periods_of
from core.errors import InputFault, UsageFault


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1989", "1989-01-01", "1989-12-31"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2003q1", "2003-01-01", "2003-03-31"),
        ("Q22011", "2011-04-01", "2011-06-30"),
        ("2Q2011", "2011-04-01", "2011-06-30"),
        ("2. Quartal 2011", "2011-04-01", "2011-06-30"),
        ("Feb-83", "1983-02-01", "1983-02-28"),
        ("1983.083", "1983-02-01", "1983-02-28"),
        ("1983.0", "1983-01-01", "1983-12-31"),
        ("KW 5/2024", "2024-01-29", "2024-02-04"),
        ("31jan1983", "1983-01-31", "1983-01-31"),
        ("1. Februar 2024", "2024-02-01", "2024-02-01"),
        ("Feb 1, 2024", "2024-02-01", "2024-02-01"),
        ("1/31/2024", "2024-01-31", "2024-01-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("202402", "2024-02-01", "2024-02-29"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("2024m2", "2024-02-01", "2024-02-29"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("März 2024", "2024-03-01", "2024-03-31"),
        ("2024-W01", "2024-01-01", "2024-01-07"),
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("20240305", "2024-03-05", "2024-03-05"),
        ("05.03.2024", "2024-03-05", "2024-03-05"),
        ("2024-03-05T12:30:00", "2024-03-05", "2024-03-05"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    assert day_of(text) == dt.date.fromisoformat(first)
    assert day_of(text, last=True) == dt.date.fromisoformat(last)


@pytest.mark.parametrize("text", ["", "bald", "2024-13", "3/4/2024", "2024-02-30", "Ju 2024", "Foo 2024"])
def test_what_is_none_or_ambiguous_is_refused(text: str) -> None:
    with pytest.raises(UsageFault):
        day_of(text)


def test_bare_counts_are_periods_of_the_given_length() -> None:
    months = periods_of(["1", "2", "13"], None)
    assert months.days == (dt.date(2000, 2, 1), dt.date(2000, 3, 1), dt.date(2001, 2, 1))
    quarters = periods_of(["0", "1"], "quarter")
    assert quarters.days == (dt.date(2000, 1, 1), dt.date(2000, 4, 1))
    assert quarters.day("1") == quarters.days[1], "an option counts as its column does"
    assert quarters.counted
    with pytest.raises(InputFault):
        periods_of(["1", "x"], None)


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["1969.0", "1969.08333333333", "1969.16666666667"], ["1969-01-01", "1969-02-01", "1969-03-01"]),
        (["1960", "1960.25", "1960.5", "1960.75"], ["1960-01-01", "1960-04-01", "1960-07-01", "1960-10-01"]),
        (
            ["2002.01", "2002.09", "2002.1", "2002.11"],
            ["2002-01-01", "2002-09-01", "2002-10-01", "2002-11-01"],
        ),
        (["1/1/2002", "2/1/2002", "12/1/2002"], ["2002-01-01", "2002-02-01", "2002-12-01"]),
        (["1/1/2002", "1/2/2002", "1/12/2002"], ["2002-01-01", "2002-02-01", "2002-12-01"]),
        (["3/4/2002", "31/1/2002"], ["2002-04-03", "2002-01-31"]),
        (["3/4/2002", "1/31/2002"], ["2002-03-04", "2002-01-31"]),
        (["Q42010", "Q12011"], ["2010-10-01", "2011-01-01"]),
    ],
)
def test_a_column_decides_what_a_cell_leaves_open(texts: list[str], days: list[str]) -> None:
    assert [day.isoformat() for day in periods_of(texts, None).days] == days


def test_a_column_that_leaves_it_open_is_refused() -> None:
    with pytest.raises(InputFault, match="2024-03-01"):
        periods_of(["3/4/2002", "5/6/2002"], None)
