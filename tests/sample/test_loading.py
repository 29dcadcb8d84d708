"""Loading the sample and taking it away again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit import sample
from cockpit.importing import import_file
from cockpit.sample import FILES, is_sample, load_sample, remove_sample
from cockpit.workspace import open_workspace
from core.errors import UsageFault
from core.settings import Settings, load_settings
from sample_data.firm import COMPANY
from store.intake.mapping import parse_mapping
from tests.sample.exports import exports, planned_talks

OWN = "Kunde;Datum;Kontakt\nK1;2026-01-05;Anfrage\nK2;2026-01-06;Anfrage\n"
OWN_MAPPING = """
source = "Eigene"
dates = "iso"
[columns]
customer_id = "Kunde"
occurred_at = "Datum"
touchpoint = "Kontakt"
[touchpoints]
Anfrage = { phase = "consideration", event = "lead" }
"""


def test_it_is_one_snapshot_with_every_contact_of_the_files(sample_workspace: Path) -> None:
    head = open_workspace(sample_workspace).warehouse.head()
    assert head is not None
    assert head.sample
    assert head.number == 1
    assert len(head.imports) == len(FILES)
    assert head.unassigned == {}
    assert head.counted == exports().contacts()


def test_rejected_and_planned_lines_are_counted(sample_workspace: Path) -> None:
    head = open_workspace(sample_workspace).warehouse.head()
    assert head is not None
    counts = {each.file: each.counts for each in head.imports}
    assert {file: count.rejected for file, count in counts.items() if count.rejected} == {"vertrieb.csv": 6}
    assert {file: count.planned for file, count in counts.items() if count.planned} == {
        "vertrieb.csv": planned_talks()
    }
    for count in counts.values():
        assert count.records == count.new + count.unchanged + count.changed + count.rejected


def test_the_firm_names_itself_in_the_settings(sample_workspace: Path) -> None:
    settings = load_settings(sample_workspace / "settings.toml")
    assert settings.company == COMPANY
    assert settings.sample


def test_loading_it_again_changes_nothing(own_sample: Path) -> None:
    ws = load_sample(open_workspace(own_sample))
    head = ws.warehouse.head()
    assert head is not None
    latest = head.imports[-len(FILES) :]
    assert {each.counts.new + each.counts.changed for each in latest} == {0}
    assert head.counted == exports().contacts()


def test_removing_it_leaves_an_empty_workspace(own_sample: Path) -> None:
    ws = open_workspace(own_sample)
    remove_sample(ws)
    assert not is_sample(ws)
    head = ws.warehouse.head()
    assert head is None or not head.sources
    assert not (own_sample / "settings.toml").exists()


def test_own_data_take_the_samples_place_and_the_sample_never_theirs(
    own_sample: Path, tmp_path: Path
) -> None:
    file = tmp_path / "eigene.csv"
    file.write_text(OWN, encoding="utf-8")
    ws = open_workspace(own_sample)
    import_file(ws, file, parse_mapping(OWN_MAPPING))
    head = ws.warehouse.head()
    assert head is not None
    assert set(head.sources) == {"Eigene"}
    assert not is_sample(ws)
    assert open_workspace(own_sample).settings == Settings()
    assert not ws.warehouse.is_stale(ws.models, Settings())
    with pytest.raises(UsageFault):
        load_sample(open_workspace(own_sample))
    still = ws.warehouse.head()
    assert still is not None
    assert still.id == head.id


def test_a_refused_sample_leaves_no_settings_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "FILES", ("rollen.csv",))
    file = tmp_path / "eigene.csv"
    file.write_text(OWN, encoding="utf-8")
    ws = open_workspace(tmp_path / "own")
    import_file(ws, file, parse_mapping(OWN_MAPPING))
    with pytest.raises(UsageFault):
        load_sample(ws)
    assert not (tmp_path / "own" / "settings.toml").exists()


def test_own_settings_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "FILES", ("angebote.csv",))
    root = tmp_path / "mine"
    ws = open_workspace(root)
    (root / "settings.toml").write_text('company = "Meine Firma"\n', encoding="utf-8")
    ws = load_sample(ws)
    assert ws.settings.company == "Meine Firma"
    remove_sample(ws)
    assert (root / "settings.toml").exists()
