"""What the derived tables say of the rows that came in."""

from __future__ import annotations

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from cockpit.workspace import refresh
from core.contract import contract
from core.errors import InputFault, UsageFault
from core.query import Query, identifier
from store.intake.mapping import TouchpointRule
from tests.building import batch_from_rows, workspace_from_rows


def test_contacts_carry_phase_event_and_dense_numbers_in_ledger_order(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path,
        [
            {"customer_id": "b", "occurred_at": "2024-01-05", "touchpoint": "order"},
            {"customer_id": "b", "occurred_at": "2024-01-05", "touchpoint": "offer"},
            {"customer_id": "NA", "occurred_at": "2024-01-01", "touchpoint": "web", "journey_id": "deal"},
            {"customer_id": "NA", "occurred_at": "2023-01-01", "touchpoint": "gossip"},
        ],
    )
    with ws.warehouse.open() as snapshot:
        rows = snapshot.rows(
            Query(
                sql="SELECT customer, journey, customer_id, journey_id, touchpoint, phase, phase_no, event "
                "FROM contacts ORDER BY ALL"
            )
        )
        stored = snapshot.rows(Query(sql="SELECT journey, occurred_at, phase_no FROM contacts"))
    assert rows == [
        (1, 1, "NA", "NA", "gossip", None, None, "other"),
        (1, 2, "NA", "deal", "web", "awareness", 2, "visit"),
        (2, 3, "b", "b", "offer", "preference", 4, "offer"),
        (2, 3, "b", "b", "order", "purchase", 5, "won"),
    ]
    assert stored == sorted(stored, key=lambda row: (row[0], row[1], row[2] or 99))
    head = ws.warehouse.head()
    assert head is not None
    assert head.unassigned == {"gossip": 1}
    assert head.by_phase == {"awareness": 1, "preference": 1, "purchase": 1}


def test_a_touchpoint_means_something_else_strictly_after_the_first_order(tmp_path: Path) -> None:
    rules = {
        "call": TouchpointRule.model_validate(
            {
                "phase": "consideration",
                "event": "talk",
                "after_order": {"phase": "after_sale", "event": "service"},
                "direction": "inbound",
            }
        ),
        "order": TouchpointRule(phase="purchase", event="won"),
    }
    days = ["2024-01-01", "2024-01-02", "2024-01-03"]
    rows = [{"customer_id": "1", "occurred_at": day, "touchpoint": "call"} for day in days]
    rows.append({"customer_id": "1", "occurred_at": days[1], "touchpoint": "order"})
    rows.append({"customer_id": "2", "occurred_at": days[2], "touchpoint": "call"})
    ws = workspace_from_rows(tmp_path, rows, touchpoints=rules)
    with ws.warehouse.open() as snapshot:
        told = snapshot.rows(
            Query(
                sql="SELECT customer_id, occurred_at, phase, event, after_order, direction FROM contacts "
                "WHERE touchpoint = 'call' ORDER BY ALL"
            )
        )
    assert [(row[0], row[2], row[3], row[4]) for row in told] == [
        ("1", "consideration", "talk", False),
        ("1", "consideration", "talk", False),
        ("1", "after_sale", "service", True),
        ("2", "consideration", "talk", False),
    ]
    assert {row[5] for row in told} == {"inbound"}


def test_the_files_own_phase_and_event_come_before_the_touchpoint_map(tmp_path: Path) -> None:
    row = {"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web", "phase": "loyalty"}
    ws = workspace_from_rows(tmp_path, [{**row, "event": "referral"}, {**row, "phase": "no such phase"}])
    with ws.warehouse.open() as snapshot:
        told = snapshot.rows(Query(sql="SELECT phase, event FROM contacts ORDER BY row_no"))
    assert told == [("loyalty", "referral"), ("awareness", "visit")]


