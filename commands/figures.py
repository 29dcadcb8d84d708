"""What the data say: KPIs, how visits end, funnels, triggers, leaks, qualification."""

from __future__ import annotations

from typing import Annotated, cast

from cockpit.evaluation import evaluate
from cockpit.funnel import BestAttempt, best_attempt
from cockpit.funnel import funnel as phase_funnel
from cockpit.handbook import all_rows
from cockpit.handbook import explain as explain_kpi
from cockpit.leaks import leaks as money_leaks
from cockpit.ledger import ledger as phase_ledger
from cockpit.qualification import qualification as worth_the_effort
from cockpit.triggers import triggers as phase_triggers
from cockpit.workspace import Workspace
from commands.grammar import argument, of_view, option
from core.errors import UsageFault
from core.text import Text, same
from core.view import View
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
    emit,
    in_words,
    print_best_attempt,
    print_explanation,
    print_funnel,
    print_leaks,
    print_qualification,
    print_table,
    print_triggers,
    tell_faults,
    tell_scope,
    tell_unassigned,
    terminal_width,
)


@of_view("kpis")
def kpis(ws: Workspace, view: View, as_json: bool) -> None:
    results = evaluate(ws, view)
    if as_json:
        emit(json_text(results))
        return
    phases = {phase.id: phase.name for phase in ws.models[view.model].phases}
    emit(kpis_text(results, phases, LANG, currency=ws.settings.currency, width=terminal_width()))
    tell_faults(ws)
    if results:
        tell_scope(results[0].period, results[0].snapshot)


@of_view("ledger")
def ledger(ws: Workspace, view: View, as_json: bool) -> None:
    found = phase_ledger(ws, view)
    if as_json or found is None:
        emit(json_text(found))
        return
    grouped = [Text(de="Merkmal", en="Group")] if view.by else []
    print_table(
        [PHASE, *grouped, *COUNTS_OF_VISITS.values(), CONVERSION],
        [
            [
                row.name,
                *([same(row.group or "–")] if view.by else []),
                *(in_words(getattr(row, name)) for name in COUNTS_OF_VISITS),
                amount(row.conversion, "percent"),
            ]
            for row in found.rows
        ],
        numbers_from=1 + len(grouped),
    )
    tell_unassigned(found.unassigned)
    tell_scope(found.period, found.snapshot)


@of_view("funnel")
def funnel(
    ws: Workspace,
    view: View,
    as_json: bool,
    *,
    start: Annotated[str | None, option("start", "PHASE")] = None,
    end: Annotated[str | None, option("end", "PHASE")] = None,
    counting: Annotated[str, option("counting", "ordered|reached")] = "reached",
    window: Annotated[str | None, option("window", "DAYS|none")] = None,
    attribution: Annotated[str, option("attribution", "first|entry|last")] = "first",
    best: Annotated[bool, option("best-attempt")] = False,
) -> None:
    route = Route(
        counting=cast(Counting, counting),
        start=start,
        end=end,
        window_days=days_of(window, ws.settings.window_days),
        attribution=cast(Attribution, attribution),
    )
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


@of_view("triggers", by=False)
def triggers(
    ws: Workspace, view: View, as_json: bool, phase: Annotated[str, argument("of", "PHASE")]
) -> None:
    found = phase_triggers(ws, view, phase)
    if as_json or found is None:
        emit(json_text(found))
        return
    print_triggers(found)
    tell_scope(found.period, found.snapshot)


@of_view("leaks", by=False)
def leaks(ws: Workspace, view: View, as_json: bool) -> None:
    found = money_leaks(ws, view)
    if as_json or found is None:
        emit(json_text(found))
        return
    print_leaks(found)
    tell_scope(found.period, found.snapshot)


@of_view("qualification")
def qualification(ws: Workspace, view: View, as_json: bool) -> None:
    found = worth_the_effort(ws, view)
    if as_json or found is None:
        emit(json_text(found))
        return
    print_qualification(found)
    tell_scope(found.period, found.snapshot)


@of_view("explain")
def explain(
    ws: Workspace,
    view: View,
    as_json: bool,
    kpi: Annotated[str, argument("kpi", "KPI")],
    *,
    phase: Annotated[str | None, option("phase", "ID")] = None,
    rows: Annotated[bool, option("rows")] = False,
) -> None:
    if rows:
        emit(csv_bytes(all_rows(ws, kpi, view, phase), LANG).decode("utf-8-sig"), end="")
        return
    found = explain_kpi(ws, kpi, view, phase)
    groups = [one for one in evaluate(ws, view, [kpi]) if phase in (None, one.phase)] if view.by else []
    if as_json:
        emit(json_text({**plain(found), "groups": groups}))
        return
    print_explanation(found, ws.settings.currency)
    if groups:
        emit("")
        emit(kpis_text(groups, {}, LANG, currency=ws.settings.currency, width=terminal_width()))
    tell_scope(found.period, found.snapshot)
