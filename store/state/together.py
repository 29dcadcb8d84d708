"""Transactions of one process that come at the same time are committed together.

A commit waits for the disk. Where fifty people save at once, fifty commits one after the other would take
fifty waits; here whoever finds others waiting leaves the commit to the last of them. Each has a savepoint of
its own, so that a fault of one undoes nothing of the others, and each returns only once the commit of all is
on the disk. The order is that of a queue: SQLite by itself lets the waiting sleep and try again, so that some
wait for seconds.
"""

from __future__ import annotations

from collections import deque
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
        self._line = _Line()
        self._group: _Group | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed when this returns, or undone. Busy where the turn does not come."""
        if not self._line.take_turn(self._wait_seconds):
            raise Busy(
                Text(
                    de="Hier speichern gerade viele zugleich. Bitte versuchen Sie es noch einmal.",
                    en="Many are saving here at the same time. Please try again.",
                )
            )
        try:
            group = self._group = self._group or _Group(self._engine.connect())
            try:
                with group.savepoint() as session:
                    yield session
            finally:
                group.members += 1
        finally:
            self._go_on()
        group.wait()

    def _go_on(self) -> None:
        """The next one joins the group; where there is none, or it is large enough, it is committed."""
        group = self._group
        if group is not None and group.members < MOST and self._line.pass_on():
            return
        try:
            self._group = None
            if group is not None:
                group.commit()
        finally:
            self._line.leave()


class _Line:
    """A lock that is handed over in the order of arrival; a plain one lets the same few pass the others."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def take_turn(self, seconds: float) -> bool:
        """Waits for the turn; False where it did not come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine not in self._waiting:
                return True  # it came in this very moment
            self._waiting.remove(mine)
            return False

    def pass_on(self) -> bool:
        """Gives the turn to whoever waits longest; False where nobody does, and the turn is kept."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
                return True
            return False

    def leave(self) -> None:
        """Gives the turn back, to whoever has come in this very moment or to nobody."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


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
