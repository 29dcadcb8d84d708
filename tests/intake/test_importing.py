"""Importing, from file to snapshot: every row is accounted for, and nothing half-done stays."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cockpit.importing import (
    Mapping,
    answer,
    import_file,
    import_files,
    parse_mapping,
    preview,
    rejects,
)
from cockpit.workspace import Workspace, open_workspace
from core.errors import InputFault, UsageFault
from core.query import Query

LONG = """
source = "liste"
dates = "d.m.y"
decimals = ","
{top}
[columns]
customer_id = "Kunde"
occurred_at = "Datum"
touchpoint = "Vorgang"
value = "Wert"
[touchpoints.Angebot]
phase = "preference"
event = "offer"
"""
HEADERS = ("Kunde", "Datum", "Vorgang", "Wert")
ROWS = (
    ("K1", "01.02.2024", "Angebot", "1.000,50"),
    ("K2", "02.02.2024", "Anruf", ""),
    ("K2", "02.02.2024", "Anruf", ""),
    ("", "03.02.2024", "Anruf", ""),
    ("K3", "31.02.2024", "Anruf", ""),
    ("K4", "04.02.2024", "Angebot", "viel"),
)
WIDE = """
source = "crm"
dates = "d.m.y"
decimals = ","
[columns]
customer_id = "Kunde"
journey_id = "Nr"
value = "Wert"
segment = "Segment"
[[stages]]
column = "Angebot"
touchpoint = "Angebot"
[[stages]]
column = "Termin"
touchpoint = "Termin"
[outcome]
column = "Status"
date = "Ende"
won = ["gewonnen"]
lost = ["verloren"]
"""
WIDE_HEADERS = ("Nr", "Kunde", "Segment", "Angebot", "Termin", "Ende", "Status", "Wert")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "workspace")


def write(
    folder: Path, headers: Sequence[str], rows: Sequence[Sequence[str]], name: str = "liste.csv"
) -> Path:
    path = folder / name
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([headers, *rows])
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def long(top: str = "") -> Mapping:
    return parse_mapping(LONG.format(top=top))


def contacts(ws: Workspace) -> pd.DataFrame:
    with ws.warehouse.open() as snapshot:
        return snapshot.frame(Query(sql="SELECT * FROM contacts ORDER BY row_no, occurred_at, row_key"))


def test_a_preview_says_what_the_import_then_does(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, HEADERS, ROWS)
    shown = preview(ws, file, long())
    assert ws.warehouse.head() is None
    report = import_file(ws, file, long()).files[0]
    assert shown.counts == report.counts
    assert (report.counts.new, report.counts.rejected, report.counts.records) == (4, 2, 6)
    assert shown.unassigned == report.unassigned == {"Anruf": 2}
    assert shown.rows["customer_id"].tolist() == ["K1", "K2", "K2", "K4"]
    assert shown.data_end == dt.datetime(2024, 2, 4)
    assert contacts(ws)["value"].sum() == 1000.5


def test_rejects_keep_row_column_value_and_reason(ws: Workspace, tmp_path: Path) -> None:
    report = import_file(ws, write(tmp_path, HEADERS, ROWS), long())
    found = rejects(ws, report.files[0].import_id)
    assert found[["row_no", "column", "value"]].fillna("").to_numpy().tolist() == [
        [4, "Kunde", ""], [5, "Datum", "31.02.2024"], [6, "Wert", "viel"],
    ]  # fmt: skip
    assert "ist kein Datum der Form 31.12.2024" in found["reason_de"][1]
    assert "die Zeile bleibt" in found["reason_de"][2]
    with pytest.raises(UsageFault):
        rejects(ws, "nothing")


def test_the_same_file_twice_is_all_unchanged_and_real_duplicates_stay(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, HEADERS, ROWS)
    import_file(ws, file, long())
    again = import_file(ws, file, long()).files[0].counts
    assert (again.new, again.unchanged, again.changed, again.rejected) == (0, 4, 0, 2)
    assert len(contacts(ws)) == 4


def test_appending_adds_and_replacing_removes(ws: Workspace, tmp_path: Path) -> None:
    import_file(ws, write(tmp_path, HEADERS, ROWS[:2]), long())
    more = write(tmp_path, HEADERS, ROWS[1:3], "mehr.csv")
    added = import_file(ws, more, long()).files[0].counts
    assert (added.new, added.unchanged) == (1, 1)
    shown = preview(ws, more, long('mode = "replace"'))
    replaced = import_file(ws, more, long('mode = "replace"')).files[0].counts
    assert shown.counts == replaced
    assert (replaced.new, replaced.unchanged, replaced.removed) == (0, 2, 1)
    assert contacts(ws)["customer_id"].tolist() == ["K2", "K2"]


def test_the_same_file_with_another_mapping_is_not_appended_twice(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, HEADERS, ROWS)
    import_file(ws, file, long())
    other = parse_mapping(LONG.format(top="").replace('value = "Wert"', 'comment = "Wert"'))
    with pytest.raises(InputFault, match="replace"):
        import_file(ws, file, other)


def test_rows_of_a_wide_table_are_updated_by_their_key(ws: Workspace, tmp_path: Path) -> None:
    first = [
        ("1", "K1", "G", "01.02.2024", "", "", "offen", "100"),
        ("2", "K2", "G", "02.02.2024", "", "", "offen", "50"),
    ]
    later = [("1", "K1", "G", "01.02.2024", "", "09.02.2024", "Gewonnen ", "120"), first[1]]
    import_file(ws, write(tmp_path, WIDE_HEADERS, first), parse_mapping(WIDE))
    counts = import_file(ws, write(tmp_path, WIDE_HEADERS, later), parse_mapping(WIDE)).files[0].counts
    assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 1)
    assert contacts(ws).groupby("event")["value"].sum()["won"] == 120


def test_the_amounts_of_a_wide_row_count_once_and_its_dimensions_everywhere(
    ws: Workspace, tmp_path: Path
) -> None:
    rows = [
        ("1", "K1", "G", "01.02.2024", "03.02.2024", "09.02.2024", "gewonnen", "100"),
        ("2", "K2", "P", "01.02.2024", "03.02.2024", "", "offen", "30"),
        ("3", "K3", "P", "05.02.2024", "03.02.2024", "", "offen", "7"),
    ]
    import_file(ws, write(tmp_path, WIDE_HEADERS, rows), parse_mapping(WIDE))
    found = contacts(ws)
    assert found["value"].sum() == 137
    carriers = found[found["value"].notna()]
    assert dict(zip(carriers["customer_id"], carriers["touchpoint"], strict=True)) == {
        "K1": "won", "K2": "Termin", "K3": "Angebot",
    }  # fmt: skip
    assert found["segment"].tolist() == ["G", "G", "G", "P", "P", "P", "P"]


def test_a_wide_row_with_one_bad_date_keeps_the_others(ws: Workspace, tmp_path: Path) -> None:
    rows = [
        ("1", "K1", "G", "01.02.2024", "??", "", "offen", ""),
        ("2", "K2", "G", "", "", "", "offen", ""),
        ("3", "K3", "G", "05.02.2024", "", "", "gewonnen", "5"),
        ("", "K4", "G", "05.02.2024", "", "", "offen", "5"),
    ]
    report = import_file(ws, write(tmp_path, WIDE_HEADERS, rows), parse_mapping(WIDE)).files[0]
    assert (report.counts.new, report.counts.rejected) == (2, 2)
    by_row = {row: list(group["column"]) for row, group in rejects(ws, report.import_id).groupby("row_no")}
    assert by_row == {1: ["Termin"], 2: ["Angebot, Termin, Ende"], 3: ["Ende"], 4: ["Nr"]}
    won = contacts(ws).query("event == 'won'")
    assert won["occurred_at"].tolist() == [pd.Timestamp(2024, 2, 5)]


def test_of_rows_with_the_same_key_the_last_one_counts_and_the_others_are_reported(
    ws: Workspace, tmp_path: Path
) -> None:
    rows = [("1", "K1", "G", "01.02.2024", "", "", "offen", str(n)) for n in range(3)]
    report = import_file(ws, write(tmp_path, WIDE_HEADERS, rows), parse_mapping(WIDE)).files[0]
    assert (report.counts.new, report.counts.rejected) == (1, 2)
    assert contacts(ws)["value"].tolist() == [2.0]


def test_contacts_after_the_data_end_are_planned(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, HEADERS, [*ROWS[:3], ("K9", "31.12.2180", "Anruf", "")])
    shown = preview(ws, file, long(), now=dt.datetime(2024, 3, 1))
    assert (shown.counts.planned, shown.data_end) == (1, dt.datetime(2024, 2, 2))
    stated = preview(ws, file, long("data_end = 2024-02-01"))
    assert stated.counts.planned == 3
    assert stated.data_end == dt.datetime.combine(dt.date(2024, 2, 1), dt.time.max)
    report = import_file(ws, file, long()).files[0]
    assert report.counts.planned == 1
    assert len(contacts(ws)) == 3


def test_a_data_end_in_the_future_is_refused(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputFault, match="in der Zukunft"):
        import_file(ws, write(tmp_path, HEADERS, ROWS), long("data_end = 2180-01-01"))


def test_an_open_question_stops_the_import_and_an_answer_lets_it_pass(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, HEADERS, [("K1", "3/4/2024", "Anruf", "")])
    shown = preview(ws, file)
    (question,) = [question for question in shown.questions if question.blocking]
    assert question.field == "columns.occurred_at.format"
    with pytest.raises(InputFault, match="Tag und Monat"):
        import_file(ws, file)
    assert ws.warehouse.head() is None
    import_file(ws, file, answer(shown.mapping, {question.field: "d/m/y"}))
    assert contacts(ws)["occurred_at"].tolist() == [pd.Timestamp(2024, 4, 3)]


def test_the_mapping_is_recognised_for_the_next_file_of_the_same_shape(ws: Workspace, tmp_path: Path) -> None:
    import_file(ws, write(tmp_path, HEADERS, ROWS), long("data_end = 2024-02-28"))
    shown = preview(ws, write(tmp_path, HEADERS, ROWS[:2], "maerz.csv"))
    assert shown.origin == "remembered"
    assert shown.mapping == long()


def test_several_files_become_one_snapshot_or_none(ws: Workspace, tmp_path: Path) -> None:
    good = write(tmp_path, HEADERS, ROWS)
    wide = write(tmp_path, WIDE_HEADERS, [("1", "K1", "G", "01.02.2024", "", "", "offen", "1")], "crm.csv")
    bad = write(tmp_path, ("a", "b"), [("1", "2")], "falsch.csv")
    with pytest.raises(InputFault, match=r"falsch\.csv"):
        import_files(ws, [(good, long()), (bad, long())])
    assert ws.warehouse.head() is None
    report = import_files(ws, [(good, long()), (wide, parse_mapping(WIDE))])
    assert len(ws.warehouse.snapshots()) == 1
    assert [each.counts.source for each in report.files] == ["liste", "crm"]


def test_own_files_take_the_place_of_the_sample(ws: Workspace, tmp_path: Path) -> None:
    sample = long("sample = true").model_copy(update={"source": "beispiel"})
    import_file(ws, write(tmp_path, HEADERS, ROWS), sample)
    report = import_file(ws, write(tmp_path, HEADERS, ROWS[:1]), long())
    assert report.dropped == ("beispiel",)
    assert contacts(ws)["customer_id"].tolist() == ["K1"]


def test_an_unknown_phase_in_the_mapping_is_named(ws: Workspace, tmp_path: Path) -> None:
    wrong = parse_mapping(LONG.format(top="").replace('"preference"', '"preferences"'))
    with pytest.raises(InputFault, match="Meinten Sie „preference“"):
        import_file(ws, write(tmp_path, HEADERS, ROWS), wrong)


def test_other_columns_stay_as_dimensions(ws: Workspace, tmp_path: Path) -> None:
    headers = (*HEADERS, "Größe (m²)", "region", "source")
    file = write(tmp_path, headers, [(*ROWS[0], "12", "Nord", "Messe")])
    import_file(ws, file, long('leave_out = ["source"]'))
    found = contacts(ws)
    assert found["groesse_m2"].tolist() == ["12"]
    assert found["region"].tolist() == ["Nord"]
    with ws.warehouse.open() as snapshot:
        assert snapshot.manifest.dimensions == {"groesse_m2": "Größe (m²)"}


def test_markup_sql_and_formulas_in_names_and_values_stay_text(ws: Workspace, tmp_path: Path) -> None:
    nasty = "'); DROP TABLE contacts; --"
    headers = (*HEADERS, nasty)
    file = write(tmp_path, headers, [("=1+1", "01.02.2024", "<b>x</b>", "", nasty)])
    mapping = long().model_copy(update={"source": nasty})
    import_file(ws, file, mapping)
    found = contacts(ws)
    assert found[["customer_id", "touchpoint", "source"]].to_numpy().tolist() == [["=1+1", "<b>x</b>", nasty]]


cells = st.sampled_from(["", "K1", "K2", "01.02.2024", "31.02.2024", "1,5", "1.5", "x", "NA", "2024-01-01"])


# An example takes seconds, so a failing one is shown as found: shrinking it would take minutes.
@settings(
    max_examples=6, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.too_slow]
)
@given(
    first=st.lists(st.tuples(*[cells] * 4), min_size=1, max_size=6),
    second=st.lists(st.tuples(*[cells] * 4), min_size=1, max_size=6),
    mode=st.sampled_from(["append", "replace", "upsert"]),
)
def test_rows_in_are_new_unchanged_changed_or_rejected(
    first: list[tuple[str, ...]], second: list[tuple[str, ...]], mode: str
) -> None:
    top = f'mode = "{mode}"' + ('\nkey = ["Kunde"]' if mode == "upsert" else "")
    good = ("K0", "05.02.2024", "Anruf", "1")
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Path(folder) / "workspace")
        for rows in (first, second):
            file = write(Path(folder), HEADERS, [good, *rows])
            counts = import_file(ws, file, long(top)).files[0].counts
            assert counts.new + counts.unchanged + counts.changed + counts.rejected == 1 + len(rows)
            assert counts.rejected == sum(not acceptable(row) for row in rows) + replaced(mode, [good, *rows])
        with ws.warehouse.open() as snapshot:
            ((stored,),) = snapshot.rows(Query(sql="SELECT count(*) FROM contacts"))
        assert stored >= counts.new + counts.unchanged + counts.changed


def acceptable(row: tuple[str, ...]) -> bool:
    """Whether a row has what a contact needs, told independently of the product."""
    customer, date, touchpoint, _ = row
    return bool(customer and touchpoint) and date == "01.02.2024"


def replaced(mode: str, rows: list[tuple[str, ...]]) -> int:
    """With a key, rows that a later row of the same file replaces."""
    kept = [row[0] for row in rows if acceptable((row[0], row[1].replace("05", "01"), *row[2:]))]
    return len(kept) - len(set(kept)) if mode == "upsert" else 0


def test_without_an_outcome_the_order_carries_the_amounts(ws: Workspace, tmp_path: Path) -> None:
    mapping = """
    source = "auftraege"
    dates = "d.m.y"
    decimals = ","
    columns = { customer_id = "Kunde", journey_id = "Nr", value = "Wert" }
    stages = [
      { column = "Angebot", touchpoint = "Angebot" },
      { column = "Auftrag", touchpoint = "Auftrag" },
      { column = "Lieferung", touchpoint = "Lieferung" },
    ]
    [touchpoints]
    Angebot = { phase = "preference", event = "offer" }
    Auftrag = { phase = "purchase", event = "won" }
    Lieferung = { phase = "after_sale", event = "delivery" }
    """
    rows = [
        ("1", "K1", "01.02.2024", "09.02.2024", "20.02.2024", "100"),
        ("2", "K2", "02.02.2024", "", "", "30"),
    ]
    file = write(tmp_path, ("Nr", "Kunde", "Angebot", "Auftrag", "Lieferung", "Wert"), rows)
    import_file(ws, file, parse_mapping(mapping))
    assert contacts(ws).groupby("event")["value"].sum().to_dict() == {"delivery": 0, "offer": 30, "won": 100}


def test_a_suggested_spelling_is_a_sentence_of_its_own(ws: Workspace, tmp_path: Path) -> None:
    file = write(tmp_path, HEADERS, ROWS)
    with pytest.raises(InputFault, match=r"nicht gibt\. Meinten Sie „Vorgang“\?"):
        import_file(ws, file, parse_mapping(LONG.format(top="").replace('"Vorgang"', '"Vorgangg"')))
