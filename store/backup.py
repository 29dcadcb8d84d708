"""A backup: one file with all of a workspace, written while it is in use.

It is a ZIP file that holds the state as a dump, the workspace's files, and last a list of both with the hash
of each. Files of the warehouse never change once they are written, so that links to them, taken while no
other writer is at work, are a picture of one moment. What can be made again (results, scratch) stays out, and
so does the key that tells erased customers: it lies apart.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict

from core.errors import InputFault
from core.text import Text
from store.state.state import State
from store.warehouse.files import place, sha256_of
from store.warehouse.warehouse import Warehouse

CONTENTS, STATE, FILES = "backup.json", "state.jsonl", "workspace"
LEFT_OUT = {"lock", "scratch", "results", "erasure-under-way.json"}
OF_THE_STATE = "state.sqlite"
"""SQLite's files begin with this; the dump stands for them."""
PACKED = {".parquet"}
"""Files that are compressed already."""
_CHUNK = 1 << 20
_OF_DAMAGE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
Progress = Callable[[float], None]


class Contents(BaseModel):
    """What a backup holds: `files` are SHA-256 hashes by name."""

    model_config = ConfigDict(frozen=True)

    format: int = 1
    made_at: dt.datetime
    files: dict[str, str]


def write_backup(
    warehouse: Warehouse, state: State, target: Path, made_at: dt.datetime, progress: Progress
) -> Contents:
    """Writes a backup of a workspace that may be in use."""
    with warehouse.files.reading() as folder:
        # The state first: what it says of snapshots is then among those that follow.
        state.dump(folder / STATE)
        with warehouse.quiet():
            link_files(warehouse.root, folder / FILES)
        return pack(folder, target, made_at, progress)


def pack(folder: Path, target: Path, made_at: dt.datetime, progress: Progress) -> Contents:
    """Makes a folder with a dump and a workspace's files one file: there whole or not at all, for its owner
    alone to read."""
    members = [folder / STATE, *(file for file in sorted((folder / FILES).rglob("*")) if file.is_file())]
    whole = sum(file.stat().st_size for file in members) or 1
    draft = target.with_name(f"{target.name}.writing")
    try:
        with (
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened,
            zipfile.ZipFile(opened, "w") as archive,
        ):
            hashes: dict[str, str] = {}
            done = 0
            for file in members:
                name = file.relative_to(folder).as_posix()
                hashes[name] = _add(archive, file, name)
                done += file.stat().st_size
                progress(done / whole)
            contents = Contents(made_at=made_at, files=hashes)
            archive.writestr(CONTENTS, contents.model_dump_json(indent=1), zipfile.ZIP_DEFLATED)
        place(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return contents


def unpack(backup: Path, folder: Path, progress: Progress) -> Contents:
    """Puts a backup's files into an empty folder: the workspace's, and beside them the state's dump.

    Every byte is compared with the hash that it had. InputFault where one differs or the file is no backup.
    """
    try:
        with zipfile.ZipFile(backup) as archive:
            contents = Contents.model_validate_json(archive.read(CONTENTS))
            if contents.format != 1:
                raise _damaged()
            if sorted(archive.namelist()) != sorted([*contents.files, CONTENTS]):
                raise _damaged()
            for number, (name, digest) in enumerate(contents.files.items(), 1):
                unpacked = folder.joinpath(*_parts(name))
                unpacked.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, unpacked.open("wb") as file:
                    shutil.copyfileobj(packed, file, _CHUNK)
                    file.flush()
                    os.fsync(file.fileno())
                if sha256_of(unpacked) != digest:
                    raise _damaged()
                progress(number / len(contents.files))
    except _OF_DAMAGE as error:
        raise _damaged() from error
    if not (folder / STATE).is_file():
        raise _damaged()
    (folder / FILES).mkdir(exist_ok=True)
    return contents


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a member's path, which leads nowhere but into the folder: a backup may be forged."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise _damaged()
    if name != STATE and path.parts[0] != FILES:
        raise _damaged()
    return path.parts


def link_files(root: Path, target: Path) -> None:
    """The workspace's files again below another folder; as links, where the file system has them."""
    for file in _kept(root):
        linked = target / file.relative_to(root)
        linked.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, linked)
        except OSError:
            shutil.copyfile(file, linked)


def _kept(root: Path) -> Iterator[Path]:
    for entry in sorted(root.iterdir()):
        if entry.name in LEFT_OUT or entry.name.startswith(OF_THE_STATE):
            continue
        if entry.is_dir():
            yield from (file for file in sorted(entry.rglob("*")) if file.is_file())
        elif entry.is_file():
            yield entry


def _add(archive: zipfile.ZipFile, file: Path, name: str) -> str:
    """Adds the file and returns the SHA-256 of the very bytes that went in."""
    digest = hashlib.sha256()
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_STORED if file.suffix in PACKED else zipfile.ZIP_DEFLATED
    with file.open("rb") as source, archive.open(member, "w", force_zip64=True) as packed:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            packed.write(chunk)
    return digest.hexdigest()


def _damaged() -> InputFault:
    return InputFault(
        Text(
            de="Diese Datei ist keine Sicherung, oder sie ist beschädigt. Es wurde nichts geändert.",
            en="This file is no backup, or it is damaged. Nothing was changed.",
        )
    )
