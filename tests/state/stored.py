"""The bytes in which the state lies, to see that something is not, or no longer, among them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from store.state.tables import Base
from tests.state.schemas import url_of


def stored(folder: Path) -> bytes:
    """SQLite's files with all that belongs to them; of PostgreSQL the files of the tables."""
    engine = create_engine(url_of(folder), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "sqlite":
        files = [file for file in folder.iterdir() if file.name.startswith("state.sqlite")]
    else:
        with engine.connect() as connection:
            connection.execute(text("CHECKPOINT"))
            data = Path(str(connection.execute(text("SHOW data_directory")).scalar_one()))
            where = text("SELECT pg_relation_filepath(CAST(:name AS regclass))")
            files = [
                data / str(connection.execute(where, {"name": name}).scalar_one())
                for name in Base.metadata.tables
            ]
    found = b"".join(file.read_bytes() for file in files)
    assert len(found) > 1000
    return found
