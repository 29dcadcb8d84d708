"""Cells merged over several rows: what a person sees beside each row is what each row says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from store.intake.reading import read_raw, sniff


@pytest.mark.usefixtures("in_process")
def test_a_cell_merged_downwards_counts_in_every_row_that_it_covers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([None, "Messe Hannover – Kontakte am Stand"])
    sheet.merge_cells("B1:D1")
    sheet.append([])
    sheet.append([None, "Datum", "Firma", "Thema"])
    sheet.append([None, dt.datetime(2025, 3, 31), "Weiß KG", "Förderband"])
    sheet.append([None, None, "Groß AG", "Prüfstand"])
    sheet.append([None, dt.datetime(2025, 4, 1), "Öz GmbH", "Förderband"])
    sheet.append([None, None, "Acme", None])
    sheet.append([None, None, "Ohne Datum", None])
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("B6:B7")
    file = tmp_path / "messe.xlsx"
    book.save(file)

    layout = sniff(file, tmp_path / "scratch")
    raw = read_raw(file, layout, tmp_path / "raw.parquet", tmp_path / "scratch")
    rows = pq.read_table(raw.path).to_pylist()
    dates = {
        row[f"c{layout.columns.index('Firma')}"]: row[f"c{layout.columns.index('Datum')}"] for row in rows
    }
    assert {firm: date and date[:10] for firm, date in dates.items()} == {
        "Weiß KG": "2025-03-31", "Groß AG": "2025-03-31", "Öz GmbH": "2025-04-01", "Acme": "2025-04-01",
        "Ohne Datum": None,
    }  # fmt: skip
    assert raw.records == raw.accepted == 5
