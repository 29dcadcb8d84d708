"""The ledger's rules, one story each, told to the product. Days are counted from 1 January 2024."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from core.query import Query
from core.settings import Settings
from tests.journeys.logs import SEVEN, START, Bench
from tests.journeys.plain_ledger import Contact

Story = Sequence[tuple[float, str | None, str]]
# Patience of the model in these tests: awareness 5 days, consideration 4, preference 3, purchase none.


@pytest.fixture
def told(bench: Bench) -> Any:
    def tell(*stories: Story, revenue: float | None = None) -> list[dict[str, Any]]:
        """Each story is a journey of the same customer."""
        rows = [
            (journey, day, phase, event)
            for journey, story in enumerate(stories, 1)
            for day, phase, event in story
        ]
        bench.load(
            [
                Contact(
                    row_key=key,
                    customer=1,
                    journey=journey,
                    at=START + dt.timedelta(days=day),
                    phase=phase,
                    event=event,
                    revenue=revenue if event == "won" else -(revenue or 0) if event == "other" else None,
                )
                for key, (journey, day, phase, event) in enumerate(rows, 1)
            ]
        )
        bench.build(SEVEN, Settings())
        return bench.rows(Query(sql="SELECT * FROM visits ORDER BY visit"))

    return tell


def ends(visits: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(visit["phase"], visit["ended_as"]) for visit in visits]


def day(visit: dict[str, Any], column: str) -> float | None:
    at = visit[column]
    return None if at is None else (at - START).total_seconds() / 86400


def test_the_next_phase_advances_a_later_one_skips_an_earlier_one_moves_back(told: Any) -> None:
    visits = told(
        [
            (0, "awareness", "visit"),
            (1, "consideration", "lead"),
            (2, "purchase", "other"),
            (3, "preference", "offer"),
        ]
    )
    assert ends(visits) == [
        ("awareness", "advanced"),
        ("consideration", "skipped"),
        ("purchase", "back"),
        ("preference", None),
    ]
    assert [visit["entered_from"] for visit in visits] == [None, "awareness", "consideration", "purchase"]
    assert [visit["next_phase"] for visit in visits] == ["consideration", "purchase", "preference", None]


def test_contacts_of_one_instant_follow_phase_order(told: Any) -> None:
    visits = told([(0, "preference", "offer"), (0, "awareness", "visit"), (0, "consideration", "lead")])
    assert [visit["phase"] for visit in visits] == ["awareness", "consideration", "preference"]


def test_silence_of_exactly_the_patience_is_borne_a_moment_more_is_loss(told: Any) -> None:
    assert len(told([(0, "preference", "offer"), (3, "preference", "talk")])) == 1
    lost, resumed = told([(0, "preference", "offer"), (3.25, "preference", "talk")])
    assert (lost["ended_as"], day(lost, "lost_at"), lost["resumed"]) == ("lost", 3, False)
    assert (resumed["ended_as"], resumed["resumed"], day(resumed, "silent_until")) == (None, True, 6.25)


def test_a_contact_without_a_phase_keeps_a_visit_alive_but_revives_none(told: Any) -> None:
    alive = told([(0, "preference", "offer"), (2, None, "message"), (4, "preference", "talk")])
    assert [(visit["contacts"], day(visit, "last_at")) for visit in alive] == [(3, 4)]
    lost, resumed = told([(0, "preference", "offer"), (4, None, "message"), (5, "preference", "talk")])
    assert (lost["ended_as"], lost["contacts"], day(lost, "lost_at")) == ("lost", 1, 3)
    assert resumed["resumed"]


def test_a_journey_of_contacts_without_a_phase_has_no_visit(told: Any) -> None:
    assert told([(0, None, "message"), (1, None, "lost")]) == []


def test_a_refusal_without_a_phase_ends_the_visit_at_hand(told: Any) -> None:
    lost, resumed = told([(0, "preference", "offer"), (1, None, "lost"), (2, "consideration", "lead")])
    assert (lost["ended_as"], day(lost, "lost_at"), lost["next_phase"]) == ("lost", 1, "consideration")
    assert resumed["resumed"]


def test_an_order_completes_and_neither_silence_nor_a_later_refusal_undoes_it(told: Any) -> None:
    (visit,) = told([(0, "preference", "won"), (1, None, "lost"), (90, "preference", "other")][:2])
    assert (visit["completed"], visit["ended_as"], visit["silent_until"]) == (True, None, None)


def test_wooing_after_an_order_begins_a_cycle_and_the_visit_left_is_completed(told: Any) -> None:
    visits = told(
        [
            (0, "purchase", "won"),
            (1, "after_sale", "delivery"),
            (50, "awareness", "visit"),
            (51, "consideration", "lead"),
        ]
    )
    assert ends(visits) == [
        ("purchase", "advanced"),
        ("after_sale", "completed"),
        ("awareness", "advanced"),
        ("consideration", None),
    ]
    assert [visit["cycle"] for visit in visits] == [1, 1, 2, 2]


def test_an_order_straight_out_of_service_begins_a_cycle_too(told: Any) -> None:
    visits = told([(0, "purchase", "won"), (1, "after_sale", "delivery"), (50, "purchase", "won")])
    assert ends(visits) == [("purchase", "advanced"), ("after_sale", "completed"), ("purchase", None)]
    assert [visit["cycle"] for visit in visits] == [1, 1, 2]


def test_an_invoice_out_of_service_is_a_move_back_and_no_cycle(told: Any) -> None:
    visits = told([(0, "purchase", "won"), (1, "after_sale", "delivery"), (50, "purchase", "other")])
    assert ends(visits)[1] == ("after_sale", "back")
    assert [visit["cycle"] for visit in visits] == [1, 1, 1]


def test_after_the_purchase_silence_alone_is_no_loss(told: Any) -> None:
    visits = told([(0, "purchase", "won"), (1, "after_sale", "delivery"), (900, "after_sale", "service")])
    assert ends(visits) == [("purchase", "advanced"), ("after_sale", None)]
    assert visits[1]["silent_until"] is None


def test_a_cancellation_ends_what_was_completed(told: Any) -> None:
    _, visit = told([(0, "purchase", "won"), (1, "after_sale", "promise_kept"), (9, None, "cancelled")])
    assert (visit["completed"], visit["ended_as"], day(visit, "lost_at")) == (True, "lost", 9)


def test_returning_everything_is_a_loss(told: Any) -> None:
    _, visit = told([(0, "purchase", "won"), (1, "after_sale", "other")], revenue=100)
    assert (visit["ended_as"], day(visit, "lost_at")) == ("lost", 1)


def test_returning_a_part_is_no_loss(told: Any) -> None:
    visits = told([(0, "purchase", "won"), (1, "purchase", "won"), (2, "after_sale", "other")], revenue=100)
    assert ends(visits) == [("purchase", "advanced"), ("after_sale", None)]


def test_no_order_for_twice_the_usual_interval_loses_the_customer_in_every_journey(told: Any) -> None:
    # Orders on days 0, 10 and 30: gaps 10 and 20, their median 15, so the customer lapses on day 60.
    first = [(0, "purchase", "won"), (1, "after_sale", "delivery"), (61, "after_sale", "service")]
    second = [(10, "purchase", "won"), (30, "purchase", "won"), (31, "after_sale", "delivery")]
    purchase, lost, resumed, again, served = told(first, second)
    assert (lost["ended_as"], day(lost, "lost_at"), resumed["resumed"]) == ("lost", 60, True)
    assert day(served, "silent_until") == 60
    assert resumed["silent_until"] is None
    assert purchase["ended_as"] == again["ended_as"] == "advanced"


def test_the_usual_interval_is_what_was_known_then(told: Any) -> None:
    # After the orders of days 0 and 10 the customer lapses on day 30; an order on day 40 comes too late.
    orders = [(0, "purchase", "won"), (10, "purchase", "won"), (40, "purchase", "won")]
    _, served, *_ = told(
        [(0, "purchase", "other"), (1, "after_sale", "service"), (35, "loyalty", "talk")], orders
    )
    assert (served["ended_as"], day(served, "lost_at")) == ("lost", 30)


def test_one_order_makes_no_usual_interval(told: Any) -> None:
    visits = told([(0, "purchase", "won"), (0.25, "purchase", "won"), (1, "loyalty", "talk")])
    assert visits[-1]["silent_until"] is None


def test_journeys_carry_first_entries_orders_and_values(told: Any, bench: Bench) -> None:
    told(
        [(0, "awareness", "visit"), (2, "purchase", "won"), (5, "purchase", "won"), (9, None, "lost")],
        revenue=50,
    )
    (journey,) = bench.rows(Query(sql="SELECT * FROM journeys"))
    assert [day(journey, f"t{number}") for number in range(1, 8)] == [None, 0, None, None, 2, None, None]
    assert (journey["orders"], journey["revenue"], journey["contacts"]) == (2, 100, 4)
    assert (day(journey, "won_at"), day(journey, "lost_at"), day(journey, "last_at")) == (2, 9, 9)
