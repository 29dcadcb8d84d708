"""State: what was entered is there, nobody overwrites anybody, and the schema is what the models say."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from core.errors import Busy, InputFault, UsageFault, WegmarkeError
from core.period import Month
from store.state.database import MIGRATIONS, REVISION, STATE_URL, ChangedMeanwhile, Database
from store.state.state import State
from store.state.tables import Base
from tests.state.schemas import url_of
from tests.state.stored import stored

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2024, 6, 1, 12)


def database(tmp_path: Path) -> Database:
    return Database(url_of(tmp_path))


def test_the_migrations_make_the_schema_of_the_models(tmp_path: Path) -> None:
    with database(tmp_path).engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


@pytest.mark.sqlite
def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    with database(tmp_path).engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_counting_up_from_two_processes_loses_no_step(tmp_path: Path) -> None:
    count = (
        "import sys; from sqlalchemy import text; from store.state.database import Database\n"
        "db = Database(sys.argv[1])\n"
        "for _ in range(40):\n"
        "    with db.session() as s:\n"
        "        n = int(s.execute(text(\"SELECT value FROM setting WHERE key = 'n'\")).scalar_one())\n"
        "        s.execute(text(\"UPDATE setting SET value = :n WHERE key = 'n'\"), {'n': str(n + 1)})\n"
    )
    state = State(tmp_path)
    state.values.set("n", "0")
    children = [subprocess.Popen([sys.executable, "-c", count, url_of(tmp_path)], cwd=ROOT) for _ in range(2)]
    assert [child.wait() for child in children] == [0, 0]
    assert state.values.get("n") == "80"


def test_a_mapping_is_recalled_by_the_shape_of_the_file(tmp_path: Path) -> None:
    mappings = State(tmp_path).mappings
    assert mappings.recall("shape") is None
    mappings.remember("shape", "crm", "source = 'crm'", NOW)
    mappings.remember("other", "web", "source = 'web'", NOW + dt.timedelta(days=1))
    mappings.remember("shape", "crm", "source = 'crm2'", NOW + dt.timedelta(days=2))
    recalled = State(tmp_path).mappings.recall("shape")
    assert recalled is not None
    assert (recalled.toml, recalled.used_at) == ("source = 'crm2'", NOW + dt.timedelta(days=2))
    assert [one.fingerprint for one in mappings.all()] == ["shape", "other"]
    mappings.forget("shape")
    assert [one.fingerprint for one in mappings.all()] == ["other"]


def test_a_visit_goes_on_for_half_an_hour_and_the_one_before_it_is_told(tmp_path: Path) -> None:
    visits = State(tmp_path).visits
    assert visits.record("ich", "1", NOW) is None
    assert visits.record("ich", "2", NOW + dt.timedelta(minutes=20)) is None
    assert visits.record("du", "2", NOW) is None
    later = NOW + dt.timedelta(days=1)
    for minutes in (0, 5):
        before = visits.record("ich", "3", later + dt.timedelta(minutes=minutes))
        assert before is not None
        assert (before.at, before.until, before.snapshot) == (NOW, NOW + dt.timedelta(minutes=20), "2")
    last = visits.last("ich")
    assert last is not None
    assert (last.at, last.snapshot) == (later, "3")


def test_notes_are_kept_by_kpi_and_month_and_changed_only_as_they_were_seen(tmp_path: Path) -> None:
    notes = State(tmp_path).notes
    first = notes.add("win_rate", Month(2024, 2), "neue Preise", person="ich", at=NOW)
    notes.add("csat", Month(2024, 1), "Hinweis", person="ich", at=NOW, kind="note")
    assert [note.text for note in notes.of()] == ["Hinweis", "neue Preise"]
    assert [note.month for note in notes.of("win_rate", "rebase")] == [Month(2024, 2)]
    mine = notes.change(first, "neue Preisliste", person="ich", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        notes.change(first, "etwas anderes", person="du", at=NOW)
    with pytest.raises(ChangedMeanwhile):
        notes.remove(first, person="du", at=NOW)
    assert [note.text for note in notes.of("win_rate")] == ["neue Preisliste"]
    notes.remove(mine, person="ich", at=NOW)
    with pytest.raises(UsageFault):
        notes.remove(mine, person="ich", at=NOW)


def test_every_change_of_a_note_is_in_the_audit_trail_without_its_text(tmp_path: Path) -> None:
    state = State(tmp_path)
    note = state.notes.add("win_rate", Month(2024, 2), "geheime Preise", person="ich", at=NOW)
    changed = state.notes.change(note, "noch geheimer", person="du", at=NOW)
    state.notes.remove(changed, person="ich", at=NOW)
    assert [(deed.who, deed.what, deed.detail) for deed in reversed(state.audit.latest())] == [
        ("ich", "note_added", "win_rate 2024-02"),
        ("du", "note_changed", "win_rate 2024-02"),
        ("ich", "note_removed", "win_rate 2024-02"),
    ]


def test_the_audit_trail_is_told_newest_first(tmp_path: Path) -> None:
    audit = State(tmp_path).audit
    for day in range(3):
        audit.write("ich", "import", str(day), NOW + dt.timedelta(days=day))
    assert [deed.detail for deed in audit.latest(2)] == ["2", "1"]


def test_erasing_takes_ids_out_of_texts_as_whole_words_and_leaves_no_bytes(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.notes.add("csat", Month(2024, 1), "K-77 und K-771", person="ich", at=NOW)
    state.audit.write("ich", "import", "nur K-77", NOW)
    assert state.erase(["K-77"]) == 2
    assert [note.text for note in state.notes.of()] == ["[gelöscht] und K-771"]
    assert b"K-77" not in stored(tmp_path).replace(b"K-771", b"")


def test_who_waits_too_long_for_another_is_told_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.state.database._WAIT_MS", 200)
    first, second = database(tmp_path), database(tmp_path)
    with first.session() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(Busy), second.session() as waiting:
            waiting.execute(text("SELECT 1"))


def test_processes_that_start_together_make_the_schema_once(tmp_path: Path) -> None:
    start = "import sys; from store.state.database import Database; Database(sys.argv[1])"
    children = [subprocess.Popen([sys.executable, "-c", start, url_of(tmp_path)], cwd=ROOT) for _ in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("nonsense", UsageFault),
        ("mysql://a@b/c", UsageFault),
        ("postgresql://nobody:geheim@127.0.0.1:1/nothing", InputFault),
        ("postgres://nobody:geheim@127.0.0.1:1/nothing", InputFault),
    ],
)
def test_a_database_that_is_none_is_named_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, fault: type[WegmarkeError]
) -> None:
    monkeypatch.setenv(STATE_URL, url)
    with pytest.raises(fault) as told:
        State(tmp_path).audit.latest()
    assert STATE_URL in told.value.text.en
    assert "geheim" not in told.value.text.en


def test_what_a_database_does_not_take_is_a_fault_of_the_entry(tmp_path: Path) -> None:
    """SQLite takes names of any length; PostgreSQL does not, and neither shows a traceback."""
    visits = State(tmp_path).visits
    taken = True
    try:
        visits.record("a" * 5000, "1", NOW)
    except UsageFault:
        taken = False
    assert taken == (STATE_URL not in os.environ)
    assert (visits.last("a" * 5000) is not None) == taken
