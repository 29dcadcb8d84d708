"""Every odd file ends in a clear message or in rows that were counted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from core.errors import InputFault
from store.intake.reading import RawTable, read_raw, sniff
from tests.intake.bad_files import BAD_FILES, BadFile

REFUSED = [bad for bad in BAD_FILES.values() if bad.expect == "message"]
READ = [bad for bad in BAD_FILES.values() if bad.expect == "imports"]


def read_file(bad: BadFile, folder: Path) -> RawTable:
    upload = folder / "upload"
    upload.write_bytes(bad.content())
    layout = sniff(upload, folder / "scratch")
    return read_raw(upload, layout, folder / "out.parquet", folder / "scratch")


def rows_of(raw: RawTable) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(raw.path).to_pylist()
    return rows


def test_there_are_at_least_sixty_bad_files() -> None:
    assert len(BAD_FILES) >= 60


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("bad", REFUSED, ids=lambda bad: bad.name)
def test_a_file_that_is_no_table_is_refused_with_a_clear_message(bad: BadFile, tmp_path: Path) -> None:
    with pytest.raises(InputFault) as fault:
        read_file(bad, tmp_path)
    assert bad.message in fault.value.text.de
    assert fault.value.text.en != fault.value.text.de
    assert not (tmp_path / "out.parquet").exists()
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("bad", READ, ids=lambda bad: bad.name)
def test_an_odd_file_is_read_with_every_row_accounted_for(bad: BadFile, tmp_path: Path) -> None:
    raw = read_file(bad, tmp_path)
    assert (raw.accepted, raw.rejected) == (bad.accepted, bad.rejected)
    assert raw.records == raw.accepted + raw.rejected
    rows = rows_of(raw)
    assert len(rows) == raw.accepted
    rejected = pq.read_table(raw.rejects).to_pylist() if raw.rejects else []
    assert len(rejected) == raw.rejected
    assert all(each["reason_de"] and each["reason_en"] for each in rejected)
    numbers = [row["_row"] for row in rows] + [each["row_no"] for each in rejected]
    assert sorted(numbers) == list(range(1, raw.records + 1))
    assert len(set(raw.layout.columns)) == len(raw.layout.columns)


VALUES: dict[str, dict[str, str | dt.datetime | None]] = {
    "ids_of_23_digits": {"c0": "12345678901234567890123"},
    "customers_called_na_and_null": {"c0": "NULL"},
    "formulas": {"c2": "+49 221"},
    "inch_marks_within_fields": {"c2": 'Rohr 5" lang'},
    "line_ends_within_quotes": {"c2": "Web\r\nund\nTelefon"},
    "delimiters_and_quotes_within_quotes": {"c2": 'Web; "neu";', "c3": "1,50"},
    "single_quotes": {"c0": "K005", "c3": "5,50"},
    "windows_1252": {"c2": "Köln – Büro"},
    "utf16_big_endian": {"c2": "Köln – Büro"},
    "utf16_without_mark": {"c2": "Köln – Büro"},
    "latin_1": {"c2": "Köln - Büro"},
    "commas_with_quoted_decimals": {"c3": "5,50"},
    "unicode_line_separators_within_cells": {"c2": "We\u2028b\u0085\u2029x"},
    "plain_workbook": {"c0": "K5", "c1": "2024-03-05 09:30:00", "c3": "5.5"},
    "workbook_whose_table_begins_at_c5": {"c0": "K5", "c3": "5.5"},
    "parquet_named_csv": {"c0": "K5", "c1": dt.datetime(2024, 3, 5, 9, 30), "c3": "5.5"},
    "parquet_with_nested_columns": {"c1": "2024-03-05", "c2": '{"kind": "Web", "tags": ["a", "b\\""]}'},
}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("name", VALUES)
def test_the_last_row_reads_as_it_was_written(name: str, tmp_path: Path) -> None:
    last = rows_of(read_file(BAD_FILES[name], tmp_path))[-1]
    assert {column: last[column] for column in VALUES[name]} == VALUES[name]


COLUMNS = {
    "duplicate_headers": ("customer_id", "occurred_at", "touchpoint", "touchpoint (2)"),
    "empty_header_name": ("customer_id", "occurred_at", "touchpoint", "Spalte 4"),
    "missing_header": ("Spalte 1", "Spalte 2", "Spalte 3", "Spalte 4"),
    "header_in_quotes_over_two_lines": ("customer_id", "occurred_at", "touchpoint", "value in EUR"),
    "title_rows_above_the_header": ("customer_id", "occurred_at", "touchpoint", "value"),
    "padded_title_rows": ("customer_id", "occurred_at", "touchpoint", "value"),
    "trailing_delimiters_everywhere": ("customer_id", "occurred_at", "touchpoint", "value"),
    "utf8_with_mark": ("customer_id", "occurred_at", "touchpoint", "value"),
    "years_as_headers": ("customer_id", "2021", "2022", "2023"),
    "workbook_with_merged_title": ("customer_id", "occurred_at", "touchpoint", "value"),
}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("name", COLUMNS)
def test_columns_get_the_names_a_person_expects(name: str, tmp_path: Path) -> None:
    assert read_file(BAD_FILES[name], tmp_path).layout.columns == COLUMNS[name]


NOTICED = ["duplicate_headers", "empty_header_name", "missing_header", "workbook_with_a_cover_sheet",
           "parquet_with_nested_columns", "utf8_with_one_line_of_windows_1252"]  # fmt: skip


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("name", NOTICED)
def test_whatever_was_changed_is_said(name: str, tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(BAD_FILES[name].content())
    notices = sniff(upload, tmp_path / "scratch").notices
    if name == "workbook_with_a_cover_sheet":
        assert "Deckblatt" in notices[0].de
    assert len(notices) == 1
