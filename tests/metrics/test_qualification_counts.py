"""Rates, differences, cases and sides: what must always hold, and against another's computation."""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from core.period import Month, Period
from metrics.decided import decided, reasons, tiers
from metrics.entered import Cell, began_in, cost_of_closing, counted, talks
from metrics.rates import difference, rate
from metrics.sides import sides

counts = st.integers(10, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(counts)
def test_a_rate_has_the_score_interval_of_statsmodels(hits: tuple[int, int]) -> None:
    found = rate(*hits)
    assert found is not None
    lower, upper = proportion_confint(*hits, method="wilson")
    assert (found.lower, found.upper) == pytest.approx((100 * lower, 100 * upper), abs=1e-9)
    assert found.lower <= found.value <= found.upper


@given(counts, counts)
def test_a_difference_has_newcombes_interval_as_statsmodels_has_it(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    first, second = rate(*one), rate(*two)
    found, turned = difference(first, second), difference(second, first)
    assert found is not None
    assert turned is not None
    bounds = confint_proportions_2indep(*one, *two, method="newcomb", compare="diff")
    assert (found.lower, found.upper) == pytest.approx([100 * bound for bound in bounds], abs=1e-9)
    assert (turned.value, turned.lower) == pytest.approx((-found.value, -found.upper))


def test_too_few_cases_have_no_rate_and_no_difference() -> None:
    assert rate(3, 9) is None
    assert difference(rate(3, 9), rate(5, 20)) is None


maybe_money = st.none() | st.integers(1, 5000).map(float)
cases = st.lists(
    st.fixed_dictionaries(
        {
            "won": st.booleans(),
            "value": maybe_money,
            "days": st.integers(0, 400).map(float),
            "price_tier": st.sampled_from(["", "low", "high"]),
            "lost_reason": st.sampled_from(["", "price", "time"]),
        }
    ),
    min_size=1,
    max_size=60,
)


@given(cases)
def test_cases_are_counted_as_plain_loops_count_them(held: list[dict[str, Any]]) -> None:
    found = decided(pd.DataFrame(held).astype({"value": float}))
    won = [case for case in held if case["won"]]
    assert (found.cases, found.won, found.lost) == (len(held), len(won), len(held) - len(won))
    values = [case["value"] for case in held if case["value"] is not None]
    assert found.valued == len(values)
    assert found.value_decided == pytest.approx(sum(values))
    assert found.value_won == pytest.approx(sum(case["value"] or 0 for case in won))
    days = sorted(case["days"] for case in won)
    if len(days) < 5:
        assert (found.days, found.late_days) == (None, None)
    else:
        assert found.days == pytest.approx(statistics.median(days))
        assert found.late_days is not None
        assert sum(day <= found.late_days for day in days) >= 0.9 * len(days)
        assert sum(day < found.late_days for day in days) < 0.9 * len(days)


@given(cases)
def test_reasons_and_tiers_leave_nobody_out(held: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame(held).astype({"value": float})
    lost = [case for case in held if not case["won"]]
    assert sum(reason.cases for reason in reasons(frame, "lost_reason")) == len(lost)
    shown = tiers(frame, {"low": 0, "high": 1000})
    assert [name for name, _ in shown] == [
        name for name in ("low", "high") if any(case["price_tier"] == name for case in held)
    ]
    assert sum(found.cases for _, found in shown) == sum(case["price_tier"] != "" for case in held)


def cell(month: Month, **said: Any) -> Cell:
    plain: dict[str, Any] = {
        "existing": False, "state": "unjudged", "group": "", "closed": True, "entries": 1, "won": 0,
        "cost": None, "talks": 0, "hours": None, "talk_cost": None, "vain": 0, "vain_hours": None,
        "vain_cost": None, "vain_entries": 0, "undecided": 0,
    }  # fmt: skip
    return Cell(month=month, **(plain | said))


@st.composite
def cell_lists(draw: st.DrawFn) -> list[Cell]:
    found = []
    for _ in range(draw(st.integers(0, 12))):
        entries = draw(st.integers(1, 30))
        held_talks = draw(st.integers(0, 50))
        found.append(
            cell(
                Month(2024, 1) + draw(st.integers(0, 14)),
                existing=draw(st.booleans()),
                closed=draw(st.booleans()),
                entries=entries,
                won=draw(st.integers(0, entries)),
                cost=draw(maybe_money),
                talks=held_talks,
                vain=draw(st.integers(0, held_talks)),
            )
        )
    return found


@given(cell_lists())
def test_quarters_and_customers_apart_add_up_to_all_entries(held: list[Cell]) -> None:
    end = dt.datetime(2025, 3, 1)
    found = cost_of_closing(held, window_days=90, data_start=dt.datetime(2023, 6, 1), data_end=end)
    assert sum(cohort.entered.entries for cohort in found.cohorts) == sum(c.entries for c in held)
    assert sum(cohort.entered.cost or 0 for cohort in found.cohorts) == sum(c.cost or 0 for c in held)
    for cohort in found.cohorts:
        ends = dt.datetime.combine((cohort.first + 3).start, dt.time()) + dt.timedelta(days=90)
        assert cohort.closed == (ends <= end)
        assert not cohort.cut
    both = counted(held)
    assert both.closed + both.running == both.entries
    assert talks(held).vain <= talks(held).talks


@given(cell_lists())
def test_neighbouring_periods_share_the_entries_between_them(held: list[Cell]) -> None:
    halves = (Period(Month(2024, 1), Month(2024, 6)), Period(Month(2024, 7), Month(2025, 3)))
    parts = [counted(began_in(half, held)) for half in halves]
    whole = counted(held)
    assert sum(part.entries for part in parts) == whole.entries
    assert sum(part.won for part in parts) == whole.won


def test_a_quarter_in_which_the_data_begin_is_cut_and_no_part_of_the_total() -> None:
    held = [
        cell(Month(2024, 2), entries=9, won=3, cost=90.0),
        cell(Month(2024, 4), entries=5, won=1, cost=50.0),
    ]
    found = cost_of_closing(
        held, window_days=30, data_start=dt.datetime(2024, 2, 1), data_end=dt.datetime(2024, 12, 31)
    )
    assert [cohort.cut for cohort in found.cohorts] == [True, False]
    assert (found.new.cost, found.new.cost_per_closing) == (50, 50)


def test_segments_are_two_sides_where_their_names_say_both() -> None:
    told = sides(["", "Nord", "Privatkunden", "B2B groß", "Gewerbe"])
    assert list(told.items()) == [
        ("B2B groß", "B2B"), ("Gewerbe", "B2B"), ("Privatkunden", "B2C"), ("Nord", "Nord"), ("", ""),
    ]  # fmt: skip
    assert sides(["Nord", "B2B", "Süd"]) == {"Nord": "Nord", "B2B": "B2B", "Süd": "Süd"}
    assert list(sides(list("abcdefgh"))) == list("abcdef")
