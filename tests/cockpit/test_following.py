"""KPIs that follow cases, from contacts to the handbook: cohorts, filters, comparisons, what is refused."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest

from cockpit.evaluation import evaluate
from cockpit.handbook import all_rows, explain
from cockpit.measuring import Readings, readings
from cockpit.workspace import Workspace
from core.errors import InputFault
from core.text import same
from core.view import View
from metrics.result import KpiResult, Unit
from metrics.wording import reason_without_value, signal_words
from proof.project import FromContacts, ProjectKpi
from tests.building import workspace_from_rows
from tests.proof.test_projects import a_project

END = dt.datetime(2024, 12, 31, 23, 59, 59)
ORDER, AGAIN, DELIVERY = "offer_order_expected", "repurchase_expected", "days_to_delivery_expected"
Row = dict[str, Any]


def row(customer: str, at: dt.datetime | str, touchpoint: str, **fields: Any) -> Row:
    return {"customer_id": customer, "occurred_at": str(at), "touchpoint": touchpoint, **fields}


def random_rows(seed: int, people: int = 90) -> list[Row]:
    """Offers, orders, refusals, deliveries and cancellations of a year, many on one day or at one instant."""
    chance = random.Random(seed)
    rows = []
    for number in range(people):
        at = dt.datetime(2024, 1, 1, 8) + dt.timedelta(hours=chance.randrange(24 * 330))
        for _ in range(chance.randint(1, 9)):
            kind = chance.choice(["offer", "offer", "order", "refusal", "delivery", "cancellation", "web"])
            rows.append(row(f"k{number}", at, kind, channel=chance.choice(["Messe", "Web"])))
            at += dt.timedelta(hours=chance.choice([0, 1, 24, 24 * 3, 24 * 20, 24 * 45, 24 * 89]))
    return [each for each in rows if dt.datetime.fromisoformat(each["occurred_at"]) <= END]


def result(ws: Workspace, kpi: str, period: str, **view: Any) -> KpiResult:
    (found,) = evaluate(ws, View(period=period, **view), [kpi])
    return found


DAY = dt.timedelta(days=1)
Followed = list[tuple[int, int, str]]  # whole days seen, age in days, how it stands


def plain(rows: list[Row], kpi: str, first: dt.datetime, until: dt.datetime, horizon: int) -> Followed:
    """Who began in [first, until) and what became of them, by loops over contacts in the product's order."""
    begins, ends, others, closes = {
        ORDER: ("offer", {"order"}, {"refusal", "cancellation"}, {"order", "refusal", "cancellation"}),
        AGAIN: ("order", {"order"}, {"cancellation"}, set()),
        DELIVERY: ("order", {"delivery"}, {"cancellation"}, {"order", "cancellation", "delivery"}),
    }[kpi]
    found: Followed = []
    for who in sorted({each["customer_id"] for each in rows}):
        mine = [
            (dt.datetime.fromisoformat(each["occurred_at"]), each["touchpoint"] != begins, place, each)
            for place, each in enumerate(rows)
            if each["customer_id"] == who and each["touchpoint"] in {begins} | ends | others
        ]
        mine.sort(key=lambda held: held[:3])
        waiting, first_order = True, True
        for place, (at, _, _, each) in enumerate(mine):
            name = each["touchpoint"]
            starts = name == begins and {ORDER: waiting, AGAIN: first_order, DELIVERY: True}[kpi]
            first_order = first_order and name != begins
            waiting = name in closes if kpi == ORDER else waiting
            if not starts or not first <= at < until:
                continue
            later = mine[place + 1 :]
            came = min((t for t, _, _, e in later if e["touchpoint"] in ends), default=None)
            other = min((t for t, _, _, e in later if e["touchpoint"] in others), default=None)
            found.append(_followed(at, came, other, horizon))
    return found


