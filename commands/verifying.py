"""Checking files that left the house: what they say against what they said, and against the evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cockpit.exporting import evidence
from cockpit.verifying import check_file, without_key
from cockpit.workspace import open_workspace
from commands.grammar import DEFAULT_WORKSPACE, AsJson, InLang, InWorkspace, app, argument, help_of
from core.errors import InputFault
from core.text import Text, same
from exports.json_text import json_text
from exports.verified_words import remarks, summary
from exports.verifying import OUTCOMES, Verification
from terminal import emit, print_table, tell

DASH = same("–")


@app.command("verify", help=help_of("verify"))
def verify(
    file: Annotated[Path, argument("verified", "FILE")],
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    content = _content(file)
    found = check_file(ws, content, evidence(ws))
    if as_json:
        emit(json_text({"sound": found.sound, "counts": found.counts, "verification": found}))
    else:
        _show(found)
        for said in without_key(ws, content) if found.origin == "foreign" else ():
            tell(said)
    if not found.sound:
        raise typer.Exit(1)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise InputFault(
            Text(de="Die Datei {file} lässt sich nicht öffnen.", en="The file {file} cannot be opened.").fill(
                file=file
            )
        ) from None


def _show(found: Verification) -> None:
    if found.origin == "ours":
        print_table(
            [
                Text(de="Wo", en="Where"),
                Text(de="Nachweis", en="Proof"),
                Text(de="In der Datei", en="In the file"),
                Text(de="Ausgegeben", en="Handed out"),
                Text(de="Heute", en="Today"),
                Text(de="Ergebnis", en="Result"),
            ],
            [
                [
                    one.at,
                    same(one.claim or "–"),
                    *(DASH if text is None else same(text) for text in (one.shown, one.made, one.now)),
                    OUTCOMES[one.outcome],
                ]
                for one in found.worst_first
            ],
            numbers_from=6,
        )
    for remark in remarks(found):
        tell(remark)
    tell(summary(found))
