"""Known figures of real files through the product's own path: mapping file, import, KPI."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from cockpit.evaluation import evaluate
from cockpit.funnel import funnel
from cockpit.importing import import_file, load_mapping, preview, rejects
from cockpit.workspace import Workspace
from core.query import Query
from core.view import View
from journeys.course import Counting
from journeys.funnel import Route
from metrics.result import KpiResult
from store.intake.plan import NO_DATE
from tests.reference.conftest import FILES, HERE, reference_file

MAPPINGS = HERE / "mappings"
CRM_YEARS = "2016-01..2017-12"


def figure(
    ws: Workspace,
    kpi: str,
    period: str,
    *,
    phase: str | None = None,
    where: dict[str, tuple[str, ...]] | None = None,
) -> KpiResult:
    """One KPI's result; that it is there at all is part of the test."""
    found = evaluate(ws, View(period=period, where=where or {}), [kpi])
    chosen = [result for result in found if result.phase == phase] if phase else found
    assert len(chosen) == 1, [result.phase for result in found]
    assert chosen[0].status == "ok", chosen[0].note
    return chosen[0]


def value(ws: Workspace, kpi: str, period: str, **more: str) -> float:
    result = figure(ws, kpi, period, phase=more.get("phase"))
    assert result.value is not None
    return result.value


