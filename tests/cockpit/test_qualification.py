"""Qualification: counted by hand, agreeing with the KPIs of the same names, and with plain loops."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from cockpit.evaluation import evaluate
from cockpit.qualification import QualificationView, qualification
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.period import Month
from core.query import Query
from core.view import View
from metrics.qualification import Absent, CostOfClosing, Entered, Qualified, Talks, Unattended
from metrics.result import KpiResult
from tests.building import TOUCHPOINTS, workspace_from_rows
from tests.cockpit.plain_qualification import Entry, entries, lost_reasons, waiting
from tests.metrics.plain_kpis import Contact, Log
from tests.metrics.test_figures import RULES, row
from tests.metrics.test_plain_kpis import END, EVENTS, random_rows

YEAR = "2024-01..2024-12"
UNTIL = "2024-12-31 23:59:59"
PHASES = {name: phase for name, (phase, _) in TOUCHPOINTS.items()} | {
    "qualified": "consideration",
    "started": "after_sale",
    "survey": None,
}


def seen(ws: Workspace, period: str | None = YEAR, **view: Any) -> QualificationView:
    found = qualification(ws, View(period=period, **view))
    assert found is not None
    return found


def built(tmp_path: Path, rows: list[dict[str, Any]], settings: str = "", until: str = UNTIL) -> Workspace:
    return workspace_from_rows(tmp_path, rows, touchpoints=RULES, settings=settings, data_end=until)


def both(found: QualificationView) -> tuple[Entered, Entered]:
    assert isinstance(found.qualified, Qualified)
    first, others = found.qualified.qualified.entered, found.qualified.others.entered
    assert first is not None
    assert others is not None
    return first, others


SMALL = [
    row("a", "2024-01-10", "enquiry", cost=10),
    row("a", "2024-01-20", "qualified"),
    row("a", "2024-02-01", "order", value=1000),
    row("a", "2024-02-10", "service", cost=500),  # after the signature: no cost of the closing
    row("b", "2024-01-11", "enquiry", cost=20),
    row("b", "2024-03-01", "disqualified"),
    row("c", "2024-01-12", "enquiry", cost=30),
    row("c", "2024-08-01", "qualified"),  # 202 days later: after its window
    row("c", "2024-08-02", "order", value=500),
    row("d", "2024-11-01", "enquiry", cost=40),  # its window runs past the data end
    row("d", "2024-11-05", "qualified"),
    row("e", "2024-01-13", "enquiry", cost=50),
    row("e", "2024-01-14", "order", value=300),
    row("e", "2024-01-15", "qualified"),  # opens a new cycle: qualified there, not before the order
]


def test_an_entry_is_qualified_before_its_order_and_within_its_window_and_counts_once_that_has_closed(
    tmp_path: Path,
) -> None:
    found = seen(built(tmp_path, SMALL))
    first, others = both(found)
    # a, d, and the second cycle of e; b, c, the first cycle of e
    assert (first.entries, first.closed, first.running, first.won, first.cost) == (3, 2, 1, 1, 10)
    assert (others.entries, others.closed, others.won, others.cost) == (3, 3, 1, 100)
    assert isinstance(found.qualified, Qualified)
    assert found.qualified.disqualified is not None
    assert found.qualified.disqualified.entered is not None
    assert found.qualified.disqualified.entered.entries == 1
    assert first.rate is None  # two closed entries are too few for a rate
    assert found.qualified.funnel is None


def test_costs_stay_with_the_quarter_of_entry_and_new_customers_apart_from_existing_ones(
    tmp_path: Path,
) -> None:
    rows = [row("z", "2023-01-02", "web")]  # the data begin a year before, so that no quarter is cut
    for number in range(6):
        rows += [
            row(f"n{number}", f"2024-02-{10 + number}", "enquiry", cost=100),
            row(f"n{number}", f"2024-04-{10 + number}", "talk", cost=20),
        ]
    rows += [row("n0", "2024-05-01", "order"), row("n1", "2024-05-01", "order")]
    rows += [row("n0", "2024-06-01", "enquiry", cost=7), row("n0", "2024-06-05", "order")]
    rows += [row("late", "2024-12-01", "enquiry", cost=1)]
    costs = seen(built(tmp_path, rows)).costs
    assert isinstance(costs, CostOfClosing)
    cohorts = {(str(cohort.first), cohort.existing): cohort for cohort in costs.cohorts}
    new = cohorts["2024-01", False]
    assert (new.entered.entries, new.entered.won, new.entered.cost, new.closed) == (6, 2, 720, True)
    assert new.entered.cost_per_closing == 360
    again = cohorts["2024-04", True]
    assert (again.entered.entries, again.entered.won, again.entered.cost) == (1, 1, 7)
    assert not cohorts["2024-10", False].closed
    assert costs.new.cost == 720  # the open quarter is no part of the total
    assert costs.existing.cost_per_closing is None  # one entry is too few
    assert not any(cohort.cut for cohort in costs.cohorts if cohort.first >= Month(2024, 1))


def test_a_reason_that_nobody_named_shows_as_its_own_row_with_its_value(tmp_path: Path) -> None:
    rows = []
    for number, reason in enumerate(["price", "price", None, "time", None, None]):
        rows.append(row(f"k{number}", "2024-03-01", "offer", value=100))
        rows.append(row(f"k{number}", "2024-04-01", "refusal", lost_reason=reason, value=10 * number or None))
    rows += [row("w", "2024-03-01", "offer", value=1), row("w", "2024-03-02", "order", value=900)]
    found = seen(built(tmp_path, rows))
    assert not isinstance(found.reasons, Absent)
    told = [(reason.name, reason.cases, reason.value) for reason in found.reasons]
    assert told == [("", 3, 110.0), ("price", 2, 110.0), ("time", 1, 30.0)]  # k0: the offer's value
    assert found.competitors == Absent(needs=("contacts.competitor",))
    assert not isinstance(found.all, Absent)
    assert (found.all.cases, found.all.won, found.all.value_won) == (7, 1, 900)


def test_only_talks_of_decided_entries_count_and_only_with_people_who_never_bought(tmp_path: Path) -> None:
    talked = {"handling_minutes": 30.0, "team": "sales"}
    rows = [
        row("never", "2024-01-10", "talk", **talked),
        row("late", "2024-01-11", "talk", **talked),
        row("late", "2024-10-01", "order"),  # after its window, but bought
        row("buyer", "2024-01-12", "talk", **talked),
        row("buyer", "2024-01-20", "order"),
        row("buyer", "2024-02-20", "talk", **talked),  # a second cycle, not won: yet a buyer
        row("refused", "2024-12-01", "talk", **talked),
        row("refused", "2024-12-02", "refusal"),
        row("open", "2024-12-03", "talk", **talked),
    ]
    found = seen(built(tmp_path, rows, settings="[hourly_rates]\nsales = 60\n")).talks
    assert isinstance(found, Talks)
    assert (found.talks, found.hours, found.cost) == (5, 2.5, 150)
    assert (found.vain, found.vain_hours, found.vain_cost, found.vain_entries) == (2, 1.0, 60, 2)
    assert found.undecided == 1
    assert found.share is None


def test_price_tiers_stand_in_the_order_of_their_thresholds_with_their_days(tmp_path: Path) -> None:
    rows = []
    for number in range(6):
        for tier, value, days in (("small", 100, 10), ("large", 9000, 40)):
            day = dt.date(2024, 3, 1) + dt.timedelta(days=days + number)
            rows.append(row(f"{tier}{number}", "2024-03-01", "enquiry"))
            rows.append(row(f"{tier}{number}", day.isoformat(), "order", value=value))
    rows.append(row("x", "2024-03-05", "refusal", value=100))
    found = seen(built(tmp_path, rows, settings="[price_tiers]\nsmall = 0\nlarge = 5000\n"))
    assert not isinstance(found.tiers, Absent)
    small, large = ((group.key, group.decided) for group in found.tiers)
    assert small[0] == "small"
    assert large[0] == "large"
    assert small[1] is not None
    assert large[1] is not None
    assert (small[1].days, small[1].late_days, small[1].cases) == (12.5, 15, 7)
    assert (large[1].days, large[1].late_days, large[1].mean_value) == (42.5, 45, 9000)


def test_b2b_and_b2c_stand_side_by_side_whatever_the_segments_call_them(tmp_path: Path) -> None:
    rows = [
        row(f"{segment}{number}", f"2024-03-0{number + 1}", "enquiry", segment=segment)
        for segment, count in (("Gewerbe", 3), ("Geschäftskunden", 2), ("Privat", 4))
        for number in range(count)
    ]
    rows.append(row("Privat0", "2024-04-01", "order", segment="Privat"))
    rows.append(row("Gewerbe0", "2024-04-01", "refusal", segment="Gewerbe"))
    found = seen(built(tmp_path, rows))
    assert not isinstance(found.groups, Absent)
    told = [(g.key, g.entered and g.entered.entries, g.decided and g.decided.won) for g in found.groups]
    assert told == [("B2B", 5, 0), ("B2C", 4, 1)]
    filtered = seen(built(tmp_path / "again", rows), where={"segment": ("Privat",)})
    assert not isinstance(filtered.groups, Absent)
    assert [group.key for group in filtered.groups] == ["Privat"]


def test_an_offer_waits_when_our_last_sign_is_more_than_fourteen_days_old(tmp_path: Path) -> None:
    rows = [
        row("old", "2024-11-01", "offer", value=500, team="south"),
        row("called", "2024-11-01", "offer", value=900),
        row("called", "2024-12-20", "newsletter", direction="outbound"),
        row("once", "2024-11-01", "offer", value=700),
        row("once", "2024-11-11", "newsletter", direction="outbound"),
        row("fresh", "2024-12-20", "offer", value=100),
        row("won", "2024-11-01", "offer", value=800),
        row("won", "2024-11-02", "order"),
        row("worthless", "2024-11-01", "offer"),
    ]
    found = seen(
        built(tmp_path, rows), period="2024-03"
    ).unattended  # the list is of now, whatever the period
    assert isinstance(found, Unattended)
    told = [(offer.customer_id, offer.value, offer.days, offer.quiet_days) for offer in found.offers]
    assert told == [("once", 700, 61, 51), ("old", 500, 61, 61), ("worthless", None, 61, 61)]
    assert [offer.touched_at for offer in found.offers] == [dt.datetime(2024, 11, 11), None, None]
    assert found.offers[1].team == "south"
    assert (found.unattended, found.unattended_value, found.open, found.open_value) == (3, 1200, 5, 2200)


def test_what_the_data_lack_is_named_and_nothing_fails(tmp_path: Path) -> None:
    found = seen(built(tmp_path, [row("a", "2024-01-10", "web")]))
    assert found.all == Absent(needs=("event:won", "event:lost"))
    assert found.qualified == Absent(needs=("event:qualified", "event:won"))
    assert found.costs == Absent(needs=("event:won", "contacts.cost"))
    assert found.talks == Absent(needs=("event:talk", "event:won"))
    assert found.unattended == Absent(needs=("event:offer", "contacts.direction"))
    assert all(
        isinstance(getattr(found, field.name), Absent)
        for field in fields(found)
        if "Absent" in str(field.type)
    )


def test_a_filter_that_entries_do_not_know_closes_their_sections_only(tmp_path: Path) -> None:
    rows = [*SMALL, row("b", "2024-04-01", "refusal", lost_reason="price")]
    found = seen(built(tmp_path, rows), where={"lost_reason": ("price",)})
    assert found.qualified == Absent(filtered=True)
    assert not isinstance(found.all, Absent)
    assert found.all.cases == 1


def test_an_empty_workspace_has_no_view_and_a_wrong_word_is_named(tmp_path: Path) -> None:
    assert qualification(open_workspace(tmp_path / "empty"), View()) is None
    with pytest.raises(UsageFault, match="Merkmal"):
        qualification(built(tmp_path, SMALL), View(where={"chanel": ("Web",)}))


def test_without_a_period_the_last_twelve_whole_months_are_shown(tmp_path: Path) -> None:
    assert seen(built(tmp_path, SMALL, until="2024-12-15"), period=None).period.start == dt.date(2023, 12, 1)


def enriched(seed: int) -> list[dict[str, Any]]:
    """Random contacts that also name loss reasons, minutes and segments, all of them now and then."""
    chance = random.Random(seed)
    rows = random_rows(seed)
    for found in rows:
        found["handling_minutes"] = chance.choice([None, 12.0, 30.0])
        found["cost"] = found["cost"] or 0.0
        found["lost_reason"] = (
            chance.choice([None, "price", "time"]) if found["touchpoint"] == "refusal" else None
        )
    return rows


def told(ws: Workspace, rows: list[dict[str, Any]]) -> Log:
    """The rows as the plain loops want them, at one instant in the product's own order."""
    with ws.warehouse.open() as snapshot:
        order = snapshot.rows(Query(sql="SELECT row_no FROM contacts ORDER BY occurred_at, row_key"))
    contacts = [
        Contact(
            found["customer_id"], dt.datetime.fromisoformat(found["occurred_at"]),
            EVENTS[found["touchpoint"]], found,
        )
        for found in (rows[place - 1] for (place,) in order)
    ]  # fmt: skip
    return Log(contacts, END)


