"""Periods by their names in cells, Excel's per cent, doubled rows, targets of KPIs that there are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.importing import import_file, preview, rejects
from cockpit.workspace import Workspace, open_workspace
from core.query import Query
from store.intake.dates import time_sql
from store.intake.periodnames import MONTHS, period_of


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "workspace")


def stored(ws: Workspace, select: str) -> list[tuple[Any, ...]]:
    with ws.open() as snapshot:
        return [tuple(row) for row in snapshot.rows(Query(sql=select))]


PERIOD = f"SELECT {time_sql('t', 'period', 68, 'zone')} FROM (SELECT $text AS t, 'UTC' AS zone)"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@given(
    st.one_of(
        st.builds("{}-Q{}".format, st.integers(1980, 2060), st.integers(0, 5)),
        st.builds("Q{} {}".format, st.integers(0, 5), st.integers(1980, 2060)),
        st.builds("{}. Quartal {}".format, st.integers(1, 4), st.integers(1980, 2060)),
        st.builds("KW {}/{}".format, st.integers(0, 54), st.integers(1980, 2060)),
        st.builds("{}-W{:02d}".format, st.integers(1980, 2060), st.integers(0, 54)),
        st.builds(
            "{}{}{}".format, st.sampled_from([name for names in MONTHS for name in names]),
            st.sampled_from([" ", "-", ". ", "/"]), st.integers(0, 99).map("{:02d}".format),
        ),
        st.builds("{} {}".format, st.integers(1980, 2060), st.sampled_from(["Okt", "März", "may", "Foo"])),
        st.dates(dt.date(1980, 1, 1), dt.date(2060, 12, 31)).map(lambda day: f"{day:%m.%Y}"),
    )
)  # fmt: skip
def test_a_cell_names_the_period_that_a_header_of_that_name_does(
    connection: duckdb.DuckDBPyConnection, text: str
) -> None:
    row = connection.execute(PERIOD, {"text": text}).fetchone()
    assert row is not None
    assert (row[0].date() if row[0] else None) == period_of(text)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (
            ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"],
            ["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"],
        ),
        (["KW 12/2024", "KW 13/2024", "KW 1/2025"], ["2024-03-18", "2024-03-25", "2024-12-30"]),
        (["Jan 24", "Feb 24", "Mrz 24"], ["2024-01-01", "2024-02-01", "2024-03-01"]),
        (["01.2024", "02.2024"], ["2024-01-01", "2024-02-01"]),
        (["2023", "2024"], ["2023-01-01", "2024-01-01"]),
        (["2024-Q1", "04.2024", "Jul 2024"], ["2024-01-01", "2024-04-01", "2024-07-01"]),
    ],
)
def test_periods_of_a_long_german_table_are_read_by_their_names(
    ws: Workspace, tmp_path: Path, cells: list[str], days: list[str]
) -> None:
    file = tmp_path / "m.csv"
    rows = [f"P1;Tage;{cell};{number},5" for number, cell in enumerate(cells)]
    file.write_text("\n".join(["Projekt;Kennzahl;Zeitraum;Wert", *rows]) + "\n", encoding="utf-8")
    shown = preview(ws, file)
    assert (shown.mapping.table, shown.blocked) == ("measurements", False)
    import_file(ws, file)
    found = stored(ws, "SELECT CAST(CAST(period AS DATE) AS VARCHAR), value FROM measurements ORDER BY value")
    assert found == [(day, number + 0.5) for number, day in enumerate(days)]


@pytest.mark.usefixtures("in_process")
def test_a_period_that_is_none_is_rejected_with_row_and_column(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    lines = [
        "Projekt;Kennzahl;Quartal;Wert",
        *(f"P1;Tage;2024-Q{n};1" for n in (1, 2, 3, 4)),
        "P1;Tage;bald;1",
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (report,) = import_file(ws, file).files
    (bad,) = rejects(ws, report.import_id).itertuples()
    assert (bad.row_no, bad.column, bad.value) == (5, "Quartal", "bald")
    assert "2024-Q1" in str(bad.reason_de)


def workbook(file: Path, formats: dict[str, str]) -> Path:
    """A sheet with two title rows above the header; `formats` by column letter."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Auswertung Service"])
    sheet.append([])
    sheet.append(["Projekt", "Kennzahl", "Monat", "Wert"])
    for month, value in ((1, 0.3), (2, 0.255), (3, 1.0)):
        sheet.append(["P1", "Quote", dt.date(2024, month, 1), value])
    for letter, code in formats.items():
        for cell in sheet[letter][3:]:
            cell.number_format = code
    book.save(file)
    return file


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("code", ["0%", "0.00%", '0.0" v.H. "%', "[Red]0.0%;-0.0%"])
def test_a_cell_that_shows_per_cent_arrives_as_it_shows(ws: Workspace, tmp_path: Path, code: str) -> None:
    import_file(ws, workbook(tmp_path / "m.xlsx", {"D": code}))
    assert stored(ws, "SELECT value FROM measurements ORDER BY period") == [(30.0,), (25.5,), (100.0,)]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("code", ["General", '0.0" %"', "0.00", r"0.0\%"])
