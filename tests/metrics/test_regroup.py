"""Months become periods by adding numerators and denominators: no average of averages, ever."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.period import Month, Period
from metrics.model import Kpi, load_kpis
from metrics.regroup import Count, figure, monthly, regrouped, total

KPIS = load_kpis().entries
FIRST = Month(2024, 1)

counts = st.builds(
    Count,
    numerator=st.one_of(st.none(), st.integers(-1000, 1000).map(float)),
    denominator=st.one_of(st.none(), st.integers(0, 1000).map(float)),
    n=st.integers(0, 1000),
)
months = st.dictionaries(st.integers(0, 35).map(lambda place: FIRST + place), counts, max_size=36)
counting = [k for k in KPIS.values() if k.kind != "survival"]  # whose figure stands on an estimate
flows = [k for k in counting if {f.regroup for f in k.used_facts} == {"flow"}]
RATIO = KPIS["win_rate"]


def whole(first: int, last: int) -> Period:
    return Period(FIRST + first, FIRST + last, "range")


@given(months, st.integers(0, 34))
def test_two_halves_regroup_to_the_whole(held: dict[Month, Count], cut: int) -> None:
    left = regrouped(RATIO, held, whole(0, cut), FIRST)
    right = regrouped(RATIO, held, whole(cut + 1, 35), FIRST)
    assert left + right == regrouped(RATIO, held, whole(0, 35), FIRST) == total(held.values())


@given(months)
def test_the_ratio_of_the_regrouped_is_that_of_the_raw_sums(held: dict[Month, Count]) -> None:
    above = sum(count.numerator or 0 for count in held.values())
    below = sum(count.denominator or 0 for count in held.values())
    cases = sum(count.n for count in held.values())
    value = figure(RATIO, regrouped(RATIO, held, whole(0, 35), FIRST))
    if cases < RATIO.minimum_n or below == 0:
        assert value is None
    else:
        assert value is not None
        assert math.isclose(value, 100 * above / below)


@given(months, st.integers(0, 35))
def test_a_stock_is_its_last_months_and_a_cumulative_figure_everything_so_far(
    held: dict[Month, Count], last: int
) -> None:
    stock, heap = KPIS["unattended_offers"], KPIS["customer_value"]
    here = FIRST + last
    found = regrouped(stock, held, whole(0, last), FIRST)
    assert found.numerator == held.get(here, Count()).numerator
    so_far = total(count for month, count in held.items() if month <= here)
    assert regrouped(heap, held, Period(here, here), FIRST) == so_far


@given(months)
def test_the_months_of_a_series_regroup_to_its_period(held: dict[Month, Count]) -> None:
    series = monthly(RATIO, held, FIRST, FIRST + 35)
    assert [month for month, _ in series] == FIRST.until(FIRST + 35)
    assert total(count for _, count in series) == total(held.values())


@pytest.mark.parametrize("kpi", flows, ids=lambda kpi: kpi.id)
def test_below_the_minimum_there_is_no_figure(kpi: Kpi) -> None:
    enough = Count(numerator=3.0, denominator=4.0, n=max(kpi.minimum_n, 1))
    assert figure(kpi, enough) is not None
    if kpi.minimum_n > 0:
        assert figure(kpi, Count(numerator=3.0, denominator=4.0, n=kpi.minimum_n - 1)) is None
    if kpi.kind in ("ratio", "mean"):
        assert figure(kpi, Count(numerator=3.0, denominator=0.0, n=99)) is None