@pytest.mark.parametrize("seed", range(6))
def test_plain_loops_count_the_same_entries_talks_reasons_and_offers(tmp_path: Path, seed: int) -> None:
    rows = enriched(seed)
    ws = workspace_from_rows(tmp_path, rows, touchpoints=RULES, data_end=END)
    log = told(ws, rows)
    found = seen(ws, "2024-01..2024-06")
    held = [
        entry
        for entry in entries(log, PHASES)
        if dt.datetime(2024, 1, 1) <= entry.at < dt.datetime(2024, 7, 1)
    ]
    assert {entry.closed for entry in held} == {True, False}
    first, others = both(found)
    for shown, mine in (
        (first, [entry for entry in held if entry.state == "qualified"]),
        (others, [entry for entry in held if entry.state != "qualified"]),
    ):
        closed = [entry for entry in mine if entry.closed]
        assert (shown.entries, shown.closed) == (len(mine), len(closed))
        assert shown.won == sum(entry.won_at is not None for entry in closed)
        assert shown.cost == pytest.approx(sum(entry.cost for entry in closed))
    _talks_agree(found, held)
    assert not isinstance(found.reasons, Absent)
    reasons = {reason.name: (reason.cases, reason.value) for reason in found.reasons}
    assert reasons == lost_reasons(log, dt.datetime(2024, 1, 1), dt.datetime(2024, 7, 1))
    assert isinstance(found.unattended, Unattended)
    listed = [
        {"who": offer.customer_id, "value": offer.value, "days": offer.days, "quiet": offer.quiet_days}
        for offer in found.unattended.offers
    ]
    assert sorted(listed, key=lambda offer: str(offer["who"])) == waiting(log)
    values = [offer.value or 0.0 for offer in found.unattended.offers]
    assert values == sorted(values, reverse=True)


