"""Proofs on the command line: the shelf, a file that leaves and is checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli import main
from cockpit.people import remember_name
from cockpit.workspace import open_workspace


@pytest.fixture
def folder(own_sample: Path) -> Path:
    return own_sample


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out = capsys.readouterr()
    return code, out.out, out.err


def test_a_proof_is_listed_leaves_noted_and_is_found_as_it_left(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "claims", "--workspace", str(folder), "--json")
    assert code == 0
    listed = {each["project"]: each for each in json.loads(out)["claims"]}
    assert len(listed) == 9
    proof = listed["F-01"]["id"]
    target = tmp_path / "west.pptx"
    words = ["export", proof, "--workspace", str(folder), "--out", str(target), "--recipient", "Muster AG"]
    remember_name(open_workspace(folder), "Ada")
    assert said(capsys, *words)[0] == 0
    assert open_workspace(folder).state.claims.handouts([proof])[0].recipient == "Muster AG"
    assert open_workspace(folder).state.claims.handouts([proof])[0].who == "Ada"
    code, out, _ = said(capsys, "verify", str(target), "--workspace", str(folder), "--json")
    assert code == 0
    counts = json.loads(out)["counts"]
    assert counts["same"] > 0
    assert sum(counts.values()) == counts["same"]


def test_what_the_customer_withdrew_does_not_leave(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = open_workspace(folder)
    remember_name(ws, "Ada")
    project = next(each for each in ws.state.projects.all() if each.key == "F-08")
    proof = next(each for each in ws.state.claims.offered() if each.project == project.id)
    target = tmp_path / "no.pdf"
    words = ("export", proof.id, "--format", "pdf", "--workspace", str(folder), "--out", str(target))
    code, _, err = said(capsys, *words)
    assert code == 2
    assert "widerrufen" in err
    assert not target.exists()


def test_an_unknown_proof_is_said_to_be_unknown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    remember_name(open_workspace(folder), "Ada")
    code, _, err = said(capsys, "export", "W-404", "--workspace", str(folder))
    assert code == 2
    assert "W-404" in err


def test_whoever_lost_the_key_is_told_and_still_learns_whether_it_is_the_file_that_left(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = open_workspace(folder)
    project = next(each for each in ws.state.projects.all() if each.key == "F-01")
    proof = next(each for each in ws.state.claims.offered() if each.project == project.id)
    target, backup = tmp_path / "west.pdf", tmp_path / "a.wegmarke"
    words = ("export", proof.id, "--format", "pdf", "--workspace", str(folder), "--out", str(target))
    assert said(capsys, *words)[0] == 0
    code, _, err = said(capsys, "backup", str(backup), "--workspace", str(folder))
    assert code == 0
    assert "workspace.signing-key" in err
    code, _, err = said(capsys, "restore", str(backup), "--workspace", str(tmp_path / "new"))
    assert code == 0
    assert "new.signing-key fehlt hier" in err
    folder.with_suffix(".signing-key").unlink()
    code, _, err = said(capsys, "verify", str(target), "--workspace", str(folder))
    assert code == 1
    assert "workspace.signing-key) fehlt" in err
    assert "Byte für Byte" in err
    target.write_bytes(target.read_bytes() + b"\n")
    code, _, err = said(capsys, "verify", str(target), "--workspace", str(folder))
    assert code == 1
    assert "Byte für Byte" not in err
