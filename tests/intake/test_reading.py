"""Reading gives back exactly what was written, and counts what it does not take."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InputFault
from store.intake import structure
from store.intake.cells import Shape
from store.intake.decoding import TextFile
from store.intake.headers import find_header, fingerprint, unique_names
from store.intake.limits import Limits
from store.intake.reading import Layout, Reader, read_raw, sniff
from store.intake.textrecords import Dialect, carefully
from tests.intake.bad_files import HEADER, good, lines, parquet

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252"]
PLAIN = st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Cs"])
INNER = st.one_of(PLAIN, st.sampled_from(["\n", "\r\n", '"', "'", ";", ",", "\t", "|"]))
# The csv module leaves a line feed unquoted where lines end with a carriage return: no reader could tell.
STYLES = [
    (csv.QUOTE_MINIMAL, "\n"), (csv.QUOTE_MINIMAL, "\r\n"),
    (csv.QUOTE_ALL, "\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\r"),
]  # fmt: skip
CELLS = st.lists(INNER, max_size=12).map("".join)
fast = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of text with a filled first cell: a row without any is no record. Longer than four lines none is,
    for then a quote may have been left open."""
    width = draw(st.integers(2, 5))
    row = st.tuples(st.text(PLAIN, max_size=8).map("k{}".format), *[CELLS] * (width - 1)).filter(
        lambda cells: len("".join(cells).splitlines()) < 4
    )
    return [list(each) for each in draw(st.lists(row, min_size=1, max_size=8))]


def written(rows: Sequence[Sequence[object]], **dialect: Any) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, **dialect).writerows(rows)
    return target.getvalue()


def rows_in(path: Path) -> list[list[str | None]]:
    return [[row[name] for name in row if name != "_row"] for row in pq.read_table(path).to_pylist()]


def layout_of(columns: Sequence[str], **fields: Any) -> Layout:
    names = unique_names(columns)[0]
    return Layout(kind="csv", columns=names, fingerprint=fingerprint(names, headerless=False), **fields)


@fast
@given(
    rows=tables(),
    delimiter=st.sampled_from([";", ",", "\t", "|"]),
    quote=st.sampled_from(['"', "'"]),
    style=st.sampled_from(STYLES),
    encoding=st.sampled_from(ENCODINGS),
)
@pytest.mark.usefixtures("in_process")
def test_what_the_csv_module_writes_is_read_back_exactly(
    rows: list[list[str]], delimiter: str, quote: str, style: tuple[int, str], encoding: str
) -> None:
    header = [f"name {number}" for number in range(len(rows[0]))]
    text = written(
        [header, *rows], delimiter=delimiter, quotechar=quote, quoting=style[0], lineterminator=style[1]
    )
    name = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    layout = layout_of(header, delimiter=delimiter, quote=quote, encoding=name)
    with tempfile.TemporaryDirectory() as place:
        upload, out = Path(place) / "upload", Path(place) / "out.parquet"
        upload.write_bytes(text.encode(encoding))
        raw = read_raw(upload, layout, out, Path(place) / "scratch")
        assert raw.rejected == 0
        assert raw.records == len(rows)
        assert rows_in(out) == [[cell or None for cell in row] for row in rows]


WORDS = st.sampled_from(
    ["Köln", "Büro", "5,5", "1.234,56", "a b", "x\ny", 'so "neu"', "2024-03-01", "", "Straße"]
)


@fast
@given(
    rows=st.lists(st.tuples(st.integers(1, 10**9), WORDS, WORDS), min_size=3, max_size=20),
    delimiter=st.sampled_from([";", ",", "\t", "|"]),
    encoding=st.sampled_from(ENCODINGS),
    line_end=st.sampled_from(["\n", "\r\n"]),
    title=st.booleans(),
)
@pytest.mark.usefixtures("in_process")
def test_a_plausible_export_is_recognised_without_being_told(
    rows: list[tuple[int, str, str]], delimiter: str, encoding: str, line_end: str, title: bool
) -> None:
    header = ["Kundennummer", "Ort", "Bemerkung"]
    body = written([header, *rows], delimiter=delimiter, lineterminator=line_end)
    text = ("Bericht März" + line_end + line_end if title else "") + body
    with tempfile.TemporaryDirectory() as place:
        upload, out = Path(place) / "upload", Path(place) / "out.parquet"
        upload.write_bytes(text.encode(encoding))
        layout = sniff(upload, Path(place) / "scratch")
        assert layout.columns == tuple(header)
        assert layout.delimiter == delimiter
        read_raw(upload, layout, out, Path(place) / "scratch")
        assert rows_in(out) == [[str(number), one or None, two or None] for number, one, two in rows]