def test_planned_contacts_are_kept_and_reported_and_counted_nowhere(tmp_path: Path) -> None:
    rows = [
        {"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"},
        {"customer_id": "1", "occurred_at": "2024-06-01", "touchpoint": "order"},
        {"customer_id": "2", "occurred_at": "2199-01-01", "touchpoint": "web"},
    ]
    ws = workspace_from_rows(tmp_path, rows)
    head = ws.warehouse.head()
    assert head is not None
    assert head.sources["test"].planned == 1
    assert head.sources["test"].data_end == dt.datetime(2024, 6, 1)
    assert head.sources["test"].rows == 3
    assert head.profile["test"].rows == 2
    stated = batch_from_rows(tmp_path, rows, data_end=dt.datetime(2024, 5, 31, 23, 59), mode="replace")
    done = ws.warehouse.commit([stated], ws.models, ws.settings)
    assert done.sources[0].planned == 2
    with ws.warehouse.open() as snapshot:
        assert snapshot.rows(Query(sql="SELECT count(*) FROM contacts")) == [(1,)]


def test_a_source_covers_what_its_files_cover_together(tmp_path: Path) -> None:
    def rows(*days: str) -> list[dict[str, str]]:
        return [{"customer_id": "1", "occurred_at": day, "touchpoint": "web"} for day in days]

    def end() -> dt.datetime | None:
        head = ws.warehouse.head()
        assert head is not None
        return head.sources["test"].data_end

    january = dt.datetime(2024, 1, 31, 23, 59)
    ws = workspace_from_rows(tmp_path, rows("2024-01-10", "2024-02-10"), data_end=january)
    assert end() == january
    older = batch_from_rows(tmp_path, rows("2023-12-01"))
    ws.warehouse.commit([older], ws.models, ws.settings)
    assert end() == january
    newer = batch_from_rows(tmp_path, rows("2024-02-20"))
    ws.warehouse.commit([newer], ws.models, ws.settings)
    assert end() == dt.datetime(2024, 2, 20)
    anew = batch_from_rows(tmp_path, rows("2024-01-05"), mode="replace")
    ws.warehouse.commit([anew], ws.models, ws.settings)
    assert end() == dt.datetime(2024, 1, 5)


def test_every_column_of_the_contract_can_be_named(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web", "farbe": "rot"}]
    )
    with ws.warehouse.open() as snapshot:
        for name, table in contract().items():
            columns = [*table.columns, "source", "row_no"]
            frame = snapshot.frame(Query(sql=f"SELECT {', '.join(map(identifier, columns))} FROM {name}"))
            assert list(frame.columns) == columns
        assert snapshot.rows(Query(sql="SELECT farbe FROM visits")) == [("rot",)]


def test_the_price_tier_comes_from_the_journeys_highest_value(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path,
        [
            {"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web", "value": None},
            {"customer_id": "1", "occurred_at": "2024-01-02", "touchpoint": "offer", "value": 5000.0},
            {"customer_id": "2", "occurred_at": "2024-01-02", "touchpoint": "offer", "value": 4999.0},
            {"customer_id": "3", "occurred_at": "2024-01-02", "touchpoint": "web", "value": None},
        ],
        settings='[price_tiers]\n"bis 5.000" = 0\n"ab 5.000" = 5000\n',
    )
    with ws.warehouse.open() as snapshot:
        tiers = snapshot.rows(Query(sql="SELECT customer_id, price_tier FROM contacts ORDER BY ALL"))
    assert tiers == [("1", "ab 5.000"), ("1", "ab 5.000"), ("2", "bis 5.000"), ("3", None)]


