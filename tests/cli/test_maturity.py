"""Scoring and planning without a browser, as files come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.loading import load_checklists
from cockpit.workspace import open_workspace
from tests.cli.conftest import Run
from tests.roundmaking import held

QUICK = load_checklists()["journey_quick"]
IDS = [statement.id for statement in QUICK.statements]


def answers(tmp_path: Path, **by_person: list[str]) -> Path:
    file = tmp_path / "answers.csv"
    rows = [";".join(["statement", *by_person])]
    rows += [";".join([name, *cells]) for name, *cells in zip(IDS, *by_person.values(), strict=True)]
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def test_answers_are_scored_as_values_words_and_signs(run: Run, tmp_path: Path) -> None:
    file = answers(
        tmp_path, anna=["1"] * 6 + ["?"] * 6, ben=["Durchgängig"] * 6 + ["-"] * 6, carl=["0,5"] * 6 + [""] * 6
    )
    found = run("score", "journey_quick", file, "--json").json
    levels = {one["dimension"]: (one["continuous"], one["gated"]) for one in found["dimensions"]}
    assert found["respondents"] == 3
    assert levels["winning"] == (pytest.approx(5 * 2.5 / 3), 3)
    assert levels["keeping"] == (0, 0)


def test_a_plan_reaches_its_target_and_says_what_comes_first(run: Run, tmp_path: Path) -> None:
    file = answers(tmp_path, anna=["0"] * 12)
    found = run("plan", "journey_quick", file, "--target", "2", "--json").json
    assert {one["gated"] for one in found["after"]} == {2}
    assert found["days"] == sum(step["days"] for step in found["steps"])
    told = run("plan", "journey_quick", file, "--target", "2")
    assert "Maßnahmen mit" in told.err


def test_an_own_catalog_is_read_from_the_workspace_and_from_a_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ws" / "checklists"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        """
[mine]
name = { de = "Eigene", en = "Own" }
about = { de = "Eigene", en = "Own" }
table = { file = "mine.csv", id = "id", statement = "text", dimension = "area", level = "level", \
answers = "answers", values = "values" }
""",
        encoding="utf-8",
    )
    (folder / "mine.csv").write_text(
        "id,area,level,text,answers,values\na,Eins,1,Erstens,nein|ja,0|1\nb,Eins,2,Zweitens,nein|ja,0|1\n",
        encoding="utf-8",
    )
    given = tmp_path / "given.csv"
    given.write_text("id,x\na,ja\nb,nein\n", encoding="utf-8")
    for catalog in ("mine", folder / "mine.toml"):
        found = run("score", catalog, given, "--workspace", tmp_path / "ws", "--json").json
        assert [(one["dimension"], one["gated"]) for one in found["dimensions"]] == [("eins", 1)]
    told = run("plan", "mine", given, "--workspace", tmp_path / "ws")
    assert told.code == 1
    assert "Aufwand" in told.err


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("", 1, "keine Antworten"),
        ("statement;a\nunheard;1\n", 1, "Zeile 2"),
        ("statement;a\nquick_orgin;1\n", 1, "quick_origin"),
        ("statement;a\nquick_origin;3\n", 1, "keine Antwort"),
        ("statement;a\nquick_origin;1\nquick_origin;1\n", 1, "zweimal"),
        ("statement;a;a\nquick_origin;1;1\n", 1, "denselben Namen"),
        ("statement;a\nquick_origin;1;0\n", 1, "mehr Spalten"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_by_row(
    run: Run, tmp_path: Path, content: str, code: int, said: str
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(content, encoding="utf-8")
    told = run("score", "journey_quick", file)
    assert told.code == code
    assert said in told.err


def test_a_quick_check_is_written_for_a_prospect_and_refused_while_the_round_runs(
    run: Run, tmp_path: Path
) -> None:
    ws = open_workspace(tmp_path / "ws")
    over = held(ws, lambda *_: 0.5, roles=["Geschäftsführung"], team="Muster GmbH", is_open=True)
    file = tmp_path / "check.pdf"
    told = run("quickcheck", over.id[:8], "--out", file, "--workspace", ws.root)
    assert (told.code, told.out.strip()) == (0, str(file))
    assert file.read_bytes().startswith(b"%PDF")
    running = held(ws, lambda *_: 0.5, closed=False)
    told = run("quickcheck", running.id, "--workspace", ws.root)
    assert told.code == 2
    assert "läuft noch" in told.err
    silent = held(ws, lambda *_: None)
    assert run("quickcheck", silent.id, "--workspace", ws.root).code == 1
    assert (
        run("quickcheck", over.id, "--out", tmp_path / "no" / "where.pdf", "--workspace", ws.root).code == 1
    )
    assert run("quickcheck", "nichts", "--workspace", ws.root).code == 2


def test_wrong_words_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    file = answers(tmp_path, anna=["1"] * 12)
    assert run("score", "journey_quik", file).code == 2
    assert run("plan", "journey_quick", file, "--target", "9").code == 2
    assert run("score", "journey_quick", tmp_path / "nothing.csv").code == 1
    assert run("score", tmp_path / "nothing.toml", file).code == 1
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    assert run("score", tmp_path / "empty.toml", file).code == 1
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    assert run("score", "journey_quick", tmp_path / "bytes.csv").code == 1
