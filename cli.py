"""The same jobs as the pages, without a browser: for nightly loads and for other programs.

Results go to stdout, progress and messages to stderr.
Exit codes: 0 done, 1 the input is at fault, 2 wrong usage.
"""

from __future__ import annotations

import codecs
import os
import sys
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from getpass import getuser
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from cockpit.erasure import erase as erase_customers
from cockpit.evaluation import evaluate
from cockpit.handbook import Explanation, all_rows
from cockpit.handbook import explain as explain_kpi
from cockpit.importing import Question, dump_mapping, import_files, load_mapping, preview
from cockpit.importing import rejects as import_rejects
from cockpit.ledger import ledger as phase_ledger
from cockpit.sample import load_sample, remove_sample
from cockpit.snapshots import go_back
from cockpit.workspace import Workspace, open_workspace, refresh
from core.errors import InputFault, UsageFault, WegmarkeError
from core.period import Period
from core.text import LANGS, Lang, Text, same, written
from core.view import View, parse_where
from exports.json_text import json_text, plain
from exports.result_text import kpis_text
from exports.tables import csv_bytes
from exports.text_table import clean, text_table
from metrics.wording import amount, reason_without_value
from store.intake.records import Reason
from store.warehouse.manifest import SourceCounts

HOME = Path(__file__).resolve().parent
ROWS_SHOWN = 10
DEFAULT_WORKSPACE = HOME / "workspace"
WORDS: Mapping[str, Any] = tomllib.loads((HOME / "cli.toml").read_text(encoding="utf-8"))

# What a console of an older encoding shows instead of a sign that it lacks; others become question marks.
SPELLED = {
    "„": '"', "“": '"', "”": '"', "’": "'", "–": "-", "−": "-", "…": "...", "×": "x", "€": "EUR",
    "▲": "^", "▼": "v",
}  # fmt: skip


def asked_language(words: Sequence[str]) -> str:
    """`--lang en`, else WEGMARKE_LANG, else German. Known before all else, because help speaks it too."""
    for word, following in pairwise([*words, ""]):
        name, sign, value = word.partition("=")
        if name == "--lang":
            return value if sign else following
    return os.environ.get("WEGMARKE_LANG") or "de"


LANG: Lang = "en" if asked_language(sys.argv[1:]) == "en" else "de"


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
    tell(Text(de="Datenstand {id}.", en="Snapshot {id}.").fill(id=report.snapshot))


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
        load_sample(ws, progress)


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


PHASE = Text(de="Phase", en="Phase")
CONVERSION = Text(de="Conversion", en="Conversion")
SNAPSHOT = Text(de="Datenstand", en="Snapshot")
ROWS = Text(de="Zeilen", en="Rows")
FILE = Text(de="Datei", en="File")
COUNTS_OF_VISITS = {
    "visits": Text(de="Besuche", en="Visits"),
    "advanced": Text(de="weiter", en="advanced"),
    "skipped": Text(de="übersprungen", en="skipped ahead"),
    "back": Text(de="zurück", en="moved back"),
    "completed": Text(de="abgeschlossen", en="completed"),
    "lost": Text(de="verloren", en="lost"),
    "open": Text(de="offen", en="open"),
}
COUNTS_OF_RECORDS = {
    "records": ROWS,
    "new": Text(de="neu", en="new"),
    "unchanged": Text(de="unverändert", en="unchanged"),
    "changed": Text(de="geändert", en="changed"),
    "rejected": Text(de="abgelehnt", en="rejected"),
    "removed": Text(de="entfallen", en="removed"),
    "contacts": Text(de="Kontakte", en="contacts"),
    "planned": Text(de="geplant", en="planned"),
}


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


def in_words(value: object) -> Text:
    """A number or time as each language writes it."""
    return Text(de=written(value, "de"), en=written(value, "en"))


def print_table(headers: Sequence[Text], rows: Sequence[Sequence[Text]], *, numbers_from: int) -> None:
    """The table, its columns from `numbers_from` on flush right."""
    emit(
        text_table(
            [header(LANG) for header in headers],
            [[cell(LANG) for cell in row] for row in rows],
            right=range(numbers_from, len(headers)),
            width=terminal_width(),
        )
    )


def print_counts(files: Sequence[tuple[str, SourceCounts]]) -> None:
    print_table(
        [FILE, Text(de="Quelle", en="Source"), *COUNTS_OF_RECORDS.values()],
        [
            [
                same(name),
                same(counts.source),
                *(in_words(getattr(counts, count)) for count in COUNTS_OF_RECORDS),
            ]
            for name, counts in files
        ],
        numbers_from=2,
    )