BROKEN = st.lists(
    st.sampled_from([";", '"', "\n", "\r\n", "\r", "a", "b;c;d\n", '"x";"y";"z"\n', "ä", "\x00", "\n\n"]),
    max_size=40,
).map("".join)


@fast
@given(text=BROKEN)
def test_the_careful_reader_gives_every_line_to_exactly_one_record(text: str) -> None:
    physical = list(io.StringIO(text, newline=""))
    records = list(carefully(iter(physical), Dialect(delimiter=";", quote='"'), 3, Limits()))
    assert sum(record.lines for record in records) == len(physical)
    place = 0
    for record in records:
        assert record.line == place
        assert "".join(physical[place : place + record.lines]).rstrip("\r\n") == record.text
        place += record.lines
    for record in records:
        assert record.fault or not record.cells or len(record.cells) == 3


@settings(max_examples=150)
@given(text=BROKEN, size=st.sampled_from([3, 7, 4096]))
def test_the_count_is_right_and_regular_files_have_one_meaning(text: str, size: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "text"
        path.write_bytes(text.encode())
        whole = TextFile(path=path, start=0, size=path.stat().st_size)
        dialect = Dialect(delimiter=";", quote='"')
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(structure, "_CHUNK", size)
            found = structure.scan(whole, dialect, 3, Limits())
    assert found.lines == len(list(io.StringIO(text, newline="")))
    careful = list(carefully(iter(io.StringIO(text, newline="")), dialect, 3, Limits()))
    if found.regular:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
        assert found.records == len(rows) == len(careful)
        assert [record.cells for record in careful] == rows
    else:
        odd = any(record.fault or record.text.count(";") != 2 for record in careful)
        assert odd or '"' in text or "\r" in text


@fast
@given(rows=tables())
@pytest.mark.usefixtures("in_process")
def test_the_fast_and_the_careful_reader_agree(rows: list[list[str]]) -> None:
    header = [f"name {number}" for number in range(len(rows[0]))]
    with tempfile.TemporaryDirectory() as place:
        upload, out = Path(place) / "upload", Path(place) / "out.parquet"
        upload.write_text(written([header, *rows], delimiter=";"), encoding="utf-8", newline="")
        layout = layout_of(header, delimiter=";")
        read_raw(upload, layout, out, Path(place))
        first = pq.read_table(out).to_pylist()
        with upload.open("ab") as file:
            file.write(b"\n")  # a blank line sends the file to the careful reader
        raw = read_raw(upload, layout, out, Path(place))
        assert pq.read_table(out).to_pylist() == first
        assert raw.records == len(rows)


@pytest.mark.usefixtures("in_process")
def test_parquet_values_are_written_canonically(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 3, 31, 9, 30, tzinfo=dt.UTC)
    table = pa.table(
        {
            "id": pa.array([12345678901, 2], pa.int64()),
            "float id": [12.0, None],
            "amount": [1234.5, 1e-7],
            "huge": [1e22, float("nan")],
            "decimal": pa.array([Decimal("1234.50"), Decimal("0.01")], pa.decimal128(30, 2)),
            "day": [dt.date(2024, 3, 31), None],
            "naive": pa.array([dt.datetime(2024, 3, 31, 9, 30), None], pa.timestamp("ns")),
            "fine": pa.array([dt.datetime(2024, 3, 31, 9, 30, 0, 5000), None], pa.timestamp("us")),
            "aware": pa.array([moment, None], pa.timestamp("ms", tz="Europe/Berlin")),
            "flag": [True, False],
            "text": ["", None],
        }
    )
    upload = tmp_path / "upload"
    upload.write_bytes(parquet(table))
    layout = sniff(upload, tmp_path)
    raw = read_raw(upload, layout, tmp_path / "out.parquet", tmp_path)
    assert layout.typed == {
        "id": "number", "float id": "number", "amount": "number", "huge": "number", "decimal": "number",
        "day": "time", "naive": "time", "fine": "time", "aware": "time", "flag": "flag",
    }  # fmt: skip
    shape = Shape(raw.layout.columns, raw.layout.typed, raw.native, raw.seen)
    texts = ", ".join(shape.sql(header) for header in raw.layout.columns)
    assert duckdb.execute(f"SELECT {texts} FROM read_parquet($raw)", {"raw": str(raw.path)}).fetchall() == [
        ("12345678901", "12", "1234.5", "10000000000000000000000", "1234.5", "2024-03-31",
         "2024-03-31 09:30:00", "2024-03-31 09:30:00.005", "2024-03-31 09:30:00+00:00", "true", None),
        ("2", None, "0.0000001", None, "0.01", None, None, None, None, "false", None),
    ]  # fmt: skip
    assert rows_in(raw.path)[0][-1] == ""  # NULL and the empty text are kept apart


def test_a_layout_of_another_file_is_refused_not_applied(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(good())
    layout = sniff(upload, tmp_path)
    upload.write_bytes(good().replace(b"customer_id;occurred_at", b"occurred_at;customer_id"))
    with pytest.raises(InputFault, match="passt nicht zur erkannten Form"):
        read_raw(upload, layout, tmp_path / "out.parquet", tmp_path)


def test_a_file_of_the_same_shape_has_the_same_fingerprint(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    prints = set()
    for content in (
        good(),
        good(50).replace(b";", b",").replace(b",50\n", b"\n"),
        "\ufeffTOUCHPOINT\tvalue\tcustomer_id\tOccurred_At \nWeb\t1\tK1\t2024-01-01\n".encode(),
    ):
        upload.write_bytes(content)
        prints.add(sniff(upload, tmp_path).fingerprint)
    assert len(prints) == 1
    upload.write_bytes(good().replace(b"value", b"price"))
    assert sniff(upload, tmp_path).fingerprint not in prints


def test_the_child_works_from_any_folder_and_reports_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    upload, scratch = Path("upload"), Path("scratch")
    upload.write_bytes((HEADER + lines(80_000)).encode() + b"\n")
    shares: list[float] = []
    raw = read_raw(
        Path("upload"),
        sniff(Path("upload"), Path("scratch")),
        Path("out.parquet"),
        Path("scratch"),
        shares.append,
    )
    assert raw.accepted == 80_000
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    assert not list(scratch.iterdir())


def test_a_child_out_of_memory_is_a_clear_fault(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    rows = pa.table({"customer_id": ["x" * 1_000_000 + str(n) for n in range(150)]})
    upload.write_bytes(parquet(rows, compression="zstd"))
    with pytest.raises(InputFault, match="mehr Speicher"):
        read_raw(
            upload,
            Layout(kind="parquet", columns=("customer_id",), fingerprint="x"),
            tmp_path / "out.parquet",
            tmp_path,
            limits=Limits(memory_bytes=400 * 1024**2),
        )
    assert not (tmp_path / "out.parquet").exists()


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes((HEADER + lines(200_000)).encode())
    with pytest.raises(InputFault, match="dauerte zu lange"):
        sniff(upload, tmp_path, limits=Limits(wall_seconds=0))


def test_a_child_killed_before_it_has_read_its_request_is_a_fault_like_any_other(tmp_path: Path) -> None:
    with Reader(tmp_path / "scratch") as reader:
        upload = tmp_path / "upload"
        upload.write_bytes(good(3))
        reader.sniff(upload)
        child = reader._child
        assert child is not None
        child._process.kill()
        child._process.wait()
        with pytest.raises(InputFault):
            reader.sniff(upload)
        assert reader.sniff(upload).columns


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on processor time")
def test_a_child_that_uses_too_much_processor_time_is_stopped(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(b"a;b\n" + b"1;2\n" * 3_000_000 + b"\n")
    layout = layout_of(["a", "b"], delimiter=";")
    with pytest.raises(InputFault, match="dauerte zu lange"):
        read_raw(upload, layout, tmp_path / "out.parquet", tmp_path, limits=Limits(cpu_seconds=1))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on memory")
def test_a_file_that_kills_the_child_leaves_the_next_one_readable(tmp_path: Path) -> None:
    small, big = tmp_path / "small", tmp_path / "big.parquet"
    small.write_bytes(good(3))
    texts = [f"{number:<1000}" for number in range(600_000)]
    pq.write_table(pa.table({"a": texts}), big, compression="zstd", row_group_size=600_000)
    with Reader(tmp_path / "scratch", Limits(memory_bytes=400 * 1024**2)) as reader:
        layout = reader.sniff(small)
        with pytest.raises(InputFault, match="mehr Speicher"):
            reader.read(big, Layout(kind="parquet", columns=("a",), fingerprint="x"), tmp_path / "b.parquet")
        assert reader.read(small, layout, tmp_path / "s.parquet").accepted == 3
    assert not list((tmp_path / "scratch").iterdir())


def test_files_of_one_import_share_a_child_and_a_fault_does_not_end_it(tmp_path: Path) -> None:
    upload, empty = tmp_path / "upload", tmp_path / "empty"
    upload.write_bytes(good(3))
    empty.write_bytes(b"")
    with Reader(tmp_path / "scratch") as reader:
        layout = reader.sniff(upload)
        first = reader._child
        with pytest.raises(InputFault):
            reader.sniff(empty)
        assert reader.read(upload, layout, tmp_path / "out.parquet").accepted == 3
        assert reader._child is first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on processor time")
def test_each_file_has_the_whole_processor_time(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - Windows has no such module

    def used() -> float:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    upload = tmp_path / "upload"
    upload.write_bytes(b"a;b\n" + b"1;2\n" * 800_000)
    layout, before = layout_of(["a", "b"], delimiter=";"), used()
    with Reader(tmp_path / "scratch", Limits(cpu_seconds=2)) as reader:
        for number in range(20):
            reader.read(upload, layout, tmp_path / f"{number}.parquet")
    assert used() - before > 2


def test_the_child_ends_when_its_parent_does() -> None:
    root = Path(__file__).resolve().parents[2]
    child = subprocess.Popen(
        [sys.executable, "-m", "store.intake.child"],
        cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    with child:
        assert child.stdin is not None
        child.stdin.write(json.dumps({"do": "sniff"}).encode())
        child.stdin.close()
        assert child.wait(timeout=20) == 1


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(good(50))
    layout = sniff(upload, tmp_path)
    with pytest.raises(InputFault, match="mehr als 20 Zeilen"):
        read_raw(upload, layout, tmp_path / "out.parquet", tmp_path, limits=Limits(rows=20))


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["id", "date"], ["1", "2024-01-01"], ["2", "2024-01-02"]], 0),
        ([["Bericht"], [], ["id", "date"], ["1", "2024-01-01"]], 2),
        ([["K1", "01.02.2024", "5"], ["K2", "02.02.2024", "6"]], None),
        ([["Kunde", "01.2024", "02.2024"], ["K1", "5", "6"], ["K2", "7", "8"]], 0),
        ([["Kunde", "2023", "2024"], ["K1", "150", "200"], ["K2", "170", "210"]], 0),
        ([["name", "town"], ["Meier", "Köln"], ["Schulz", "Bonn"]], 0),
        ([["Web", "open"], ["Web", "open"], ["Mail", "open"], ["Web", "won"]], None),
        ([["a@x.de", "Köln"], ["b@x.de", "Bonn"]], None),
        ([["Bericht", "2024", "", ""], ["id", "day", "x", "y"], ["K1", "2024-01-01", "1", "2"]], 1),
        ([["id", "", "day", ""], ["K1", "x", "2024-01-01", "1"], ["K2", "y", "2024-01-02", "2"]], 0),
    ],
)
def test_the_header_is_found_where_a_person_would_see_it(rows: list[list[str]], header: int | None) -> None:
    assert find_header(rows, Limits()).row == header


MEASURE = """
import resource, sys
from pathlib import Path
from store.intake.reading import read_raw, sniff

upload = Path(sys.argv[1])
raw = read_raw(upload, sniff(upload, upload.parent), upload.parent / "out.parquet", upload.parent)
print(raw.accepted, raw.rejected, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not report a child's peak memory")
@pytest.mark.parametrize("odd_row", ["", "surplus;x;y;z;too much\n"], ids=["regular", "with one odd row"])
def test_a_million_rows_are_read_in_little_memory(tmp_path: Path, odd_row: str) -> None:
    upload = tmp_path / "upload"
    block = lines(10_000)
    with upload.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for _ in range(100):
            file.write(block)
        file.write(odd_row)
    # A process of its own: the system keeps one highest peak over all children that a process ever had.
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, str(upload)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    accepted, rejected, peak = map(int, measured.stdout.split())
    assert accepted == 1_000_000
    assert rejected == (1 if odd_row else 0)
    assert peak < 800 * (1024**2 if sys.platform == "darwin" else 1024)  # kB; bytes on macOS
