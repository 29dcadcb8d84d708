"""A backup of a workspace in use holds all that was acknowledged; a restore is whole or has not happened."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL

from cockpit.backup import Restored, back_up, restore
from cockpit.erasure import erase, held
from cockpit.importing import import_file
from cockpit.samplerounds import load_rounds
from cockpit.workspace import Workspace, open_workspace
from core.errors import InputFault, UsageFault
from core.period import Month
from store.intake.mapping import parse_mapping
from store.state.database import STATE_URL
from store.state.rounds import Own
from store.state.state import State
from tests.sample.test_loading import OWN, OWN_MAPPING
from tests.state.postgres import new_database
from tests.state.schemas import left_by
from tests.state.test_rounds import IDS, begun
from tests.state.test_upgrade import a_round_with_answers

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 3, 2, 9)


def filled(tmp_path: Path) -> Workspace:
    """A workspace with two customers, a note about one of them, a running round and the sample's rounds."""
    ws = open_workspace(tmp_path / "firma")
    load_rounds(ws)
    file = tmp_path / "eigene.csv"
    file.write_text(OWN, encoding="utf-8")
    import_file(ws, file, parse_mapping(OWN_MAPPING))
    ws.state.notes.add("win_rate", Month(2026, 1), "wegen K1", person="Lena", at=NOW)
    return ws


def contents(ws: Workspace) -> dict[str, object]:
    head = ws.warehouse.head()
    assert head is not None
    return {
        "head": head.id,
        "damaged": ws.warehouse.verify(),
        "notes": [note.text for note in ws.state.notes.of()],
        "rounds": [(one.team, one.submitted) for one in ws.state.rounds.all()],
        "settings": ws.settings,
        "audit": [deed for deed in ws.state.audit.latest(1000) if deed.what not in ("backup", "restore")],
    }


