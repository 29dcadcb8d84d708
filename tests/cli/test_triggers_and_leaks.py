"""`./run triggers` and `./run leaks` over the sample: the figures of the use cases, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.leaks import leak_sentence, leaks
from cockpit.triggers import triggers
from cockpit.workspace import open_workspace
from core.view import View
from exports.text_table import clean
from tests.cli.conftest import Run


def test_triggers_as_json_are_those_of_the_use_case(run: Run, sample_workspace: Path) -> None:
    ended = run("triggers", "preference", "--workspace", sample_workspace, "--json")
    assert ended.code == 0
    found = triggers(open_workspace(sample_workspace), View(), "preference")
    assert found is not None
    assert [row["value"] for row in ended.json["triggers"]] == [each.value for each in found.triggers]
    assert [row["q"] for row in ended.json["triggers"]] == [each.q for each in found.triggers]
    assert ended.json["landmark_days"] == found.landmark_days
    assert (ended.json["running"], ended.json["undecided"]) == (found.running, found.undecided)


def test_triggers_in_words_name_what_was_left_out_and_that_nothing_is_a_cause(
    run: Run, sample_workspace: Path
) -> None:
    ended = run("triggers", "preference", "--where", "segment=B2B", "--workspace", sample_workspace)
    assert ended.code == 0
    header, first, *_ = ended.out.splitlines()
    assert header.split()[:3] == ["Art", "Wert", "gesehen"]
    assert first.split()[:2] == ["Touchpoint", "Angebotsgespräch"]
    assert "sind offen und zählen nicht mit" in ended.err
    assert "Ein Zusammenhang, keine Ursache." in ended.err


def test_where_there_is_nothing_to_compare_the_reason_stands_beside(run: Run, sample_workspace: Path) -> None:
    ended = run("triggers", "purchase", "--workspace", sample_workspace)
    assert (ended.code, ended.out) == (0, "")
    assert "verglichen wird ab 20" in ended.err


def test_leaks_as_json_are_those_of_the_use_case(run: Run, sample_workspace: Path) -> None:
    ended = run("leaks", "--where", "segment=B2C", "--workspace", sample_workspace, "--json")
    assert ended.code == 0
    found = leaks(open_workspace(sample_workspace), View(where={"segment": ("B2C",)}))
    assert found is not None
    assert found.costliest is not None
    assert [row["money"] for row in ended.json["leaks"]] == [leak.money for leak in found.leaks]
    assert ended.json["costliest"]["phase"] == found.costliest.phase
    assert ended.json["per_year"] is True


def test_leaks_in_words_end_with_the_costliest_and_give_reasons_beside(
    run: Run, sample_workspace: Path
) -> None:
    ended = run("leaks", "--workspace", sample_workspace)
    found = leaks(open_workspace(sample_workspace), View())
    assert found is not None
    assert found.costliest is not None
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].split()[0] == "Phase"
    assert len([line for line in lines[1:] if line]) == len(found.leaks) + 1
    assert lines[-1] == clean(leak_sentence(found.costliest, found)("de"))
    assert "Purchase: niemand ging endgültig verloren." in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("triggers",),
        ("triggers", "nirvana"),
        ("triggers", "preference", "--model", "none"),
        ("triggers", "preference", "--period", "soon"),
        ("leaks", "--where", "colour=red"),
        ("leaks", "--period", "2026-13"),
    ],
)
def test_wrong_usage_ends_with_two(run: Run, sample_workspace: Path, words: tuple[str, ...]) -> None:
    ended = run(*words, "--workspace", sample_workspace)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


@pytest.mark.parametrize("words", [("triggers", "preference"), ("leaks",)])
def test_an_empty_workspace_ends_with_one(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(*words, "--workspace", tmp_path).code == 1
