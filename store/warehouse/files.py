"""The files of a warehouse: immutable parts, manifests, HEAD. Each write is whole or not there."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import InputFault, UsageFault
from core.text import Text
from store.warehouse.lock import sync_folder
from store.warehouse.manifest import Manifest, Part

_WRITING = "write-"
_READING = "read-"
_DAY = 24 * 60 * 60


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


class Files:
    """Where things lie below a workspace folder, and how they are written so that a crash leaves no half."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parts = root / "parts"
        self.manifests = root / "manifests"
        self.originals = root / "originals"
        self.rejects = root / "rejects"
        self.scratch = root / "scratch"
        self.pointer = root / "HEAD"
        self.lock = root / "lock"

    def make(self) -> None:
        for folder in (self.parts, self.manifests, self.originals, self.rejects, self.scratch):
            folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def workbench(self) -> Iterator[Path]:
        """A scratch folder of its own, gone afterwards; what crashed writers left behind goes first.

        Only the holder of the writer lock may call this. Readers' folders go when they are a day old.
        """
        for left in [*self.scratch.glob(f"{_WRITING}*"), *self._old_readers()]:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
        bench = self._draft()
        bench.mkdir()
        try:
            yield bench
        finally:
            shutil.rmtree(bench, ignore_errors=True)

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """A scratch folder for someone who only reads, gone afterwards."""
        folder = self.scratch / f"{_READING}{uuid.uuid4().hex}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def path(self, part: Part) -> Path:
        return self.parts / part.name

    def keep_part(self, written: Path, *, rows: int, records: int = 0, files: int = 1) -> Part:
        """Moves a finished Parquet file among the parts under the name of its hash."""
        part = Part(
            sha256=sha256_of(written),
            size=written.stat().st_size,
            rows=rows,
            records=records,
            files=files,
        )
        place(written, self.path(part))
        return part

    def keep_original(self, file: Path) -> str:
        """Copies an imported file among the originals; returns its SHA-256."""
        digest = sha256_of(file)
        kept = self.originals / f"{digest}.bin"
        if not kept.exists():
            copy = self._draft()
            shutil.copyfile(file, copy)
            place(copy, kept)
        return digest

    def head_id(self) -> str | None:
        try:
            return self.pointer.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def point_to(self, snapshot: str) -> None:
        """The switch: from here on readers see the snapshot."""
        self._write(self.pointer, snapshot + "\n")

    def write_manifest(self, manifest: Manifest) -> None:
        self._write(self.manifests / f"{manifest.id}.json", manifest.model_dump_json(indent=1))

    def manifest(self, snapshot: str) -> Manifest:
        """UsageFault where there is no snapshot of that id, InputFault where its manifest is damaged."""
        if snapshot not in self.manifest_ids():
            raise UsageFault(
                Text(de="Den Schnappschuss „{id}“ gibt es nicht.", en="There is no snapshot “{id}”.").fill(
                    id=snapshot
                )
            )
        file = self.manifests / f"{snapshot}.json"
        try:
            return Manifest.model_validate_json(file.read_bytes())
        except ValueError as error:
            raise InputFault(
                Text(
                    de="Das Verzeichnis des Schnappschusses {id} ist beschädigt. Bitte gehen Sie auf einen "
                    "früheren zurück.",
                    en="The manifest of snapshot {id} is damaged. Please go back to an earlier one.",
                ).fill(id=snapshot)
            ) from error

    def manifest_ids(self) -> list[str]:
        """Newest first; ids begin with a running number."""
        return sorted((file.stem for file in self.manifests.glob("*.json")), reverse=True)

    def drop_manifest(self, snapshot: str) -> None:
        (self.manifests / f"{snapshot}.json").unlink(missing_ok=True)

    def sweep(self, kept: Iterable[Manifest]) -> None:
        """Deletes parts, originals and rejects that no kept manifest names. Only under the writer lock."""
        parts: set[str] = set()
        originals: set[str] = set()
        rejects: set[str] = set()
        for manifest in kept:
            parts.update(part.name for part in manifest.parts())
            originals.update(f"{done.original}.bin" for done in manifest.imports if done.original)
            rejects.update(done.rejects for done in manifest.imports if done.rejects)
        for folder, named in ((self.parts, parts), (self.originals, originals), (self.rejects, rejects)):
            for file in folder.iterdir():
                if file.name not in named:
                    file.unlink(missing_ok=True)

    def damaged(self, parts: Iterable[Part], *, fully: bool) -> list[str]:
        """Names of parts that are missing or not what was written: by size, or by every byte (`fully`)."""
        return [
            part.name
            for part in parts
            if not (file := self.path(part)).is_file()
            or file.stat().st_size != part.size
            or (fully and sha256_of(file) != part.sha256)
        ]

    def _write(self, file: Path, text: str) -> None:
        draft = self._draft()
        draft.write_text(text, encoding="utf-8")
        place(draft, file)

    def _old_readers(self) -> Iterator[Path]:
        yesterday = time.time() - _DAY
        for left in self.scratch.glob(f"{_READING}*"):
            with suppress(FileNotFoundError):  # its reader has just finished
                if left.stat().st_mtime < yesterday:
                    yield left

    def _draft(self) -> Path:
        return self.scratch / f"{_WRITING}{uuid.uuid4().hex}"


def place(written: Path, target: Path) -> None:
    """Moves a file to its place so that it is there whole or not at all, even after a power cut."""
    with written.open("rb+") as file:
        os.fsync(file.fileno())
    written.replace(target)
    sync_folder(target.parent)
