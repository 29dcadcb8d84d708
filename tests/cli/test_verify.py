from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from exports.embedding import PART
from exports.sealing import sealed
from store.signing import known_signing_key, signing_key
from tests.cli.conftest import Run
from tests.exports import sheets, tampering


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def file(workspace: Path, tmp_path: Path) -> Path:
    out = tmp_path / "angebot.pptx"
    out.write_bytes(sealed([sheets.good()], "pptx", signing_key(workspace)))
    return out


def test_one_altered_digit_is_named_with_its_place_and_ends_with_1(
    run: Run, workspace: Path, file: Path
) -> None:
    file.write_bytes(tampering.slide_text_changed(file.read_bytes(), "−4,1", "−4,7"))
    ended = run("verify", file, "--workspace", workspace)
    assert ended.code == 1
    (line,) = [line for line in ended.out.splitlines() if "in der Datei geändert" in line]
    assert "Folie 1, sentence" in line
    assert "−4,7" in line
    assert "−4,1" in line
    assert "Die Datei wurde geändert" in ended.err


def test_json_names_every_number_with_its_outcome(run: Run, workspace: Path, file: Path) -> None:
    file.write_bytes(tampering.chart_sheet_changed(file.read_bytes(), "B3", 11.2))
    found = run("verify", file, "--workspace", workspace, "--json").json
    assert found["counts"]["altered"] == 1
    (altered,) = [one for one in found["verification"]["findings"] if one["outcome"] == "altered"]
    assert (altered["made"], altered["shown"]) == ("11.1", "11.2")
    assert not found["sound"]


def test_without_its_manifest_a_file_cannot_be_verified(run: Run, workspace: Path, file: Path) -> None:
    file.write_bytes(tampering.without_manifest(file.read_bytes()))
    ended = run("verify", file, "--workspace", workspace)
    assert ended.code == 1
    assert "Nicht prüfbar" in ended.err


def test_a_file_of_another_installation_is_not_ours(run: Run, file: Path, tmp_path: Path) -> None:
    ended = run("verify", file, "--workspace", tmp_path / "other")
    assert ended.code == 1
    assert "Nicht von uns" in ended.err


def test_a_manifest_that_is_forged_is_not_ours(run: Run, workspace: Path, file: Path) -> None:
    file.write_bytes(
        tampering.part_changed(file.read_bytes(), PART, lambda body: body.replace(b"11.1", b"10.1"))
    )
    assert "Nicht von uns" in run("verify", file, "--workspace", workspace).err


def test_a_file_of_another_kind_or_none_is_told_so(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("n = 418", encoding="utf-8")
    for name, words in (("a.txt", "lässt sich nicht als"), ("b.txt", "lässt sich nicht öffnen")):
        ended = run("verify", tmp_path / name, "--workspace", workspace)
        assert ended.code == 1
        assert words in ended.err


def test_the_key_is_made_once_for_its_owner_alone_and_lies_outside_the_workspace(workspace: Path) -> None:
    assert known_signing_key(workspace) != known_signing_key(workspace), "nothing signed, nothing recognised"
    key = signing_key(workspace)
    assert signing_key(workspace) == key == known_signing_key(workspace)
    assert list(workspace.iterdir()) == []
    if os.name == "posix":
        mode = stat.S_IMODE((workspace.parent / "workspace.signing-key").stat().st_mode)
        assert mode == 0o600


def test_a_damaged_key_is_told_and_never_replaced(run: Run, workspace: Path, file: Path) -> None:
    key = workspace.parent / "workspace.signing-key"
    key.write_bytes(b"short")
    ended = run("verify", file, "--workspace", workspace)
    assert ended.code == 1
    assert "workspace.signing-key" in ended.err
    assert key.read_bytes() == b"short"
