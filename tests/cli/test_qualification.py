"""Qualification on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.building import workspace_from_rows
from tests.cli.conftest import Run


def decided_cases(folder: Path) -> Path:
    """Forty orders of B2B, twenty orders and forty refusals of B2C until 2024-03-31."""
    won = [("A", "B2B", "Messe"), ("B", "B2B", "Web"), ("C", "B2C", "Web")]
    lost = [("D", "B2C", "Web"), ("E", "B2C", "Messe")]
    rows = [
        {
            "customer_id": name,
            "occurred_at": day,
            "touchpoint": touchpoint,
            "segment": segment,
            "channel": channel,
        }
        for last, cases in (("order", won), ("refusal", lost))
        for name, segment, channel in cases
        for number in range(20)
        for day, touchpoint in (("2024-03-01", "enquiry"), ("2024-03-11", last))
    ]
    rows.append({**rows[0], "customer_id": "F", "occurred_at": "2024-03-31"})
    return workspace_from_rows(folder, rows).root


def test_qualification_comes_whole_as_json(run: Run, tmp_path: Path) -> None:
    ended = run("qualification", "--workspace", decided_cases(tmp_path), "--json")
    assert (ended.code, ended.err) == (0, "")
    found = ended.json
    assert (found["all"]["cases"], found["all"]["won"], found["all"]["rate"]["value"]) == (100, 60, 60)
    decided = {group["key"]: group["decided"] for group in found["groups"]}
    assert {key: (each["cases"], each["won"]) for key, each in decided.items()} == {
        "B2B": (40, 40),
        "B2C": (60, 20),
    }
    assert found["qualified"]["needs"] == ["event:qualified"]


def test_printed_qualification_sets_groups_side_by_side_and_says_what_is_lacking(
    run: Run, tmp_path: Path
) -> None:
    ended = run("qualification", "--by", "channel", "--workspace", decided_cases(tmp_path))
    assert ended.code == 0
    rows = {line.split()[0]: line.split() for line in ended.out.splitlines() if line.strip()}
    assert rows["Alle"][:5] == ["Alle", "entschiedenen", "Fälle", "–", "–"]
    assert "60" in rows["Alle"]
    assert rows["Messe"][4:6] == ["40", "50"]
    assert rows["Web"][4:6] == ["60", "66,7"]
    assert "Qualifizierte und andere: sichtbar mit" in ended.err


def test_qualification_of_what_the_entries_do_not_know_says_so(run: Run, tmp_path: Path) -> None:
    ended = run("qualification", "--by", "mood", "--workspace", decided_cases(tmp_path))
    assert ended.code == 2
