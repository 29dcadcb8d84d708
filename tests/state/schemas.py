"""A workspace's state as an earlier schema left it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from store.state.database import MIGRATIONS


def left_by(folder: Path, revision: str) -> None:
    """Makes the state of `folder` as the migrations up to `revision` do, with a name typed once in it."""
    engine = create_engine(f"sqlite:///{folder / 'state.sqlite'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(text("INSERT INTO setting VALUES ('person', 'Lena', 1)"))
    engine.dispose()
