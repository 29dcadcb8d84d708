import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageFault
from core.period import Month, Period, parse_period, period_text

months = st.builds(Month, st.integers(1990, 2080), st.integers(1, 12))


@given(months, st.integers(-500, 500))
def test_adding_months_and_taking_them_away_leads_back(month: Month, steps: int) -> None:
    assert month + steps - steps == month
    assert (month + steps > month) == (steps > 0)


@given(months)
def test_months_follow_each_other_without_gap_or_overlap(month: Month) -> None:
    assert month.end == (month + 1).start
    assert (month.end - dt.timedelta(days=1)).month == month.month


@given(months, st.sampled_from(["", "ytd:", "r12:"]), st.integers(1, 12))
def test_the_text_of_a_period_reads_back_as_the_same_period(month: Month, basis: str, fiscal: int) -> None:
    period = parse_period(f"{basis}{month}", latest=Month(2000, 1), fiscal_start=fiscal)
    assert parse_period(period_text(period), latest=Month(1999, 1), fiscal_start=fiscal) == period


def test_a_fiscal_year_to_date_begins_in_its_own_month() -> None:
    period = parse_period("ytd:2026-03", latest=Month(2026, 10), fiscal_start=10)
    assert (period.first, period.last) == (Month(2025, 10), Month(2026, 3))
    assert period.previous() == parse_period("ytd:2025-03", latest=Month(2026, 10), fiscal_start=10)


def test_rolling_twelve_months_are_twelve_and_their_previous_ones_adjoin() -> None:
    period = parse_period("r12", latest=Month(2026, 10))
    assert len(period.months) == 12
    assert period.previous().last + 1 == period.first


def test_nothing_chosen_means_the_latest_whole_month() -> None:
    assert parse_period(None, latest=Month(2026, 10)) == Period(Month(2026, 10), Month(2026, 10))


def test_a_month_is_whole_when_the_data_reach_its_last_day() -> None:
    october = Period(Month(2026, 10), Month(2026, 10))
    assert october.whole(dt.datetime(2026, 10, 31))
    assert not october.whole(dt.datetime(2026, 10, 30, 23, 59))


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-1", "2026", "r12:heute", "2026-05..2026-01", "x..y", "0000-01"]
)
def test_nonsense_is_refused_in_words(text: str) -> None:
    with pytest.raises(UsageFault):
        parse_period(text, latest=Month(2026, 10))


def test_periods_have_names_in_both_languages() -> None:
    period = parse_period("r12:2026-10", latest=Month(2026, 10))
    assert period.label("de") == "12 Monate bis Oktober 2026"
    assert period.label("en") == "12 months to October 2026"
    assert parse_period("2026-10", latest=Month(2026, 10)).label("de") == "Oktober 2026"
