"""The database of the state: SQLite set up so that no acknowledged change is lost, or another one by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from core.errors import Busy, WegmarkeError
from core.text import Text

REVISION = "0004"
"""The newest migration; saves loading Alembic where nothing is to be done."""

MIGRATIONS = Path(__file__).with_name("migrations")
_WAIT_MS = 10_000


class ChangedMeanwhile(WegmarkeError):
    """Someone else changed the same entry; nothing was overwritten."""


class Database:
    """Sessions on the state. Every session is one transaction: all of it or nothing."""

    def __init__(self, url: str | URL) -> None:
        self.engine = create_engine(url, poolclass=NullPool)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_at_once)
        migrate(self.engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Busy where another process writes for long, ChangedMeanwhile where versions no longer match."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except StaleDataError as error:
            raise ChangedMeanwhile(
                Text(
                    de="Jemand anderes hat das inzwischen geändert. Bitte laden Sie die Seite neu.",
                    en="Someone else has changed this in the meantime. Please reload the page.",
                )
            ) from error
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            raise Busy(
                Text(
                    de="Ein anderer Vorgang schreibt gerade in diesen Arbeitsbereich. Bitte versuchen Sie "
                    "es noch einmal.",
                    en="Something else is writing to this workspace at the moment. Please try again.",
                )
            ) from error

    def compact(self) -> None:
        """Leaves no deleted bytes behind: the write-ahead log is folded in and the file written anew."""
        if self.engine.dialect.name != "sqlite":
            return
        raw = self.engine.raw_connection()
        try:
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                raw.cursor().execute(statement).close()
        finally:
            raw.close()


def migrate(engine: Engine) -> None:
    """Brings the schema up to date; processes that start together wait for each other."""
    with engine.begin() as connection:
        if _revision(connection) == REVISION:
            return
        from alembic import command  # noqa: PLC0415 - takes longer to load than all else here
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _prepare_sqlite(connection: Any, _: object) -> None:
    # Transactions are ours to begin: the driver's deferred ones lose updates silently.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {_WAIT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
