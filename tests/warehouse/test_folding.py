"""One more day folded in makes what a build of all days makes."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.workspace import Workspace, open_workspace
from core.query import Query
from store.intake.mapping import TouchpointRule
from store.warehouse.manifest import Manifest
from tests.building import TOUCHPOINTS, batch_from_rows, workspace_from_rows

Row = dict[str, Any]

RULES = {
    name: TouchpointRule.model_validate({"phase": phase, "event": event})
    for name, (phase, event) in TOUCHPOINTS.items()
} | {
    # A late order changes what other contacts of its customer mean.
    "talk": TouchpointRule.model_validate(
        {
            "phase": "consideration",
            "event": "talk",
            "after_order": {"phase": "after_sale", "event": "service"},
        }
    )
}
SETTINGS = '[price_tiers]\n"klein" = 0\n"groß" = 500\n'
EVERYTHING = [
    {"customer_id": "all", "occurred_at": f"2023-12-{day:02d}", "touchpoint": name, "journey_id": "all"}
    for day, name in enumerate(TOUCHPOINTS, 1)
]
"""A journey through every phase, so that no phase gets its first contacts later."""

ROW = st.fixed_dictionaries({
    "customer_id": st.sampled_from(["a", "b", "c", "d", "e"]),
    "day": st.integers(1, 28),
    "touchpoint": st.sampled_from([*TOUCHPOINTS, "gossip"]),
    "journey_id": st.sampled_from([None, "1", "2"]),
    "value": st.sampled_from([None, 100.0, 900.0]),
    "content": st.sampled_from([None, "Artikel", "Film"]),
    "farbe": st.sampled_from([None, "rot"]),
})  # fmt: skip
DAYS = st.lists(st.tuples(st.lists(ROW, max_size=6), st.integers(0, 28)), min_size=1, max_size=4)


def rows_of(days: Sequence[tuple[list[Row], int]]) -> list[tuple[list[Row], dt.datetime]]:
    """Rows with their own number, and how far each day's data reach: never back."""
    found, number, reach = [], 0, 1
    for rows, end in days:
        made = []
        for row in rows:
            number += 1
            at = f"2024-01-{row['day']:02d}"
            made.append(
                {**{k: v for k, v in row.items() if k != "day"}, "occurred_at": at, "nr": str(number)}
            )
        reach = max(reach, end)
        found.append((made, dt.datetime(2024, 1, reach, 23, 59)))
    return found


def commit(ws: Workspace, folder: Path, rows: list[Row], end: dt.datetime, **fields: Any) -> Manifest:
    batch = batch_from_rows(folder, rows, touchpoints=RULES, data_end=end, **fields)
    ws.warehouse.commit([batch], ws.models, ws.settings)
    head = ws.warehouse.head()
    assert head is not None
    return head