def _talks_agree(found: QualificationView, held: list[Entry]) -> None:
    assert isinstance(found.talks, Talks)
    decided = [talk for entry in held if entry.decided for talk in entry.talks]
    vain = [talk for entry in held if entry.decided and not entry.ever_bought for talk in entry.talks]
    assert (found.talks.talks, found.talks.vain) == (len(decided), len(vain))
    assert found.talks.undecided == sum(len(entry.talks) for entry in held if not entry.decided)
    hours = sum(talk.get("handling_minutes") or 0 for talk in vain) / 60
    assert found.talks.vain_hours == pytest.approx(hours)
    assert found.talks.vain_entries == sum(
        entry.decided and not entry.ever_bought and bool(entry.talks) for entry in held
    )


def kpi_of(ws: Workspace, period: str, *names: str) -> dict[str, KpiResult]:
    return {result.kpi: result for result in evaluate(ws, View(period=period), names)}


@pytest.mark.parametrize("seed", [1, None])
def test_the_page_says_what_the_kpis_say(tmp_path: Path, sample_workspace: Path, seed: int | None) -> None:
    if seed is None:
        ws, period, now = open_workspace(sample_workspace), "2025-03..2026-02", "2026-10"
        whole = "2023-11..2026-10"
    else:
        ws = workspace_from_rows(tmp_path, enriched(seed), touchpoints=RULES, data_end=END)
        period, now, whole = "2024-02..2024-08", "2024-10", "2024-01..2024-10"
    found = seen(ws, period)
    kpis = kpi_of(
        ws, period, "win_rate", "win_rate_value", "qualified_win_rate", "days_to_won_median", "losses",
        "order_value",
    )  # fmt: skip
    assert not isinstance(found.all, Absent)
    assert (found.all.won, found.all.cases) == (kpis["win_rate"].numerator, kpis["win_rate"].denominator)
    assert found.all.rate is not None
    assert found.all.rate.value == pytest.approx(kpis["win_rate"].value)
    assert found.all.rate_by_value == pytest.approx(kpis["win_rate_value"].value)
    assert found.all.days == pytest.approx(kpis["days_to_won_median"].value)
    assert found.all.mean_value == pytest.approx(kpis["order_value"].value)
    assert isinstance(found.qualified, Qualified)
    assert found.qualified.qualified.decided is not None
    assert found.qualified.qualified.decided.cases == kpis["qualified_win_rate"].denominator
    assert not isinstance(found.reasons, Absent)
    assert sum(reason.cases for reason in found.reasons) == kpis["losses"].value
    _costs_agree(ws, whole)
    _offers_agree(ws, now)


