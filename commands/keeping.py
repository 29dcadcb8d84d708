"""Keeping what is in a workspace: backup, restore, the trail of who changed what."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import Annotated

from cockpit.backup import back_up, keys_beside, missing_key
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

KEYS_APART = Text(
    de="Nicht darin sind die Schlüssel neben dem Arbeitsbereich: {files}. Heben Sie sie getrennt von der "
    "Sicherung auf. Ohne den signing-key lässt sich keine Datei mehr prüfen, die hinausging; ohne den "
    "erasure-key bleiben gelöschte Kunden beim nächsten Import nicht draußen.",
    en="Not in it are the keys beside the workspace: {files}. Keep them apart from the backup. Without the "
    "signing-key no file that left can be verified any more; without the erasure-key erased customers are "
    "not kept out of the next import.",
)
KEY_MISSING = Text(
    de="Der Schlüssel {file} fehlt hier. Legen Sie ihn neben den Arbeitsbereich, bevor Sie etwas ausgeben: "
    "Sonst entsteht ein neuer, und keine Datei, die schon hinausging, ist mehr als unsere zu erkennen.",
    en="The key {file} is missing here. Put it beside the workspace before you hand anything out: otherwise "
    "a new one is made, and no file that left already can be recognised as ours.",
)


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
    if keys := keys_beside(workspace):
        tell(KEYS_APART.fill(files=", ".join(key.name for key in keys)))


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
    if missing := missing_key(workspace):
        tell(KEY_MISSING.fill(file=missing.name))
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