def _followed(
    at: dt.datetime, came: dt.datetime | None, other: dt.datetime | None, horizon: int
) -> tuple[int, int, str]:
    seen = min((END - at) // DAY, horizon)
    days = {name: -((at - when) // DAY) for name, when in (("end", came), ("other", other)) if when}
    if came and days["end"] <= seen and (other is None or came <= other):
        return seen, days["end"], "end"
    if other and days["other"] <= seen:
        return seen, days["other"], "other"
    return seen, seen, "open"


def aalen_johansen(cases: Followed, until: int) -> float:
    """In percent, day by day: of those still there, who comes to the end."""
    share, there = 0.0, 1.0
    for day in range(until + 1):
        risk = sum(age >= day for _, age, _ in cases)
        came, any_end = (
            sum(age == day and how in names for _, age, how in cases)
            for names in (("end",), ("end", "other"))
        )
        if risk:
            share += there * came / risk
            there *= 1 - any_end / risk
    return 100 * share


@pytest.mark.parametrize("seed", [1, 2])
def test_plain_loops_over_contacts_find_the_same(tmp_path: Path, seed: int) -> None:
    rows = sorted(random_rows(seed), key=lambda each: each["occurred_at"])
    ws = workspace_from_rows(tmp_path, rows, data_end=END)
    for kpi, horizon in ((ORDER, 90), (AGAIN, 180), (DELIVERY, 90)):
        for period, first, until in (
            ("2024-01..2024-12", dt.datetime(2024, 1, 1), dt.datetime(2025, 1, 1)),
            ("2024-02..2024-05", dt.datetime(2024, 2, 1), dt.datetime(2024, 6, 1)),
        ):
            cases = plain(rows, kpi, first, until, horizon)
            found = result(ws, kpi, period)
            assert found.estimate is not None
            said = f"{kpi} {period}"
            assert found.estimate.share == pytest.approx(aalen_johansen(cases, found.estimate.days)), said
            assert found.numerator == sum(how == "end" for _, _, how in cases), said
            assert (found.denominator, found.n) == (len(cases), len(cases)), said
            assert found.estimate.followed == sum(seen == horizon for seen, _, _ in cases), said
            shown = explain(ws, kpi, View(period=period))
            assert shown.value == pytest.approx(found.value), said
            assert (shown.count, shown.count_below) == (found.numerator, found.denominator), said
            assert len(all_rows(ws, kpi, View(period=period), below=True)) == len(cases), said


def offers(day: str, number: int, won: int = 0, lost: int = 0, after: int = 20, **fields: Any) -> list[Row]:
    """Offers of one day, of which some are won and some lost so many days later."""
    at = dt.datetime.fromisoformat(day)
    rows = []
    for place in range(number):
        name = f"{day}-{place}-{fields}"
        rows.append(row(name, at, "offer", **fields))
        how = "order" if place < won else "refusal" if place < won + lost else None
        rows += [row(name, at + after * DAY, how, **fields)] if how else []
    return rows


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Offers of each month of 2024: those of spring and autumn at a fair, of whom more buy."""
    rows = [row("lone", "2024-01-03", "order"), row("lone", "2024-01-05", "delivery")]
    for month in range(1, 13):
        young = month == 12
        rows += offers(
            f"2024-{month:02d}-04", 20, won=0 if young else 8, lost=0 if young else 5, channel="Web"
        )
        rows += offers(f"2024-{month:02d}-05", 10, won=0 if young else 6, channel="Messe")
    return workspace_from_rows(
        tmp_path_factory.mktemp("followed"),
        rows,
        data_end=END,
        tables={
            "targets": [
                {"kpi": ORDER, "period": "2024-01-01", "value": 45.0, "owner": "Frau Zahn"},
            ]
        },
    )


def test_a_period_is_those_who_began_in_it_and_the_young_count_as_far_as_they_were_seen(
    ws: Workspace,
) -> None:
    found = result(ws, ORDER, "2024-01..2024-12")
    assert (found.status, found.n) == ("ok", 360)
    assert found.estimate is not None
    assert found.estimate.followed == 9 * 30  # those of October began two days too late
    # Nobody left before day 20, and all 360 were seen to it: it is the plain share of that day.
    assert found.value == pytest.approx(100 * 14 * 11 / 360)
    assert not found.mature
    assert found.signal is None
    assert signal_words(found).de == "geschätzt, offene Fälle mitgezählt"
    assert found.note is not None
    assert "Von 360 Fällen hatten 270 schon 90 Tage Zeit" in found.note.de


def test_a_month_whose_cases_have_all_had_their_time_is_a_plain_share(ws: Workspace) -> None:
    found = result(ws, ORDER, "2024-05")
    assert found.value == pytest.approx(100 * 14 / 30)
    assert (found.numerator, found.denominator, found.mature) == (14, 30, True)
    assert found.previous == pytest.approx(100 * 14 / 30)
    assert found.target is not None
    assert (found.target.value, found.target.met) == (45.0, True)


def test_a_month_too_young_for_the_horizon_is_refused_and_says_what_is_missing(ws: Workspace) -> None:
    found = result(ws, ORDER, "2024-11")
    assert (found.status, found.value, found.target and found.target.met) == ("unobserved", None, None)
    reason, note = reason_without_value(found), found.note
    assert reason is not None
    assert note is not None
    assert reason.de == "noch nicht zu sehen (Tag 57 von 90)"
    assert reason.en == "cannot be seen yet (day 57 of 90)"
    assert "Bis Tag 57 sind es 46,7" in note.de
    assert "28.02.2025" in note.de
    assert explain(ws, ORDER, View(period="2024-11")).course[-1].day == 57


def test_only_whole_cohorts_are_charted(ws: Workspace) -> None:
    chart = result(ws, ORDER, "2024-12").chart
    assert chart is not None
    assert [point.month.month for point in chart.points] == list(range(1, 10))
    assert {round(point.value or 0, 6) for point in chart.points} == {round(100 * 14 / 30, 6)}
    assert chart.verdict == "normal"


def test_filters_and_breakdowns_follow_the_filtered_alone(ws: Workspace) -> None:
    fair = result(ws, ORDER, "2024-05", where={"channel": ("Messe",)})
    assert fair.value == pytest.approx(60)
    assert fair.n == 10
    groups = {r.group: r.value for r in evaluate(ws, View(period="2024-05", by="channel"), [ORDER])}
    assert groups == {"Messe": pytest.approx(60), "Web": pytest.approx(40)}
    assert result(ws, ORDER, "2024-05", where={"segment": ("B2B",)}).status == "no_data"


def test_a_coarser_model_follows_the_same_cases(ws: Workspace) -> None:
    fine, coarse = (result(ws, ORDER, "2024-05", model=model) for model in ("seven_phase", "five_phase"))
    assert (fine.value, fine.n, fine.phase) == (coarse.value, coarse.n, "preference")
    assert coarse.phase == "consideration"


def test_kept_results_are_the_computed_ones(ws: Workspace) -> None:
    assert result(ws, ORDER, "2024-01..2024-12") == result(ws, ORDER, "2024-01..2024-12")


def test_without_any_refusal_nothing_competes_and_without_orders_the_data_lack_something(
    tmp_path: Path,
) -> None:
    ws = workspace_from_rows(tmp_path, offers("2024-02-01", 20, won=5), data_end=END)
    assert result(ws, ORDER, "2024-02").value == pytest.approx(25)
    assert explain(ws, ORDER, View(period="2024-02")).course[-1].competing == 0
    none = workspace_from_rows(tmp_path / "none", offers("2024-02-01", 20, lost=5), data_end=END)
    assert (result(none, ORDER, "2024-02").status, result(none, ORDER, "2024-02").needs) == (
        "missing",
        ("event:won",),
    )
    assert "won_days" in explain(none, ORDER, View(period="2024-02")).sql


def test_a_median_that_is_not_reached_says_so_and_its_months_are_not_tested(tmp_path: Path) -> None:
    rows = []
    for month in range(1, 10):
        for place in range(12):
            at = dt.datetime(2024, month, 3)
            rows.append(row(f"{month}-{place}", at, "order"))
            if place < (8 if month != 4 else 3):
                rows.append(row(f"{month}-{place}", at + (10 + place) * DAY, "delivery"))
    ws = workspace_from_rows(tmp_path, rows, data_end=END)
    april, may = (result(ws, DELIVERY, f"2024-{month:02d}") for month in (4, 5))
    assert (may.value, may.unit) == (15.0, "days")  # the sixth of twelve
    assert may.estimate is not None
    # On day 11 two of twelve are there: 1 - (10/12) ** exp(1.96 * 0.1076 / (0.8333 * 0.1823)) = 51.8 %.
    assert (may.estimate.until_lower, may.estimate.until_upper) == (11, None)
    assert (april.status, april.value) == ("not_reached", None)
    reason = reason_without_value(april)
    assert reason is not None
    assert reason.de.startswith("nicht erreicht (bis Tag 90 erst 25")
    assert may.chart is not None
    assert may.chart.verdict == "untested"


def test_figures_of_few_customers_are_not_shown_to_others(ws: Workspace, tmp_path: Path) -> None:
    rows = []
    for place in range(12):  # twelve offers, all to the same two customers
        at = dt.datetime(2024, 2, 1 + place)
        rows.append(row(f"c{place % 2}", at, "offer", journey_id=f"j{place}"))
        rows += [row(f"c{place % 2}", at + 9 * DAY, "order", journey_id=f"j{place}")] if place < 6 else []
    two = workspace_from_rows(tmp_path, rows, data_end=END)
    assert result(two, ORDER, "2024-02").value == pytest.approx(50)
    (hidden,) = evaluate(two, View(period="2024-02"), [ORDER], shared=True)
    assert (hidden.status, hidden.value, hidden.estimate, hidden.note) == ("suppressed", None, None, None)
    (shown,) = evaluate(ws, View(period="2024-05"), [ORDER], shared=True)
    assert shown.value is not None


def test_an_empty_or_unknown_period_has_no_data(ws: Workspace) -> None:
    assert result(ws, ORDER, "2023-05").status == "no_data"
    assert explain(ws, ORDER, View(period="2023-05")).course == ()


def test_a_project_reads_whole_months_as_a_rate_and_never_the_quick_ones_alone(ws: Workspace) -> None:
    def read(kpi: str, unit: Unit) -> Readings:
        wanted = ProjectKpi(
            key="k", name=same("K"), unit=unit, better="higher", kind="rate", origin=FromContacts(kpi=kpi)
        )
        with ws.warehouse.open() as snapshot:
            return readings(ws, a_project(kpis=(wanted,)), wanted, snapshot)

    found = read(ORDER, "percent")
    assert (found.kind, found.data_end) == ("rate", dt.date(2024, 10, 1))
    assert list(found.rows["numerator"]) == [14.0] * 9
    assert list(found.rows["denominator"]) == [30.0] * 9
    with pytest.raises(InputFault, match="hat für Januar 2024 keinen Wert"):
        read(DELIVERY, "days")
