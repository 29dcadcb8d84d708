"""Kept results: the same as computed ones, never older than what they rest on, gone when they must be."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace
from pathlib import Path

import pytest

import cockpit.preparing
import cockpit.scene
import store.warehouse.snapshot
from cockpit.evaluation import evaluate
from cockpit.kept import code_version, kept
from cockpit.ledger import ledger
from cockpit.news import Seen
from cockpit.overview import overview
from cockpit.planning import target_doubts
from cockpit.preparing import prepare
from cockpit.scope import scope_of
from cockpit.workspace import Workspace, open_workspace
from core.period import Month
from core.query import Query
from core.settings import Settings
from core.view import View
from metrics.result import KpiResult
from tests.building import batch_from_rows, workspace_from_rows
from tests.metrics.test_figures import RULES
from tests.metrics.test_plain_kpis import END, random_rows

VIEWS = (
    View(),
    View(period="r12:2024-09"),
    View(period="2024-04..2024-06", model="five_phase"),
    View(where={"reason": ("login",)}, period="ytd:2024-07"),
    View(by="channel", period="r12:2024-09"),
    View(where={"channel": ("Web",), "segment": ("B2B", "B2C")}),
)


def workspace(folder: Path, seed: int) -> Workspace:
    """A random log whose contacts have a channel and a segment to filter by."""
    rows = [
        {**row, "channel": ("Web", "Messe", None)[i % 3], "segment": ("B2B", "B2C")[i % 7 % 2]}
        for i, row in enumerate(random_rows(seed))
    ]
    return workspace_from_rows(folder, rows, touchpoints=RULES, data_end=END)


def forget(ws: Workspace) -> None:
    """Without any kept result."""
    for file in (ws.root / "results").rglob("*"):
        if file.is_file():
            file.unlink()


def rounded(results: list[KpiResult]) -> list[tuple[object, ...]]:
    """What can be told apart when sums were added up in another order."""

    def near(value: float | None) -> float | None:
        return None if value is None else round(value, 7)

    return [
        (
            r.kpi, r.phase, r.group, r.status, near(r.value), near(r.numerator), near(r.denominator), r.n,
            near(r.previous), near(r.last_year), r.mature,
            [(p.month, near(p.value), p.n, p.whole) for p in r.chart.points] if r.chart else None,
        )
        for r in results
    ]  # fmt: skip


@pytest.mark.parametrize("seed", [3, 4])
def test_a_kept_result_is_the_computed_one(tmp_path: Path, seed: int) -> None:
    ws = workspace(tmp_path, seed)
    for view in VIEWS:
        forget(ws)
        computed = evaluate(ws, view)
        assert evaluate(ws, view) == computed  # every field, to the last bit
        forget(ws)
        some = [kpi for place, kpi in enumerate(ws.kpis.entries) if place % 3 == seed % 3]
        assert evaluate(ws, view, some) == [result for result in computed if result.kpi in some]


@pytest.mark.parametrize("seed", [5, 6])
def test_cells_say_what_the_rows_say(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = workspace(tmp_path, seed)
    from_cells = [rounded(evaluate(ws, view)) for view in VIEWS]
    forget(ws)
    monkeypatch.setattr(cockpit.scene, "MOST_APART", 0)  # no dimension is kept apart: filters meet the rows
    from_rows = [rounded(evaluate(ws, view)) for view in VIEWS]
    assert from_cells == from_rows


def test_the_overview_without_filters_asks_the_data_nothing_once_it_is_kept(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(sample_workspace)
    head = ws.warehouse.head()
    assert head is not None
    seen = Seen(at=dt.datetime(2026, 9, 1), snapshot=head.id)
    before = [overview(ws, View(model=model), seen) for model in ("seven_phase", "five_phase")]
    scope, book = scope_of(ws), ledger(ws, View(period="r12"))

    def refuse(**_: object) -> None:
        raise AssertionError("the data were asked")

    monkeypatch.setattr(store.warehouse.snapshot, "connect", refuse)
    assert [overview(ws, View(model=model), seen) for model in ("seven_phase", "five_phase")] == before
    assert scope_of(ws) == scope
    with pytest.raises(AssertionError, match="the data were asked"):
        ledger(ws, View(period="r12", where={"segment": ("B2B",)}))
    assert book is not None


def test_another_definition_other_settings_notes_and_targets_are_never_answered_with_old_results(
    tmp_path: Path,
) -> None:
    ws = workspace(tmp_path, 7)
    view = View(period="2024-09")
    computed = evaluate(ws, view)
    old = {r.kpi: r for r in computed}
    own = ws.root / "kpis"
    own.mkdir(exist_ok=True)
    text = """[won_and_lost]