def test_a_per_cent_sign_that_is_only_text_changes_no_value(ws: Workspace, tmp_path: Path, code: str) -> None:
    import_file(ws, workbook(tmp_path / "m.xlsx", {"D": code}))
    assert stored(ws, "SELECT value FROM measurements ORDER BY period") == [(0.3,), (0.255,), (1.0,)]


@pytest.mark.usefixtures("in_process")
def test_a_row_that_stands_twice_counts_once_and_is_listed(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    lines = [f"P1;Tage;2024-{n:02d};{n}" for n in range(1, 13)]
    file.write_text(
        "\n".join(["Projekt;Kennzahl;Monat;Wert", *lines, "P1;Tage;2024-03;99"]), encoding="utf-8"
    )
    (report,) = import_file(ws, file).files
    assert (report.counts.new, report.counts.rejected) == (12, 1)
    assert stored(ws, "SELECT value FROM measurements WHERE period = TIMESTAMP '2024-03-01'") == [(99.0,)]
    (earlier,) = rejects(ws, report.import_id).itertuples()
    assert earlier.row_no == 3
    assert "spätere Zeile" in str(earlier.reason_de)


@pytest.mark.usefixtures("in_process")
def test_single_observations_of_one_period_all_count(ws: Workspace, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"project": "P", "kpi": "price", "year": [1978] * 20 + [1981] * 20, "value": range(40)}
    )
    frame.to_csv(tmp_path / "m.csv", index=False)
    (report,) = import_file(ws, tmp_path / "m.csv").files
    assert (report.counts.new, report.counts.rejected) == (40, 0)


@pytest.mark.usefixtures("in_process")
def test_a_target_of_a_kpi_that_does_not_exist_is_rejected_and_the_others_stay(
    ws: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "ziele.csv"
    file.write_text(
        "Kennzahl;Zielwert;Gültig ab\nwin_rate;30;2024-01-01\nErfolgsquode;5;2024-01-01\n",
        encoding="utf-8",
    )
    (report,) = import_file(ws, file).files
    (bad,) = rejects(ws, report.import_id).itertuples()
    assert (bad.row_no, bad.column, bad.value) == (2, "Kennzahl", "Erfolgsquode")
    assert "keine Kennzahl" in str(bad.reason_de)
    assert stored(ws, "SELECT kpi, value FROM targets") == [("win_rate", 30.0)]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("rows", "column", "said"),
    [
        (["bald;umgestellt;3", "demnächst;umgestellt;4"], "Monat", "ist kein Datum der Form"),
        (["2024-01;umgestellt;viel", "2024-02;umgestellt;wenig"], "Wert", "ist keine Zahl der Form"),
        (["2024-01;Pioniere;3", "2024-02;Pioniere;4"], "Gruppe", "treated (umgestellt), control (vergleich)"),
    ],
)
def test_measurements_whose_cells_cannot_be_read_are_rejected_not_taken_for_contacts(
    ws: Workspace, tmp_path: Path, rows: list[str], column: str, said: str
) -> None:
    file = tmp_path / "m.csv"
    head = "Projekt;Kennzahl;Monat;Gruppe;Wert"
    file.write_text("\n".join([head, *(f"P1;Tage;{row}" for row in rows)]) + "\n", encoding="utf-8")
    shown = preview(ws, file)
    assert (shown.mapping.table, shown.counts.rejected, shown.counts.new) == ("measurements", 2, 0)
    assert any(reason.column == column and said in reason.text.de for reason in shown.reasons)


@pytest.mark.usefixtures("in_process")
def test_a_file_that_names_no_project_is_one_projects_and_says_so(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "Nordwind.csv"
    rows = [f"Tage;{month:02d}.2024;{month},5" for month in range(1, 13)]
    file.write_text("\n".join(["Kennzahl;Monat;Wert", *rows]) + "\n", encoding="utf-8")
    shown = preview(ws, file)
    assert (shown.mapping.table, shown.blocked) == ("measurements", False)
    assert "„nordwind“" in shown.questions[0].text.de
    report = import_file(ws, file)
    assert stored(ws, "SELECT DISTINCT project, kpi FROM measurements") == [("nordwind", "Tage")]
    assert "Messwerte: 12." in report.sentence().de
    assert "Kontakte" not in report.sentence().de


@pytest.mark.usefixtures("in_process")
def test_a_workspace_of_measurements_alone_takes_further_files(ws: Workspace, tmp_path: Path) -> None:
    """Nothing but measurements: a consultant who works for others has no contacts of their own."""
    for number, project in enumerate(("Nord", "Süd", "West")):
        file = tmp_path / f"{project}.csv"
        rows = [f"{project};Tage;{month:02d}.2024;{month}" for month in range(1, 13)]
        file.write_text("\n".join(["Projekt;Kennzahl;Monat;Wert", *rows]) + "\n", encoding="utf-8")
        mapping = preview(ws, file).mapping.model_copy(update={"source": f"file {number}"})
        import_file(ws, file, mapping)
    assert stored(ws, "SELECT count(*), count(DISTINCT project) FROM measurements") == [(36, 3)]
