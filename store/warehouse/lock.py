"""One writer at a time, across processes. The operating system frees the lock of a process that dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from core.errors import Busy
from core.text import Text

PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def only_writer(lock: Path, wait: float) -> Iterator[None]:
    """Holds the lock while the block runs. After `wait` seconds behind another writer: Busy."""
    deadline = time.monotonic() + wait
    while True:
        with lock.open("a+b") as file:
            while not _try(file):
                if time.monotonic() >= deadline:
                    raise Busy(
                        Text(
                            de="Ein anderer Vorgang schreibt gerade in diesen Arbeitsbereich. Bitte "
                            "versuchen Sie es gleich noch einmal; an Ihren Daten hat sich nichts geändert.",
                            en="Something else is writing to this workspace at the moment. Please try again "
                            "shortly; nothing has changed in your data.",
                        )
                    )
                time.sleep(PAUSE)
            if _is_still(lock, file):
                yield
                return


def _is_still(lock: Path, file: IO[bytes]) -> bool:
    """False where a restored workspace has taken the place of the one whose lock was waited for."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def sync_folder(folder: Path) -> None:
    """Makes renames in the folder outlast a power cut (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
