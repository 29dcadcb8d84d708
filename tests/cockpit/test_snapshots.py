"""Listing snapshots, telling what changed between them, going back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cockpit.snapshots import difference, go_back, listed
from core.errors import UsageFault
from core.query import Query
from store.warehouse.comparing import SourceChange
from store.warehouse.manifest import Manifest
from store.warehouse.retention import kept_snapshots
from tests.building import batch_from_rows, workspace_from_rows


def deal(number: int, touchpoint: str) -> dict[str, Any]:
    name = str(number)
    day = "2024-01-01"
    return {"customer_id": f"c{name}", "journey_id": name, "occurred_at": day, "touchpoint": touchpoint}


def test_the_difference_counts_records_and_contacts_by_phase(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [deal(1, "offer"), deal(2, "offer")], key=("journey_id",), mode="replace"
    )
    batch = batch_from_rows(
        tmp_path, [deal(2, "order"), deal(3, "offer"), deal(4, "gossip")], key=("journey_id",), mode="replace"
    )
    done = ws.warehouse.commit([batch], ws.models, ws.settings)
    assert done.previous is not None
    told = difference(ws, done.previous, done.snapshot)
    assert told.sources == (SourceChange(source="test", table="contacts", new=2, changed=1, removed=1),)
    assert told.phases == {"preference": (2, 1), "purchase": (0, 1), "": (0, 1)}
    back = difference(ws, done.snapshot, done.previous)
    assert back.sources == (SourceChange(source="test", table="contacts", new=1, changed=1, removed=2),)
    assert difference(ws, done.snapshot, done.snapshot).nothing
    assert not told.nothing
    with pytest.raises(UsageFault, match="gibt es nicht"):
        difference(ws, "../../etc", done.snapshot)


def test_going_back_shows_the_old_figures_and_later_imports_build_on_them(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, [deal(1, "offer")])
    first = listed(ws)[0].id
    ws.warehouse.commit([batch_from_rows(tmp_path, [deal(2, "offer")])], ws.models, ws.settings)
    go_back(ws, first, "ich")
    with ws.warehouse.open() as snapshot:
        assert snapshot.rows(Query(sql="SELECT customer_id FROM contacts")) == [("c1",)]
    assert [(each.current, each.contacts) for each in listed(ws)] == [(False, 2), (True, 1)]
    assert ws.state.audit.latest(1)[0].detail == first
    ws.warehouse.commit([batch_from_rows(tmp_path, [deal(3, "offer")])], ws.models, ws.settings)
    assert [(each.number, each.current, each.contacts) for each in listed(ws)] == [
        (3, True, 2), (2, False, 2), (1, False, 1)
    ]  # fmt: skip
    assert [len(each.imports) for each in listed(ws)] == [1, 1, 1]


def manifest(number: int, made_at: dt.datetime, *, pinned: bool = False) -> Manifest:
    return Manifest(
        id=f"{number:06d}-x", number=number, made_at=made_at, pinned=pinned, base_model="seven_phase"
    )


def test_the_last_thirty_each_months_last_and_pinned_snapshots_are_kept() -> None:
    days = [dt.datetime(2024, 1, 1) + dt.timedelta(days=2 * n) for n in range(90)]
    made = [manifest(n, day, pinned=n == 3) for n, day in enumerate(days)]
    kept = kept_snapshots(made[::-1], "000005-x")
    assert {f"{n:06d}-x" for n in range(60, 90)} <= kept
    last = {(day.year, day.month): n for n, day in enumerate(days)}
    assert kept == {f"{n:06d}-x" for n in {*range(60, 90), *last.values(), 3, 5}}


def test_pruning_takes_only_parts_that_no_kept_snapshot_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = workspace_from_rows(tmp_path, [deal(1, "offer")])
    ws.warehouse.pin(listed(ws)[0].id)
    monkeypatch.setattr("store.warehouse.retention.LATEST", 2)
    for number in range(2, 6):
        ws.warehouse.commit([batch_from_rows(tmp_path, [deal(number, "offer")])], ws.models, ws.settings)
    assert [each.number for each in listed(ws)] == [5, 4, 1]
    assert all(ws.warehouse.verify(each.id) == [] for each in listed(ws))
    named = {part.name for kept in ws.warehouse.snapshots() for part in kept.parts()}
    assert {file.name for file in ws.warehouse.files.parts.iterdir()} == named
