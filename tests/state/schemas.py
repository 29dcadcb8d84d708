"""A workspace's state as an earlier schema left it."""

from __future__ import annotations

import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine, text

from store.state.database import MIGRATIONS, STATE_URL


def url_of(folder: Path) -> str:
    """Where the state of the workspace in `folder` lies."""
    return os.environ.get(STATE_URL) or f"sqlite:///{folder / 'state.sqlite'}"


def left_by(folder: Path, revision: str) -> None:
    """Makes the state of `folder` as the migrations up to `revision` do, with a name typed once in it."""
    engine = create_engine(url_of(folder), poolclass=NullPool)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(text("INSERT INTO setting VALUES ('person', 'Lena', 1)"))
    engine.dispose()
