"""What the command line says: results on stdout, everything else on stderr, in one language."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise

import pandas as pd
import typer

from cockpit.funnel import BestAttempt, FunnelView
from cockpit.handbook import Explanation
from cockpit.importing import Question
from cockpit.leaks import LeaksView, leak_sentence
from cockpit.qualification import QualificationView
from cockpit.triggers import TriggersView
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.period import Period
from core.text import Lang, Text, same, written
from exports.funnel_text import JOURNEYS, rates_text, steps_text
from exports.qualification_text import all_cases, groups_text, named, reasons_text
from exports.text_table import clean, text_table
from journeys.course import Counting
from metrics.qualification import Absent
from metrics.wording import DASH, amount, joined, need_words, number, reason_without_value
from store.intake.records import Reason
from store.warehouse.manifest import SourceCounts

ROWS_SHOWN = 10
# What a console of an older encoding shows instead of a sign that it lacks; others become question marks.
SPELLED = {
    "„": '"', "“": '"', "”": '"', "’": "'", "–": "-", "−": "-", "…": "...", "×": "x", "€": "EUR",
    "▲": "^", "▼": "v", "∞": "inf",
}  # fmt: skip


def asked_language(words: Sequence[str]) -> str:
    """`--lang en`, else WEGMARKE_LANG, else German. Known before all else, because help speaks it too."""
    for word, following in pairwise([*words, ""]):
        name, sign, value = word.partition("=")
        if name == "--lang":
            return value if sign else following
    return os.environ.get("WEGMARKE_LANG") or "de"


LANG: Lang = "en" if asked_language(sys.argv[1:]) == "en" else "de"


PHASE = Text(de="Phase", en="Phase")
CONVERSION = Text(de="Conversion", en="Conversion")
SNAPSHOT = Text(de="Schnappschuss", en="Snapshot")
ROWS = Text(de="Zeilen", en="Rows")
FILE = Text(de="Datei", en="File")
WHO = Text(de="Wer", en="Who")
ALL_CASES = Text(de="Alle entschiedenen Fälle", en="All cases decided")
QUALIFIED = Text(de="Qualifizierte und andere", en="Qualified and others")
SIDES = {
    "qualified": Text(de="Qualifiziert", en="Qualified"),
    "others": Text(de="Alle übrigen", en="All others"),
    "disqualified": Text(de="davon unpassend", en="of these unfit"),
}
PRICE_TIER = Text(de="Preisklasse", en="Price tier")
LOSS_REASON = Text(de="Verlustgrund", en="Loss reason")
COMPETITOR = Text(de="Wettbewerber", en="Competitor")
FILTERED = Text(
    de="{title}: für diesen Filter nicht verfügbar.", en="{title}: not available for this filter."
)
COUNTS_OF_VISITS = {
    "visits": Text(de="Besuche", en="Visits"),
    "advanced": Text(de="weiter", en="advanced"),
    "skipped": Text(de="übersprungen", en="skipped ahead"),
    "back": Text(de="zurück", en="moved back"),
    "completed": Text(de="abgeschlossen", en="completed"),
    "lost": Text(de="verloren", en="lost"),
    "open": Text(de="offen", en="open"),
}
KINDS = {
    "touchpoint": same("Touchpoint"),
    "content": Text(de="Inhalt", en="Content"),
    "role": Text(de="Rolle", en="Role"),
}
COUNTINGS: dict[Counting, Text] = {
    "ordered": Text(de="Schritt für Schritt", en="step by step"),
    "reached": Text(de="diese Phase oder eine spätere erreicht", en="reached this phase or a later one"),
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
    beside = [text(LANG) for text in (blocked, found.result.note) if text is not None]
    emit("\n".join(clean(line) for line in [*lines, *beside]))
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


def print_funnel(found: FunnelView) -> None:
    """Steps, rates, what must be read with them, and what was counted."""
    names = {phase.id: phase.name for phase in found.phases}
    emit(steps_text(found.groups, names, LANG, width=terminal_width()))
    if found.route.end:
        emit("")
        emit(rates_text(found.groups, LANG, width=terminal_width()))
    for warning in found.warnings:
        tell(warning)
    if found.not_shown:
        tell(
            Text(
                de="{n} Kundenreisen mit selteneren Werten sind nur in „alle“ enthalten.",
                en="{n} journeys with rarer values are counted in “all” only.",
            ).fill(n=found.not_shown)
        )
    days = found.route.window_days
    tell(
        Text(
            de="Gezählt: {counting}, {window}. {period}, Daten bis {end}, Schnappschuss {id}.",
            en="Counted: {counting}, {window}. {period}, data until {end}, snapshot {id}.",
        ).fill(
            counting=COUNTINGS[found.route.counting],
            window=Text(de="Fenster {days} Tage", en="window {days} days").fill(days=days)
            if days is not None
            else Text(de="ohne Fenster", en="without a window"),
            period=Text(de=found.period.label("de"), en=found.period.label("en"))
            if found.period
            else Text(de="Ganze Historie", en="Whole history"),
            end=found.data_end,
            id=found.snapshot,
        )
    )


def print_best_attempt(found: BestAttempt) -> None:
    print_table(
        [PHASE, JOURNEYS],
        [[step.name, in_words(step.journeys)] for step in found.steps],
        numbers_from=1,
    )
    tell(
        Text(
            de="Bester Versuch von jedem Eintritt aus, über alle Daten. Schnappschuss {id}.",
            en="Best attempt from any entry, over all data. Snapshot {id}.",
        ).fill(id=found.snapshot)
    )


def print_triggers(found: TriggersView) -> None:
    """The triggers with what they rest on; where there are none, why."""
    if found.note:
        tell(found.note)
        return
    print_table(
        [
            Text(de="Art", en="Kind"),
            Text(de="Wert", en="Value"),
            Text(de="gesehen", en="seen"),
            Text(de="davon weiter", en="moved on"),
            Text(de="nicht gesehen", en="not seen"),
            Text(de="davon weiter", en="moved on"),
            Text(de="Verhältnis", en="Ratio"),
            Text(de="Intervall", en="Interval"),
            same("q"),
        ],
        [
            [
                KINDS[each.kind],
                same(each.value),
                in_words(each.seen),
                amount(each.seen_rate, "percent"),
                in_words(each.unseen),
                amount(each.unseen_rate, "percent"),
                _times(each.ratio),
                Text(de="{a} bis {b}", en="{a} to {b}").fill(a=_times(each.lower), b=_times(each.upper)),
                Text(de=_small(each.q, "de"), en=_small(each.q, "en")),
            ]
            for each in found.triggers
        ],
        numbers_from=2,
    )
    tell(
        Text(
            de="{running} Besuche liefen nach {days} Tagen (Median der Phase) noch; {undecided} davon sind "
            "offen und zählen nicht mit. {looked} Werte geprüft; zu selten oder fast immer dabei und darum "
            "ausgelassen: {small}.",
            en="{running} visits were still running after {days} days (the phase's median); {undecided} of "
            "them are open and left out. {looked} values tested; left out because too rare or nearly always "
            "there: {small}.",
        ).fill(
            running=found.running,
            days=round(found.landmark_days or 0.0, 1),
            undecided=found.undecided,
            looked=found.looked_at,
            small=found.too_small,
        )
    )
    tell(
        Text(
            de="Werte mit q bis 0,1 halten der Korrektur für alles Geprüfte stand ({n}); die "
            "Intervalle ({level}) sind an diese Auswahl angepasst. Ein Zusammenhang, keine Ursache.",
            en="Values with q up to 0.1 withstand the correction for all that was tested ({n}); the "
            "intervals ({level}) are adjusted for this selection. An association, not a cause.",
        ).fill(n=len(found.selected), level=amount(found.confidence, "percent"))
    )


def print_leaks(found: LeaksView) -> None:
    """The leaks in phase order, the costliest as a sentence; phases without a figure say why."""
    print_table(
        [
            PHASE,
            Text(de="Besuche verloren", en="Visits lost"),
            Text(de="Verlorene", en="Lost"),
            Text(de="Käufer unter den anderen", en="Buyers among the others"),
            Text(de="Betrag je Fall", en="Amount per case"),
            Text(de="bis zu im Jahr", en="up to a year") if found.per_year else Text(de="bis zu", en="up to"),
            Text(de="95-%-Intervall", en="95% interval"),
        ],
        [
            [
                leak.name,
                amount(leak.lost_rate, "percent"),
                in_words(leak.lost),
                amount(leak.share, "percent"),
                amount(leak.mean, "eur", found.currency),
                amount(leak.money, "eur", found.currency),
                Text(de="{a} bis {b}", en="{a} to {b}").fill(
                    a=amount(leak.lower, "eur", found.currency), b=amount(leak.upper, "eur", found.currency)
                )
                if leak.money
                else DASH,
            ]
            for leak in found.leaks
        ],
        numbers_from=1,
    )
    for leak in found.leaks:
        if leak.note:
            tell(Text(de="{phase}: {note}.", en="{phase}: {note}.").fill(phase=leak.name, note=leak.note))
    if found.costliest:
        emit("\n" + clean(leak_sentence(found.costliest, found)(LANG)))


def print_qualification(found: QualificationView) -> None:
    """Entries and cases side by side, why cases are lost, what lies unattended; sections without data say
    what they need."""
    width = terminal_width()
    rows = [(ALL_CASES, all_cases(found.all))] if not isinstance(found.all, Absent) else []
    if not isinstance(found.qualified, Absent):
        pair = (found.qualified.qualified, found.qualified.others)
        rows += named([*pair, *filter(None, [found.qualified.disqualified])], SIDES)
    emit(groups_text(WHO, rows, LANG, width=width))
    for title, groups in ((found.dimension_name, found.groups), (PRICE_TIER, found.tiers)):
        if not isinstance(groups, Absent):
            emit("\n" + groups_text(title, named(groups, {}), LANG, width=width))
    for title, reasons in ((LOSS_REASON, found.reasons), (COMPETITOR, found.competitors)):
        if not isinstance(reasons, Absent):
            emit("\n" + reasons_text(title, reasons, found.currency, LANG, width=width))
    if not isinstance(found.unattended, Absent):
        waiting = Text(
            de="Offene Angebote: {open}, davon unbeachtet: {n}, zusammen {value}.",
            en="Open offers: {open}, of these unattended: {n}, together {value}.",
        ).fill(
            open=found.unattended.open,
            n=found.unattended.unattended,
            value=amount(found.unattended.unattended_value, "eur", found.currency),
        )
        emit("\n" + clean(waiting(LANG)))
    for section, title in (
        (found.all, ALL_CASES),
        (found.qualified, QUALIFIED),
        (found.reasons, LOSS_REASON),
    ):
        if isinstance(section, Absent):
            needs = joined([need_words(need) for need in section.needs])
            tell(
                Text(de="{title}: sichtbar mit {needs}.", en="{title}: visible with {needs}.").fill(
                    title=title, needs=needs
                )
                if section.needs
                else FILTERED.fill(title=title)
            )


def _times(ratio: float) -> Text:
    """A ratio with two digits; none of the others may have moved on."""
    return amount(ratio, "ratio") if math.isfinite(ratio) else same("∞")


def _small(value: float, lang: Lang) -> str:
    """A probability with three digits, and never 0."""
    return number(value, 3, lang) if value >= 0.001 else f"< {number(0.001, 3, lang)}"


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
        Text(de="Zeitraum {period}, Schnappschuss {id}.", en="Period {period}, snapshot {id}.").fill(
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
