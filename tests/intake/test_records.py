"""Rows become the same records: quick or careful, text or timestamp, old keys or new."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.intake.cells import Place, Shape
from store.intake.mapping import Mapping, parse_mapping
from store.intake.reading import Layout, RawTable, read_raw
from store.intake.records import Records, apply

HEADERS = ("Kunde", "Datum", "Vorgang", "Wert", "Notiz")
LONG = parse_mapping("""
source = "liste"
dates = "iso"
decimals = ","
[columns]
customer_id = "Kunde"
occurred_at = "Datum"
touchpoint = "Vorgang"
value = "Wert"
comment = "Notiz"
""")
EDGES = st.sampled_from(["", " ", "\u00a0", "\u2009", "\ufeff", "\t", "ï", "à", "’"])
TIMES = [
    "2024-03-31", "2024-03-31 09:30", "2024-03-31 09:30:05", "2024-3-31 9:30", "2024-02-30", "1899-12-31",
    "2199-12-31 23:59:59", "2200-01-01", "2024-03-31T09:30:05Z", "gestern", "2024-03-31 24:00:00",
]  # fmt: skip
NUMBERS = ["1", "-2,5", "1.234,56", "12,50-", "(3,00)", "5 €", "viel", "1e5", "1,2,3", "0007", "9" * 400]
CELLS = st.tuples(
    EDGES,
    st.one_of(
        st.sampled_from([*TIMES, *NUMBERS, "K1", "Angebot", "x" * 301, "a\x07b", "Köln"]),
        st.text("aä1;", max_size=3),
    ),
    EDGES,
).map("".join)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["K1", "K2", "", " K1 "]) | CELLS,
        st.sampled_from(TIMES) | CELLS,
        st.sampled_from(["Angebot", "Anruf"]) | CELLS,
        st.sampled_from(["", *NUMBERS]) | CELLS,
        CELLS,
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip
by_file = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def written(rows: Sequence[Sequence[str]]) -> bytes:
    sink = io.StringIO(newline="")
    csv.writer(sink, delimiter=";", lineterminator="\n").writerows([HEADERS, *rows])
    return sink.getvalue().encode()


def read_file(folder: Path, content: bytes, kind: Literal["csv", "parquet"] = "csv") -> RawTable:
    upload = folder / "upload"
    upload.write_bytes(content)
    layout = Layout(kind=kind, columns=HEADERS, fingerprint="x", delimiter=";")
    return read_raw(upload, layout, folder / "raw.parquet", folder)


def mapped(
    folder: Path, raw: RawTable, shape: Shape, mapping: Mapping = LONG, present: Sequence[Path] = ()
) -> tuple[Records, pd.DataFrame, pd.DataFrame]:
    records = apply(
        raw.path, mapping, shape, Place(), out=folder / "out", scratch=folder / "spill", present=present
    )
    return records, pd.read_parquet(records.path), pd.read_parquet(records.rejects)


def shape_of(raw: RawTable) -> Shape:
    return Shape(raw.layout.columns, raw.layout.typed, raw.native, raw.seen)


@by_file
@given(rows=ROWS)
@pytest.mark.usefixtures("in_process")
def test_what_reading_has_seen_of_a_column_saves_work_and_changes_nothing(
    rows: list[tuple[str, ...]],
) -> None:
    # a first row without fault: what is odd must not make the file another one
    content = written([("K0", "2024-01-01", "Anruf", "1", "ja"), *rows])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        raw = read_file(folder, content)
        shape = shape_of(raw)
        careful, table, rejects = mapped(folder, raw, replace(shape, seen={}))
        quick, same, as_well = mapped(folder, raw, shape)
        pd.testing.assert_frame_equal(same, table)
        pd.testing.assert_frame_equal(as_well, rejects)
        assert replace(quick, reasons=()) == replace(careful, reasons=())
        assert set(quick.reasons) == set(careful.reasons)
        assert quick.rows == quick.accepted + quick.rejected == raw.accepted


@by_file
@given(picks=st.lists(st.integers(0, 3), min_size=1, max_size=40))
@pytest.mark.usefixtures("in_process")
def test_records_keep_the_order_of_the_file_and_repeated_ones_their_own_keys(picks: list[int]) -> None:
    rows = [(f"K{pick}", "2024-01-01 10:00:00", "Anruf", "1", "ja") for pick in picks]
    with tempfile.TemporaryDirectory() as place:
        raw = read_file(Path(place), written(rows))
        _, table, _ = mapped(Path(place), raw, shape_of(raw))
        _, again, _ = mapped(Path(place), raw, shape_of(raw))
    pd.testing.assert_frame_equal(table, again)
    assert table["row_no"].tolist() == list(range(1, len(picks) + 1))
    assert table["record_key"].is_unique
    assert table["record_hash"].nunique() == len(set(picks))
    firsts = [number for number, pick in enumerate(picks) if pick not in picks[:number]]
    same = table["record_key"] == table["record_hash"]
    assert same[same].index.tolist() == firsts


@pytest.mark.usefixtures("in_process")
def test_timestamps_of_a_parquet_file_make_the_same_records_as_their_texts(tmp_path: Path) -> None:
    moments = [
        dt.datetime(2024, 3, 31, 9, 30, 5), dt.datetime(1899, 12, 31), None,
        dt.datetime(2199, 12, 31, 23, 59), dt.datetime(2024, 2, 29), dt.datetime(2200, 1, 1),
        dt.datetime(2024, 3, 31, 9, 30, 5, 120_000),
    ]  # fmt: skip
    others = [[f"K{number}" for number in range(len(moments))], None, ["Anruf"] * len(moments)]
    seen = []
    for number, unit in enumerate(["s", "ms", "us", "ns", "text"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        times = [None if at is None or (unit == "s" and at.microsecond) else at for at in moments]
        kind = pa.string() if unit == "text" else pa.timestamp(unit)
        values = [None if at is None else str(at) for at in times] if unit == "text" else times
        columns = [others[0], pa.array(values, kind), others[2], ["1"] * len(moments), ["ja"] * len(moments)]
        sink = io.BytesIO()
        pq.write_table(pa.table(columns, names=list(HEADERS)), sink)
        raw = read_file(folder, sink.getvalue(), "parquet")
        assert raw.native == (frozenset() if unit == "text" else frozenset({"Datum"}))
        records, table, rejects = mapped(folder, raw, shape_of(raw))
        assert (records.accepted, records.rejected) == ((3, 4) if unit == "s" else (4, 3))
        if unit != "s":
            seen.append((table, rejects))
    for table, rejects in seen[1:]:
        pd.testing.assert_frame_equal(table, seen[0][0])
        pd.testing.assert_frame_equal(rejects, seen[0][1])


@pytest.mark.usefixtures("in_process")
def test_times_that_no_timestamp_holds_are_rejected_rows_not_a_crash(tmp_path: Path) -> None:
    times = pa.array([2**60, -(2**60), 0], pa.int64()).cast(pa.timestamp("ms"))
    columns = [["K1", "K2", "K3"], times, ["Anruf"] * 3, ["1"] * 3, ["ja"] * 3]
    sink = io.BytesIO()
    pq.write_table(pa.table(columns, names=list(HEADERS)), sink)
    raw = read_file(tmp_path, sink.getvalue(), "parquet")
    records, table, rejects = mapped(tmp_path, raw, shape_of(raw))
    assert (records.rows, records.accepted) == (3, 1)
    assert table["customer_id"].tolist() == ["K3"]
    assert rejects["column"].tolist() == ["Datum", "Datum"]


@pytest.mark.usefixtures("in_process")
def test_a_source_begun_with_hexadecimal_keys_keeps_getting_them(tmp_path: Path) -> None:
    rows = [
        ("K1", "2024-01-01 10:00:00", "Anruf", "1,5", ""),
        ("K1", "2024-01-01 10:00:00", "Anruf", "1,5", ""),
    ]
    raw = read_file(tmp_path, written(rows))
    part = tmp_path / "part.parquet"
    pq.write_table(pa.table({"record_key": ["0" * 32]}), part)
    _, table, _ = mapped(tmp_path, raw, shape_of(raw), present=[part])
    named = "\x1f".join(sorted(["customer_id", "occurred_at", "touchpoint", "value", "comment"]))
    pieces = ["-", "2:K1", "19:2024-01-01 10:00:00", "5:Anruf", "3:1.5", "-"]
    content = hashlib.md5((named + "".join(pieces)).encode(), usedforsecurity=False).hexdigest()
    assert table["record_hash"].tolist() == [content, content]
    assert table["record_key"].tolist() == [
        hashlib.md5(f"{content}:{ordinal}".encode(), usedforsecurity=False).hexdigest() for ordinal in (1, 2)
    ]
    _, newer, _ = mapped(tmp_path, raw, shape_of(raw))
    kept = pq.read_table(tmp_path / "out" / "records.parquet")["record_key"].to_pylist()
    assert [type(key) for key in kept] == [uuid.UUID, uuid.UUID]
    assert newer["record_key"].is_unique
