"""What lies in a workspace: importing, rejects, erasing, the sample, snapshots."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import Annotated

from cockpit.erasure import erase as erase_customers
from cockpit.importing import dump_mapping, import_files, load_mapping, preview
from cockpit.importing import rejects as import_rejects
from cockpit.preparing import prepare
from cockpit.sample import load_sample, remove_sample
from cockpit.snapshots import go_back
from cockpit.workspace import open_workspace
from commands.grammar import (
    DEFAULT_WORKSPACE,
    AsJson,
    Files,
    InLang,
    InWorkspace,
    app,
    argument,
    filled,
    help_of,
    option,
)
from core.text import Text, same
from exports.json_text import json_text
from exports.tables import csv_bytes
from terminal import (
    LANG,
    ROWS,
    SNAPSHOT,
    confirm,
    emit,
    in_words,
    print_counts,
    print_table,
    progress_shown,
    tell,
    tell_questions,
    tell_remarks,
)


@app.command("import", help=help_of("import"))
def import_(
    files: Files,
    *,
    mapping: Annotated[Path | None, option("mapping", "M.toml")] = None,
    only_preview: Annotated[bool, option("preview")] = False,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    rules = load_mapping(mapping) if mapping else None
    if only_preview:
        with progress_shown() as progress:
            seen = [preview(ws, file, rules, progress=progress) for file in files]
        if as_json:
            emit(json_text(seen))
            return
        print_counts([(each.file, each.counts) for each in seen])
        for each in seen:
            tell_remarks(each.reasons, each.unassigned)
            tell_questions(each.questions)
        return
    with progress_shown() as progress:
        report = import_files(ws, [(file, rules) for file in files], progress)
        prepare(open_workspace(workspace))
    if as_json:
        emit(json_text(report))
        return
    print_counts([(each.file, each.counts) for each in report.files])
    for made in report.files:
        tell_remarks(made.reasons, made.unassigned)
        if made.counts.rejected:
            tell(
                Text(
                    de="Alle abgelehnten Zeilen: ./run rejects {id} > rejects.csv",
                    en="All rejected rows: ./run rejects {id} > rejects.csv",
                ).fill(id=made.import_id)
            )
    if report.dropped:
        tell(
            Text(de="Nicht mehr enthalten: {names}.", en="No longer included: {names}.").fill(
                names=", ".join(report.dropped)
            )
        )
    tell(Text(de="Schnappschuss {id}.", en="Snapshot {id}.").fill(id=report.snapshot))


@app.command("mapping", help=help_of("mapping"))
def mapping(
    file: Annotated[Path, argument("files", "FILE")],
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    lang: InLang = "de",
) -> None:
    with progress_shown() as progress:
        seen = preview(open_workspace(workspace), file, progress=progress)
    emit(dump_mapping(seen.mapping), end="")
    tell_questions(seen.questions)


@app.command("rejects", help=help_of("rejects"))
def rejects(
    import_id: Annotated[str, argument("import", "IMPORT")],
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    found = import_rejects(filled(workspace), import_id)
    emit(json_text(found) if as_json else csv_bytes(found, LANG).decode("utf-8-sig"), end="")


@app.command("erase", help=help_of("erase"))
def erase(
    customers: Annotated[list[str], argument("customers", "CUSTOMER...")],
    yes: Annotated[bool, option("yes")] = False,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = filled(workspace)
    if not yes:
        confirm(customers)
    erasure = erase_customers(ws, customers, person=getuser())
    if as_json:
        emit(json_text(erasure))
        return
    tell(
        Text(
            de="Gelöscht: {rows} Zeilen, {files} Originaldateien. Spätere Importe lassen diese Kunden aus.",
            en="Erased: {rows} rows, {files} original files. Later imports leave these customers out.",
        ).fill(rows=erasure.rows, files=len(erasure.originals))
    )


@app.command("sample", help=help_of("sample"))
def sample(
    remove: Annotated[bool, option("remove")] = False,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    lang: InLang = "de",
) -> None:
    ws = open_workspace(workspace)
    if remove:
        remove_sample(ws)
        return
    with progress_shown() as progress:
        prepare(load_sample(ws, progress))


@app.command("snapshots", help=help_of("snapshots"))
def snapshots(
    workspace: InWorkspace = DEFAULT_WORKSPACE, as_json: AsJson = False, lang: InLang = "de"
) -> None:
    ws = open_workspace(workspace)
    kept, head = ws.warehouse.snapshots(), ws.warehouse.head()
    if as_json:
        emit(json_text(kept))
        return
    current = Text(de="gilt jetzt", en="current")
    print_table(
        [SNAPSHOT, Text(de="Quellen", en="Sources"), Text(de="Stand", en="State"), ROWS],
        [
            [
                same(each.id),
                same(", ".join(each.sources)),
                current if head and each.id == head.id else in_words(each.made_at),
                in_words(sum(source.rows for source in each.sources.values())),
            ]
            for each in kept
        ],
        numbers_from=3,
    )


@app.command("back", help=help_of("back"))
def back(
    snapshot: Annotated[str, argument("snapshot", "SNAPSHOT")],
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    lang: InLang = "de",
) -> None:
    made = go_back(filled(workspace), snapshot, person=getuser())
    tell(Text(de="Jetzt gilt wieder {id}.", en="{id} is the current one again.").fill(id=made.id))