@pytest.mark.parametrize("name", list(FILES))
def test_the_reference_file_is_the_known_one(name: str) -> None:
    content = reference_file(name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == FILES[name]["sha256"]


def test_crm_opportunities_give_the_known_closings(ws: Workspace) -> None:
    report = import_file(ws, reference_file("crm"), load_mapping(MAPPINGS / "crm.toml")).files[0]
    assert (report.counts.new, report.counts.rejected, report.counts.records) == (8300, 500, 8800)
    assert [(reason.text, reason.count, reason.fatal) for reason in report.reasons] == [(NO_DATE, 500, True)]
    refused = rejects(ws, report.import_id)
    assert refused["row_no"].nunique() == len(refused) == 500
    assert set(refused["reason_de"]) == {NO_DATE.de}

    win_rate = figure(ws, "win_rate", CRM_YEARS)
    assert (win_rate.numerator, win_rate.denominator) == (4238, 4238 + 2473)
    assert win_rate.value == pytest.approx(63.150, abs=0.0005)
    assert value(ws, "order_intake", CRM_YEARS) == 10_005_534
    assert value(ws, "days_to_won", CRM_YEARS) == pytest.approx(51.78, abs=0.005)
    assert value(ws, "days_to_won_median", CRM_YEARS) == 57


@pytest.mark.parametrize("counting", ["ordered", "reached"])
def test_crm_opportunities_give_the_known_funnel(ws: Workspace, counting: Counting) -> None:
    import_file(ws, reference_file("crm"), load_mapping(MAPPINGS / "crm.toml"))
    known = {  # window in days: closed, headline, expected rate, days to half of it
        138: (5_991, 49.76, 51.94, 59),
        120: (6_402, 47.77, 50.00, 54),
        365: (358, 69.83, 51.94, 59),
    }
    for days, (closed, headline, expected, half) in known.items():
        found = funnel(ws, View(), Route(counting=counting, window_days=days))
        assert found is not None
        all_ = found.all
        assert (all_.entered, all_.closed, all_.running) == (8_300, closed, 8_300 - closed)
        assert all_.headline is not None
        assert all_.expected is not None
        assert all_.headline.value == pytest.approx(headline, abs=0.005)
        assert all_.expected.value == pytest.approx(expected, abs=0.005)
        assert all_.expected.lower < expected < all_.expected.upper
        assert all_.to_convert_days == half
        assert all_.few == (days == 365)
        warned = [text.de for text in found.warnings if "sagt wenig" in text.de]
        assert len(warned) == (days == 365)
        assert all("358 von 8.300" in text and "69,8" in text for text in warned)


def test_the_engaging_opportunities_of_the_crm_are_open(ws: Workspace) -> None:
    import_file(ws, reference_file("crm"), load_mapping(MAPPINGS / "crm.toml"))
    with ws.warehouse.open() as snapshot:
        ((journeys, undecided),) = snapshot.rows(
            Query(sql="SELECT count(*), count(*) FILTER (won_at IS NULL AND lost_at IS NULL) FROM journeys")
        )
        events = dict(snapshot.rows(Query(sql="SELECT event, count(*) FROM contacts GROUP BY event")))
    assert journeys == 8300
    assert events == {"lead": 8300, "won": 4238, "lost": 2473}
    assert journeys - events["won"] - events["lost"] == 1589
    assert undecided >= 0


def test_a_later_crm_export_turns_open_rows_into_won_ones(ws: Workspace, tmp_path: Path) -> None:
    first = reference_file("crm")
    mapping = load_mapping(MAPPINGS / "crm.toml")
    import_file(ws, first, mapping)
    later, turned = later_export(first, tmp_path / "later.csv", turn=25)

    expected = preview(ws, later, mapping)
    report = import_file(ws, later, mapping).files[0]
    for counts in (expected.counts, report.counts):
        assert (counts.new, counts.changed, counts.unchanged) == (0, 25, 8275)
        assert (counts.rejected, counts.records) == (500, 8800)
    win_rate = figure(ws, "win_rate", CRM_YEARS)
    assert (win_rate.numerator, win_rate.denominator) == (4238 + 25, 4238 + 2473 + 25)
    assert value(ws, "order_intake", CRM_YEARS) == 10_005_534 + turned


def later_export(first: Path, path: Path, *, turn: int) -> tuple[Path, int]:
    """Next month's export: the same rows, of which some engaging ones are won by now; and their worth."""
    with first.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    stage, closed, worth, engaged = (
        header.index(n) for n in ("deal_stage", "close_date", "close_value", "engage_date")
    )
    open_rows = [row for row in rows if row[stage] == "Engaging" and row[engaged]][:turn]
    for number, row in enumerate(open_rows):
        row[stage], row[closed], row[worth] = "Won", "12/31/2017", str(1000 + number)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path, sum(1000 + number for number in range(turn))


@pytest.mark.parametrize(
    ("name", "calls", "yes", "overall", "cellular"),
    [("bank_parquet", 41_188, 4_640, 11.265, 14.738), ("bank_csv", 4_521, 521, 11.524, 14.365)],
)
def test_bank_calls_give_the_known_rates(
    ws: Workspace, name: str, calls: int, yes: int, overall: float, cellular: float
) -> None:
    report = import_file(ws, reference_file(name), load_mapping(MAPPINGS / f"{name}.toml")).files[0]
    assert (report.counts.new, report.counts.rejected, report.counts.contacts) == (calls, 0, calls)
    rate = figure(ws, "win_rate", "2010-01..2010-12")
    assert (rate.numerator, rate.denominator) == (yes, calls)
    assert rate.value == pytest.approx(overall, abs=0.0006)
    mobile = figure(ws, "win_rate", "2010-01..2010-12", where={"channel": ("cellular",)})
    assert mobile.value == pytest.approx(cellular, abs=0.0006)


@pytest.mark.parametrize(
    ("name", "cases", "mean", "median"),
    [("incidents", 7_554, 12.079, 7.549), ("helpdesk", 3_804, 8.798, 3.928)],
)
def test_support_logs_give_the_known_case_lengths(
    ws: Workspace, name: str, cases: int, mean: float, median: float
) -> None:
    import_file(ws, reference_file(name), load_mapping(MAPPINGS / f"{name}.toml"))
    days = figure(ws, "journey_days", "2005-01..2015-12")
    assert days.n == cases
    assert days.value == pytest.approx(mean, abs=0.0006)
    assert value(ws, "journey_days_median", "2005-01..2015-12") == pytest.approx(median, abs=0.0006)


def test_traffic_fines_reach_payment_as_known(ws: Workspace) -> None:
    report = import_file(ws, reference_file("fines"), load_mapping(MAPPINGS / "fines.toml")).files[0]
    assert report.counts.contacts == 34_724
    assert report.unassigned
    reached = figure(ws, "phase_reach", "1995-01..2015-12", phase="purchase")
    assert (reached.numerator, reached.denominator) == (4_626, 10_000)
    assert reached.value == pytest.approx(46.26, abs=0.0006)
    collected = figure(ws, "phase_reach", "1995-01..2015-12", phase="after_sale")
    assert collected.value == pytest.approx(33.87, abs=0.0006)
