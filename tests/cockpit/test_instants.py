"""Periods as files and options write them."""

from __future__ import annotations

import datetime as dt

import pytest

from cockpit.instants import day_of, days_of
from core.errors import InputFault, UsageFault


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1989", "1989-01-01", "1989-12-31"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2003q1", "2003-01-01", "2003-03-31"),
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
    assert days_of(["1", "2", "13"], None) == [dt.date(2000, 2, 1), dt.date(2000, 3, 1), dt.date(2001, 2, 1)]
    assert days_of(["0", "1"], "quarter") == [dt.date(2000, 1, 1), dt.date(2000, 4, 1)]
    with pytest.raises(InputFault):
        days_of(["1", "x"], None)