kind = "sum"
of = "closings"
value = "{value}"
unit = "count"
direction = "up"
minimum_n = 0
name = {{ de = "Abschlüsse", en = "Closings" }}
question = {{ de = "Wie viele?", en = "How many?" }}
how = {{ de = "Gezählt.", en = "Counted." }}
"""
    for value, factor in (("1", 1), ("2", 2)):
        (own / "own.toml").write_text(text.format(value=value), encoding="utf-8")
        (closings,) = evaluate(open_workspace(ws.root), view, ["won_and_lost"])
        assert closings.value == factor * (old["win_rate"].denominator or 0) > 0
    dearer = replace(ws, settings=Settings(default_hourly_rate=800.0, window_days=30))
    found = evaluate(dearer, view)
    assert found != computed  # an entry is counted at the end of its window
    forget(ws)
    assert rounded(evaluate(dearer, view)) == rounded(found)
    ws.state.notes.add("orders", Month(2024, 4), "Umzug", person="E", at=dt.datetime(2024, 11, 1))
    again = {r.kpi: r for r in evaluate(ws, view)}
    assert {kpi for kpi in old if again[kpi] != old[kpi]} <= {"orders"}
    target = batch_from_rows(
        tmp_path / "more", [{"kpi": "orders", "value": 3}], source="plan", table="targets"
    )
    ws.warehouse.commit([target], ws.models, ws.settings)
    planned = {r.kpi: r for r in evaluate(ws, view)}
    assert planned["orders"].target is not None
    assert planned["orders"].snapshot != old["orders"].snapshot
    assert target_doubts(ws) == ()


def test_an_erasure_drops_what_was_kept_and_the_figures_follow(tmp_path: Path) -> None:
    ws = workspace(tmp_path, 8)
    view = View(period="r12:2024-09")
    prepare(ws)
    before = {r.kpi: r.value for r in evaluate(ws, view)}
    ws.warehouse.erase(["k1", "k2", "k3"])
    assert not list((ws.root / "results").rglob("*.*"))
    after = evaluate(ws, view)
    assert {r.kpi: r.value for r in after} != before
    forget(ws)
    assert rounded(evaluate(ws, view)) == rounded(after)


def test_results_computed_during_an_erasure_are_not_kept(tmp_path: Path) -> None:
    ws = workspace(tmp_path, 9)
    held = Query(sql="SELECT customer_id FROM surveys")
    with ws.open() as snapshot:
        assert snapshot.rows(held) == []
        ws.warehouse.erase(["k1"])
        relation = snapshot.keep_table("k", held)
        assert str(ws.root / "scratch") in relation
    assert not list((ws.root / "results").rglob("*.parquet"))


def test_a_pruned_snapshots_results_go_with_it(tmp_path: Path) -> None:
    ws = workspace(tmp_path, 10)
    prepare(ws)
    first = ws.warehouse.head()
    assert first is not None
    (ws.root / "results" / "000000-gone").mkdir()
    more = batch_from_rows(tmp_path / "more", [{"kpi": "orders", "value": 3}], source="plan", table="targets")
    ws.warehouse.commit([more], ws.models, ws.settings)
    assert [folder.name for folder in (ws.root / "results").iterdir()] == [first.id]


def test_a_damaged_kept_result_is_computed_anew(tmp_path: Path) -> None:
    ws = workspace(tmp_path, 11)
    computed = evaluate(ws, View())
    for file in (ws.root / "results").rglob("*.z"):
        file.write_bytes(b"half")
    assert rounded(evaluate(ws, View())) == rounded(computed)


def test_a_full_disk_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = workspace(tmp_path, 12)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(ws.warehouse), "keep_result", full)
    with ws.open() as snapshot:
        assert kept(ws, snapshot, "answer", (), lambda: [42]) == [42]


def test_a_failure_in_advance_is_logged_and_fails_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ws = workspace(tmp_path, 13)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cockpit.preparing, "overview", broken)
    with caplog.at_level(logging.ERROR):
        prepare(ws)
    assert "could not be worked out in advance" in caplog.text


def test_the_code_version_is_that_of_the_files() -> None:
    assert code_version() == code_version()
    assert len(code_version()) == 64
