"""The funnel and the best attempt on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_funnel_comes_whole_as_json(run: Run, small: Path) -> None:
    ended = run("funnel", "--window", "30", "--workspace", small, "--json")
    assert ended.code == 0
    assert ended.err == ""
    found = ended.json
    assert found["route"] == {
        "counting": "reached", "start": "consideration", "end": "purchase", "window_days": 30,
        "attribution": "first",
    }  # fmt: skip
    (everyone,) = found["groups"]
    assert everyone["group"] is None
    assert [(step["phase"], step["journeys"]) for step in everyone["steps"]] == [
        ("consideration", 3), ("preference", 1), ("purchase", 1),
    ]  # fmt: skip
    assert (everyone["closed"], everyone["running"], everyone["ended_lost"]) == (2, 1, 1)
    assert everyone["headline"]["value"] == 50
    assert found["period"] is None
    assert found["phases"]["preference"] == {"de": "Preference", "en": "Preference"}
    assert found["snapshot"] == run("snapshots", "--workspace", small, "--json").json[0]["id"]


def test_a_printed_funnel_shows_steps_rates_and_what_to_beware_of(run: Run, small: Path) -> None:
    ended = run("funnel", "--window", "30", "--workspace", small)
    header, first, *_ = ended.out.splitlines()
    assert header.split() == ["Phase", "Kundenreisen", "vom", "Eintritt", "vom", "Schritt", "davor"]
    assert first.split() == ["Consideration", "3", "100", "%", "–"]
    assert "Trichterquote" in ended.out
    assert "50\u00a0%" in ended.out
    assert "Nur bei 2 von 3 Kundenreisen" in ended.err
    assert "Fenster 30 Tage" in ended.err
    assert "Ganze Historie" in ended.err
    assert "Ohne Fenster" in run("funnel", "--window", "none", "--workspace", small).err


def test_a_printed_funnel_can_be_broken_down_and_ordered(run: Run, small: Path) -> None:
    ended = run(
        "funnel", "--by", "channel", "--counting", "ordered", "--attribution", "last",
        "--period", "2024-01", "--workspace", small,
    )  # fmt: skip
    assert ended.code == 0
    lines = [line.split() for line in ended.out.splitlines()]
    assert [line[0] for line in lines if "Purchase" in line] == ["alle", "Messe", "Web"]
    assert "Schritt für Schritt" in ended.err
    assert "Januar 2024" in ended.err


def test_the_lower_bound_is_shown_only_where_ties_make_one(run: Run, small: Path, tmp_path: Path) -> None:
    assert "mindestens" not in run("funnel", "--workspace", small).out
    file = tmp_path / "ties.csv"
    file.write_text(
        "customer_id;occurred_at;touchpoint;phase\nA;2024-01-02;web;awareness\nA;2024-01-02;buy;purchase\n",
        encoding="utf-8",
    )
    assert run("import", file, "--workspace", tmp_path / "ws").code == 0
    shown = run("funnel", "--workspace", tmp_path / "ws")
    assert "mindestens" in shown.out
    assert "keine Zeiten" in shown.err


def test_the_best_attempt_counts_over_all_data(run: Run, small: Path) -> None:
    found = run("funnel", "--best-attempt", "--window", "30", "--workspace", small, "--json")
    assert found.code == 0
    assert [(step["phase"], step["journeys"]) for step in found.json["steps"]] == [
        ("consideration", 3), ("preference", 1), ("purchase", 1),
    ]  # fmt: skip
    shown = run("funnel", "--best-attempt", "--window", "5", "--workspace", small)
    assert [line.split() for line in shown.out.splitlines()][1:] == [
        ["Consideration", "3"], ["Preference", "0"], ["Purchase", "0"],
    ]  # fmt: skip
    refused = run("funnel", "--best-attempt", "--by", "channel", "--workspace", small)
    assert (refused.code, refused.out) == (2, "")
    assert "--best-attempt" in refused.err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--window", "soon"), "soon"),
        (("--window", "-5"), "-5"),
        (("--window", "99999999999"), "36.500"),
        (("--counting", "all"), "ordered"),
        (("--attribution", "middle"), "entry"),
        (("--start", "consideraton"), "consideration"),
        (("--end", "loyalty"), "purchase"),
        (("--start", "purchase", "--end", "consideration"), "Consideration"),
        (("--by", "chanel"), "channel"),
        (("--period", "2024-13"), "2024-13"),
    ],
)
def test_a_funnel_that_makes_no_sense_is_wrong_usage(
    run: Run, small: Path, words: tuple[str, ...], hint: str
) -> None:
    ended = run("funnel", *words, "--workspace", small)
    assert (ended.code, ended.out) == (2, "")
    assert hint in ended.err


def test_a_funnel_of_an_empty_workspace_is_an_input_at_fault(run: Run, tmp_path: Path) -> None:
    assert run("funnel", "--workspace", tmp_path / "none").code == 1