def test_a_coarser_model_sees_the_same_contacts_in_its_own_phases(tmp_path: Path) -> None:
    rows = [
        {"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "ad"},
        {"customer_id": "1", "occurred_at": "2024-01-02", "touchpoint": "web"},
        {"customer_id": "1", "occurred_at": "2024-01-03", "touchpoint": "order"},
    ]
    ws = workspace_from_rows(tmp_path, rows)
    with ws.warehouse.open(model="five_phase") as snapshot:
        assert snapshot.rows(Query(sql="SELECT phase, phase_no FROM contacts")) == [
            ("awareness", 1), ("awareness", 1), ("purchase", 3)
        ]  # fmt: skip
        numbered = Query(sql="SELECT visit % 1048576, phase, contacts FROM visits ORDER BY visit")
        assert snapshot.rows(numbered) == [
            (1, "awareness", 2), (2, "purchase", 1)
        ]  # fmt: skip
    with pytest.raises(UsageFault, match="five_phase"):
        ws.warehouse.open(model="five_phases")


def test_changed_settings_make_a_new_snapshot_of_the_same_parts(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "offer", "value": 10.0}]
    )
    assert ws.warehouse.rebuild(ws.models, ws.settings) is None
    changed = ws.settings.model_copy(update={"price_tiers": {"all": 0.0}})
    assert ws.warehouse.is_stale(ws.models, changed)
    assert ws.warehouse.rebuild(ws.models, changed) is not None
    newer, older = ws.warehouse.snapshots()
    assert newer.sources == older.sources
    with ws.warehouse.open() as snapshot:
        assert snapshot.rows(Query(sql="SELECT price_tier FROM visits")) == [("all",)]


def test_a_touchpoint_can_be_given_a_phase_afterwards(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "gossip"}]
    )
    rules = {"gossip": TouchpointRule(phase="awareness", event="other")}
    assert ws.warehouse.rebuild(ws.models, ws.settings, touchpoints={"test": rules}) is not None
    head = ws.warehouse.head()
    assert head is not None
    assert head.unassigned == {}


def test_chunks_make_the_same_visits_as_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["web", "offer", "order", "service"]
    rows = [
        {"customer_id": str(n % 9), "occurred_at": f"2024-01-{1 + n % 28:02d}", "touchpoint": names[n % 4]}
        for n in range(120)
    ]
    whole = workspace_from_rows(tmp_path / "whole", rows)
    monkeypatch.setattr("store.warehouse.chunks.PIECE", 15)
    monkeypatch.setattr("store.warehouse.chunks.PART", 30)
    monkeypatch.setattr("store.warehouse.chunks.JOURNEYS", 2)
    chunked = workspace_from_rows(tmp_path / "chunked", rows)
    head = chunked.warehouse.head()
    assert head is not None
    assert len(head.models["seven_phase"].visits) >= 3
    for table in ("visits", "journeys", "sightings"):
        query = Query(sql=f"SELECT * FROM {table} ORDER BY ALL")
        with whole.warehouse.open() as one, chunked.warehouse.open() as many:
            assert one.rows(query) == many.rows(query)


def test_a_workspace_without_contacts_has_empty_tables(tmp_path: Path) -> None:
    ws = workspace_from_rows(tmp_path, [{"period": "2024-01-01", "amount": 5.0}], source="ads", table="spend")
    with ws.warehouse.open() as snapshot:
        for table in ("contacts", "visits", "journeys"):
            assert snapshot.rows(Query(sql=f"SELECT count(*) FROM {table}")) == [(0,)]
        assert snapshot.rows(Query(sql="SELECT source, amount FROM spend")) == [("ads", 5.0)]
    head = ws.warehouse.head()
    assert head is not None
    assert head.sources["ads"].data_end == dt.datetime(2024, 1, 31, 23, 59, 59, 999999)


def test_an_empty_workspace_says_so(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    )
    ws.warehouse.commit([], ws.models, ws.settings, without=["test"])
    with ws.warehouse.open() as snapshot:
        assert snapshot.rows(Query(sql="SELECT count(*) FROM visits")) == [(0,)]
    (tmp_path / "workspace" / "HEAD").unlink()
    assert ws.warehouse.head() is None
    with pytest.raises(InputFault, match="noch keine Daten"):
        ws.warehouse.open()


