"""What a view does to the figures: filters, groups, periods, comparisons, targets, and what is missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cockpit.evaluation import evaluate
from cockpit.handbook import all_rows, broken_kpis, explain, handbook
from cockpit.ledger import ledger
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.period import Month
from core.view import View
from metrics.result import KpiResult
from tests.building import batch_from_rows, workspace_from_rows

Row = dict[str, Any]


def row(customer: str, at: str, touchpoint: str, **fields: Any) -> Row:
    return {"customer_id": customer, "occurred_at": at, "touchpoint": touchpoint, **fields}


def story() -> list[Row]:
    """Two years: each month five orders (a tenth of them B2C) and three refusals; wins double in 2025."""
    rows = []
    for month in range(24):
        year, number = 2024 + month // 12, month % 12 + 1
        wins = 5 if year == 2024 else 10
        for place in range(wins):
            who = f"w{month}-{place}"
            segment = "B2C" if place == 0 else "B2B"
            rows.append(row(who, f"{year}-{number:02d}-03", "enquiry", segment=segment, wetter="Regen"))
            rows.append(row(who, f"{year}-{number:02d}-13", "order", value=100, segment=segment))
        rows += [row(f"l{month}-{i}", f"{year}-{number:02d}-20", "refusal", segment="B2B") for i in range(3)]
    return rows


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    targets = [
        {"kpi": "order_intake", "period": "2024-01-01", "value": 600, "owner": "Vertrieb"},
        {"kpi": "order_intake", "period": "2025-06-01", "value": 900, "owner": "Vertrieb"},
        {"kpi": "win_rate", "period": "2024-01-01", "value": 70, "owner": "Frau Maß"},
        {"kpi": "win_rate", "period": "2024-01-01", "value": 50, "scope": "segment=B2C", "owner": "B2C"},
        {"kpi": "phase_conversion", "phase": "preference", "value": 40, "owner": "Innendienst"},
    ]
    return workspace_from_rows(
        tmp_path_factory.mktemp("views"),
        story(),
        tables={
            "targets": targets,
            "spend": [{"period": "2025-12-01", "channel": "Web", "amount": 1500}],
        },
        data_end=dt.datetime(2025, 12, 31, 23, 59, 59),
    )


def one(ws: Workspace, kpi: str, **view: Any) -> KpiResult:
    (result,) = evaluate(ws, View(**view), [kpi])
    return result


def test_a_month_is_compared_with_the_month_before_and_the_year_before(ws: Workspace) -> None:
    found = one(ws, "order_intake", period="2025-01")
    assert (found.value, found.previous, found.last_year) == (1000, 500, 500)


def test_a_year_to_date_is_compared_with_the_year_before_and_rolling_months_add_up(ws: Workspace) -> None:
    ytd = one(ws, "order_intake", period="ytd:2025-03")
    assert (ytd.value, ytd.previous, ytd.last_year) == (3000, 1500, 1500)
    rolling = one(ws, "order_intake", period="r12:2025-06")
    assert rolling.value == 6 * 500 + 6 * 1000
    assert rolling.previous is None  # it would begin before the data


def test_without_a_period_the_latest_whole_month_is_meant(ws: Workspace) -> None:
    assert one(ws, "order_intake").period.last == Month(2025, 12)


def test_ratios_of_a_period_come_from_its_sums(ws: Workspace) -> None:
    found = one(ws, "win_rate", period="2024-12..2025-01")
    assert found.value == pytest.approx(100 * (5 + 10) / (5 + 10 + 3 + 3))


def test_a_total_is_measured_against_the_sum_of_its_months_targets(ws: Workspace) -> None:
    month = one(ws, "order_intake", period="2025-05").target
    assert month is not None
    assert (month.value, month.owner, month.met) == (600, "Vertrieb", True)
    span = one(ws, "order_intake", period="2025-05..2025-06").target
    assert span is not None
    assert span.value == 600 + 900


def test_a_rate_is_measured_against_the_latest_valid_target_of_its_scope(ws: Workspace) -> None:
    whole = one(ws, "win_rate", period="r12:2025-12").target
    assert whole is not None
    assert (whole.value, whole.met) == (70, True)
    b2c = one(ws, "win_rate", period="r12:2025-12", where={"segment": ("B2C",)}).target
    assert b2c is not None
    assert b2c.value == 50
    b2b = one(ws, "win_rate", period="r12:2025-12", where={"segment": ("B2B",)})
    assert b2b.target is None  # the target of the whole says nothing about a part


def test_a_target_of_one_phase_is_not_that_of_the_others(ws: Workspace) -> None:
    found = {r.phase: r.target for r in evaluate(ws, View(period="r12"), ["phase_conversion"])}
    assert found["preference"] is not None
    assert found["awareness"] is None


def test_groups_add_up_to_the_whole(ws: Workspace) -> None:
    groups = evaluate(ws, View(period="r12", by="segment"), ["orders", "win_rate"])
    orders = {r.group: r.value for r in groups if r.kpi == "orders"}
    assert orders == {"B2B": 12 * 9, "B2C": 12.0}
    assert sum(v or 0 for v in orders.values()) == one(ws, "orders", period="r12").value


def test_own_columns_filter_like_the_contracts(ws: Workspace) -> None:
    found = one(ws, "enquiries", period="2025-01", where={"wetter": ("Regen",)})
    assert found.value == 10
    assert one(ws, "enquiries", period="2025-01", where={"wetter": ("Sonne'; DROP TABLE x",)}).value is None


def test_a_filter_that_one_source_lacks_gives_no_mixed_figure(ws: Workspace) -> None:
    found = one(ws, "cost_per_lead", period="2025-12", where={"segment": ("B2B",)})
    assert (found.status, found.value) == ("not_for_filter", None)
    assert one(ws, "cost_per_lead", period="2025-12").value == 150


def test_what_is_missing_is_named(ws: Workspace) -> None:
    assert one(ws, "nps").needs == ("contacts.nps",)
    assert one(ws, "complaint_rate").needs == ("event:complaint", "event:delivery")
    assert one(ws, "reach").needs == ("reach",)
    assert {r.status for r in evaluate(ws, View()) if r.needs} == {"missing"}


def test_too_few_cases_are_counted_but_not_shown(ws: Workspace) -> None:
    found = one(ws, "win_rate", period="2024-05")
    assert (found.status, found.value, found.n) == ("too_few", None, 8)
    assert (found.numerator, found.denominator) == (5, 8)


def test_years_without_data_give_no_figure_and_no_fault(ws: Workspace) -> None:
    for period in ("1999-01", "2099-12", "ytd:2031-02", "1970-01..1970-12"):
        results = evaluate(ws, View(period=period))
        assert {r.status for r in results} <= {"no_data", "missing", "too_few"}, period


def test_a_period_beyond_the_data_end_says_so_and_compares_with_nothing(ws: Workspace) -> None:
    found = one(ws, "orders", period="2025-12..2026-01")
    assert found.value == 10
    assert found.note is not None
    assert "31.12.2025" in found.note.de
    assert (found.previous, found.last_year) == (None, None)


def test_the_doubling_of_orders_is_a_signal_and_starts_a_new_baseline(ws: Workspace) -> None:
    chart = one(ws, "orders", period="2025-12").chart
    assert chart is not None
    assert chart.signals[0].at == Month(2025, 1)
    early = one(ws, "orders", period="2025-01").chart
    assert early is not None
    assert early.verdict == "signal"
    assert early.points[-1].month == Month(2025, 1)


def test_a_note_takes_the_baseline_anew(tmp_path: Path) -> None:
    own = workspace_from_rows(tmp_path, story(), data_end=dt.datetime(2025, 12, 31, 23, 59, 59))
    own.state.notes.add(
        "orders", Month(2025, 1), "Zweites Team", person="E. Groß", at=dt.datetime(2026, 1, 2)
    )
    chart = one(own, "orders", period="2025-12").chart
    assert chart is not None
    assert [(limits.reason, limits.note) for limits in chart.limits] == [
        ("baseline", ""),
        ("by_hand", "Zweites Team"),
    ]
    assert chart.signals == ()


def test_conversion_agrees_with_the_ledger(ws: Workspace) -> None:
    book = ledger(ws, View(period="r12"))
    assert book is not None
    found = {r.phase: r for r in evaluate(ws, View(period="r12"), ["phase_conversion"])}
    for line in book.rows:
        if line.conversion is not None and found[line.phase].status == "ok":
            assert found[line.phase].value == pytest.approx(line.conversion)
            assert found[line.phase].denominator == line.visits - line.open


def test_five_phases_show_the_kpis_of_the_phases_they_merge(ws: Workspace) -> None:
    seven = {r.kpi: r for r in evaluate(ws, View(period="r12")) if r.kpi in ("win_rate", "orders")}
    five = {
        r.kpi: r
        for r in evaluate(ws, View(period="r12", model="five_phase"))
        if r.kpi in ("win_rate", "orders")
    }
    assert seven["win_rate"].phase == "preference"
    assert five["win_rate"].phase == "consideration"
    advocacy = one(ws, "referral_rate", model="five_phase").phase
    assert advocacy == "advocacy"  # the coarser model lists it there, though the rest of loyalty is retention
    assert five["win_rate"].value == seven["win_rate"].value
    conversions = evaluate(ws, View(period="r12", model="five_phase"), ["phase_conversion"])
    assert [r.phase for r in conversions] == list(ws.models["five_phase"].phase_ids)


@pytest.mark.parametrize(
    "view",
    [
        View(model="seven_fase"),
        View(by="segmnt"),
        View(where={"chanel": ("x",)}),
        View(period="gestern"),
        View(period="2025-13"),
    ],
)
def test_a_view_that_makes_no_sense_is_refused(ws: Workspace, view: View) -> None:
    with pytest.raises(UsageFault):
        evaluate(ws, view)


def test_an_unknown_kpi_is_refused_with_the_nearest_one(ws: Workspace) -> None:
    with pytest.raises(UsageFault, match="win_rate"):
        evaluate(ws, View(), ["win_rte"])


def test_an_empty_workspace_has_no_results(tmp_path: Path) -> None:
    empty = open_workspace(tmp_path / "empty")
    assert evaluate(empty, View()) == []
    assert all(not entry.results for entry in handbook(empty, View()))
    with pytest.raises(UsageFault):
        explain(empty, "win_rate", View())


def test_shared_figures_hide_cells_with_fewer_than_five_customers(ws: Workspace) -> None:
    view = View(period="2025-12", by="segment")
    orders = {r.group: r for r in evaluate(ws, view, ["orders"], shared=True)}
    assert (orders["B2C"].status, orders["B2C"].value, orders["B2C"].n) == ("suppressed", None, 0)
    assert orders["B2B"].value == 9
    assert orders["B2C"].chart is not None
    assert {point.value for point in orders["B2C"].chart.points} == {None}
    assert evaluate(ws, view, ["orders"])[1].value == 1


def test_an_own_kpi_is_one_toml_file_and_a_broken_one_is_named(ws: Workspace) -> None:
    folder = ws.root / "kpis"
    folder.mkdir(exist_ok=True)
    text = """
