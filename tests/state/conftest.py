"""Every test of the state runs on SQLite and, with `./run test --all`, on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from store.state.database import STATE_URL
from tests.state.postgres import drop_database, new_database, programs, running


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `sqlite` are about SQLite's own file."""
    if metafunc.definition.get_closest_marker("sqlite") is None:
        both = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
        metafunc.parametrize("state_kept_in", both, indirect=True)


@pytest.fixture(autouse=True)
def state_kept_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The state lies in the workspace's file, or in a database of its own on a server of the tests' own."""
    monkeypatch.delenv(STATE_URL, raising=False)
    if getattr(request, "param", "sqlite") == "sqlite":
        yield
        return
    server: URL = request.getfixturevalue("postgres")
    database = new_database(server)
    monkeypatch.setenv(STATE_URL, database.render_as_string(hide_password=False))
    yield
    drop_database(server, database)


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    found = programs()
    if found is None:
        reason = "PostgreSQL is not installed (apt install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with running(found) as server:
        yield server
