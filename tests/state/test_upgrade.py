"""A workspace of an earlier schema keeps what was entered in it: rows written by plain SQL, as they were."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from checklists.loading import load_checklists
from store.state.roundrows import hashed
from store.state.rounds import Own
from store.state.state import State
from tests.state.schemas import left_by, url_of

QUICK = load_checklists()["journey_quick"]
NOW = dt.datetime(2026, 3, 2, 9)


def a_round_with_answers(folder: Path) -> None:
    """What version 0002 of the schema held of a closed round of three, and of one that is running."""
    engine = create_engine(url_of(folder), poolclass=NullPool)
    with engine.begin() as connection:
        for name, closed in (("closed", "2026-03-05 17:00:00.000000"), ("running", None)):
            connection.execute(
                text(
                    "INSERT INTO round VALUES (:name, 'journey_quick', :catalog, 'Vertrieb', 'B2B', "
                    "'2999-03-16', 3, FALSE, '2026-03-02 09:00:00.000000', 'Lena', :closed, NULL, NULL, "
                    "'{\"selling\": 2}', FALSE, 1)"
                ),
                {"name": name, "closed": closed, "catalog": QUICK.model_dump_json()},
            )
        for number, value in enumerate((0.0, 0.5, 1.0), 1):
            for offset, name in ((0, "closed"), (10, "running")):
                connection.execute(
                    text("INSERT INTO seat VALUES (:id, :round, :person, 'sales', :hash, NULL, 1)"),
                    {
                        "id": offset + number, "round": name, "person": f"P{number}",
                        "hash": hashed(f"{name}{number}"),
                    },
                )  # fmt: skip
                connection.execute(
                    text(
                        "INSERT INTO answer (seat_id, statement, value, mark, confidence, evidence_for, "
                        "evidence_against, link, may_be_shown, saved_at, version) VALUES (:seat, "
                        "'quick_origin', :value, '', 2, 'CRM', '', '', TRUE, '2026-03-03 10:00:00.000000', 1)"
                    ),
                    {"seat": offset + number, "value": value},
                )
    engine.dispose()


def test_rounds_and_answers_of_the_schema_before_are_there_and_can_go_on(tmp_path: Path) -> None:
    left_by(tmp_path, "0002")
    a_round_with_answers(tmp_path)
    state = State(tmp_path)
    assert state.values.get("person") == "Lena"
    closed = state.rounds.results("closed", NOW)
    assert (closed.round.team, closed.round.scope, dict(closed.round.targets)) == (
        "Vertrieb", "B2B", {"selling": 2},
    )  # fmt: skip
    assert closed.disclosure.shown["quick_origin"].counts == ((0.0, 1), (0.5, 1), (1.0, 1))
    assert [remark.evidence_for for remark in closed.remarks] == ["CRM"] * 3
    kept = state.rounds.seat("running2", NOW).answers["quick_origin"]
    assert (kept.answer, kept.confidence, kept.version) == (0.5, 2, 1)
    state.rounds.save("running2", Own(statement="quick_origin", answer=1.0, version=1), NOW)
    assert state.rounds.seat("running2", NOW).answers["quick_origin"].answer == 1.0


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_every_earlier_schema_is_brought_up_to_date(tmp_path: Path, revision: str) -> None:
    left_by(tmp_path, revision)
    state = State(tmp_path)
    made = state.rounds.begin(QUICK, team="Vertrieb", scope="", closes_on=NOW.date(), person="Lena", at=NOW)
    assert state.values.get("person") == "Lena"
    assert state.rounds.get(made.id) == made


def test_consents_and_promises_of_the_schema_before_take_a_logo_and_go_on(tmp_path: Path) -> None:
    left_by(tmp_path, "0005")
    a_consent_and_a_promise(tmp_path)
    state = State(tmp_path)
    (consent,) = state.consents.of("p" * 32)
    assert (consent.quote, consent.picture, consent.logo) == ("„Gut.“", b"\x89PNG\0\xff", None)
    with_logo = state.consents.change(
        consent.model_copy(update={"logo": b"\x89PNG\0logo"}), person="Lena", at=NOW
    )
    assert state.consents.of("p" * 32) == (with_logo,)
    (promise,) = state.promises.told()
    assert (promise.prospect, promise.name, promise.sample, promise.aim) == ("Muster AG", None, False, "")


def a_consent_and_a_promise(folder: Path) -> None:
    """What version 0005 of the schema held of a project whose customer consented, and of a prospect."""
    engine = create_engine(url_of(folder), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO project VALUES (:id, 'P-1', 'p_1', 'Übergaben', 'Handovers', 'Nord', 'named', "
                "'property', 'small', 'x', 'x', '[]', '2025-07-01', '2024-07-01', '2025-06-30', "
                "'2025-07-01', '2026-06-30', 'closed', FALSE, 'Ada', '2025-05-01 09:00:00.000000', "
                "'2025-05-01 09:00:00.000000', '2026-07-01', FALSE, 1)"
            ),
            {"id": "p" * 32},
        )
        connection.execute(
            text(
                "INSERT INTO consent VALUES (1, :project, 'given', 'named', '„Gut.“', 'Öz', 'Leitung', "
                ":picture, '2026-11', 'Mail', '2026-07-10', NULL, NULL, FALSE, 1)"
            ),
            {"project": "p" * 32, "picture": b"\x89PNG\0\xff"},
        )
        told = {
            "who": "Ada", "kpi": "days", "inputs": {"today": 16, "cases": 5, "worth": 2},
            "outcomes": [{"level": "low", "relative": -0.1, "after": 14.4, "gain": 16}], "claims": ["W-1"],
        }  # fmt: skip
        connection.execute(
            text("INSERT INTO promise VALUES (1, '2026-03-01 09:00:00.000000', 'Muster AG', :told, NULL, 1)"),
            {"told": json.dumps(told)},
        )
    engine.dispose()
