"""The same jobs as the pages, without a browser: for nightly loads and for other programs.

Exit codes: 0 done, 1 the input is at fault, 2 wrong usage.
"""

from __future__ import annotations

import codecs
import sys
import tomllib
from collections.abc import Mapping, Sequence
from getpass import getuser
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from cockpit.erasure import erase as erase_customers
from cockpit.evaluation import evaluate
from cockpit.funnel import BestAttempt, best_attempt
from cockpit.funnel import funnel as phase_funnel
from cockpit.handbook import all_rows
from cockpit.handbook import explain as explain_kpi
from cockpit.importing import dump_mapping, import_files, load_mapping, preview
from cockpit.importing import rejects as import_rejects
from cockpit.leaks import leaks as money_leaks
from cockpit.ledger import ledger as phase_ledger
from cockpit.preparing import prepare
from cockpit.sample import load_sample, remove_sample
from cockpit.snapshots import go_back
from cockpit.triggers import triggers as phase_triggers
from cockpit.workspace import Workspace, open_workspace, refresh
from core.errors import InputFault, UsageFault, WegmarkeError
from core.text import LANGS, Text, same
from core.view import View, parse_where
from exports.json_text import json_text, plain
from exports.result_text import kpis_text
from exports.tables import csv_bytes
from journeys.course import Attribution, Counting
from journeys.funnel import Route
from metrics.wording import amount
from terminal import (
    CONVERSION,
    COUNTS_OF_VISITS,
    LANG,
    PHASE,
    ROWS,
    SNAPSHOT,
    confirm,
    emit,
    in_words,
    print_best_attempt,
    print_counts,
    print_explanation,
    print_funnel,
    print_leaks,
    print_table,
    print_triggers,
    progress_shown,
    spelled,
    tell,
    tell_faults,
    tell_questions,
    tell_remarks,
    tell_scope,
    tell_unassigned,
    terminal_width,
)

HOME = Path(__file__).resolve().parent
DEFAULT_WORKSPACE = HOME / "workspace"
WORDS: Mapping[str, Any] = tomllib.loads((HOME / "cli.toml").read_text(encoding="utf-8"))


def help_of(command: str) -> str:
    """What a command is for, and examples as they are typed."""
    words = WORDS[command]
    blocks = [Text.model_validate(words["about"])(LANG)]
    for section in words.get("sections", [{"examples": words.get("examples", [])}]):
        title = [Text.model_validate(section["title"])(LANG) + ":"] if "title" in section else []
        blocks.append("\n".join(["\b", *title, *(f"  {example}" for example in section["examples"])]))
    return "\n\n".join(blocks)


def option(name: str, metavar: str | None = None, **more: Any) -> Any:
    text = Text.model_validate(WORDS["options"][name])(LANG)
    return typer.Option(f"--{name}", metavar=metavar, help=text, **more)


def argument(name: str, metavar: str) -> Any:
    return typer.Argument(metavar=metavar, help=Text.model_validate(WORDS["options"][name])(LANG))


def known_language(asked: str) -> str:
    if asked not in LANGS:
        raise UsageFault(
            Text(
                de="Die Sprache „{asked}“ gibt es nicht, nur de und en.",
                en="There is no language “{asked}”, only de and en.",
            ).fill(asked=asked)
        )
    return asked


app = typer.Typer(
    help=help_of("run"), rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)

InWorkspace = Annotated[
    Path, option("workspace", "DIR", envvar="WEGMARKE_WORKSPACE", show_envvar=False, show_default=False)
]
InModel = Annotated[str, option("model", "ID")]
InPeriod = Annotated[str | None, option("period", "PERIOD")]
By = Annotated[str | None, option("by", "DIMENSION")]
Where = Annotated[list[str] | None, option("where", "DIMENSION=VALUE")]
AsJson = Annotated[bool, option("json")]
InLang = Annotated[
    str, option("lang", "de|en", envvar="WEGMARKE_LANG", show_envvar=False, callback=known_language)
]
Files = Annotated[list[Path], argument("files", "FILE...")]


