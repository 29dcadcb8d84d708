"""Proofs without a browser: what is on the shelf, and taking one away as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getuser
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from cockpit.claims import Entry, shelf
from cockpit.exporting import Use, export, file_name
from cockpit.people import name_of
from cockpit.workspace import open_workspace
from commands.grammar import DEFAULT_WORKSPACE, AsJson, InLang, InWorkspace, app, argument, help_of, option
from core.errors import InputFault
from core.text import Text, same
from exports.json_text import json_text
from proof.claim import PROVENANCES, Claim
from proof.words import verdict_words
from terminal import emit, in_words, print_table, tell

YES, NO = Text(de="ja", en="yes"), Text(de="nein", en="no")
FILES = Literal["pptx", "pdf", "png", "xlsx"]


@app.command("claims", help=help_of("claims"))
def claims(
    *,
    industry: Annotated[str | None, option("industry", "ID")] = None,
    phase: Annotated[str | None, option("phase-of", "ID")] = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    found = [
        entry
        for entry in shelf(open_workspace(workspace))
        if (industry is None or entry.project.industry == industry)
        and (phase is None or phase in entry.project.phases)
    ]
    if as_json:
        emit(json_text({"claims": [_plain(entry) for entry in found]}))
        return
    if found:
        print_table(
            [
                Text(de="Nachweis", en="Proof"),
                Text(de="Befund", en="Finding"),
                Text(de="Stärke", en="Strength"),
                Text(de="Urteil", en="Verdict"),
                Text(de="Darf hinaus", en="May go out"),
                Text(de="Aktuell", en="Up to date"),
                Text(de="Verwendet", en="Used"),
            ],
            [
                [
                    same(entry.claim.id),
                    entry.claim.title,
                    *_standing(entry.claim),
                    NO if entry.permission.allowed == "none" else YES,
                    YES if entry.fresh else NO,
                    in_words(len(entry.handouts)),
                ]
                for entry in found
            ],
            numbers_from=6,
        )
    tell(Text(de="{n} Nachweise.", en="{n} proofs.").fill(n=len(found)))


@app.command("export", help=help_of("export"))
def export_claim(
    claim: Annotated[list[str], argument("claim", "CLAIM...")],
    *,
    to: Annotated[FILES, option("format")] = "pptx",
    out: Annotated[Path | None, option("out", "FILE")] = None,
    recipient: Annotated[str, option("recipient", "NAME")] = "",
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    who = name_of(ws) or getuser()
    use = Use(person=who, lang="en" if lang == "en" else "de", recipient=recipient)
    target = out or Path(file_name(claim, to, use.lang))
    with _writable(target) as file:
        file.write(export(ws, claim, to, use).data)
    tell(Text(de="{file} geschrieben.", en="{file} written.").fill(file=target))


@contextmanager
def _writable(target: Path) -> Iterator[BinaryIO]:
    """The file, opened before anything is made: what cannot be written is not noted as handed out."""
    aside = target.with_name(f"{target.name}.part")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(target)
    except OSError as error:
        raise InputFault(
            Text(
                de="Die Datei {file} lässt sich nicht schreiben.", en="The file {file} cannot be written."
            ).fill(file=target)
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _standing(claim: Claim) -> tuple[Text, Text]:
    """Grade and verdict; of a customer's word neither, for nothing was computed."""
    if claim.provenance == "customer":
        return same("–"), PROVENANCES["customer"]
    return same(claim.grade), verdict_words(claim.verdict)


def _plain(entry: Entry) -> dict[str, object]:
    claim = entry.claim
    return {
        "id": claim.id, "project": entry.project.key, "kpi": claim.kpi, "title": claim.title,
        "sentence": claim.sentence, "footnote": claim.footnote, "grade": claim.grade,
        "verdict": claim.verdict, "provenance": claim.provenance, "allowed": entry.permission.allowed,
        "reason": entry.permission.reason, "fresh": entry.fresh, "expires_on": claim.expires_on,
        "made_at": claim.made_at, "figures": claim.figures, "stale": entry.stale,
        "used": len(entry.handouts),
    }  # fmt: skip
