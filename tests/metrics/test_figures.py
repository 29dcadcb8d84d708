"""What the KPIs count, on logs small enough to count by hand. Each test names the trap that it sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cockpit.evaluation import evaluate
from core.view import View
from metrics.result import KpiResult
from store.intake.mapping import TouchpointRule
from tests.building import TOUCHPOINTS, workspace_from_rows

Row = dict[str, Any]

RULES = {
    name: TouchpointRule.model_validate({"phase": phase, "event": event})
    for name, (phase, event) in {
        **TOUCHPOINTS,
        "qualified": ("consideration", "qualified"),
        "disqualified": ("consideration", "disqualified"),
        "call out": ("preference", "other"),
        "started": ("after_sale", "promise_kept"),
        "testimonial": ("loyalty", "testimonial"),
        "survey": (None, "other"),
    }.items()
}


def row(customer: str, at: str, touchpoint: str, **fields: Any) -> Row:
    return {"customer_id": customer, "occurred_at": at, "touchpoint": touchpoint, **fields}


def evaluated(
    tmp_path: Path,
    rows: Sequence[Row],
    period: str,
    *,
    settings: str = "",
    tables: Mapping[str, Sequence[Row]] | None = None,
    until: str = "2024-12-31 23:59:59",
    **view: Any,
) -> dict[str, KpiResult]:
    """The results of a view by KPI (`kpi` or `kpi/phase` or `kpi=group`)."""
    ws = workspace_from_rows(
        tmp_path, rows, touchpoints=RULES, settings=settings, tables=tables, data_end=until
    )
    results = evaluate(ws, View(period=period, **view))
    by_phase = {kpi.id for kpi in ws.kpis.entries.values() if kpi.per == "phase"}
    return {
        f"{result.kpi}{f'/{result.phase}' if result.kpi in by_phase else ''}"
        f"{'' if result.group is None else f'={result.group}'}": result
        for result in results
    }


def counted(result: KpiResult) -> tuple[float | None, float | None, int]:
    return result.numerator, result.denominator, result.n


def orders(customer: str, *days: str, value: float = 100) -> list[Row]:
    return [row(customer, day, "order", value=value) for day in days]


def test_several_months_weigh_every_rating_the_same_instead_of_averaging_monthly_averages(
    tmp_path: Path,
) -> None:
    many = [row(f"m{i}", "2024-01-10", "survey", csat=5) for i in range(30)]
    few = [row(f"f{i}", "2024-02-10", "survey", csat=1) for i in range(10)]
    found = evaluated(tmp_path, [*many, *few], "2024-01..2024-02")["csat"]
    assert found.value == pytest.approx((30 * 5 + 10 * 1) / 40)
    assert found.value != pytest.approx((5 + 1) / 2)


def test_win_rate_by_value_is_not_win_rate_by_count(tmp_path: Path) -> None:
    rows = [row(f"w{i}", "2024-03-01", "order", value=100) for i in range(9)]
    rows += [row("l", "2024-03-02", "offer", value=9100), row("l", "2024-03-09", "refusal")]
    found = evaluated(tmp_path, rows, "2024-03")
    assert found["win_rate"].value == pytest.approx(90.0)
    assert found["win_rate_value"].value == pytest.approx(9.0)  # the loss is worth its last offer
    assert found["order_intake"].value == 900
    assert found["order_value"].value == 100


def test_open_offers_are_neither_won_nor_lost(tmp_path: Path) -> None:
    rows = [*orders("a", "2024-03-01"), row("b", "2024-03-02", "refusal"), row("c", "2024-03-03", "offer")]
    assert counted(evaluated(tmp_path, rows, "2024-03")["win_rate"]) == (1, 2, 2)


def test_nps_is_points_between_minus_and_plus_a_hundred_and_counts_seven_and_eight_as_neither(
    tmp_path: Path,
) -> None:
    scores = [10, 9, 8, 7, 7, 6, 0, 0, 0, 0]
    rows = [row(f"k{i}", "2024-03-01", "survey", nps=score) for i, score in enumerate(scores)]
    found = evaluated(tmp_path, [*rows, row("x", "2024-03-02", "web")], "2024-03")["nps"]
    assert counted(found) == (2 - 5, 10, 10)
    assert found.value == -30.0
    assert found.unit == "points"


def test_days_to_won_start_anew_with_each_cycle_and_mean_and_median_differ(tmp_path: Path) -> None:
    rows = []
    for place, days in enumerate((2, 3, 4, 5, 86)):
        month, day = (3, 30 - days) if days < 30 else (1, 4)
        rows += [row(f"k{place}", f"2024-{month:02d}-{day:02d}", "enquiry")]
        rows += [row(f"k{place}", "2024-03-30", "order", value=1)]
    rows += [row("k0", "2024-06-01", "enquiry"), row("k0", "2024-06-11", "order", value=1)]
    found = evaluated(tmp_path, rows, "2024-03")
    assert found["days_to_won"].value == pytest.approx((2 + 3 + 4 + 5 + 86) / 5)
    assert found["days_to_won_median"].value == 4
    again = evaluated(tmp_path / "again", rows, "2024-06")
    assert counted(again["days_to_won"]) == (10, 1, 1)  # from 1 June, not from March


def test_response_time_skips_the_weekend_and_the_night(tmp_path: Path) -> None:
    rows = [
        row("fri", "2024-03-01 16:00", "enquiry"),  # Friday, an hour before closing
        row("fri", "2024-03-04 15:00", "talk"),  # Monday: 1 + 6 = 7 working hours
        row("late", "2024-03-05 22:00", "enquiry"),  # after hours: the clock starts at nine
        row("late", "2024-03-06 17:00", "talk"),  # 8 hours, just in time
        row("slow", "2024-03-05 10:00", "enquiry"),
        row("slow", "2024-03-06 11:00", "talk"),  # 7 + 2 = 9 hours
        row("sun", "2024-03-10 11:00", "enquiry"),  # Sunday
        row("sun", "2024-03-10 12:00", "talk"),  # answered on Sunday: no working time at all
        row("never", "2024-03-07 09:00", "enquiry"),
    ]
    found = evaluated(tmp_path, rows, "2024-03", until="2024-03-31 23:59:59")
    assert counted(found["response_time"]) == (3, 5, 5)
    assert found["response_hours"].numerator == pytest.approx((7 + 8) / 2)
    assert counted(found["unanswered_enquiries"]) == (1, 5, 5)


def test_an_enquiry_whose_working_day_is_still_running_counts_as_neither(tmp_path: Path) -> None:
    rows = [
        row("old", "2024-03-26 09:00", "enquiry"),
        row("old", "2024-03-26 09:30", "talk"),
        row("new", "2024-03-29 16:00", "enquiry"),  # Friday; the data end on Sunday
    ]
    found = evaluated(tmp_path, rows, "2024-03", until="2024-03-31 23:59:59")
    assert counted(found["response_time"]) == (1, 1, 1)
    assert found["enquiries"].value == 2


def test_own_working_hours_and_days_change_the_response_time(tmp_path: Path) -> None:
    rows = [row("a", "2024-03-01 16:00", "enquiry"), row("a", "2024-03-02 12:00", "talk")]
    settings = "working_days = [1, 2, 3, 4, 5, 6]\nworking_hours = [8.0, 18.0]\n"
    found = evaluated(tmp_path, rows, "2024-03", settings=settings)
    assert found["response_hours"].numerator == pytest.approx(2 + 4)


def test_unattended_offers_are_those_open_at_the_months_end_not_those_made_in_it(tmp_path: Path) -> None:
    def out(customer: str, at: str) -> Row:
        return row(customer, at, "call out", direction="outbound")

    rows = [
        row("old", "2024-01-05", "offer", value=1000),  # open since January, nobody calls
        row("called", "2024-01-06", "offer", value=500),
        out("called", "2024-02-20"),  # nine days before the end of February
        row("won", "2024-01-07", "offer", value=70),
        row("won", "2024-02-10", "order", value=70),
        row("fresh", "2024-02-25", "offer", value=30),  # made four days before: not neglected yet
        row("again", "2024-01-08", "offer", value=400),
        row("again", "2024-02-08", "offer", value=300),  # replaces the first one
        row("late", "2024-02-01", "offer", value=10),
        out("late", "2024-03-03"),  # comes too late for February
    ]
    found = evaluated(tmp_path, rows, "2024-02", until="2024-04-30 23:59:59")
    assert counted(found["unattended_offers"]) == (3, 5, 5)  # old, again (21 days), late
    assert found["unattended_value"].value == 1000 + 300 + 10
    assert found["open_offer_value"].value == 1000 + 500 + 30 + 300 + 10
    quarter = evaluated(tmp_path / "quarter", rows, "2024-01..2024-02", until="2024-04-30 23:59:59")
    assert counted(quarter["unattended_offers"]) == (3, 5, 5)  # a stock is not added up over months


def test_repeat_contacts_need_the_same_customer_and_reason_and_look_back_seven_days(tmp_path: Path) -> None:
    rows = [
        row("early", "2024-03-01", "service", reason="login"),  # first day of the data: cannot look back
        row("a", "2024-03-10", "service", reason="login"),
        row("a", "2024-03-17", "service", reason="login"),  # exactly seven days: a repeat
        row("a", "2024-03-18", "service", reason="invoice"),  # another reason
        row("a", "2024-03-25", "service", reason="login"),  # eight days
        row("b", "2024-03-18", "service", reason="login"),  # another customer
    ]
    found = evaluated(tmp_path, rows, "2024-03")
    assert counted(found["repeat_contact_rate"]) == (1, 5, 5)
    assert found["service_contacts"].value == 6


def test_a_case_solved_at_once_must_not_come_back_within_seven_days(tmp_path: Path) -> None:
    rows = [
        row("x", "2024-03-01", "web"),
        row("back", "2024-03-10", "service", reason="login", resolved=True),
        row("back", "2024-03-12", "service", reason="login", resolved=True),  # a repeat is no new case
        row("good", "2024-03-10", "service", reason="login", resolved=True),
        row("good", "2024-03-18", "service", reason="login", resolved=False),  # eight days later: a new case
        row("open", "2024-03-30", "service", reason="login", resolved=True),  # its seven days end in April
    ]
    found = evaluated(tmp_path, rows, "2024-03")
    assert counted(found["first_contact_resolution"]) == (1, 3, 3)


def test_complaints_are_measured_against_deliveries_not_against_contacts(tmp_path: Path) -> None:
    rows = [row(f"d{i}", "2024-03-05", "delivery") for i in range(10)]
    rows += [row("d1", "2024-03-06", "complaint"), *(row("d2", "2024-03-07", "service") for _ in range(40))]
    assert evaluated(tmp_path, rows, "2024-03")["complaint_rate"].value == pytest.approx(10.0)


def test_a_promise_counts_when_it_falls_due_and_what_never_came_is_not_kept(tmp_path: Path) -> None:
    rows = [
        row("on", "2024-02-01", "order", promised_at="2024-03-10"),
        row("on", "2024-03-10 18:00", "delivery"),  # on the promised day, in the evening
        row("late", "2024-02-01", "order", promised_at="2024-03-10"),
        row("late", "2024-03-11", "delivery"),
        row("never", "2024-02-01", "order", promised_at="2024-03-20"),
        row("april", "2024-02-01", "order", promised_at="2024-04-02"),
        row("april", "2024-03-30", "delivery"),  # early, but due in April
        row("twice", "2024-02-01", "order", promised_at="2024-03-12"),
        row("twice", "2024-03-11", "delivery", promised_at="2024-03-12", delivered_at="2024-03-11"),
    ]
    found = evaluated(tmp_path, rows, "2024-03")
    assert counted(found["promise_kept_rate"]) == (2, 4, 4)


def test_only_buyers_whose_time_to_buy_again_has_passed_count_as_first_buyers(tmp_path: Path) -> None:
    rows = [
        *orders("loyal", "2024-01-10", "2024-03-01"),
        *orders("late", "2024-01-20", "2024-05-01"),  # after the three months
        *orders("once", "2024-02-10"),
        *orders("young", "2024-11-01"),  # three months end after the data
    ]
    settings = "repurchase_months = 3\n"
    assert counted(evaluated(tmp_path, rows, "2024-04..2024-05", settings=settings)["repurchase_rate"]) == (
        1,
        3,
        3,
    )
    december = evaluated(tmp_path / "december", rows, "2024-12", settings=settings)["repurchase_rate"]
    assert (december.status, december.n) == ("no_data", 0)


def test_a_start_counts_when_its_thirty_days_are_over(tmp_path: Path) -> None:
    rows = [
        row("good", "2024-03-01", "delivery"),
        row("good", "2024-03-20", "started"),
        row("slow", "2024-03-02", "delivery"),  # its days end on the first of April
        row("slow", "2024-05-20", "started"),
        row("next", "2024-03-20", "delivery"),
    ]
    assert counted(evaluated(tmp_path, rows, "2024-03")["successful_start"]) == (1, 1, 1)
    assert counted(evaluated(tmp_path / "a", rows, "2024-03..2024-04")["successful_start"]) == (1, 3, 3)


def test_new_customers_without_any_service_contact_count_as_zero(tmp_path: Path) -> None:
    rows = [
        *orders("quiet", "2024-01-10"),
        *orders("loud", "2024-01-10"),
        row("loud", "2024-01-20", "service"),
        row("loud", "2024-04-05", "service"),
        row("loud", "2024-06-01", "service"),  # after the ninety days
        row("stranger", "2024-01-20", "service"),
    ]
    assert counted(evaluated(tmp_path, rows, "2024-04")["contact_rate_new"]) == (2, 2, 2)


def test_service_contacts_are_divided_by_customers_active_in_the_middle_of_the_month(tmp_path: Path) -> None:
    rows = [
        *orders("a", "2024-01-05"),
        *orders("b", "2024-01-06"),
        row("b", "2024-02-10", "cancellation"),  # gone before the middle of February
        *orders("c", "2024-02-20"),  # joins after it
        *(row("a", f"2024-02-{day:02d}", "service") for day in (3, 9, 21)),
    ]
    found = evaluated(tmp_path, rows, "2024-02")
    assert found["contact_rate"].numerator == 3
    assert found["contact_rate"].denominator == 1
    assert counted(found["churn_rate"]) == (1, 2, 2)
    two_months = evaluated(tmp_path / "two", rows, "2024-01..2024-02")
    assert two_months["contact_rate"].denominator == 2 + 1  # customer months


def test_a_customer_who_returns_is_not_lost_twice_and_counts_again(tmp_path: Path) -> None:
    rows = [
        *orders("back", "2024-01-05", "2024-04-05"),
        row("back", "2024-02-10", "cancellation"),
        *orders("stays", "2024-01-05"),
        row("x", "2024-12-30", "web"),
    ]
    found = evaluated(tmp_path, rows, "2024-01..2024-06")
    # active at the start of: February 2, March 1, April 1, May 2, June 2
    assert counted(found["churn_rate"]) == (1, 8, 8)
    assert found["new_customers"].value == 2


def test_retention_compares_the_same_customers_a_year_apart(tmp_path: Path) -> None:
    rows = [
        *orders("gone", "2023-01-05"),
        row("gone", "2024-02-10", "cancellation"),
        *orders("stays", "2023-01-06"),
        *orders("new", "2024-01-06"),
    ]
    assert counted(evaluated(tmp_path, rows, "2024-03")["retention_rate"]) == (1, 2, 2)


def test_existing_customers_share_leaves_out_each_first_order(tmp_path: Path) -> None:
    rows = [*orders("a", "2024-01-05", value=100), *orders("a", "2024-03-05", value=300)]
    rows += orders("b", "2024-03-06", value=100)
    found = evaluated(tmp_path, rows, "2024-03")
    assert counted(found["existing_revenue"]) == (300, 400, 2)
    assert counted(found["new_customer_share"]) == (1, 2, 2)


def test_concentration_takes_the_five_largest_of_twelve_rolling_months(tmp_path: Path) -> None:
    rows = [row(f"k{i}", "2024-03-05", "order", value=1, revenue=10.0 * i) for i in range(1, 8)]
    rows += [row("old", "2022-03-05", "order", value=1, revenue=9999)]
    found = evaluated(tmp_path, rows, "2024-04")["concentration"]
    assert counted(found) == (30 + 40 + 50 + 60 + 70, 280, 7)
    assert found.chart is not None
    assert found.chart.verdict == "untested"


def test_customer_value_cumulates_margins_less_service_cost_over_all_who_ever_bought(tmp_path: Path) -> None:
    rows = [
        row("a", "2024-01-05", "order", margin=100),
        row("a", "2024-02-05", "service", cost=30),
        row("b", "2024-02-05", "order", margin=60),
        row("c", "2024-02-06", "service", cost=500),  # never bought
        row("b", "2024-05-05", "order", margin=1000),  # later
    ]
    assert counted(evaluated(tmp_path, rows, "2024-02")["customer_value"]) == (130, 2, 2)


def test_cost_per_closing_follows_a_cohort_and_includes_those_who_never_buy(tmp_path: Path) -> None:
    rows = [
        row("buys", "2024-01-01", "enquiry", cost=10),
        row("buys", "2024-01-20", "order", cost=20),
        row("buys", "2024-01-25", "service", cost=400),  # after the signature
        row("never", "2024-01-02", "enquiry", cost=50),
        row("hours", "2024-01-03", "enquiry", handling_minutes=30),  # half an hour at 80 EUR
        row("buys", "2024-03-01", "enquiry", cost=5),  # a second cycle, of an existing customer
        row("buys", "2024-03-02", "order", cost=5),
    ]
    found = evaluated(tmp_path, rows, "2024-06..2024-09")
    assert counted(found["cost_per_closing"]) == (10 + 20 + 50 + 40, 1, 1)
    assert counted(found["cost_per_closing_existing"]) == (10, 1, 1)


def test_talks_are_unqualified_when_nothing_came_of_them_within_thirty_days(tmp_path: Path) -> None:
    rows = [
        row("good", "2024-03-01", "talk", handling_minutes=60),
        row("good", "2024-03-15", "qualified"),
        row("bad", "2024-03-01", "talk", handling_minutes=90),
        row("bad", "2024-03-05", "disqualified"),
        row("late", "2024-03-01", "talk", handling_minutes=30),
        row("late", "2024-06-01", "qualified"),
        row("client", "2024-01-01", "order"),
        row("client", "2024-03-01", "talk", handling_minutes=600),  # a customer already
    ]
    found = evaluated(tmp_path, rows, "2024-03")
    assert counted(found["unqualified_talks"]) == (2, 3, 3)
    assert found["unqualified_hours"].value == 2.0
    assert found["unqualified_cost"].value == 160.0


def test_spend_and_contacts_come_from_their_own_tables_and_months(tmp_path: Path) -> None:
    rows = [row(f"k{i}", "2024-03-05", "enquiry") for i in range(10)]
    rows += [row("k0", "2024-03-09", "enquiry"), row("early", "2024-02-05", "enquiry")]
    tables = {
        "spend": [
            {"period": "2024-03-01", "channel": "Messe", "amount": 700},
            {"period": "2024-03-01", "channel": "Web", "amount": 400},
            {"period": "2024-02-01", "channel": "Web", "amount": 5000},
        ]
    }
    found = evaluated(tmp_path, rows, "2024-03", tables=tables)
    assert found["cost_per_lead"].value == pytest.approx(1100 / 11)
    assert found["cost_per_first_contact"].value == pytest.approx(1100 / 10)
    assert found["cost_per_first_contact"].note is None  # spend of the first of March covers March


def test_survey_answers_count_within_thirty_days_of_sending(tmp_path: Path) -> None:
    rows = [row("a", "2024-03-10", "survey", nps=9), row("b", "2024-06-10", "survey", nps=9)]
    sent = [{"customer_id": who, "sent_at": "2024-03-05", "survey": "NPS"} for who in ("a", "b", "c")]
    sent.append({"customer_id": "d", "sent_at": "2024-03-05", "survey": "NPS", "answered_at": "2024-03-06"})
    found = evaluated(tmp_path, rows, "2024-04", tables={"surveys": sent})
    assert counted(found["survey_response_rate"]) == (2, 4, 4)


def test_pipeline_coverage_weighs_open_offers_with_the_win_rate_against_the_rest_of_the_year(
    tmp_path: Path,
) -> None:
    rows = [
        *orders("won", "2024-02-01", value=400),
        row("lost", "2024-02-02", "refusal"),
        row("open", "2024-03-01", "offer", value=1000),
    ]
    targets = [{"kpi": "order_intake", "period": "2024-01-01", "value": 100, "owner": "Vertrieb"}]
    found = evaluated(tmp_path, rows, "2024-03", tables={"targets": targets})["pipeline_coverage"]
    assert found.numerator == pytest.approx(1000 * 0.5)
    assert found.denominator == pytest.approx(12 * 100 - 400)
    assert found.value == pytest.approx(500 / 800)


def test_loss_reasons_show_the_unknown_as_a_reason(tmp_path: Path) -> None:
    rows = [
        row("a", "2024-03-01", "refusal", lost_reason="Preis"),
        row("b", "2024-03-02", "refusal"),
        row("c", "2024-03-03", "refusal", lost_reason="Preis"),
    ]
    assert counted(evaluated(tmp_path, rows, "2024-03")["loss_reasons"]) == (1, 3, 3)
    groups = evaluated(tmp_path / "by", rows, "2024-03", by="lost_reason")
    assert groups["losses=Preis"].value == 2
    assert groups["losses="].value == 1


def test_customers_in_contact_in_two_months_count_once_in_both(tmp_path: Path) -> None:
    rows = [row("a", "2024-01-05", "web"), row("a", "2024-02-05", "web"), row("b", "2024-02-06", "web")]
    assert evaluated(tmp_path, rows, "2024-01..2024-02")["active_customers"].value == 2
    chart = evaluated(tmp_path / "m", rows, "2024-02")["active_customers"].chart
    assert chart is not None
    assert [point.value for point in chart.points] == [1, 2]


def test_journey_days_run_from_first_to_last_contact_and_need_no_phase(tmp_path: Path) -> None:
    rows = [
        row("a", "2024-01-01", "newsletter"),
        row("a", "2024-01-11", "newsletter"),
        row("b", "2024-01-01", "newsletter"),
        row("c", "2024-01-01", "newsletter"),
        row("c", "2024-01-03 12:00", "newsletter"),
    ]
    found = evaluated(tmp_path, rows, "2024-01")
    assert counted(found["journey_days"]) == (12.5, 3, 3)
    assert found["journey_days_median"].numerator == 2.5


def test_a_phase_is_reached_by_journeys_that_visit_it_however_they_came(tmp_path: Path) -> None:
    rows = [
        row("a", "2024-01-01", "web"),
        row("a", "2024-01-09", "order"),
        row("b", "2024-01-02", "web"),
        row("c", "2024-02-02", "order"),
    ]
    found = evaluated(tmp_path, rows, "2024-01")
    assert counted(found["phase_reach/purchase"]) == (1, 2, 2)
    assert counted(found["phase_reach/awareness"]) == (2, 2, 2)
    assert counted(found["phase_reach/loyalty"]) == (0, 2, 2)


def test_conversion_is_the_ledgers_and_leaves_open_visits_out(tmp_path: Path) -> None:
    rows = [
        row("on", "2024-01-01", "offer"),
        row("on", "2024-01-09", "order"),
        row("lost", "2024-01-02", "offer"),
        row("lost", "2024-01-05", "refusal"),
        row("open", "2024-01-30", "offer"),
    ]
    found = evaluated(tmp_path, rows, "2024-01", until="2024-01-31 23:59:59")
    assert counted(found["phase_conversion/preference"]) == (1, 2, 2)