def _costs_agree(ws: Workspace, whole: str) -> None:
    """Over all closed windows, those of entries by the month they began and by the month they closed."""
    found = seen(ws, whole)
    first, others = both(found)
    kpis = kpi_of(ws, whole, "cost_per_closing", "cost_per_closing_existing", "qualified_cost_per_closing")
    apart = (kpis["cost_per_closing"], kpis["cost_per_closing_existing"])
    assert (first.cost or 0) + (others.cost or 0) == pytest.approx(sum(kpi.numerator or 0 for kpi in apart))
    assert first.won + others.won == sum(kpi.denominator or 0 for kpi in apart)
    assert first.cost == pytest.approx(kpis["qualified_cost_per_closing"].numerator)
    assert first.won == kpis["qualified_cost_per_closing"].denominator


def _offers_agree(ws: Workspace, now: str) -> None:
    kpis = kpi_of(ws, now, "unattended_offers", "unattended_value", "open_offer_value")
    listed = seen(ws, now).unattended
    assert isinstance(listed, Unattended)
    assert (listed.unattended, listed.open) == (
        kpis["unattended_offers"].numerator,
        kpis["unattended_offers"].denominator,
    )
    assert listed.unattended_value == pytest.approx(kpis["unattended_value"].value or 0)
    assert listed.open_value == pytest.approx(kpis["open_offer_value"].value or 0)
    assert len(listed.offers) == listed.unattended


