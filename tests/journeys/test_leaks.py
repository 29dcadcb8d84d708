"""Leaks in money: each factor against plain Python, the interval against simulation; why there is none."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import numpy as np
import pytest

from core.period import Month, Period
from journeys.ends import Selection
from journeys.leakfactors import (
    FEWEST,
    Losses,
    Mean,
    Share,
    earnings_of,
    earnings_query,
    losses_query,
    onward_query,
    share_of,
    spending_of,
    spending_query,
)
from journeys.leaks import costliest, leak_of
from journeys.model import load_models
from tests.journeys.visit_tables import END, Tables, day, visit

SEVEN = load_models()["seven_phase"]
PREFERENCE, LOYALTY = SEVEN.phase("preference"), SEVEN.phase("loyalty")
ALL = Selection(data_end=END)
WINDOW = 60


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return Tables(tmp_path_factory.mktemp("leaks"))


def share(tables: Tables, selection: Selection = ALL) -> Share | None:
    return share_of(tables.rows(onward_query(selection, PREFERENCE, 4, WINDOW)), WINDOW)


class TestTheLost:
    def test_only_whose_last_visit_ended_lost_here_is_lost_for_good(self, tables: Tables) -> None:
        tables.fill(
            visits=[
                visit(1, 1, "lost", lost_at=day(30)),
                visit(2, 1, "lost", lost_at=day(30), next_at=day(90)),  # came back
                visit(3, 1, silent_until=day(40)),  # fell silent, and the patience is over
                visit(4, 1, silent_until=END + dt.timedelta(days=1)),  # still open
                visit(5, 1, "advanced", next_at=day(9)),
                visit(6, 1, silent_until=day(40), phase_no=7),
                visit(7, 300, silent_until=day(310), phase_no=7, customer=6),  # a second journey of the same
            ]
        )
        assert tables.rows(losses_query(ALL, [6, 7])) == [(4, 4, 3, 2, 0), (7, 2, 2, 2, 1)]

    def test_a_visit_counts_in_the_period_of_its_first_contact_and_with_its_filter(
        self, tables: Tables
    ) -> None:
        february = Selection(
            data_end=END, period=Period(Month(2024, 2), Month(2024, 2)), where={"segment": ("B2B",)}
        )
        tables.fill(
            visits=[
                visit(1, 30.9, "lost", lost_at=day(50), segment="B2B"),
                visit(2, 31, "lost", lost_at=day(50), segment="B2B"),
                visit(3, 31, "lost", lost_at=day(50), segment="B2C"),
                visit(4, 60, "lost", lost_at=day(80), segment="B2B"),
            ]
        )
        assert tables.rows(losses_query(february, [])) == [(4, 1, 1, 1, 0)]


def random_departures(seed: int) -> list[dict[str, Any]]:
    """Visits of journeys that leave the phase once or several times, with orders and losses at any time."""
    rng = random.Random(seed)
    visits: list[dict[str, Any]] = []
    for journey in range(1, 200):
        at, story = rng.uniform(0, 330), list[dict[str, Any]]()
        for _ in range(rng.choice([1, 1, 2, 3])):
            left = at + rng.uniform(0, 20)
            end = rng.choice(["advanced", "skipped", "back", "completed", "lost"])
            row = visit(len(visits) + len(story) + 1, at, end, journey=journey, next_at=day(left))
            if end == "completed":
                row |= {"completed": True, "completed_at": day(rng.uniform(at, left))}
            story.append(row)
            at = left + rng.uniform(0, 20)
        bought = [row["completed_at"] for row in story if row["completed"]]  # an order completes the phase
        won = sorted([*bought, *(day(rng.uniform(0, 400)) for _ in range(rng.randrange(3)))])
        lost = sorted(day(rng.uniform(0, 400)) for _ in range(rng.randrange(3)))
        for row in story:
            row["next_won_at"] = next((w for w in won if w >= row["next_at"]), None)
            row["next_lost_at"] = next((one for one in lost if one >= row["next_at"]), None)
        visits += story
    return visits


def followed(visits: list[dict[str, Any]]) -> list[tuple[float, str]]:
    """Seconds since the first departure of each journey and what came first, visit after visit."""
    first: dict[int, dict[str, Any]] = {}
    for row in visits:
        if row["ended_as"] in ("advanced", "skipped", "completed"):
            first.setdefault(row["journey"], row)
    found = []
    for row in first.values():
        bought = row.get("completed_at")
        left = bought or row["next_at"]
        if left > END:
            continue
        ends = [
            (bought or row["next_won_at"] or dt.datetime.max, "won"),
            (row["next_lost_at"] or dt.datetime.max, "xlost"),  # an order at the same instant comes first
            (END, "yet open"),
        ]
        at, what = min(ends, key=lambda end: (end[0], end[1]))
        found.append((np.ceil((at - left).total_seconds()), what))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_the_share_is_aalen_johansen_s_over_first_departures(tables: Tables, seed: int) -> None:
    """Against the estimate by its definition: hazard by hazard, one journey after the other."""
    visits = random_departures(seed)
    found = share(tables.fill(visits=visits))
    cases = followed(visits)
    assert found is not None
    assert found.n == len(cases)
    staying, value = 1.0, 0.0
    for time in sorted({at for at, _ in cases}):
        if time > WINDOW * 86400:
            break
        at_risk = sum(at >= time for at, _ in cases)
        won = sum(at == time and what == "won" for at, what in cases)
        lost = sum(at == time and what == "xlost" for at, what in cases)
        value += staying * won / at_risk
        staying *= 1 - (won + lost) / at_risk
    assert found.value == pytest.approx(value)
    assert found.lower < found.value < found.upper


def test_where_everybody_was_followed_the_share_is_a_plain_share(tables: Tables) -> None:
    bought = [visit(n, 1, "advanced", next_at=day(5), next_won_at=day(5 + n)) for n in range(1, 31)]
    late = [visit(n, 1, "advanced", next_at=day(5), next_won_at=day(66)) for n in range(31, 41)]
    found = share(tables.fill(visits=[*bought, *late]))
    assert found is not None
    assert found.n == 40
    assert found.value == pytest.approx(0.75)
    assert found.error == pytest.approx((0.75 * 0.25 / 40) ** 0.5)


def test_whoever_orders_within_the_phase_has_gone_on_by_it(tables: Tables) -> None:
    rows = [visit(n, 1, completed=True, completed_at=day(9)) for n in range(1, 7)]
    rows += [visit(n, 1, "advanced", next_at=day(5)) for n in range(7, 9)]
    rows += [visit(n, 1, "back", next_at=day(5), next_won_at=day(6)) for n in range(9, 12)]
    found = share(tables.fill(visits=rows))
    assert found is not None
    assert found.n == 8
    assert found.value == pytest.approx(0.75)


def test_nobody_leaving_is_no_share_and_nobody_buying_a_share_of_none(tables: Tables) -> None:
    assert share(tables.fill(visits=[visit(1, 1, "lost", lost_at=day(3))])) is None
    found = share(tables.fill(visits=[visit(1, 1, "advanced", next_at=day(5))]))
    assert found is not None
    assert (found.value, found.n) == (0.0, 1)


class TestMoneyPerOrder:
    def test_margin_goes_before_revenue_before_value_where_enough_name_it(self, tables: Tables) -> None:
        won = [
            {
                "journey": n,
                "won_at": day(n),
                "margin": 100.0 * n if n <= 12 else None,
                "revenue": 500.0,
                "value": 900.0,
            }
            for n in range(1, 31)
        ]
        row = tables.fill(journeys=won).rows(earnings_query(ALL))[0]
        found = earnings_of(row)
        assert found is not None
        assert (found.basis, found.n) == ("margin", 12)
        assert found.value == pytest.approx(650)
        assert found.error == pytest.approx(float(np.std(100.0 * np.arange(1, 13), ddof=1)) / 12**0.5)
        scarce = earnings_of([FEWEST - 1, 10.0, 1.0, *row[3:]])
        assert scarce is not None
        assert (scarce.basis, scarce.n, scarce.value) == ("revenue", 30, 500.0)
        valued = earnings_of([0, None, None, 0, None, None, *row[6:]])
        assert valued is not None
        assert valued.basis == "value"
        assert earnings_of([0, None, None] * 3) is None

    def test_orders_count_by_the_day_of_the_first(self, tables: Tables) -> None:
        march = Selection(data_end=END, period=Period(Month(2024, 3), Month(2024, 3)))
        tables.fill(journeys=[{"journey": n, "won_at": day(n), "value": 1.0} for n in range(400)])
        found = earnings_of(tables.rows(earnings_query(march))[0])
        assert found is not None
        assert found.n == 31


def test_a_customer_s_year_holds_what_came_after_the_visit_within_365_days(tables: Tables) -> None:
    last_year = Selection(
        data_end=dt.datetime(2025, 12, 31, 23, 59, 59), period=Period(Month(2025, 1), Month(2025, 12), "r12")
    )
    spent = {1: [(1, 50.0), (2, 100.0), (366, 10.0), (367, 999.0)], 2: [(3, 40.0)], 3: [], 4: [(9, 777.0)]}
    tables.fill(
        visits=[
            visit(1, 1, "completed", completed=True, phase_no=7),
            visit(10, 200, phase_no=7, customer=1, silent_until=day(9999)),  # the first visit counts
            visit(2, 2, phase_no=7, silent_until=day(9999)),
            visit(3, 3, phase_no=7, silent_until=day(9999)),
            visit(4, 4, "lost", phase_no=7, lost_at=day(50)),  # not comparable: lost
            visit(5, 400, phase_no=7, silent_until=day(9999)),  # its year is not over
        ],
        contacts=[
            {
                "customer": customer,
                "occurred_at": day(at),
                "event": "won",
                "revenue": money,
                "value": 2 * money,
            }
            for customer, orders in spent.items()
            for at, money in orders
        ],
    )
    row = tables.rows(spending_query(last_year, 7))[0]
    found = spending_of(row)
    assert found is not None
    assert (found.basis, found.n) == ("revenue", 3)
    assert found.value == pytest.approx((100 + 10 + 40 + 0) / 3)
    valued = spending_of([row[0], 0, 0.0, 0.0, *row[4:]])
    assert valued is not None
    assert valued.basis == "value"
    assert valued.value == pytest.approx(2 * found.value)
    assert spending_of([3, 0, 0.0, 0.0, 0, 0.0, 0.0]) is None


SHARE = Share(value=0.5, lower=0.4, upper=0.6, error=0.05, n=100)
MEAN = Mean(value=2000.0, error=150.0, n=80, basis="margin")
LOSSES = Losses(decided=400, visits=130, journeys=120, customers=40)


def test_the_money_is_the_product_and_a_year_of_two_has_half_of_it() -> None:
    leak = leak_of(PREFERENCE, LOSSES, share=SHARE, mean=MEAN, years=1.0)
    assert leak.money == pytest.approx(120 * 0.5 * 2000)
    assert leak.lost_rate == pytest.approx(32.5)
    assert (leak.kind, leak.lost, leak.share, leak.basis) == ("journeys", 120, 50.0, "margin")
    half = leak_of(PREFERENCE, LOSSES, share=SHARE, mean=MEAN, years=2.0)
    assert half.money == pytest.approx((leak.money or 0) / 2)
    assert half.lower == pytest.approx((leak.lower or 0) / 2)


def test_after_the_purchase_customers_are_lost_and_no_share_is_taken() -> None:
    leak = leak_of(LOYALTY, LOSSES, share=None, mean=MEAN, years=1.0)
    assert (leak.kind, leak.lost, leak.share, leak.money) == ("customers", 40, None, 80000.0)


def test_the_interval_is_as_wide_as_what_its_factors_leave_open() -> None:
    """Against simulation: the lost as a Poisson count, the share and the mean with their standard errors."""
    rng = np.random.default_rng(42)
    draws = 400_000
    simulated = rng.poisson(120, draws) * rng.normal(0.5, 0.05, draws) * rng.normal(2000.0, 150.0, draws)
    lower, upper = np.quantile(simulated, [0.025, 0.975])
    leak = leak_of(PREFERENCE, LOSSES, share=SHARE, mean=MEAN, years=1.0)
    assert leak.lower == pytest.approx(lower, rel=0.03)
    assert leak.upper == pytest.approx(upper, rel=0.03)


@pytest.mark.parametrize(
    ("losses", "share", "mean", "said"),
    [
        (Losses(decided=9), SHARE, MEAN, "niemand ging endgültig verloren"),
        (Losses(decided=9, visits=9, journeys=9), SHARE, MEAN, "nur 9 Kundenreisen endgültig verloren"),
        (LOSSES, None, MEAN, "nur 0 Kundenreisen gingen weiter"),
        (
            LOSSES,
            Share(value=0.5, lower=0, upper=1, error=0.2, n=9),
            MEAN,
            "nur 9 Kundenreisen gingen weiter",
        ),
        (LOSSES, SHARE, None, "nur 0 gewonnene Kundenreisen"),
        (LOSSES, SHARE, Mean(value=1.0, error=1.0, n=9, basis="value"), "nur 9 gewonnene Kundenreisen"),
        (LOSSES, Share(value=0.0, lower=0, upper=0.1, error=0.0, n=50), MEAN, "keine der 50 Kundenreisen"),
        (LOSSES, SHARE, Mean(value=-5.0, error=1.0, n=90, basis="margin"), "im Mittel bleibt kein Betrag"),
    ],
)
def test_too_few_cases_give_a_reason_and_no_figure(
    losses: Losses, share: Share | None, mean: Mean | None, said: str
) -> None:
    leak = leak_of(PREFERENCE, losses, share=share, mean=mean, years=1.0)
    assert (leak.money, leak.lower, leak.upper) == (None, None, None)
    assert leak.note is not None
    assert leak.note("de").startswith(said)


def test_the_costliest_is_the_one_with_the_most_money_of_those_with_a_figure() -> None:
    small = leak_of(PREFERENCE, LOSSES, share=SHARE, mean=MEAN, years=10.0)
    large = leak_of(LOYALTY, LOSSES, share=None, mean=MEAN, years=1.0)
    none = leak_of(PREFERENCE, LOSSES, share=None, mean=MEAN, years=1.0)
    assert costliest([small, none, large]) is large
    assert costliest([none]) is None
