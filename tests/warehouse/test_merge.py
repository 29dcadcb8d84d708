"""Rows in = new + unchanged + changed + rejected, whatever comes in whatever mode."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.workspace import open_workspace
from core.query import Query
from store.warehouse.files import Files
from store.warehouse.manifest import Part
from store.warehouse.merge import merge
from store.warehouse.workbench import workbench
from tests.building import batch_from_rows

ROWS = st.lists(
    st.fixed_dictionaries({
        "customer_id": st.sampled_from(["NA", "1", "ä", "2"]),
        "occurred_at": st.sampled_from(["2024-01-01", "2024-02-01", "2024-03-01"]),
        "touchpoint": st.sampled_from(["web", "order", "anything"]),
        "journey_id": st.sampled_from(["A", "B", "C", None]),
    }),
    min_size=1,
    max_size=8,
)  # fmt: skip
BATCHES = st.lists(
    st.tuples(st.sampled_from(["append", "replace", "upsert"]), ROWS, st.integers(0, 3)),
    min_size=1,
    max_size=4,
)
KEY = ("journey_id", "customer_id")
FIELDS = ("customer_id", "occurred_at", "touchpoint", "journey_id")


@dataclass
class Book:
    """The merge told in plain Python: records by key, in the order in which they were last written."""

    records: dict[Any, tuple[Any, ...]] = field(default_factory=dict)

    def take(self, mode: str, rows: list[dict[str, Any]], *, keyed: bool) -> dict[str, int]:
        counts = {"new": 0, "unchanged": 0, "changed": 0, "removed": 0}
        seen: dict[Any, int] = {}
        came = set()
        for row in rows:
            said = tuple(row[name] for name in FIELDS)
            seen[said] = seen.get(said, 0) + 1
            key = tuple(row[name] for name in KEY) if keyed else (said, seen[said])
            came.add(key)
            if key not in self.records:
                counts["new"] += 1
            else:
                counts["unchanged" if self.records[key] == said else "changed"] += 1
            self.records[key] = said
        if mode == "replace":
            for key in set(self.records) - came:
                del self.records[key]
                counts["removed"] += 1
        return counts


@settings(max_examples=40)
@given(batches=BATCHES, keyed=st.booleans())
def test_every_record_is_new_unchanged_changed_or_rejected(
    batches: list[tuple[Any, list[dict[str, Any]], int]], keyed: bool
) -> None:
    book = Book()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = Files(folder / "ws")
        files.make()
        parts: tuple[Part, ...] = ()
        with files.workbench() as scratch, workbench(files, scratch, [folder]) as bench:
            for mode, rows, rejected in batches:
                batch = batch_from_rows(folder, rows, key=KEY if keyed else (), mode=mode, rejected=rejected)
                merged = merge(bench, batch, parts, None)
                expected = book.take(mode, rows, keyed=keyed)
                assert merged.counts.model_dump(include=set(expected)) == expected
                assert merged.counts.records == len(rows) + rejected
                parts = merged.parts
            dated = "strftime(occurred_at, '%Y-%m-%d')"
            held = [
                row
                for part in parts
                for row in bench.rows(
                    f"SELECT customer_id, {dated}, touchpoint, journey_id FROM {bench.over([part])}"
                )
            ]
    assert sorted(held, key=str) == sorted(book.records.values(), key=str)
    assert sum(part.records for part in parts) == len(book.records)


def test_the_same_file_twice_is_all_unchanged_and_shares_every_part(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "ws")
    rows = [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}] * 3
    ws.warehouse.commit([batch_from_rows(tmp_path, rows)], ws.models, ws.settings)
    before = sorted(ws.warehouse.files.parts.iterdir())
    (counts,) = ws.warehouse.commit([batch_from_rows(tmp_path, rows)], ws.models, ws.settings).sources
    assert (counts.new, counts.unchanged, counts.contacts) == (0, 3, 3)
    assert sorted(ws.warehouse.files.parts.iterdir()) == before
    assert len(ws.warehouse.snapshots()) == 2
    head = ws.warehouse.head()
    assert head is not None
    assert len(head.imports) == 2


def test_appending_adds_a_part_and_leaves_the_old_one_alone(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "ws")
    january = [{"customer_id": str(n), "occurred_at": "2024-01-01", "touchpoint": "web"} for n in range(5)]
    february = [{"customer_id": str(n), "occurred_at": "2024-02-01", "touchpoint": "web"} for n in range(2)]
    for rows in (january, february):
        ws.warehouse.commit([batch_from_rows(tmp_path, rows)], ws.models, ws.settings)
    newer, older = ws.warehouse.snapshots()
    assert newer.sources["test"].parts[:1] == older.sources["test"].parts
    assert [part.records for part in newer.sources["test"].parts] == [5, 2]


def test_an_upsert_rewrites_only_the_part_that_holds_what_changed(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "ws")

    def deal(number: int, stage: str) -> dict[str, Any]:
        return {
            "customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": stage, "journey_id": str(number)
        }  # fmt: skip

    for rows in ([deal(1, "offer"), deal(2, "offer")], [deal(3, "offer")], [deal(3, "order")]):
        batch = batch_from_rows(tmp_path, rows, key=("journey_id",), mode="upsert")
        done = ws.warehouse.commit([batch], ws.models, ws.settings)
    assert done.sources[0].changed == 1
    newest, before, _ = ws.warehouse.snapshots()
    assert newest.sources["test"].parts[0] == before.sources["test"].parts[0]
    assert [part.records for part in newest.sources["test"].parts] == [2, 1]


def test_two_sources_with_the_same_rows_stay_apart(tmp_path: Path) -> None:
    ws = open_workspace(tmp_path / "ws")
    rows = [{"customer_id": "1", "occurred_at": "2024-01-01", "touchpoint": "web"}]
    batches = [batch_from_rows(tmp_path, rows, source=name) for name in ("crm", "web")]
    ws.warehouse.commit(batches, ws.models, ws.settings)
    with ws.warehouse.open() as snapshot:
        counts = snapshot.rows(Query(sql="SELECT source, count(*) FROM contacts GROUP BY ALL ORDER BY ALL"))
    assert counts == [("crm", 1), ("web", 1)]
