"""The command line over a small workspace whose figures can be counted by hand."""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import terminal
from tests.cli.conftest import Run

HOME = Path(__file__).resolve().parents[2]
VIEW = ("--period", "2024-01..2024-03")


def in_a_process(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, HOME / "cli.py", *words],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_the_ledger_counts_each_end(run: Run, small: Path) -> None:
    ended = run("ledger", *VIEW, "--workspace", small, "--json")
    assert ended.code == 0
    rows = {row["phase"]: row for row in ended.json["rows"]}
    assert rows["consideration"]["visits"] == 3
    assert rows["consideration"]["advanced"] == 1
    assert rows["consideration"]["lost"] == 1
    assert rows["consideration"]["open"] == 1
    assert rows["consideration"]["conversion"] == 50.0
    assert rows["purchase"]["completed"] == 1
    assert ended.json["unassigned"] == {"fax": 1}
    assert ended.json["data_end"].startswith("2024-03-31")


def test_the_printed_ledger_says_the_same_and_names_what_has_no_phase(run: Run, small: Path) -> None:
    ended = run("ledger", *VIEW, "--workspace", small)
    header, *rows = (line.split() for line in ended.out.splitlines())
    assert header[:3] == ["Phase", "Besuche", "weiter"]
    consideration = next(row for row in rows if row[0] == "Consideration")
    assert consideration[1:8] == ["3", "1", "0", "0", "0", "1", "1"]
    assert consideration[8].startswith("50")
    assert "„fax“" in ended.err


def test_filters_and_breakdowns_are_those_of_the_pages(run: Run, small: Path) -> None:
    web = run("ledger", *VIEW, "--where", "channel=Web", "--workspace", small, "--json").json
    assert {row["phase"]: row["visits"] for row in web["rows"]}["consideration"] == 2
    both = run(
        "ledger", *VIEW, "--where", "channel=Web", "--where", "channel=Messe", "--workspace", small, "--json"
    ).json
    assert {row["phase"]: row["visits"] for row in both["rows"]}["consideration"] == 3
    by = run("ledger", *VIEW, "--by", "channel", "--workspace", small, "--json").json
    groups = {row["group"]: row["visits"] for row in by["rows"] if row["phase"] == "consideration"}
    assert groups == {"Web": 2, "Messe": 1}


def test_five_phases_are_a_choice(run: Run, small: Path) -> None:
    rows = run("ledger", *VIEW, "--model", "five_phase", "--workspace", small, "--json").json["rows"]
    assert [row["phase"] for row in rows] == [
        "awareness",
        "consideration",
        "purchase",
        "retention",
        "advocacy",
    ]


def test_kpis_come_whole_as_json_and_in_words(run: Run, small: Path) -> None:
    results = run("kpis", *VIEW, "--workspace", small, "--json").json
    enquiries = next(result for result in results if result["kpi"] == "enquiries")
    assert enquiries["numerator"] == 3
    assert enquiries["name"].keys() == {"de", "en"}
    assert enquiries["period"] == {"first": "2024-01", "last": "2024-03", "basis": "range"}
    assert {
        "value",
        "denominator",
        "n",
        "previous",
        "last_year",
        "target",
        "chart",
        "snapshot",
        "version",
    } <= (enquiries.keys())
    shown = run("kpis", *VIEW, "--workspace", small)
    assert shown.code == 0
    assert any("enquiries" in line and "Anfragen" in line for line in shown.out.splitlines())
    assert "Schnappschuss" in shown.err


@pytest.mark.parametrize(
    "words",
    [
        ("kpis", "--model", "nine_phase"),
        ("kpis", "--period", "yesterday"),
        ("kpis", "--period", "2024-03..2024-01"),
        ("kpis", "--where", "channel"),
        ("kpis", "--where", "shoe=9"),
        ("kpis", "--by", "'; DROP TABLE contacts; --"),
        ("ledger", "--model", "nine_phase"),
        ("ledger", "--by", "shoe"),
        ("kpis", "--lang", "fr"),
        ("kpis", "--nonsense"),
        ("explain", "nonsense"),
        ("explain",),
        ("back", "nonsense"),
        ("rejects", "nonsense"),
        ("erase", "K1"),
        ("nonsense",),
        ("import",),
    ],
)
def test_wrong_usage_ends_with_two_and_a_sentence(run: Run, small: Path, words: tuple[str, ...]) -> None:
    ended = run(*words, *(() if words in [("nonsense",), ("import",)] else ("--workspace", small)))
    assert ended.code == 2
    assert ended.err.strip()
    assert "Traceback" not in ended.err
    assert ended.out == ""