def print_explanation(found: Explanation, currency: str) -> None:
    """The figure, what it means, how it was computed, and the first rows behind it."""
    sides = [
        (Text(de="Zähler", en="Numerator"), found.numerator),
        (Text(de="Nenner", en="Denominator"), found.denominator),
        (same("n"), float(found.n)),
    ]
    lines = [
        f"{found.kpi.name(LANG)}: {amount(found.value, found.kpi.unit, currency)(LANG)}",
        "   ".join(f"{name(LANG)} {amount(value, 'count')(LANG)}" for name, value in sides),
        found.kpi.question(LANG),
        found.kpi.how(LANG),
        *([found.kpi.pitfalls(LANG)] if found.kpi.pitfalls else []),
    ]
    blocked = reason_without_value(found.result)
    emit("\n".join(clean(line) for line in [*lines, *([blocked(LANG)] if blocked else [])]))
    emit(f"\n{found.sql}")
    for name, value in found.values.items():
        emit(clean(f"  ${name} = {value}"))
    if found.count:
        shown = found.rows.head(ROWS_SHOWN)
        title = Text(de="{shown} von {count} Zeilen dahinter:", en="{shown} of {count} rows behind it:")
        emit("\n" + title.fill(shown=len(shown), count=found.count)(LANG))
        cells = [
            ["" if pd.isna(cell) else str(cell) for cell in row] for row in shown.itertuples(index=False)
        ]
        emit(text_table([str(column) for column in shown.columns], cells, width=terminal_width()))


def emit(text: str, end: str = "\n") -> None:
    """A result, on stdout. A reader that has seen enough (`| head`) ends the command in peace."""
    try:
        print(text, end=end, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def tell(text: Text) -> None:
    """A sentence for the person, beside the result."""
    print(clean(text(LANG)), file=sys.stderr, flush=True)


def tell_scope(period: Period, snapshot: str) -> None:
    tell(
        Text(de="Zeitraum {period}, Datenstand {id}.", en="Period {period}, snapshot {id}.").fill(
            period=Text(de=period.label("de"), en=period.label("en")), id=snapshot
        )
    )


def tell_faults(ws: Workspace) -> None:
    """Own entries that could not be read; the rest works without them."""
    for fault in (*ws.models.faults, *ws.kpis.faults):
        tell(fault.text)


def tell_remarks(reasons: Sequence[Reason], unassigned: Mapping[str, int]) -> None:
    for reason in reasons:
        where = Text(de="Spalte „{name}“: {text}", en="Column “{name}”: {text}") if reason.column else None
        said = where.fill(name=reason.column, text=reason.text) if where else reason.text
        example = Text(de="{said} (z. B. „{cell}“)", en="{said} (e.g. “{cell}”)") if reason.example else None
        tell(
            Text(de="{fate}: {count}. {said}", en="{fate}: {count}. {said}").fill(
                count=reason.count,
                fate=Text(de="Abgelehnte Zeilen", en="Rows rejected")
                if reason.fatal
                else Text(de="Ausgelassene Zellen", en="Cells left out"),
                said=example.fill(said=said, cell=reason.example) if example else said,
            )
        )
    tell_unassigned(unassigned)


def tell_unassigned(unassigned: Mapping[str, int]) -> None:
    for touchpoint, contacts in unassigned.items():
        tell(
            Text(
                de="Touchpoint „{touchpoint}“ hat noch keine Phase ({contacts} Kontakte).",
                en="Touchpoint “{touchpoint}” has no phase yet ({contacts} contacts).",
            ).fill(touchpoint=touchpoint, contacts=contacts)
        )


def tell_questions(questions: Sequence[Question]) -> None:
    for question in questions:
        tell(
            Text(de="Offen: {text} ({field} = {choices})", en="Open: {text} ({field} = {choices})").fill(
                text=question.text,
                field=question.field,
                choices=", ".join(choice.value for choice in question.choices),
            )
        )


def confirm(customers: Collection[str]) -> None:
    """Ask before what cannot be taken back; where nobody can be asked, --yes is needed."""
    if not sys.stdin.isatty():
        raise UsageFault(
            Text(
                de="Löschen lässt sich nicht zurücknehmen. Bestätigen Sie es mit --yes.",
                en="Erasing cannot be taken back. Confirm it with --yes.",
            )
        )
    question = Text(de="{customers} endgültig löschen?", en="Erase {customers} for good?").fill(
        customers=", ".join(customers)
    )
    typer.confirm(clean(question(LANG)), abort=True, err=True)


@contextmanager
def progress_shown() -> Iterator[Callable[[float], None]]:
    """A line on stderr that counts up to 100 %, where somebody watches; else silence."""
    watched = sys.stderr.isatty()

    def show(share: float) -> None:
        if watched:
            print(f"\r{share:4.0%} ", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if watched:
            print("\r", end="", file=sys.stderr, flush=True)


def terminal_width() -> int | None:
    """The terminal's width in characters; None for a pipe or a file, which take lines of any length."""
    return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else None


def spelled(error: UnicodeError) -> tuple[str, int]:
    """For consoles of older encodings: the nearest signs that every one of them has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(SPELLED.get(sign, "?") for sign in lacking), error.end


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