[big_orders]
phase = "purchase"
kind = "ratio"
of = "closings"
numerator = "count(*) FILTER (WHERE won AND value >= 100)"
denominator = "count(*) FILTER (WHERE won)"
unit = "percent"
direction = "up"
name = { de = "Große Aufträge", en = "Big orders" }
question = { de = "Wie viele sind groß?", en = "How many are big?" }
how = { de = "Aufträge ab 100 EUR.", en = "Orders from 100 EUR." }
"""
    (folder / "own.toml").write_text(
        text + text.replace("big_orders", "broken").replace("value >=", "vallue >="), encoding="utf-8"
    )
    again = open_workspace(ws.root)
    assert one(again, "big_orders", period="2025-12").value == 100.0
    (fault,) = broken_kpis(again)
    assert (fault.file, fault.entry, fault.field) == ("own.toml", "broken", "numerator")
    assert "did you mean “value”" in fault.reason
    assert next(e for e in handbook(again, View()) if e.kpi.id == "big_orders").own


def test_the_query_that_is_shown_gives_the_figure_for_every_fact_and_kind(ws: Workspace) -> None:
    view = View(period="r12", where={"segment": ("B2B",)})
    seen = set()
    for result in evaluate(ws, view):
        kpi = ws.kpis.entries[result.kpi]
        per_phase = kpi.per == "phase"
        sort = (kpi.of, kpi.denominator_of, kpi.kind)
        if result.status != "ok" or (per_phase and result.phase != "purchase") or sort in seen:
            continue
        seen.add(sort)
        told = explain(ws, result.kpi, view, result.phase if per_phase else None)
        assert told.value == pytest.approx(result.value), result.kpi
        assert told.numerator == pytest.approx(result.numerator), result.kpi
        assert told.denominator == pytest.approx(result.denominator), result.kpi
        assert told.n == result.n, result.kpi
        assert told.version == result.version
        assert told.snapshot == result.snapshot
    assert len(seen) >= 10


def test_the_rows_behind_a_figure_lead_back_to_the_file(ws: Workspace) -> None:
    view = View(period="2025-12")
    told = explain(ws, "win_rate", view)
    assert told.count == len(told.rows) == 13
    assert set(told.rows["from_touchpoint"]) == {"order", "refusal"}
    assert told.rows["from_row"].gt(0).all()
    year = explain(ws, "orders", View(period="r12:2025-12"))
    assert (len(year.rows), year.count) == (100, 120)
    assert len(all_rows(ws, "orders", View(period="r12:2025-12"))) == 120


def test_a_kpi_of_every_phase_is_explained_for_one(ws: Workspace) -> None:
    with pytest.raises(UsageFault):
        explain(ws, "phase_conversion", View())
    with pytest.raises(UsageFault):
        explain(ws, "win_rate", View(), "preference")
    told = explain(ws, "phase_conversion", View(period="r12"), "consideration")
    assert told.value == 100.0


def test_a_figure_reaches_as_far_as_the_earliest_source_that_feeds_it(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [row("a", "2024-03-01", "order", value=1)], source="crm", data_end=dt.datetime(2024, 5, 31)
    )
    service = [row("a", f"2024-0{month}-02", "service") for month in (3, 4)]
    ws.warehouse.commit(
        [batch_from_rows(tmp_path / "b", service, source="desk", data_end=dt.datetime(2024, 4, 10))],
        ws.models,
        ws.settings,
    )
    assert one(ws, "orders", period="2024-05").data_end.startswith("2024-05-31")
    april = one(ws, "service_contacts", period="2024-04")
    assert april.data_end.startswith("2024-04-10")
    assert april.note is not None
    assert one(ws, "service_contacts").period.last == Month(2024, 3)


def test_months_in_which_everyone_looks_new_because_the_data_begin_stay_out_of_the_chart(
    ws: Workspace,
) -> None:
    (found,) = evaluate(ws, View(), ["new_customers"])
    assert found.chart is not None
    assert found.chart.points[0].month == Month(2025, 2)
    assert found.chart.points[-1].month == Month(2025, 12)
    assert found.value == 10
    (early,) = evaluate(ws, View(period="2024-03"), ["new_customers"])
    assert (early.value, early.chart) == (5, None)
