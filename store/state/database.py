"""The database of the state: SQLite set up so that no acknowledged change is lost, or another one by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from core.errors import Busy, InputFault, UsageFault, WegmarkeError
from core.text import Text
from store.state.tables import Base
from store.state.together import Together

REVISION = "0006"
"""The newest migration; saves loading Alembic where nothing is to be done."""

MIGRATIONS = Path(__file__).with_name("migrations")
STATE_URL = "WEGMARKE_STATE_URL"
"""Environment variable that puts the state into a PostgreSQL database instead of a file of the workspace."""

_WAIT_MS = 10_000
_WAITED_IN_VAIN = {"55P03", "57014", "40001", "40P01"}
"""PostgreSQL's codes for a lock not granted in time, a question broken off, and transactions in each other's
way."""
_TURN = 7_315_274_632
"""The lock that a transaction on PostgreSQL holds while it runs; any number that nobody else uses."""


class ChangedMeanwhile(WegmarkeError):
    """Someone else changed the same entry; nothing was overwritten."""


def as_seen(version: int, seen: int, said: Text | None = None) -> None:
    """ChangedMeanwhile where an entry is no longer of the version that the person saw who changes it."""
    if version != seen:
        raise ChangedMeanwhile(said or CHANGED)


CHANGED = Text(
    de="Das wurde inzwischen geändert. Bitte laden Sie die Seite neu.",
    en="This has been changed in the meantime. Please reload the page.",
)


class Database:
    """Sessions on the state. Every session is one transaction: all of it or nothing, one after the other.

    UsageFault for a URL that is none, InputFault where its database cannot be reached.
    """

    def __init__(self, url: str | URL) -> None:
        self.engine = _engine(url)
        self._together = (
            Together(self.engine, _WAIT_MS / 1000) if self.engine.dialect.name == "sqlite" else None
        )
        with faults_told():
            migrate(self.engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Busy where another process writes for long, ChangedMeanwhile where versions no longer match."""
        with faults_told(), self._together.session() if self._together else self._alone() as session:
            yield session

    @contextmanager
    def _alone(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def compact(self) -> None:
        """Leaves no deleted bytes behind: files are written anew, SQLite's write-ahead log is folded in.

        PostgreSQL's own log and backups are its administrator's to let go.
        """
        sqlite = ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        postgres = tuple(f'VACUUM (FULL) "{table}"' for table in Base.metadata.tables)
        with faults_told(), closing(self.engine.raw_connection()) as raw:
            if self.engine.dialect.name == "postgresql":
                raw.dbapi_connection.autocommit = True  # type: ignore[union-attr]
            for statement in postgres if self.engine.dialect.name == "postgresql" else sqlite:
                raw.cursor().execute(statement)


def _engine(url: str | URL) -> Engine:
    try:
        named = make_url(url)
        if named.drivername in ("postgres", "postgresql"):
            named = named.set(drivername="postgresql+psycopg")
        engine = create_engine(named, poolclass=NullPool)
    except (ArgumentError, ImportError) as error:
        raise _no_database() from error
    match engine.dialect.name:
        case "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_at_once)
        case "postgresql":
            event.listen(engine, "begin", _one_after_the_other)
        case _:
            raise _no_database()
    return engine


@contextmanager
def faults_told() -> Iterator[None]:
    """What a database refuses, as a fault that a person can do something about."""
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhile(
            Text(
                de="Jemand anderes hat das inzwischen geändert. Bitte laden Sie die Seite neu.",
                en="Someone else has changed this in the meantime. Please reload the page.",
            )
        ) from error
    except DataError as error:
        raise UsageFault(
            Text(
                de="Eine Eingabe ist zu lang oder enthält Zeichen, die sich nicht speichern lassen.",
                en="An entry is too long or holds characters that cannot be stored.",
            )
        ) from error
    except OperationalError as error:
        code = getattr(error.orig, "sqlstate", "")  # PostgreSQL's; None where it could not even be reached
        if "locked" in str(error.orig) or code in _WAITED_IN_VAIN:
            raise Busy(
                Text(
                    de="Ein anderer Vorgang schreibt gerade in diesen Arbeitsbereich. Bitte versuchen Sie "
                    "es noch einmal.",
                    en="Something else is writing to this workspace at the moment. Please try again.",
                )
            ) from error
        if code == "":
            raise
        raise InputFault(
            Text(
                de="Die Datenbank, die {variable} nennt, ist nicht erreichbar oder lässt den Benutzer nicht "
                "zu.",
                en="The database that {variable} names cannot be reached or does not admit the user.",
            ).fill(variable=STATE_URL)
        ) from error
    except DatabaseError as error:
        if not any(word in str(error.orig) for word in ("malformed", "not a database")):
            raise
        raise _damaged() from error


def _damaged() -> InputFault:
    return InputFault(
        Text(
            de="Die Datei state.sqlite des Arbeitsbereichs ist beschädigt. ./run restore SICHERUNG --replace "
            "stellt eine Sicherung wieder her.",
            en="The workspace's file state.sqlite is damaged. ./run restore BACKUP --replace restores a "
            "backup.",
        )
    )


def _no_database() -> UsageFault:
    return UsageFault(
        Text(
            de="{variable} nennt keine Datenbank. Erwartet wird postgresql://BENUTZER:PASSWORT@RECHNER/NAME.",
            en="{variable} names no database. Expected is postgresql://USER:PASSWORD@HOST/NAME.",
        ).fill(variable=STATE_URL)
    )


def migrate(engine: Engine) -> None:
    """Brings the schema up to date; processes that start together wait for each other."""
    with engine.begin() as connection:
        if revision_of(connection) != REVISION:
            upgrade(connection, "head")


def upgrade(connection: Connection, revision: str) -> None:
    """Brings the schema to a revision, in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - takes longer to load than all else here
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None where there is none yet."""
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


def _one_after_the_other(connection: Connection) -> None:
    # As on SQLite: what a transaction has read is still so when it writes, and two that migrate take turns.
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_WAIT_MS}; SELECT pg_advisory_xact_lock({_TURN})")
