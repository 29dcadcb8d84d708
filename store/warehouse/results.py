"""Results computed once per snapshot and kept beside it. Losing one costs time, never truth."""

from __future__ import annotations

import hashlib
import shutil
import uuid
import zlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

PACKED = ".z"


def kept_name(key: str) -> str:
    """The name of the file that holds what is kept under a key."""
    return hashlib.sha256(key.encode()).hexdigest()


class Results:
    """Kept results below a workspace folder: one file for each snapshot and key.

    A key must name everything that decides its result. Any process may write, without the writer lock: a
    file is whole or not there, and whoever comes second writes the same.
    """

    def __init__(self, root: Path, scratch: Path) -> None:
        self._folder = root / "results"
        self._scratch = scratch

    def kept(self, snapshot: str, key: str) -> bytes | None:
        """The result, None where none is kept or its file is damaged."""
        try:
            return zlib.decompress(self._file(snapshot, key).read_bytes())
        except (FileNotFoundError, zlib.error):
            return None

    def keep(self, snapshot: str, key: str, data: bytes) -> None:
        """Keeps a result; an OSError (no room, no right to write) leaves none."""
        target = self._file(snapshot, key)
        self.folder(snapshot)
        draft = self._scratch / f"read-{uuid.uuid4().hex}"
        try:
            draft.write_bytes(zlib.compress(data, level=1))
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)

    def folder(self, snapshot: str) -> Path:
        """Where a snapshot's results lie; made if it is missing."""
        folder = self._folder / snapshot
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def drop(self, except_for: Collection[str] = ()) -> None:
        """Forgets the results of all snapshots but these."""
        with suppress(FileNotFoundError):
            for folder in self._folder.iterdir():
                if folder.name not in except_for:
                    shutil.rmtree(folder, ignore_errors=True)

    def _file(self, snapshot: str, key: str) -> Path:
        return self._folder / snapshot / (kept_name(key) + PACKED)
