"""Keeping what is in a workspace: backup, restore, the trail of who changed what."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import Annotated

from cockpit.backup import back_up
from cockpit.backup import restore as restore_workspace
from cockpit.trail import deed_name, trail
from cockpit.workspace import open_workspace
from commands.grammar import (
    DEFAULT_WORKSPACE,
    AsJson,
    InLang,
    InWorkspace,
    app,
    argument,
    help_of,
    option,
)
from core.text import Text, same
from exports.json_text import json_text
from terminal import emit, in_words, print_table, progress_shown, tell


@app.command("backup", help=help_of("backup"))
def backup(
    file: Annotated[Path, argument("backup", "FILE")],
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    lang: InLang = "de",
) -> None:
    with progress_shown() as progress:
        back_up(open_workspace(workspace), file, getuser(), progress)
    tell(
        Text(
            de="Gesichert in {file}: {size} MB. Die Datei enthält alle Daten und Antworten im Klartext.",
            en="Backed up to {file}: {size} MB. The file holds all data and answers in the clear.",
        ).fill(file=file, size=in_words(round(file.stat().st_size / 1e6, 1)))
    )


@app.command("restore", help=help_of("restore"))
def restore(
    file: Annotated[Path, argument("backup", "FILE")],
    replace: Annotated[bool, option("replace")] = False,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    lang: InLang = "de",
) -> None:
    with progress_shown() as progress:
        done = restore_workspace(workspace, file, getuser(), replace=replace, progress=progress)
    tell(
        Text(de="Wiederhergestellt: der Stand vom {moment}.", en="Restored: as of {moment}.").fill(
            moment=in_words(done.made_at)
        )
    )
    if done.erased_again:
        tell(
            Text(
                de="Seitdem gelöschte Kunden wurden wieder gelöscht: {count}.",
                en="Customers erased since then were erased again: {count}.",
            ).fill(count=done.erased_again)
        )
    if done.aside:
        tell(
            Text(de="Was vorher da war, liegt in {folder}.", en="What was there before is in {folder}.").fill(
                folder=done.aside
            )
        )


@app.command("audit", help=help_of("audit"))
def audit(
    last: Annotated[int, option("last", "COUNT")] = 50,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    found = trail(open_workspace(workspace), last)
    if as_json:
        emit(json_text(found))
        return
    print_table(
        [
            Text(de="Wann", en="When"),
            Text(de="Wer (ungeprüft)", en="Who (unverified)"),
            Text(de="Was", en="What"),
            Text(de="Woran", en="Where"),
        ],
        [[in_words(one.at), same(one.who or "–"), deed_name(one.what), same(one.detail)] for one in found],
        numbers_from=4,
    )
