"""Measurements through the intake: long and wide tables, and good words for rows that cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.importing import import_file, preview, rejects
from cockpit.workspace import open_workspace
from core.query import Query
from store.intake.mapping import Mapping, Spread, dump_mapping, parse_mapping
from store.intake.periodnames import period_of
from tests.intake.raw_tables import read_by
from tests.intake.test_proposing import proposed

LONG = "Projekt|Kennzahl|Monat|Gruppe|Wert|Fallzahl"


def test_a_long_table_is_recognised_by_its_headers(tmp_path: Path) -> None:
    found = proposed(
        tmp_path,
        LONG,
        ["P1|Durchlaufzeit|2024-01|Umgestellt|16,1|40", "P1|Durchlaufzeit|2024-01|Vergleich|15|38"],
    ).mapping
    assert found.table == "measurements"
    assert {name: rule.header for name, rule in found.columns.items()} == {
        "project": "Projekt", "kpi": "Kennzahl", "period": "Monat", "group": "Gruppe", "value": "Wert",
        "exposure": "Fallzahl",
    }  # fmt: skip
    assert found.columns["group"].values == {"Umgestellt": "treated", "Vergleich": "control"}
    assert (found.mode, found.key) == ("upsert", ("Projekt", "Kennzahl", "Monat", "Gruppe"))


def test_a_year_is_a_period_of_measurements(tmp_path: Path) -> None:
    headers = "project|kpi|year|store|group|value"
    rows = ["A|packs|1988|CA|treated|90.1", "A|packs|1989|CA|treated|82.4"]
    found = proposed(tmp_path, headers, rows).mapping
    assert found.table == "measurements"
    _, table, _ = read_by(tmp_path, found, headers.split("|"), [row.split("|") for row in rows])
    assert list(table["period"]) == [pd.Timestamp("1988-01-01"), pd.Timestamp("1989-01-01")]


def test_numerators_and_denominators_do_instead_of_values(tmp_path: Path) -> None:
    found = proposed(
        tmp_path, "project|kpi|month|store|treated_or_not|numerator|denominator",
        ["A|rate|2024-01-01|S1|x|4|40", "A|rate|2024-02-01|S1|x|5|50"],
    ).mapping  # fmt: skip
    assert found.table == "measurements"
    assert {"numerator", "denominator", "unit"} <= set(found.columns)


def test_a_column_for_each_month_is_recognised_and_each_filled_cell_counts(tmp_path: Path) -> None:
    headers = "Projekt|Kennzahl|Gruppe|Jan 2024|Feb 2024|Mrz 2024"
    rows = ["P1|Tage|treated|16,1|15,5|", "P1|Tage|control|15,0|n.v.|14,8", "P1|Quote|treated|||"]
    found = proposed(tmp_path, headers, rows).mapping
    assert found.spread == tuple(
        Spread(column=f"{name} 2024", period=dt.date(2024, n, 1))
        for n, name in enumerate(("Jan", "Feb", "Mrz"), 1)
    )
    assert parse_mapping(dump_mapping(found)) == found
    cells = [row.split("|") for row in rows]
    records, table, refused = read_by(tmp_path, found, headers.split("|"), cells)
    assert (records.rows, records.accepted, records.rejected, records.contacts) == (3, 2, 1, 4)
    assert list(table["group"]) == ["treated", "treated", "control", "control"]
    assert list(table["period"].dt.month) == [1, 2, 1, 3]
    assert list(table["value"]) == [16.1, 15.5, 15.0, 14.8]
    assert list(table["contact_no"]) == [0, 1, 0, 2]
    assert list(refused["row_no"]) == [2, 3]
    assert list(refused["fatal"]) == [False, True]
    assert refused["value"][0] == "n.v."
    assert "in keiner dieser Spalten" in str(refused["reason_de"][1])


def test_a_column_for_each_kpi_is_recognised(tmp_path: Path) -> None:
    headers = "Projekt|Monat|Gruppe|Durchlaufzeit|Reklamationen"
    rows = ["P1|2024-01|treated|16,1|4", "P1|2024-02|treated|15,5|3"]
    found = proposed(tmp_path, headers, rows).mapping
    assert [(each.column, each.kpi) for each in found.spread] == [
        ("Durchlaufzeit", "Durchlaufzeit"), ("Reklamationen", "Reklamationen"),
    ]  # fmt: skip
    _, table, _ = read_by(tmp_path, found, headers.split("|"), [row.split("|") for row in rows])
    assert sorted(zip(table["kpi"], table["value"], strict=True)) == [
        ("Durchlaufzeit", 15.5), ("Durchlaufzeit", 16.1), ("Reklamationen", 3), ("Reklamationen", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["P1", "Tage", "2024-01", "irgendwer", "3", "40"], "treated (umgestellt), control (vergleich)"),
        (["P1", "Tage", "2024-01", "treated", "3", "0"], "die größer ist als 0"),
        (["P1", "Tage", "2024-01", "treated", "", "40"], "Pflichtangabe fehlt"),
        (["P1", "Tage", "2024-01", "treated", "viel", "40"], "ist keine Zahl der Form"),
        (["", "Tage", "2024-01", "treated", "3", "40"], "Pflichtangabe fehlt"),
        (["P1", "Tage", "gestern", "treated", "3", "40"], "ist kein Datum der Form"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path: Path, cells: list[str], said: str) -> None:
    mapping = (
        'source = "m"\ntable = "measurements"\n[columns]\nproject = "Projekt"\nkpi = "Kennzahl"\n'
        'period = { header = "Monat", format = "y-m" }\ngroup = "Gruppe"\nvalue = "Wert"\n'
        'exposure = "Fallzahl"\n'
    )
    good = ["P1", "Tage", "2024-02", "control", "3,5", "40"]
    records, table, refused = read_by(tmp_path, mapping, LONG.split("|"), [cells, good])
    assert (records.accepted, records.rejected) == (1, 1)
    assert list(table["value"]) == [3.5]
    fatal = refused[refused["fatal"]]
    assert said in " ".join(fatal["reason_de"])
    assert set(fatal["row_no"]) == {1}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"spread": ()}, "columns lacks period"),
        ({"columns": {"project": "P", "kpi": "K", "period": "M"}}, "both fill period"),
        ({"spread": ({"column": "a", "kpi": "x"}, {"column": "b", "period": dt.date(2024, 1, 1)})}, "either"),
        ({"spread": ({"column": "a"},)}, "exactly one"),
        ({"table": "targets", "columns": {"kpi": "K", "value": "V"}}, "belongs to measurements"),
        (
            {"spread": (), "columns": {"project": "P", "kpi": "K", "period": "M"}},
            "needs one of value, numerator",
        ),
    ],
)
def test_a_mapping_that_makes_no_measurements_is_refused(said: dict[str, object], why: str) -> None:
    whole = {
        "source": "m", "table": "measurements", "columns": {"project": "P", "kpi": "K"},
        "spread": ({"column": "Jan", "period": dt.date(2024, 1, 1)},),
    }  # fmt: skip
    Mapping.model_validate(whole)
    with pytest.raises(ValueError, match=why):
        Mapping.model_validate(whole | said)


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("2024-03", "2024-03-01"), ("2024-03-15", "2024-03-15"), ("2024-03-01 00:00:00", "2024-03-01"),
        ("03.2024", "2024-03-01"), ("3/2024", "2024-03-01"), ("15.03.2024", "2024-03-15"),
        ("Mrz 2024", "2024-03-01"), ("März 2024", "2024-03-01"), ("Jan. 2024", "2024-01-01"),
        ("December 2024", "2024-12-01"), ("2024 Okt", "2024-10-01"), ("Q2 2024", "2024-04-01"),
        ("2024-Q4", "2024-10-01"), ("3. Quartal 2024", "2024-07-01"), ("KW 5/2024", "2024-01-29"),
        ("2024-W01", "2024-01-01"), ("1970", "1970-01-01"),
    ],
)  # fmt: skip
def test_headers_that_name_a_period(header: str, day: str) -> None:
    assert period_of(header) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "header", ["13.2024", "KW 60 2024", "Umsatz 2024", "Filiale", "42", "2024-02-30", ""]
)
def test_headers_that_name_none(header: str) -> None:
    assert period_of(header) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_iso_day_and_month_is_a_period(day: dt.date) -> None:
    assert period_of(day.isoformat()) == day
    assert period_of(f"{day:%Y-%m}") == day.replace(day=1)


def written_csv(folder: Path, frame: pd.DataFrame) -> Path:
    frame.to_csv(folder / "m.csv", sep=";", decimal=",", index=False)
    return folder / "m.csv"


def written_parquet(folder: Path, frame: pd.DataFrame) -> Path:
    frame.to_parquet(folder / "m.parquet", index=False)
    return folder / "m.parquet"


def written_excel(folder: Path, frame: pd.DataFrame) -> Path:
    frame.to_excel(folder / "m.xlsx", index=False)
    return folder / "m.xlsx"


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("write", [written_csv, written_parquet, written_excel])
def test_a_wide_file_of_any_kind_is_previewed_imported_and_recognised_again(
    tmp_path: Path, write: Callable[[Path, pd.DataFrame], Path]
) -> None:
    months = pd.date_range("2024-01-01", periods=6, freq="MS")
    frame = pd.DataFrame(
        {"Projekt": ["P1", "P1"], "Kennzahl": ["Tage", "Tage"], "Gruppe": ["treated", "control"]}
    )
    for number, month in enumerate(months):
        frame[f"{month:%m.%Y}"] = [1234.5 - number, 1000.25]
    ws = open_workspace(tmp_path / "workspace")
    file = write(tmp_path, frame)
    shown = preview(ws, file)
    assert (shown.mapping.table, shown.records, shown.counts.new, shown.counts.contacts) == (
        "measurements",
        2,
        2,
        12,
    )
    assert not shown.blocked
    import_file(ws, file)
    with ws.open() as snapshot:
        stored = snapshot.frame(Query(sql='SELECT "group", period, value FROM measurements ORDER BY 1, 2'))
    assert list(stored["value"]) == [1000.25] * 6 + [1234.5 - number for number in range(6)]
    assert list(stored["period"][:6]) == list(months)
    frame.loc[0, "06.2024"] = 1
    again = preview(ws, write(tmp_path, frame))
    assert again.origin == "remembered"
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 1, 1)


@pytest.mark.usefixtures("in_process")
def test_ambiguous_numbers_of_a_wide_table_are_asked_about_once(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("Projekt;Kennzahl;01.2024;02.2024\nP1;Stück;1.234;2.345\n", encoding="utf-8")
    ws = open_workspace(tmp_path / "workspace")
    shown = preview(ws, file)
    assert [question.field for question in shown.questions] == ["decimals"]
    assert shown.blocked


@pytest.mark.usefixtures("in_process")
def test_rejected_rows_can_be_downloaded_with_their_reason(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        "Projekt;Kennzahl;Monat;Gruppe;Zähler;Nenner\nP1;Quote;2024-01;treated;4;0\nP1;Quote;2024-02;treated;4;40\n",
        encoding="utf-8",
    )
    ws = open_workspace(tmp_path / "workspace")
    (report,) = import_file(ws, file).files
    assert (report.counts.new, report.counts.rejected) == (1, 1)
    (bad,) = rejects(ws, report.import_id).itertuples()
    assert (bad.row_no, bad.column, bad.value) == (1, "Nenner", "0")
