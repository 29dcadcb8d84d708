"""Transactions of one process that come at the same time are committed together.

A commit waits for the disk. Where fifty people save at once, fifty commits one after the other would take
fifty waits; here whoever finds others waiting leaves the commit to the last of them. Each has a savepoint of
its own, so that a fault of one undoes nothing of the others, and each returns only once the commit of all is
on the disk. The order is that of a queue: SQLite by itself lets the waiting sleep and try again, so that some
wait for seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from core.errors import Busy
from core.text import Text

MOST = 64
"""Transactions in one commit at most, so that nobody waits for an endless line."""


class Together:
    """Sessions on one connection at a time, taken in turns."""

    def __init__(self, engine: Engine, wait_seconds: float) -> None:
        self._engine = engine
        self._wait_seconds = wait_seconds
        self._turn = Lock()
        self._count = Lock()
        self._waiting = 0
        self._group: _Group | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed when this returns, or undone. Busy where the turn does not come."""
        self._take_turn()
        try:
            group = self._group = self._group or _Group(self._engine.connect())
            try:
                with group.savepoint() as session:
                    yield session
            finally:
                group.members += 1
                if self._waiting == 0 or group.members >= MOST:
                    self._group = None
                    group.commit()
        finally:
            self._turn.release()
        group.wait()

    def _take_turn(self) -> None:
        with self._count:
            self._waiting += 1
        try:
            if not self._turn.acquire(timeout=self._wait_seconds):
                raise Busy(
                    Text(
                        de="Hier speichern gerade viele zugleich. Bitte versuchen Sie es noch einmal.",
                        en="Many are saving here at the same time. Please try again.",
                    )
                )
        finally:
            with self._count:
                self._waiting -= 1


class _Group:
    """Transactions that share a commit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._done = Event()
        self._failure: BaseException | None = None
        self.members = 0

    @contextmanager
    def savepoint(self) -> Iterator[Session]:
        if not self._connection.in_transaction():
            self._connection.begin()
        with (
            Session(
                self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
            ) as session,
            session.begin(),
        ):
            yield session

    def commit(self) -> None:
        try:
            with self._connection:
                self._connection.commit()
        except BaseException as failure:
            self._failure = failure
            raise
        finally:
            self._done.set()

    def wait(self) -> None:
        """Until the commit is on the disk; raises what kept it from getting there."""
        self._done.wait()
        if self._failure is not None:
            raise self._failure