@pytest.mark.parametrize("command", ["kpis", "ledger", "explain", "erase"])
def test_an_empty_workspace_says_what_fills_it(run: Run, tmp_path: Path, command: str) -> None:
    words = {"explain": ["win_rate"], "erase": ["K1", "--yes"]}.get(command, [])
    ended = run(command, *words, "--workspace", tmp_path / "new")
    assert ended.code == 1
    assert "./run import" in ended.err
    assert "./run sample" in ended.err


CSV = """\
Kunde;Datum;Aktivität;Wert
K1;01.02.2024;Anfrage;
K1;15.02.2024;Angebot;1.200,50
K2;99.02.2024;Anfrage;
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export.csv"
    file.write_text(CSV, encoding="utf-8")
    return file


def test_a_preview_stores_nothing(run: Run, tmp_path: Path, export: Path) -> None:
    workspace = tmp_path / "ws"
    seen = run("import", export, "--preview", "--workspace", workspace, "--json").json
    assert [(each["records"], each["counts"]["new"], each["counts"]["rejected"]) for each in seen] == [
        (3, 2, 1)
    ]
    assert run("snapshots", "--workspace", workspace, "--json").json == []


def test_the_proposed_mapping_is_a_mapping_file(run: Run, tmp_path: Path, export: Path) -> None:
    proposed = run("mapping", export, "--workspace", tmp_path / "ws")
    rules = tmp_path / "export.toml"
    rules.write_text(proposed.out, encoding="utf-8")
    ended = run("import", export, "--mapping", rules, "--workspace", tmp_path / "ws", "--json")
    assert ended.code == 0
    counts = ended.json["files"][0]["counts"]
    assert (counts["new"], counts["rejected"], counts["contacts"]) == (2, 1, 2)


def test_rows_in_are_new_unchanged_changed_and_rejected_and_every_reject_can_be_read(
    run: Run, tmp_path: Path, export: Path
) -> None:
    first = run("import", export, "--workspace", tmp_path / "ws", "--json").json["files"][0]
    again = run("import", export, "--workspace", tmp_path / "ws", "--json").json["files"][0]
    assert (first["counts"]["new"], first["counts"]["unchanged"]) == (2, 0)
    assert (again["counts"]["new"], again["counts"]["unchanged"]) == (0, 2)
    (reject,) = run("rejects", first["import_id"], "--workspace", tmp_path / "ws", "--json").json
    assert (reject["row_no"], reject["column"], reject["value"]) == (3, "Datum", "99.02.2024")
    as_csv = run("rejects", first["import_id"], "--workspace", tmp_path / "ws").out
    assert "99.02.2024" in as_csv


def test_a_printed_import_says_what_became_of_the_rows(run: Run, tmp_path: Path, export: Path) -> None:
    ended = run("import", export, "--workspace", tmp_path / "ws")
    assert ended.out.splitlines()[1].split()[:6] == ["export.csv", "export", "3", "2", "0", "0"]
    assert "99.02.2024" in ended.err
    assert "./run rejects" in ended.err


def test_ambiguous_dates_are_asked_about_and_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ambiguous.csv"
    file.write_text(
        "Customer,Date,Activity\nA,3/4/2024,Enquiry\nB,5/6/2024,Enquiry\nC,7/8/2024,Enquiry\n",
        encoding="utf-8",
    )
    ended = run("import", file, "--workspace", tmp_path / "ws")
    assert ended.code == 1
    assert "m/d/y" in ended.err
    assert "d/m/y" in ended.err
    assert run("snapshots", "--workspace", tmp_path / "ws", "--json").json == []
    assert "m/d/y" in run("mapping", file, "--workspace", tmp_path / "ws").err


@pytest.mark.parametrize("mapping", ["missing.toml", "broken.toml"])
def test_a_mapping_at_fault_is_an_input_at_fault(
    run: Run, tmp_path: Path, export: Path, mapping: str
) -> None:
    (tmp_path / "broken.toml").write_text("source = ", encoding="utf-8")
    ended = run("import", export, "--mapping", tmp_path / mapping, "--workspace", tmp_path / "ws")
    assert ended.code == 1
    assert mapping in ended.err


def test_one_bad_file_among_several_stores_none_of_them(run: Run, tmp_path: Path, export: Path) -> None:
    ended = run("import", export, tmp_path / "missing.csv", "--workspace", tmp_path / "ws")
    assert ended.code == 1
    assert "missing.csv" in ended.err
    assert run("snapshots", "--workspace", tmp_path / "ws", "--json").json == []


def test_going_back_makes_an_earlier_snapshot_the_current_one(run: Run, tmp_path: Path, export: Path) -> None:
    workspace = tmp_path / "ws"
    first = run("import", export, "--workspace", workspace, "--json").json["snapshot"]
    export.write_text(CSV + "K9;20.02.2024;Anfrage;\n", encoding="utf-8")
    run("import", export, "--workspace", workspace)
    assert len(run("snapshots", "--workspace", workspace, "--json").json) == 2
    assert run("back", first, "--workspace", workspace).code == 0
    current = next(
        line for line in run("snapshots", "--workspace", workspace).out.splitlines() if "jetzt" in line
    )
    assert first in current


def test_an_erased_customer_is_gone_and_stays_out(run: Run, tmp_path: Path, export: Path) -> None:
    workspace = tmp_path / "ws"
    run("import", export, "--workspace", workspace)
    ended = run("erase", "K1", "--yes", "--workspace", workspace, "--json")
    assert ended.code == 0
    assert ended.json["rows"] >= 2
    again = run("import", export, "--workspace", workspace, "--json").json["files"][0]["counts"]
    assert again["contacts"] == 0
    kept = [
        path.read_bytes() for path in workspace.rglob("*") if path.is_file() and "scratch" not in path.parts
    ]
    assert not [content for content in kept if b"K1;01.02.2024" in content]


def test_an_explanation_holds_the_figure_its_sql_and_the_rows_behind_it(run: Run, small: Path) -> None:
    found = run("explain", "enquiries", *VIEW, "--workspace", small, "--json").json
    assert found["numerator"] == 3
    assert found["count"] == 3
    assert sorted(row["customer_id"] for row in found["rows"]) == ["K1", "K3", "NA"]
    assert "SELECT" in found["sql"]
    assert found["snapshot"] == run("snapshots", "--workspace", small, "--json").json[0]["id"]
    shown = run("explain", "enquiries", *VIEW, "--workspace", small)
    assert found["sql"] in shown.out
    assert "K3" in shown.out


def test_the_rows_behind_a_figure_leave_as_csv(run: Run, small: Path) -> None:
    lines = run("explain", "enquiries", *VIEW, "--workspace", small, "--rows").out.splitlines()
    assert len(lines) == 1 + 3
    assert "customer_id" in lines[0].split(";")


def test_an_explanation_can_be_broken_down(run: Run, small: Path) -> None:
    found = run("explain", "enquiries", *VIEW, "--by", "channel", "--workspace", small, "--json").json
    assert {one["group"]: one["numerator"] for one in found["groups"]} == {"Messe": 1, "Web": 2}


def test_a_kpi_of_every_phase_asks_for_the_phase(run: Run, small: Path) -> None:
    assert run("explain", "phase_conversion", *VIEW, "--workspace", small).code == 2
    found = run(
        "explain", "phase_conversion", "--phase", "consideration", *VIEW, "--workspace", small, "--json"
    ).json
    assert (found["numerator"], found["denominator"]) == (1, 2)


def test_errors_speak_the_language_asked_for(small: Path) -> None:
    german = in_a_process("kpis", "--model", "x", "--workspace", small)
    english = in_a_process("kpis", "--model", "x", "--workspace", small, "--lang", "en")
    assert german.returncode == english.returncode == 2
    assert "gibt es nicht" in german.stderr.decode()
    assert "does not exist" in english.stderr.decode()


def test_a_console_of_an_older_encoding_gets_the_nearest_signs(small: Path) -> None:
    ended = in_a_process("kpis", "--workspace", small, PYTHONIOENCODING="cp437", PYTHONUTF8="0")
    assert ended.returncode == 0
    assert "Kennzahl" in ended.stdout.decode("cp437")
    assert 'fehlt: Datei "Reichweite"' in ended.stdout.decode("cp437")
    assert b"Traceback" not in ended.stderr


@given(st.text())
def test_no_text_is_too_strange_for_any_encoding(text: str) -> None:
    codecs.register_error("spelled", terminal.spelled)
    assert "\ufffd" not in text.encode("ascii", errors="spelled").decode("ascii")


@pytest.mark.parametrize(
    "command",
    [
        "import", "mapping", "kpis", "ledger", "funnel", "triggers", "leaks", "qualification", "explain",
        "rejects", "erase", "sample", "snapshots", "back",
    ],
)  # fmt: skip
def test_help_names_every_command_and_shows_how_it_is_typed(run: Run, command: str) -> None:
    assert f"\n  {command} " in run("--help").out
    ended = run(command, "--help")
    assert ended.code == 0
    assert f"./run {command}" in ended.out
    assert "--workspace" in ended.out
    assert "--lang" in ended.out


def test_a_reader_that_stops_early_is_no_error(small: Path) -> None:
    with subprocess.Popen(
        [sys.executable, HOME / "cli.py", "kpis", "--workspace", small, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as piped:
        assert piped.stdout is not None
        assert piped.stderr is not None
        assert piped.stdout.read(1) == b"["
        piped.stdout.close()
        assert b"Traceback" not in piped.stderr.read()
        assert piped.wait() == 0


def test_json_is_strict(small: Path, run: Run) -> None:
    def refuse(name: str) -> None:
        raise ValueError(name)

    json.loads(run("kpis", "--workspace", small, "--json").out, parse_constant=refuse)
