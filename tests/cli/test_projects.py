"""Projects on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["projects", *words])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_projects_are_listed_with_finding_strength_target_and_actual(
    sample_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "--workspace", str(sample_workspace))
    assert code == 0
    assert "9 Projekte." in out + err
    (line,) = (line for line in out.splitlines() if line.startswith("F-01"))
    assert "20 h, erreicht".replace(" ", "") in line.replace("\u202f", "").replace("\xa0", "").replace(
        " ", ""
    )


def test_json_holds_effect_checks_and_the_frozen_baseline(
    sample_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "--workspace", str(sample_workspace), "--project", "f 01", "--json")
    assert code == 0
    (project,) = json.loads(out)["projects"]
    (kpi,) = project["kpis"]
    assert (project["key"], kpi["grade"], kpi["verdict"], kpi["effect"]["design"]) == (
        "F-01", "A", "improved", "did",
    )  # fmt: skip
    assert kpi["attained"]["standing"] == "reached"
    assert kpi["effect"]["low"] <= kpi["effect"]["estimate"] <= kpi["effect"]["high"]
    assert all(check["passed"] for check in kpi["effect"]["checks"])
    assert len(kpi["evidence_digest"]) == 64


def test_an_unknown_project_is_a_usage_fault_that_names_the_nearest(
    sample_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "--workspace", str(sample_workspace), "--project", "F-001")
    assert code == 2
    assert "F-01" in err


def test_a_workspace_without_projects_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "--workspace", str(tmp_path / "new"))
    assert code == 0
    assert "0 Projekte." in out + err