def begun(folder: Path, rows: list[Row], end: dt.datetime) -> Workspace:
    (folder / "workspace").mkdir(parents=True)
    (folder / "workspace" / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    ws = open_workspace(folder / "workspace")
    commit(ws, folder, rows, end)
    return ws


def said(ws: Workspace) -> dict[str, Any]:
    """All that the tables say, by ids instead of numbers, and what the manifest counts."""
    head = ws.warehouse.head()
    assert head is not None
    found: dict[str, Any] = {
        "profile": {name: profile.model_dump() for name, profile in head.profile.items()},
        "unassigned": head.unassigned,
        "by_phase": head.by_phase,
        "meanings": head.meanings,
        "planned": {name: source.planned for name, source in head.sources.items()},
    }
    named = "SELECT customer_id, journey_id, v.visit % 1048576 AS place"
    tables = {
        "contacts": "SELECT * EXCLUDE (row_key, customer, journey, row_no) FROM contacts",
        "visits": "SELECT * EXCLUDE (visit, customer, journey), visit % 1048576 AS place FROM visits",
        "journeys": "SELECT * EXCLUDE (customer, journey) FROM journeys",
        "sightings": f"{named}, s.* EXCLUDE (visit) FROM sightings s JOIN visits v ON v.visit = s.visit",
        "keys": "SELECT count(*) - count(DISTINCT row_key) FROM contacts",
        "customers": "SELECT count(DISTINCT customer) - count(DISTINCT customer_id) FROM contacts",
        "seen": "SELECT count(*) FROM sightings",
    }
    for model in head.models:
        with ws.warehouse.open(model=model) as snapshot:
            for name, sql in tables.items():
                columns = sorted(snapshot.frame(Query(sql=f"{sql} LIMIT 0")).columns)
                listed = ", ".join(f'"{column}"' for column in columns)
                query = Query(sql=f"SELECT {listed} FROM ({sql}) ORDER BY ALL")
                found[f"{model} {name}"] = (columns, snapshot.rows(query))
    return found


@settings(max_examples=15, deadline=None)
@given(DAYS)
def test_days_folded_in_one_by_one_say_what_one_build_says(days: list[tuple[list[Row], int]]) -> None:
    told = rows_of(days)
    with tempfile.TemporaryDirectory() as folder:
        start = dt.datetime(2023, 12, 31)
        whole = begun(
            Path(folder) / "whole", EVERYTHING + [row for rows, _ in told for row in rows], told[-1][1]
        )
        daily = begun(Path(folder) / "daily", EVERYTHING, start)
        for number, (rows, end) in enumerate(told):
            if rows:
                commit(daily, Path(folder) / str(number), rows, end)
        if told[-1][0] == [] or any(not rows for rows, _ in told):
            # A day without rows moves no data end; let the last file say how far the data reach.
            last = [{"customer_id": "z", "occurred_at": "2024-01-01", "touchpoint": "ad", "nr": "last"}]
            for ws in (whole, daily):
                commit(ws, Path(folder) / f"last {ws.root.parent.name}", last, told[-1][1])
        head = daily.warehouse.head()
        assert head is not None
        assert len(head.folds) > 0 or not any(rows for rows, _ in told)
        assert said(daily) == said(whole)
        assert daily.warehouse.verify() == []


JANUARY = dt.datetime(2024, 1, 31, 23, 59)
FEBRUARY = dt.datetime(2024, 2, 29, 23, 59)


def day(customer: str, at: str, touchpoint: str, **more: Any) -> Row:
    return {"customer_id": customer, "occurred_at": at, "touchpoint": touchpoint, **more}


def test_a_planned_contact_counts_once_the_data_reach_it_although_no_row_of_its_customer_is_new(
    tmp_path: Path,
) -> None:
    rows = [*EVERYTHING, day("1", "2024-01-05", "offer"), day("1", "2024-02-05", "order")]
    later = [day("2", "2024-02-20", "web")]
    daily = begun(tmp_path / "daily", rows, JANUARY)
    head = commit(daily, tmp_path / "later", later, FEBRUARY)
    assert len(head.folds) == 1
    with daily.warehouse.open() as snapshot:
        won = snapshot.rows(Query(sql="SELECT won_at FROM journeys WHERE customer_id = '1'"))
    assert won == [(dt.datetime(2024, 2, 5),)]
    assert said(daily) == said(begun(tmp_path / "whole", rows + later, FEBRUARY))


def test_only_the_customers_that_a_day_touches_are_told_again(tmp_path: Path) -> None:
    rows = [*EVERYTHING, *(day(str(n), "2024-01-05", "offer") for n in range(50))]
    ws = begun(tmp_path, rows, JANUARY)
    before = ws.warehouse.head()
    head = commit(ws, tmp_path / "day", [day("7", "2024-02-01", "order")], FEBRUARY)
    assert before is not None
    assert head.contacts == before.contacts
    assert head.models == before.models
    assert [part.rows for part in head.folds[0].contacts] == [2]
    with ws.warehouse.open(before.id) as snapshot:
        assert snapshot.rows(Query(sql="SELECT count(*) FROM contacts")) == [(63,)]
    with ws.warehouse.open() as snapshot:
        assert snapshot.rows(Query(sql="SELECT count(*) FROM contacts")) == [(64,)]
        numbers = Query(sql="SELECT max(customer), count(DISTINCT customer) FROM contacts")
        assert snapshot.rows(numbers) == [(51, 51)]


@pytest.mark.parametrize(
    "later",
    [
        {"rows": [day("1", "2024-01-05", "order")], "mode": "replace"},
        {"rows": [day("1", "2024-01-06", "talk", nr="1")], "mode": "upsert", "key": ("nr",)},
        {"rows": [day("1", "2024-01-07", "web")], "source": "another"},
    ],
    ids=["the whole truth", "a changed record", "another source"],
)
def test_what_is_more_than_further_rows_is_built_anew(tmp_path: Path, later: Mapping[str, Any]) -> None:
    given = [*EVERYTHING, day("1", "2024-01-05", "offer", nr="1")]
    folder = tmp_path / "workspace"
    folder.mkdir()
    ws = open_workspace(folder)
    batch = batch_from_rows(tmp_path, given, key=("nr", "touchpoint"), touchpoints=RULES, data_end=JANUARY)
    ws.warehouse.commit([batch], ws.models, ws.settings)
    fields = dict(later)
    rows = fields.pop("rows")
    if "key" in fields:
        fields["key"] = ("nr", "customer_id")
        first = batch_from_rows(tmp_path, given[-1:], key=fields["key"], touchpoints=RULES, source="crm")
        ws.warehouse.commit([first], ws.models, ws.settings)
        fields["source"] = "crm"
    ws.warehouse.commit(
        [batch_from_rows(tmp_path, rows, touchpoints=RULES, data_end=FEBRUARY, **fields)],
        ws.models,
        ws.settings,
    )
    head = ws.warehouse.head()
    assert head is not None
    assert head.folds == ()


def test_a_phase_with_its_first_contacts_is_built_anew(tmp_path: Path) -> None:
    ws = begun(tmp_path, [day("1", "2024-01-01", "web"), day("1", "2024-01-09", "order")], JANUARY)
    assert len(commit(ws, tmp_path / "1", [day("2", "2024-02-01", "web")], FEBRUARY).folds) == 1
    rows = [day("2", "2024-02-02", "offer")]
    assert commit(ws, tmp_path / "2", rows, FEBRUARY).folds == ()
    with ws.warehouse.open() as snapshot:
        steps = snapshot.rows(Query(sql="SELECT customer_id, o2_4 FROM journeys ORDER BY 1"))
    assert steps == [("1", None), ("2", 86400)]


def test_a_record_that_comes_again_touches_nobody(tmp_path: Path) -> None:
    rows = [*EVERYTHING, day("1", "2024-01-05", "offer")]
    ws = begun(tmp_path, rows, JANUARY)
    head = commit(ws, tmp_path / "again", [*rows, day("2", "2024-01-06", "web")], JANUARY)
    assert [part.rows for part in head.folds[0].contacts] == [1]
    again = commit(ws, tmp_path / "once more", rows, JANUARY)
    assert again.folds == head.folds


def test_after_so_many_folds_all_is_built_anew_and_small_parts_are_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.warehouse.folding.MOST_FOLDS", 3)
    monkeypatch.setattr("store.warehouse.joining.MOST", 4)
    days = [[day(str(n % 3), f"2024-01-{n + 1:02d}", "offer"), day("x", "2024-01-01", "web", nr=str(n))]
            for n in range(14)]  # fmt: skip
    ws = begun(tmp_path / "daily", EVERYTHING, JANUARY)
    folds, parts = [], []
    for number, rows in enumerate(days):
        head = commit(ws, tmp_path / str(number), rows, JANUARY)
        folds.append(len(head.folds))
        parts.append(len(head.sources["test"].parts))
    assert folds == [1, 2, 3, 0] * 3 + [1, 2]
    assert max(parts) <= 4 + 3
    assert head.sources["test"].records == len(EVERYTHING) + 28
    whole = begun(tmp_path / "whole", EVERYTHING + [row for rows in days for row in rows], JANUARY)
    assert said(ws) == said(whole)
    again = commit(ws, tmp_path / "again", days[2] + days[9], JANUARY)
    assert again.sources["test"].records == len(EVERYTHING) + 28


def test_an_erased_customer_is_gone_from_what_was_folded_in_too(tmp_path: Path) -> None:
    rows = [*EVERYTHING, day("gone", "2024-01-05", "offer", content="Brief"), day("1", "2024-01-05", "web")]
    later = [day("gone", "2024-02-01", "order"), day("1", "2024-02-02", "talk")]
    ws = begun(tmp_path / "daily", rows, JANUARY)
    assert len(commit(ws, tmp_path / "later", later, FEBRUARY).folds) == 1
    ws.warehouse.erase(["gone"])
    left = [row for row in rows + later if row["customer_id"] != "gone"]
    assert said(ws) == said(begun(tmp_path / "whole", left, FEBRUARY))
    for manifest in ws.warehouse.snapshots():
        assert ws.warehouse.verify(manifest.id) == []
        with ws.warehouse.open(manifest.id) as snapshot:
            assert snapshot.rows(Query(sql="SELECT count(*) FROM sightings WHERE value = 'Brief'")) == [(0,)]
    after = [day("1", "2024-02-03", "offer"), day("2", "2024-02-03", "web")]
    assert len(commit(ws, tmp_path / "after", after, FEBRUARY).folds) == 2
    assert said(ws) == said(begun(tmp_path / "whole after", left + after, FEBRUARY))


def test_going_back_takes_a_fold_away(tmp_path: Path) -> None:
    ws = begun(tmp_path / "daily", EVERYTHING, JANUARY)
    before, first = said(ws), ws.warehouse.head()
    assert first is not None
    commit(ws, tmp_path / "later", [day("all", "2024-02-01", "order")], FEBRUARY)
    ws.warehouse.go_back(first.id)
    assert said(ws) == before


def test_a_tier_that_a_later_offer_lifts_holds_for_the_whole_journey(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, [day("1", "2024-01-01", "offer", value=10.0)], settings=SETTINGS)
    later = batch_from_rows(tmp_path, [day("1", "2024-01-02", "offer", value=900.0)])
    ws.warehouse.commit([later], ws.models, ws.settings)
    with ws.warehouse.open() as snapshot:
        tiers = Query(sql="SELECT price_tier FROM contacts ORDER BY occurred_at")
        assert snapshot.rows(tiers) == [("groß",), ("groß",)]
