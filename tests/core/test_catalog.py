from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.catalog import load_catalog


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    days: Annotated[int, Field(gt=0)]


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_file_of_a_folder_is_found_without_registration(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "[one]\ndays = 1\n[two]\ndays = 2\n")
    catalog = load_catalog(Entry, [write(tmp_path, "b.toml", "[three]\ndays = 3\n")])
    assert [entry.days for entry in catalog.entries.values()] == [1, 2, 3]
    assert catalog.origins["three"] == "b.toml"


def test_a_broken_entry_names_file_and_field_and_breaks_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "[good]\ndays = 1\n[bad]\ndays = -1\nextra = 2\n")
    catalog = load_catalog(Entry, [tmp_path])
    assert list(catalog.entries) == ["good"]
    assert {(fault.file, fault.entry, fault.field) for fault in catalog.faults} == {
        ("a.toml", "bad", "days"),
        ("a.toml", "bad", "extra"),
    }
    assert "a.toml" in catalog.faults[0].text.de


def test_a_file_that_is_no_toml_leaves_the_others_usable(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "[good]\ndays = 1\n")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe[")
    write(tmp_path, "c.toml", "= 1")
    catalog = load_catalog(Entry, [tmp_path])
    assert list(catalog.entries) == ["good"]
    assert [fault.file for fault in catalog.faults] == ["b.toml", "c.toml"]


def test_an_own_entry_replaces_the_shipped_one_but_a_double_in_one_folder_is_a_fault(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", "a.toml", "[one]\ndays = 1\n")
    own = write(tmp_path / "own", "a.toml", "[one]\ndays = 5\n")
    write(own, "b.toml", "[one]\ndays = 6\n")
    catalog = load_catalog(Entry, [shipped, own])
    assert catalog["one"].days == 5
    assert [(fault.file, fault.entry) for fault in catalog.faults] == [("b.toml", "one")]


def test_an_entry_that_is_no_table_is_a_fault(tmp_path: Path) -> None:
    assert load_catalog(Entry, [write(tmp_path, "a.toml", "one = 1\n")]).faults[0].entry == "one"