@app.command("kpis", help=help_of("kpis"))
def kpis(
    *,
    model: InModel = "seven_phase",
    period: InPeriod = None,
    by: By = None,
    where: Where = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = filled(workspace)
    results = evaluate(ws, View(model=model, period=period, by=by, where=parse_where(where or [])))
    if as_json:
        emit(json_text(results))
        return
    phases = {phase.id: phase.name for phase in ws.models[model].phases}
    emit(kpis_text(results, phases, LANG, currency=ws.settings.currency, width=terminal_width()))
    tell_faults(ws)
    if results:
        tell_scope(results[0].period, results[0].snapshot)


@app.command("ledger", help=help_of("ledger"))
def ledger(
    *,
    model: InModel = "seven_phase",
    period: InPeriod = None,
    by: By = None,
    where: Where = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    view = View(model=model, period=period, by=by, where=parse_where(where or []))
    found = phase_ledger(filled(workspace), view)
    if as_json or found is None:
        emit(json_text(found))
        return
    grouped = [Text(de="Merkmal", en="Group")] if by else []
    print_table(
        [PHASE, *grouped, *COUNTS_OF_VISITS.values(), CONVERSION],
        [
            [
                row.name,
                *([same(row.group or "–")] if by else []),
                *(in_words(getattr(row, name)) for name in COUNTS_OF_VISITS),
                amount(row.conversion, "percent"),
            ]
            for row in found.rows
        ],
        numbers_from=1 + len(grouped),
    )
    tell_unassigned(found.unassigned)
    tell_scope(found.period, found.snapshot)


@app.command("funnel", help=help_of("funnel"))
def funnel(
    *,
    start: Annotated[str | None, option("start", "PHASE")] = None,
    end: Annotated[str | None, option("end", "PHASE")] = None,
    counting: Annotated[str, option("counting", "ordered|reached")] = "reached",
    window: Annotated[str | None, option("window", "DAYS|none")] = None,
    attribution: Annotated[str, option("attribution", "first|entry|last")] = "first",
    best: Annotated[bool, option("best-attempt")] = False,
    model: InModel = "seven_phase",
    period: InPeriod = None,
    by: By = None,
    where: Where = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = filled(workspace)
    route = Route(
        counting=cast(Counting, counting),
        start=start,
        end=end,
        window_days=days_of(window, ws.settings.window_days),
        attribution=cast(Attribution, attribution),
    )
    view = View(model=model, period=period, by=by, where=parse_where(where or []))
    found = attempted(ws, view, route) if best else phase_funnel(ws, view, route)
    if found is None or (as_json and isinstance(found, BestAttempt)):
        emit(json_text(found))
    elif isinstance(found, BestAttempt):
        print_best_attempt(found)
    elif as_json:  # of the phases their names: all else of a model says nothing about the funnel
        emit(json_text({**plain(found), "phases": {phase.id: phase.name for phase in found.phases}}))
    else:
        print_funnel(found)


def attempted(ws: Workspace, view: View, route: Route) -> BestAttempt | None:
    """Counts over the whole data, so nothing may narrow them."""
    if view.period or view.by or view.where:
        raise UsageFault(
            Text(
                de="--best-attempt zählt über alle Daten: --period, --by und --where gibt es dabei nicht.",
                en="--best-attempt counts over all data: it does not take --period, --by or --where.",
            )
        )
    return best_attempt(ws, view.model, route)


def days_of(window: str | None, usual: int) -> int | None:
    """`30`, `none`, or nothing for the workspace's usual window."""
    if window is None:
        return usual
    if window == "none":
        return None
    if not (window.isascii() and window.isdigit()):
        raise UsageFault(
            Text(
                de="„{text}“ ist kein Fenster. Erwartet werden ganze Tage, etwa 90, oder none.",
                en="“{text}” is no window. Expected are whole days, such as 90, or none.",
            ).fill(text=window)
        )
    return int(window)


@app.command("triggers", help=help_of("triggers"))
def triggers(
    phase: Annotated[str, argument("of", "PHASE")],
    *,
    model: InModel = "seven_phase",
    period: InPeriod = None,
    where: Where = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    view = View(model=model, period=period, where=parse_where(where or []))
    found = phase_triggers(filled(workspace), view, phase)
    if as_json or found is None:
        emit(json_text(found))
        return
    print_triggers(found)
    tell_scope(found.period, found.snapshot)


@app.command("leaks", help=help_of("leaks"))
def leaks(
    *,
    model: InModel = "seven_phase",
    period: InPeriod = None,
    where: Where = None,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    found = money_leaks(filled(workspace), View(model=model, period=period, where=parse_where(where or [])))
    if as_json or found is None:
        emit(json_text(found))
        return
    print_leaks(found)
    tell_scope(found.period, found.snapshot)


@app.command("explain", help=help_of("explain"))
def explain(
    kpi: Annotated[str, argument("kpi", "KPI")],
    *,
    phase: Annotated[str | None, option("phase", "ID")] = None,
    model: InModel = "seven_phase",
    period: InPeriod = None,
    by: By = None,
    where: Where = None,
    rows: Annotated[bool, option("rows")] = False,
    workspace: InWorkspace = DEFAULT_WORKSPACE,
    as_json: AsJson = False,
    lang: InLang = "de",
) -> None:
    ws = filled(workspace)
    view = View(model=model, period=period, by=by, where=parse_where(where or []))
    if rows:
        emit(csv_bytes(all_rows(ws, kpi, view, phase), LANG).decode("utf-8-sig"), end="")
        return
    found = explain_kpi(ws, kpi, view, phase)
    groups = [one for one in evaluate(ws, view, [kpi]) if phase in (None, one.phase)] if by else []
    if as_json:
        emit(json_text({**plain(found), "groups": groups}))
        return
    print_explanation(found, ws.settings.currency)
    if groups:
        emit("")
        emit(kpis_text(groups, {}, LANG, currency=ws.settings.currency, width=terminal_width()))
    tell_scope(found.period, found.snapshot)


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


def filled(workspace: Path) -> Workspace:
    """The workspace, which must hold data; built anew where its settings or models have changed since."""
    ws = open_workspace(workspace)
    if ws.warehouse.head() is None:
        raise InputFault(
            Text(
                de="Der Arbeitsbereich {folder} ist leer. ./run import DATEI liest eine Datei ein, "
                "./run sample lädt die Beispieldaten.",
                en="The workspace {folder} is empty. ./run import FILE reads a file, "
                "./run sample loads the sample data.",
            ).fill(folder=workspace)
        )
    refresh(ws)
    return ws


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code says how it ended."""
    codecs.register_error("spelled", spelled)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="spelled")  # type: ignore[union-attr]
    try:
        app(words, prog_name="run")
    except WegmarkeError as fault:
        tell(fault.text)
        return fault.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