def test_own_data_take_the_place_of_the_sample_and_never_the_other_way_round(tmp_path: Path) -> None:
    rows = [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    ws = workspace_from_rows(tmp_path, rows, source="sample", sample=True)
    ws.warehouse.commit([batch_from_rows(tmp_path, rows, source="own")], ws.models, ws.settings)
    head = ws.warehouse.head()
    assert head is not None
    assert list(head.sources) == ["own"]
    with pytest.raises(UsageFault, match="eigene Daten"):
        ws.warehouse.commit([batch_from_rows(tmp_path, rows, sample=True)], ws.models, ws.settings)


def test_one_snapshot_serves_many_threads(tmp_path: Path) -> None:
    rows = [{"customer_id": str(n), "occurred_at": "2024-01-01", "touchpoint": "web"} for n in range(50)]
    ws = workspace_from_rows(tmp_path, rows)
    with ws.warehouse.open() as snapshot, ThreadPoolExecutor(8) as pool:

        def ask(number: int) -> list[tuple[int]]:
            query = Query(
                sql="SELECT count(*) FROM visits WHERE customer_id = $c", values={"c": str(number % 60)}
            )
            return snapshot.rows(query)

        answers = list(pool.map(ask, range(120)))
    assert answers == [[(1 if number % 60 < 50 else 0,)] for number in range(120)]


def test_a_snapshot_reaches_no_other_file_and_changes_nothing(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    )
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    part = next(ws.warehouse.files.parts.iterdir())
    with ws.warehouse.open() as snapshot:
        for sql in (
            f"SELECT * FROM read_csv('{secret}')",
            f"ATTACH '{tmp_path / 'other.duckdb'}'",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            "SET memory_limit = '100GB'",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                snapshot.rows(Query(sql=sql))
    assert part.exists()
    assert ws.warehouse.verify() == []


def test_a_row_group_of_visits_and_sightings_holds_one_phase(tmp_path: Path) -> None:
    rows = [
        {"customer_id": str(n), "occurred_at": f"2024-01-{1 + n:02d}", "touchpoint": name}
        for n in range(9)
        for name in ("web", "offer", "order")
    ]
    ws = workspace_from_rows(tmp_path, rows)
    head = ws.warehouse.head()
    assert head is not None
    model = head.models["seven_phase"]
    for part in (*model.visits, *model.sightings):
        groups = duckdb.execute(
            "SELECT stats_min_value, stats_max_value FROM parquet_metadata($file) "
            "WHERE path_in_schema = 'phase_no'",
            {"file": str(ws.warehouse.files.path(part))},
        ).fetchall()
        assert groups == [("2", "2"), ("4", "4"), ("5", "5")]


def test_a_snapshot_of_an_older_version_still_opens_and_is_built_anew(tmp_path: Path) -> None:
    ws = workspace_from_rows(
        tmp_path, [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    )
    head = ws.warehouse.head()
    assert head is not None
    older = head.model_dump(mode="json", exclude={"folds", "superseded", "meanings"})
    older["built_from"] = "an older version"
    for model in older["models"].values():
        del model["sightings"]
    for part in [*older["sources"]["test"]["parts"], *older["contacts"]]:
        del part["files"]
    file = ws.root / "manifests" / f"{head.id}.json"
    file.write_text(json.dumps(older), encoding="utf-8")
    with ws.warehouse.open() as snapshot:
        assert snapshot.rows(Query(sql="SELECT count(*) FROM visits")) == [(1,)]
        assert snapshot.rows(Query(sql="SELECT count(*) FROM sightings")) == [(0,)]
    assert refresh(ws)
    with ws.warehouse.open() as snapshot:
        assert snapshot.rows(Query(sql='SELECT kind, value, "after" FROM sightings')) == [
            ("touchpoint", "web", 0)
        ]