def test_a_filter_counts_the_same_from_what_is_kept_and_from_the_contacts(sample_workspace: Path) -> None:
    ws = open_workspace(sample_workspace)
    with ws.warehouse.open() as snapshot:
        sources = [name for (name,) in snapshot.rows(Query(sql="SELECT DISTINCT source FROM contacts"))]
        regions = [name for (name,) in snapshot.rows(Query(sql="SELECT DISTINCT region FROM contacts"))]
    where = {"segment": ("B2B",), "region": tuple(name or "" for name in regions[:3])}
    kept = seen(ws, "r12", where=where)
    counted = seen(ws, "r12", where=where | {"source": tuple(sources)})  # nobody is offered to filter by it
    for field in fields(kept):
        one, other = getattr(kept, field.name), getattr(counted, field.name)
        assert _rounded(one) == _rounded(other), field.name
    assert not isinstance(kept.all, Absent)
    assert 0 < kept.all.cases < kpi_of(ws, "r12", "losses")["losses"].n


def _rounded(value: Any) -> Any:
    """Sums of floats differ in their last digits by the order they were added in."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_rounded(inner) for inner in value]
    return _rounded(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else value


def test_the_sample_shows_what_was_put_into_it(sample_workspace: Path) -> None:
    """Two sides, three tiers in order, and no section without data."""
    found = seen(open_workspace(sample_workspace), None)
    absent = [field.name for field in fields(found) if isinstance(getattr(found, field.name), Absent)]
    assert not absent
    assert not isinstance(found.groups, Absent)
    assert [group.key for group in found.groups] == ["B2B", "B2C"]
    assert not isinstance(found.tiers, Absent)
    assert [group.key for group in found.tiers] == ["klein", "mittel", "groß"]
    first, others = both(found)
    assert first.rate is not None
    assert others.rate is not None
    assert first.rate.lower > others.rate.upper
    assert isinstance(found.qualified, Qualified)
    assert found.qualified.funnel is not None
    assert 0 < found.qualified.funnel.lower < found.qualified.funnel.value < found.qualified.funnel.upper
