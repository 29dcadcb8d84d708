"""Opening a round without a browser: links are told once, and lead to the one who may answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit import rounds
from cockpit.answering import announce, answering_address, withdraw
from cockpit.workspace import open_workspace
from tests.cli.conftest import Run

PEOPLE = ("Anna Berg=Vertrieb", "Ben Kurz=Service", "Cem Ay=Marketing")


def begun(run: Run, workspace: Path, *more: str) -> dict[str, object]:
    words = ("--team", "Vertrieb", "--until", "2099-12-31", "--workspace", workspace, "--json")
    found: dict[str, object] = run("round", "journey_quick", *PEOPLE, *more, *words).json
    return found


def test_a_round_is_opened_and_each_link_leads_to_its_person(run: Run, tmp_path: Path) -> None:
    made = begun(run, tmp_path)
    links = made["links"]
    assert isinstance(links, list)
    assert [(one["person"], one["role"]) for one in links] == [
        ("Anna Berg", "Vertrieb"), ("Ben Kurz", "Service"), ("Cem Ay", "Marketing"),
    ]  # fmt: skip
    ws = open_workspace(tmp_path)
    for one in links:
        head, _, token = one["link"].rpartition("/")
        assert head == "http://127.0.0.1:8601/einladung"
        assert rounds.seat(ws, token).person == one["person"]


def test_links_lead_to_where_the_answering_process_listens_and_say_so_where_it_does_not(
    run: Run, tmp_path: Path
) -> None:
    made = begun(run, tmp_path)
    told = run("links", str(made["round"])[:8], "Eva Linz=Service", "--workspace", tmp_path)
    assert "./run invite" in told.err
    ws = open_workspace(tmp_path)
    announce(ws, "http://192.168.1.20:8601/")
    told = run("links", str(made["round"])[:8], "Dana Roth=Service", "--workspace", tmp_path)
    assert "http://192.168.1.20:8601/einladung/" in told.out
    assert "./run invite" not in told.err
    withdraw(ws, "http://192.168.1.99:8601")
    assert answering_address(ws) == "http://192.168.1.20:8601", "another process ended, not this one"
    withdraw(ws, "http://192.168.1.20:8601")
    assert answering_address(ws) is None


def test_people_come_from_a_file_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Eva Linz;Service\n\nRoth, Dana;Leitung\nKim,Support\n", encoding="utf-8")
    made = begun(run, tmp_path / "ws", "--people", str(file))
    links = made["links"]
    assert isinstance(links, list)
    assert [(one["person"], one["role"]) for one in links[3:]] == [
        ("Eva Linz", "Service"), ("Roth, Dana", "Leitung"), ("Kim", "Support"),
    ]  # fmt: skip
    file.write_bytes(b"\xff\xfe\x00")
    assert run("links", made["round"], "--people", file, "--workspace", tmp_path / "ws").code == 1


def test_the_list_of_rounds_shows_who_is_asked_and_no_answer(run: Run, tmp_path: Path) -> None:
    made = begun(run, tmp_path)
    told = run("rounds", "--workspace", tmp_path)
    assert str(made["round"])[:8] in told.out
    (one,) = run("rounds", "--workspace", tmp_path, "--json").json
    assert (one["team"], one["invited"], one["submitted"], one["over"]) == ("Vertrieb", 3, 0, False)
    assert "noch keine Runde" in run("rounds", "--workspace", tmp_path / "other").err


@pytest.mark.parametrize(
    "words",
    [
        ("round", "journey_quick", *PEOPLE, "--team", "V", "--until", "morgen"),
        ("round", "journey_quick", *PEOPLE, "--team", "V", "--until", "2001-01-01"),
        ("round", "journey_quick", "Anna=Vertrieb", "--team", "V", "--until", "2099-12-31"),
        ("round", "journey_quick", "=Vertrieb", *PEOPLE, "--team", "V", "--until", "2099-12-31"),
        ("round", "nothing", *PEOPLE, "--team", "V", "--until", "2099-12-31"),
        ("links", "nothing", "Anna=Vertrieb"),
    ],
)
def test_a_round_that_cannot_be_is_refused_in_words(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    told = run(*words, "--workspace", tmp_path)
    assert told.code == 2
    assert told.err.strip()
    assert "Traceback" not in told.err
    assert rounds.rounds(open_workspace(tmp_path)) == []
