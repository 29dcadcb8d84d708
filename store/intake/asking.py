"""The child process that reads untrusted bytes, from its parent's side: start it, ask it, end it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.errors import InputFault
from core.text import Text
from store.intake.child import OUT_OF_MEMORY
from store.intake.limits import Limits

_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


class Child:
    """One process that answers one request after another. It ends when anything at all goes wrong."""

    def __init__(self, scratch: Path) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(_ROOT),
            "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve address space, which is limited
            "MALLOC_ARENA_MAX": "2",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONIOENCODING": "utf-8",
        }
        self._errors = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - closed by `end`
        self._process = subprocess.Popen(
            [sys.executable, "-m", "store.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=_ROOT,
            env=environment,
        )
        self.spent = False
        """It has ended, or uses so much memory that the next file deserves a new one."""

    def end(self) -> int:
        self.spent = True
        self._process.kill()
        if self._process.stdin is not None:
            # A killed child leaves part of a request unread; closing tries to deliver it once more.
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        with self._process:  # closes the pipes and waits
            pass
        self._errors.close()
        return self._process.returncode

    def ask(
        self, request: dict[str, Any], limits: Limits, progress: Callable[[float], None] | None
    ) -> dict[str, Any]:
        """The child's answer. Whatever happens to the child becomes an InputFault."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        clock = threading.Timer(limits.wall_seconds, stop)
        clock.start()
        try:
            result = self._converse({**request, "limits": asdict(limits)}, progress)
        except BaseException:
            self.end()
            raise
        finally:
            clock.cancel()
        if result is None or late.is_set():
            self._process.wait()
            self._errors.seek(0)
            trace = self._errors.read().decode("utf-8", "replace")
            raise _died(self.end(), trace, late=late.is_set())
        self.spent = result["spent"]
        if "fault" in result:
            raise fault_of(result["fault"])
        found: dict[str, Any] = result["answer"]
        return found

    def _converse(
        self, request: dict[str, Any], progress: Callable[[float], None] | None
    ) -> dict[str, Any] | None:
        child = self._process
        if child.stdin is None or child.stdout is None:
            raise TypeError("the child needs pipes")
        try:
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        except BrokenPipeError:
            return None
        for line in child.stdout:
            message: dict[str, Any] = json.loads(line)
            if "progress" not in message:
                return message
            if progress:
                progress(message["progress"])
        return None


def fault_of(reported: Mapping[str, Any]) -> InputFault:
    """The child's `Unreadable`, as people get to read it."""
    return InputFault(Text(de=reported["de"], en=reported["en"]).fill(**reported["values"]))


def _died(code: int, trace: str, *, late: bool) -> InputFault:
    if late or code == -getattr(signal, "SIGXCPU", 24):
        return InputFault(
            Text(
                de="Das Lesen der Datei dauerte zu lange und wurde abgebrochen. Nichts wurde übernommen.",
                en="Reading the file took too long and was stopped. Nothing was imported.",
            )
        )
    if code == OUT_OF_MEMORY or "MemoryError" in trace or "ArrowMemoryError" in trace or "bad_alloc" in trace:
        return InputFault(
            Text(
                de="Die Datei braucht beim Lesen mehr Speicher, als erlaubt ist. Nichts wurde übernommen. "
                "Bitte teilen Sie sie auf oder speichern Sie sie als CSV.",
                en="Reading the file takes more memory than is allowed. Nothing was imported. "
                "Please split it or save it as CSV.",
            )
        )
    _log.error("reading child ended with %s: %s", code, trace)
    return InputFault(
        Text(
            de="Die Datei ließ sich nicht lesen; vermutlich ist sie beschädigt (der Lesevorgang endete mit "
            "{code}). Nichts wurde übernommen.",
            en="The file could not be read; it is probably damaged (the reading process ended with "
            "{code}). Nothing was imported.",
        ).fill(code=str(code))
    )