def test_a_workspace_comes_back_as_it_was_and_what_took_its_place_is_kept_aside(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    (ws.root / "settings.toml").write_text('company = "Firma"\n', encoding="utf-8")
    (ws.root / "kpis").mkdir()
    (ws.root / "kpis" / "eigene.toml").write_text("# eigene", encoding="utf-8")
    ws = open_workspace(ws.root)
    before = contents(ws)
    back_up(ws, tmp_path / "a.wegmarke", "Lena")
    ws.state.notes.add("win_rate", Month(2026, 2), "danach", person="Lena", at=NOW)
    (ws.root / "kpis" / "eigene.toml").unlink()
    with pytest.raises(UsageFault):
        restore(ws.root, tmp_path / "a.wegmarke", "Lena")
    done = restore(ws.root, tmp_path / "a.wegmarke", "Lena", replace=True)
    assert contents(open_workspace(ws.root)) == before
    assert (ws.root / "kpis" / "eigene.toml").read_text(encoding="utf-8") == "# eigene"
    assert done.aside is not None
    assert "danach" in notes_aside(tmp_path, done)
    assert open_workspace(ws.root).state.audit.latest(1)[0].what == "restore"


def notes_aside(tmp_path: Path, done: Restored) -> list[str]:
    """The notes of the workspace that was put aside: a folder to open, or, with PostgreSQL, a backup."""
    assert done.aside is not None
    if done.aside.is_dir():
        return [note.text for note in State(done.aside).notes.of()]
    restore(tmp_path / "firma", done.aside, "Lena", replace=True)
    return [note.text for note in State(tmp_path / "firma").notes.of()]


def test_an_empty_workspace_takes_a_backup_without_being_asked_twice(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    before = contents(ws)
    back_up(ws, tmp_path / "a.wegmarke", "Lena")
    if STATE_URL in os.environ:
        pytest.skip("the database that the URL names is not empty")
    done = restore(tmp_path / "andere", tmp_path / "a.wegmarke", "Lena")
    assert done.aside is None
    assert contents(open_workspace(tmp_path / "andere")) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["andere", "firma"]


SAVER = """
import datetime as dt, sys
from pathlib import Path
from store.state.rounds import Own
from store.state.state import State
rounds = State(Path(sys.argv[1])).rounds
for number in range(10_000):
    version = rounds.seat(sys.argv[2]).answers[sys.argv[3]].version
    own = Own(statement=sys.argv[3], answer=1.0, evidence_for=str(number), version=version)
    rounds.save(sys.argv[2], own, dt.datetime(2026, 3, 2, 9))
    print(number, flush=True)
"""


def test_every_answer_acknowledged_before_the_backup_began_is_in_it(tmp_path: Path) -> None:
    """While another process saves answers all the time, and goes on during the restore."""
    root = tmp_path / "firma"
    rounds = State(root_made(root)).rounds
    _, (place,) = begun(rounds, ["sales"])
    rounds.save(place.token, Own(statement=IDS[0], answer=0.0), NOW)
    saver = subprocess.Popen(
        [sys.executable, "-c", SAVER, str(root), place.token, IDS[0]],
        cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert saver.stdout is not None
    try:
        acknowledged = [int(next(saver.stdout)) for _ in range(5)][-1]
        back_up(open_workspace(root), tmp_path / "a.wegmarke", "Lena")
        later = int(next(saver.stdout))
    finally:
        saver.terminate()
        saver.wait()
        saver.stdout.close()
    assert later > acknowledged
    restore(root, tmp_path / "a.wegmarke", "Lena", replace=True)
    kept = State(root).rounds.seat(place.token).answers[IDS[0]]
    assert acknowledged <= int(kept.evidence_for)
    assert kept.version == int(kept.evidence_for) + 2


def root_made(root: Path) -> Path:
    root.mkdir()
    return root


def test_a_damaged_backup_is_refused_and_everything_stays(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    file = tmp_path / "a.wegmarke"
    back_up(ws, file, "Lena")
    before = contents(ws)
    whole = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        part = next(one for one in archive.infolist() if one.filename.endswith(".parquet"))
    flipped = bytearray(whole)
    flipped[part.header_offset + 200] ^= 1
    for broken in (bytes(flipped), whole[: len(whole) // 2], b"", b"PK nothing"):
        file.write_bytes(broken)
        with pytest.raises(InputFault):
            restore(ws.root, file, "Lena", replace=True)
        assert contents(open_workspace(ws.root)) == before
    with pytest.raises(InputFault):
        restore(ws.root, tmp_path / "missing", "Lena", replace=True)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["firma"]


@pytest.mark.parametrize("name", ["../outside", "/outside", "workspace/../../outside", "other/file"])
def test_a_forged_backup_writes_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    ws = filled(tmp_path)
    back_up(ws, tmp_path / "a.wegmarke", "Lena")
    forged = tmp_path / "b.wegmarke"
    with zipfile.ZipFile(tmp_path / "a.wegmarke") as archive, zipfile.ZipFile(forged, "w") as other:
        for one in archive.infolist():
            content = archive.read(one)
            if one.filename == "backup.json":
                content = content.replace(b'"state.jsonl":', f'"{name}": "0", "state.jsonl":'.encode())
            other.writestr(one.filename, content)
        other.writestr(name, "x")
    with pytest.raises(InputFault):
        restore(ws.root, forged, "Lena", replace=True)
    assert not list(tmp_path.rglob("outside"))


def test_a_workspace_that_cannot_be_read_any_more_is_replaced_and_kept(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    before = contents(ws)
    back_up(ws, tmp_path / "a.wegmarke", "Lena")
    if STATE_URL not in os.environ:
        for file in ws.root.glob("state.sqlite-*"):
            file.unlink()
        (ws.root / "state.sqlite").write_bytes(b"broken" * 1000)
        with pytest.raises(InputFault):
            State(ws.root).audit.latest()
    (ws.root / "settings.toml").write_text("company = ", encoding="utf-8")
    for manifest in (ws.root / "manifests").iterdir():
        manifest.write_text("{", encoding="utf-8")
    done = restore(ws.root, tmp_path / "a.wegmarke", "Lena", replace=True)
    assert contents(open_workspace(ws.root)) == before
    assert done.aside is not None


def test_who_was_erased_since_the_backup_is_out_of_all_of_it_again(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    ws.state.notes.add("csat", Month(2026, 1), "fragt nach K-nur-hier.", person="Lena", at=NOW)
    back_up(ws, tmp_path / "a.wegmarke", "Lena")
    erase(ws, ["K1", "K-nur-hier"], "Lena")
    done = restore(ws.root, tmp_path / "a.wegmarke", "Lena", replace=True)
    assert done.erased_again == 2
    restored = open_workspace(ws.root)
    assert held(restored, ["K1"]) == []
    assert [one.customer_id for one in held(restored, ["K2"])] == ["K2"]
    assert {note.text for note in restored.state.notes.of()} == {"wegen [gelöscht]", "fragt nach [gelöscht]."}
    assert b"K1" not in b"".join(
        file.read_bytes() for file in ws.root.rglob("*") if file.suffix in (".bin", ".parquet", ".json")
    )


def test_a_backup_is_for_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    file = tmp_path / "a.wegmarke"
    back_up(ws, file, "Lena")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0
    for target in (file, ws.root / "b.wegmarke"):
        with pytest.raises(UsageFault):
            back_up(ws, target, "Lena")
    with pytest.raises(InputFault):
        back_up(ws, tmp_path / "no" / "folder" / "a", "Lena")


def test_a_backup_holds_no_key_and_nothing_that_can_be_made_again(tmp_path: Path) -> None:
    ws = filled(tmp_path)
    erase(ws, ["K1"], "Lena")
    back_up(ws, tmp_path / "a.wegmarke", "Lena")
    with zipfile.ZipFile(tmp_path / "a.wegmarke") as archive:
        names = archive.namelist()
    assert "workspace/erased.json" in names
    assert not [name for name in names if "key" in name or "scratch" in name or "results" in name]
    assert not [name for name in names if name.startswith("workspace/state.sqlite")]


@pytest.mark.sqlite
@pytest.mark.slow
def test_what_was_in_sqlite_goes_into_postgresql_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: URL
) -> None:
    ws = filled(tmp_path)
    before = contents(ws)
    back_up(ws, tmp_path / "a.wegmarke", "Lena")
    database = new_database(postgres)
    monkeypatch.setenv(STATE_URL, database.render_as_string(hide_password=False))
    restore(tmp_path / "andere", tmp_path / "a.wegmarke", "Lena")
    there = open_workspace(tmp_path / "andere")
    assert contents(there) == before
    made, (place,) = begun(there.state.rounds, ["sales"])
    there.state.rounds.save(place.token, Own(statement=IDS[0], answer=1.0), NOW)
    back_up(there, tmp_path / "b.wegmarke", "Lena")
    kept = there.state.rounds.get(made.id)
    monkeypatch.delenv(STATE_URL)
    restore(tmp_path / "dritte", tmp_path / "b.wegmarke", "Lena")
    back = State(tmp_path / "dritte").rounds
    assert back.seat(place.token).answers[IDS[0]].answer == 1.0
    assert back.get(made.id) == kept


@pytest.mark.sqlite
def test_a_backup_of_an_earlier_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    """Made as the product of then made it: the tables and columns of then, by its own dump."""
    then, now = tmp_path / "then", tmp_path / "now"
    then.mkdir()
    now.mkdir()
    left_by(then, "0002")
    a_round_with_answers(then)
    lines = dumped_then(then)
    (tmp_path / "dump").write_text("\n".join(lines) + "\n", encoding="utf-8")
    state = State(now)
    state.fill(tmp_path / "dump", tmp_path / "before")
    assert state.values.get("person") == "Lena"
    assert state.rounds.results("closed", NOW).disclosure.shown["quick_origin"].counted == 3
    (tmp_path / "dump").write_text(
        lines[0].replace('"0002"', '"9999"') + "\n" + "\n".join(lines[1:]), encoding="utf-8"
    )
    with pytest.raises(InputFault):
        state.fill(tmp_path / "dump", tmp_path / "before")
    assert state.values.get("person") == "Lena"


def dumped_then(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "state.sqlite")) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if row[0] not in ("alembic_version", "sqlite_sequence")
        ]
        tables = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names
        }
        lines = [json.dumps({"format": 1, "revision": "0002", "tables": tables})]
        for name in names:
            lines += [json.dumps([name, list(row)]) for row in connection.execute(f"SELECT * FROM {name}")]
    return lines
