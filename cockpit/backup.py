"""Backup and restore: a workspace as one file, and back, while it is in use."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cockpit.workspace import Workspace, open_workspace, refresh
from core.errors import InputFault, UsageFault
from core.text import Text
from store.backup import FILES, STATE, Contents, link_files, pack, unpack, write_backup
from store.signing import key_file
from store.state.database import STATE_URL
from store.state.state import State
from store.warehouse.erased import Erased
from store.warehouse.lock import only_writer, sync_folder
from store.warehouse.warehouse import Warehouse

Progress = Callable[[float], None]
SECONDS_TO_WAIT = 30.0


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A workspace as it was when its backup was made. The one before it lies in `aside`, as a folder or a
    backup; None: it held nothing.

    `erased_again` counts customers who were erased after the backup and are out of it again.
    """

    made_at: dt.datetime
    snapshot: str | None
    erased_again: int
    aside: Path | None


@dataclass(frozen=True)
class _Before:
    """The workspace that a backup takes the place of. It may be beyond reading: then it holds something."""

    warehouse: Warehouse
    state: State

    def holds_own(self) -> bool:
        try:
            head = self.warehouse.head()
            return (head is not None and not head.sample) or self.state.holds_own()
        except InputFault:
            return True


def back_up(ws: Workspace, file: Path, person: str, progress: Progress | None = None) -> Contents:
    """Writes all of the workspace to a new file. UsageFault where the file is there already.

    Every answer acknowledged before this began is in it. The audit trail gets the time, not the place.
    """
    if file.exists():
        raise UsageFault(
            Text(
                de="Die Datei {file} gibt es schon; Sicherungen werden nicht überschrieben.",
                en="The file {file} is there already; backups are not written over.",
            ).fill(file=file)
        )
    if file.resolve().is_relative_to(ws.root.resolve()):
        raise UsageFault(
            Text(
                de="Eine Sicherung gehört nicht in den Arbeitsbereich, den sie sichert.",
                en="A backup does not belong into the workspace that it is of.",
            )
        )
    try:
        made = write_backup(ws.warehouse, ws.state, file, ws.now(), progress or _silent)
    except OSError as error:
        raise _no_room(file, error) from error
    ws.state.audit.write(person, "backup", f"{len(made.files)} files", ws.now())
    return made


def restore(
    root: Path, file: Path, person: str, *, replace: bool = False, progress: Progress | None = None
) -> Restored:
    """Makes the workspace what it was when the backup was made, in one step; what is there is put aside.

    Customers erased since then are erased again. UsageFault where the workspace holds own data and `replace`
    was not said, InputFault for a damaged file; nothing has changed then.
    """
    if not file.is_file():
        raise InputFault(
            Text(de="Die Datei {file} gibt es nicht.", en="There is no file {file}.").fill(file=file)
        )
    before = _Before(Warehouse(root), State(root))
    if not replace and before.holds_own():
        raise UsageFault(
            Text(
                de="In diesem Arbeitsbereich liegt schon etwas. Mit --replace tritt die Sicherung an seine "
                "Stelle; was jetzt darin liegt, wird daneben aufgehoben.",
                en="There is something in this workspace already. With --replace the backup takes its place; "
                "what it holds now is kept beside it.",
            )
        )
    here = root.resolve()
    staging = here.with_name(f".{here.name}.restoring-{uuid.uuid4().hex[:8]}")
    try:
        staging.mkdir(parents=True)
        contents = unpack(file, staging, progress or _silent)
        aside = _put_in_place(before, here, staging)
    except OSError as error:
        raise _no_room(here, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    ws = open_workspace(root)
    returned = ws.warehouse.returned(ws.state.words())
    if returned:
        ws.state.erase(returned)
    refresh(ws)
    ws.state.audit.write(person, "restore", f"{contents.made_at:%Y-%m-%d %H:%M:%S}", ws.now())
    head = ws.warehouse.head()
    return Restored(
        made_at=contents.made_at, snapshot=head.id if head else None, erased_again=len(returned), aside=aside
    )


def _put_in_place(before: _Before, here: Path, staging: Path) -> Path | None:
    """Swaps the folders, and the state with them; returns where the old workspace lies."""
    new, dump, old = staging / FILES, staging / STATE, staging / "old"
    old.mkdir()
    elsewhere = STATE_URL in os.environ
    if not elsewhere:
        State(new).fill(dump, old / STATE)
    worth_keeping = before.holds_own() or before.warehouse.head() is not None
    now = dt.datetime.now()
    aside = here.with_name(f"{here.name}-before-restore-{now:%Y%m%d-%H%M%S}")
    with only_writer(before.warehouse.files.lock, SECONDS_TO_WAIT):
        here.rename(aside)
        try:
            new.rename(here)
            if elsewhere:
                before.state.fill(dump, old / STATE)
        except BaseException:
            with suppress(FileNotFoundError):
                here.rename(new)
            aside.rename(here)
            raise
        sync_folder(here.parent)
    if not worth_keeping:
        shutil.rmtree(aside, ignore_errors=True)
        return None
    if elsewhere:  # a folder alone would lack what people entered
        link_files(aside, old / FILES)
        packed = aside.with_name(f"{aside.name}.backup")
        pack(old, packed, now, _silent)
        shutil.rmtree(aside)
        return packed
    return aside


def _no_room(place: Path, error: OSError) -> InputFault:
    return InputFault(
        Text(
            de="In {place} lässt sich nicht schreiben ({reason}). Es wurde nichts geändert.",
            en="{place} cannot be written to ({reason}). Nothing was changed.",
        ).fill(place=place, reason=error.strerror or error)
    )


def keys_beside(root: Path) -> list[Path]:
    """What lies beside a workspace and in no backup: what signs exports, what knows who was erased."""
    place = Erased(root)
    return [file for file in (key_file(root), place.key_file, place.list_with_key) if file.exists()]


def missing_key(root: Path, state: State | None = None) -> Path | None:
    """The key that signed what has left, where it is not there; None where nothing needs it."""
    file = key_file(root)
    if file.exists() or not any(each.digest for each in (state or State(root)).claims.handouts()):
        return None
    return file


def _silent(_: float) -> None:
    """For callers that do not watch."""
