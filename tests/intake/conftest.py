"""Reading without starting a child for every file: the same code, in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from store.intake import asking, child, reading
from store.intake.faults import Unreadable
from store.intake.limits import Limits


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    class InProcess:
        spent = False

        def __init__(self, scratch: Path) -> None: ...

        def end(self) -> None: ...

        def ask(
            self, request: dict[str, Any], limits: Limits, progress: Callable[[float], None] | None
        ) -> dict[str, Any]:
            try:
                return child.answer({**request, "limits": asdict(limits)}, progress or (lambda _: None))
            except Unreadable as fault:
                raise asking.fault_of(fault.as_json()) from None

    monkeypatch.setattr(reading, "Child", InProcess)
