"""Transactions that are committed together: each is whole, none is lost, a fault stays where it arose."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import event, select

from core.errors import Busy
from store.state.database import Database
from store.state.tables import SettingRow, VisitRow
from store.state.together import Together

PEOPLE, TIMES = 20, 15
NOW = dt.datetime(2026, 3, 2, 9)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'state.sqlite'}")


def at_once(count: int, job: Callable[[int], None]) -> None:
    """Runs the job in so many threads that begin together."""
    gate = Barrier(count)

    def run(number: int) -> None:
        gate.wait()
        job(number)

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def kept(folder: Path) -> Counter[str]:
    """What another process reads from the file."""
    with sqlite3.connect(folder / "state.sqlite") as connection:
        return Counter(person for (person,) in connection.execute("SELECT person FROM visit"))


def test_what_was_acknowledged_is_in_the_file_and_what_failed_is_not(
    database: Database, tmp_path: Path
) -> None:
    acknowledged: Counter[str] = Counter()

    def job(number: int) -> None:
        for turn in range(TIMES):
            try:
                with database.session() as session:
                    session.add(VisitRow(person=f"P{number}", at=NOW, until=NOW, snapshot=str(turn)))
                    session.flush()
                    if (number + turn) % 4 == 0:
                        raise LookupError  # noqa: TRY301
            except LookupError:
                continue
            acknowledged[f"P{number}"] += 1

    at_once(PEOPLE, job)
    assert acknowledged == kept(tmp_path)
    assert acknowledged.total() == sum((n + t) % 4 != 0 for n in range(PEOPLE) for t in range(TIMES))


def test_nobody_s_change_is_lost_where_all_change_the_same(database: Database) -> None:
    with database.session() as session:
        session.add(SettingRow(key="count", value="0"))

    def job(_: int) -> None:
        for _turn in range(TIMES):
            with database.session() as session:
                row = session.get_one(SettingRow, "count")
                row.value = str(int(row.value) + 1)

    at_once(PEOPLE, job)
    with database.session() as session:
        row = session.get_one(SettingRow, "count")
        assert (row.value, row.version) == (str(PEOPLE * TIMES), PEOPLE * TIMES + 1)


def test_many_share_a_commit(database: Database) -> None:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)

    def job(number: int) -> None:
        for _turn in range(TIMES):
            with database.session() as session:
                session.add(VisitRow(person=f"P{number}", at=NOW, until=NOW, snapshot=""))

    at_once(PEOPLE, job)
    assert len(commits) < PEOPLE * TIMES / 2


def test_a_commit_that_fails_is_acknowledged_to_nobody_and_the_next_one_works(
    database: Database, tmp_path: Path
) -> None:
    broken = True

    def refuse(_: object) -> None:
        if broken:
            raise OSError("the disk is full")

    event.listen(database.engine, "commit", refuse)
    failures: list[str] = []

    def job(number: int) -> None:
        try:
            with database.session() as session:
                session.add(VisitRow(person=f"P{number}", at=NOW, until=NOW, snapshot=""))
        except OSError as error:
            failures.append(str(error))

    at_once(PEOPLE, job)
    assert failures == ["the disk is full"] * PEOPLE
    assert kept(tmp_path) == Counter()
    broken = False
    job(0)
    assert kept(tmp_path) == Counter(P0=1)
    with database.session() as session:
        assert len(session.scalars(select(VisitRow)).all()) == 1


def test_whoever_waits_too_long_for_a_turn_is_told_so(database: Database) -> None:
    together = Together(database.engine, wait_seconds=0.05)
    with together.session() as session:
        session.add(SettingRow(key="a", value="1"))
        with pytest.raises(Busy), together.session():
            pytest.fail("two at the same time")
    with together.session() as session:
        assert session.get_one(SettingRow, "a").value == "1"
