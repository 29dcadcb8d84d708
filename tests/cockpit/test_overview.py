"""The overview against independent counts on the sample, and the sentences since the last visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.ledger import ledger
from cockpit.news import Orders, Seen, Told, news, span
from cockpit.overview import overview
from cockpit.scope import scope_of
from cockpit.visits import arrive
from cockpit.workspace import Workspace, open_workspace
from core.errors import UsageFault
from core.period import Period
from core.query import Query
from core.view import View
from metrics.result import Target
from tests.results import DROPPED, LAST, STEADY, result


@pytest.fixture(scope="module")
def ws(sample_workspace: Path) -> Workspace:
    return open_workspace(sample_workspace)


def test_each_station_has_its_headline_kpi_and_the_flow_of_the_ledger(ws: Workspace) -> None:
    shown = overview(ws, View())
    counted = ledger(ws, View(period="r12"))
    assert shown is not None
    assert counted is not None
    conversions = {row.phase: row.conversion for row in counted.rows}
    for station in shown.stations:
        assert station.result is not None
        assert station.result.kpi == station.phase.headline
        assert station.flow is not None
        assert station.flow.percent == pytest.approx(conversions[station.phase.id])


def test_the_sentence_about_orders_counts_what_the_contacts_hold(ws: Workspace) -> None:
    view = View(period="2026-10", where={"segment": ("B2B",)})
    shown = overview(ws, view)
    assert shown is not None
    with ws.warehouse.open() as snapshot:
        rows = snapshot.rows(
            Query(
                sql="SELECT value FROM contacts WHERE event = 'won' AND segment = 'B2B' "
                "AND strftime(occurred_at, '%Y-%m') = '2026-10'"
            )
        )
    assert shown.news.sentences[0].text("en").startswith(f"{len(rows)} orders worth ")
    assert shown.news.sentences[0].kpi == "order_intake"
    assert len(shown.news.sentences) == 5


def test_a_filter_narrows_the_journeys_and_an_unknown_dimension_is_refused(ws: Workspace) -> None:
    everything, some = overview(ws, View()), overview(ws, View(where={"segment": ("B2B",)}))
    assert everything is not None
    assert some is not None
    assert 0 < some.journeys < everything.journeys
    with pytest.raises(UsageFault):
        overview(ws, View(where={"no such thing": ("x",)}))


def test_the_scope_offers_whole_months_the_base_model_first_and_no_identifiers(ws: Workspace) -> None:
    scope = scope_of(ws)
    assert scope is not None
    assert Period(scope.months[0], scope.months[0]).whole(scope.data_end)
    assert list(scope.months) == sorted(scope.months, reverse=True)
    assert [model for model, _, _ in scope.models] == ["seven_phase", "five_phase"]
    assert {"segment", "product", "channel"} <= {dimension.column for dimension in scope.dimensions}
    assert all(2 <= len(dimension.values) <= 60 for dimension in scope.dimensions)


def test_an_empty_workspace_has_neither_scope_nor_overview(tmp_path: Path) -> None:
    empty = open_workspace(tmp_path)
    assert scope_of(empty) is None
    assert overview(empty, View()) is None


def test_a_second_visit_knows_the_first(own_sample: Path) -> None:
    mine = open_workspace(own_sample)
    head = mine.warehouse.head()
    assert head is not None
    yesterday = dt.datetime.now() - dt.timedelta(days=1)
    mine.state.visits.record("me", head.id, yesterday)
    seen = arrive(mine, "me", head.id)
    assert seen is not None
    assert abs(seen.at - yesterday) < dt.timedelta(seconds=1)
    assert arrive(mine, "somebody else", head.id) is None
    shown = overview(mine, View(), seen)
    assert shown is not None
    assert shown.news.title("de").startswith("Seit Ihrem letzten Besuch am ")
    said = [sentence.text("de") for sentence in shown.news.sentences]
    assert any(text.startswith("Seitdem kamen keine Daten hinzu") for text in said)
    assert not any("Aufträge" in text for text in said)


def test_between_two_data_ends_lies_what_is_new(ws: Workspace) -> None:
    head = ws.warehouse.head()
    assert head is not None
    earlier = head.model_copy(
        update={
            "sources": {
                name: source.model_copy(update={"data_end": dt.datetime(2026, 9, 30, 23, 59)})
                for name, source in head.sources.items()
            },
            "imports": (),
        }
    )
    between = span(head, earlier, Period(LAST, LAST))
    assert not between.first_visit
    assert between.start == dt.datetime(2026, 9, 30, 23, 59)
    dropped = result(DROPPED)
    told = Told(
        orders=Orders(span=between, count=1, value=1500.0),
        results=[
            replace(dropped, target=Target(value=35, owner="V", met=False)),
            replace(result(STEADY), target=Target(value=30, owner="V", met=True)),
        ],
        changes=(),
    )
    seen = Seen(at=dt.datetime(2026, 10, 3, 9), snapshot=earlier.id)
    said = news(head, before=earlier, seen=seen, period=Period(LAST, LAST), told=told, currency="EUR")
    texts = [sentence.text("en") for sentence in said.sentences]
    assert texts[0] == "One order worth 1,500\u202f€."
    assert "No new signal." in texts
    assert any(text.startswith("1 of 2 targets missed, furthest off: Win rate") for text in texts)
