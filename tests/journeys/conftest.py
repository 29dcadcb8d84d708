from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.logs import Bench


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    scratch: Path = tmp_path_factory.mktemp("ledger")
    return Bench(scratch)
