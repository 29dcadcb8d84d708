"""Since your last visit, in at most five sentences. Each names the KPI that shows how it was computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cockpit.findings import Change
from cockpit.kept import kept_rows
from cockpit.scope import data_end_of, where_sql
from cockpit.workspace import Workspace
from core.period import Period
from core.query import Query
from core.text import Text, same
from core.view import View
from metrics.result import KpiResult
from metrics.wording import amount, joined, tone
from store.warehouse.manifest import Manifest
from store.warehouse.snapshot import Snapshot

ORDERS = "order_intake"
WAITING = "unattended_offers"
INSTANT = dt.timedelta(microseconds=1)

ONE_FILE = Text(de="einer Datei", en="one file")
FILES = Text(de="{n} Dateien", en="{n} files")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence and the KPI behind it, if there is one."""

    text: Text
    kpi: str | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a person saw at the last visit: when, and which snapshot."""

    at: dt.datetime
    snapshot: str | None


@dataclass(frozen=True, kw_only=True)
class News:
    """The sentences under their title."""

    title: Text
    about: Text
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Orders:
    """Orders in a span; `value` is None where no order names one."""

    span: Span
    count: int
    value: float | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the sentences can tell of."""

    orders: Orders
    results: Sequence[KpiResult]
    changes: Sequence[Change]


@dataclass(frozen=True, kw_only=True)
class Span:
    """What the sentences are about: after `start` up to `end`; a first visit looks at the view's period."""

    start: dt.datetime
    end: dt.datetime
    first_visit: bool


def news(
    head: Manifest,
    *,
    before: Manifest | None,
    seen: Seen | None,
    period: Period,
    told: Told,
    currency: str,
) -> News:
    """Orders, offers that wait, signals, data that arrived, targets missed.

    `before` is the snapshot that the person saw last, where it has not been pruned.
    """
    known = data_end_of(before) if before else None
    sentences = [
        _orders(told, currency),
        _waiting(told.results),
        _signals(told.changes, known),
        _arrived(head, before, seen),
        _targets(told.results, currency),
    ]
    if seen is not None:
        title = Text(de="Seit Ihrem letzten Besuch am {day}", en="Since your last visit on {day}")
        title = title.fill(day=seen.at.date())
    else:
        title = Text(de="Ihr erster Blick: {period}", en="Your first look: {period}")
        title = title.fill(period=Text(de=period.label("de"), en=period.label("en")))
    return News(
        title=title,
        about=Text(de="jeder Satz führt zur Rechnung", en="each sentence leads to its computation"),
        sentences=tuple(sentence for sentence in sentences if sentence is not None),
    )


def span(head: Manifest, before: Manifest | None, period: Period) -> Span:
    """Contacts are dated by when they happened, and what arrived since lies behind the data end seen last."""
    known = data_end_of(before) if before else None
    if known is not None:
        return Span(start=known, end=data_end_of(head) or known, first_visit=False)
    midnight = dt.time.min
    return Span(
        start=dt.datetime.combine(period.start, midnight) - INSTANT,
        end=dt.datetime.combine(period.end, midnight) - INSTANT,
        first_visit=True,
    )


def orders_since(ws: Workspace, snapshot: Snapshot, view: View, over: Span) -> Orders:
    """Orders signed in the span and what they are worth, in the view's filter."""
    where, values = where_sql(view)
    sql = f"""
SELECT count(*), sum(value) FROM contacts
WHERE event = 'won' AND occurred_at > $start AND occurred_at <= $end AND {where}"""
    query = Query(sql=sql, values=values | {"start": over.start, "end": over.end})
    # Spans begin with a kept snapshot's data end or a month: they are few.
    ((count, value),) = kept_rows(ws, snapshot, query, unfiltered=not view.where)
    return Orders(span=over, count=count, value=value)


def _orders(told: Told, currency: str) -> Sentence | None:
    orders = told.orders
    if orders.span.end <= orders.span.start:
        return None
    if any(result.kpi == ORDERS and result.status == "missing" for result in told.results):
        return None  # the data know no orders: that none came would be a guess
    if not orders.count:
        return Sentence(text=Text(de="Kein neuer Auftrag.", en="No new order."), kpi=ORDERS)
    many = Text(de="{n} Aufträge", en="{n} orders").fill(n=orders.count)
    said = Text(de="Ein Auftrag", en="One order") if orders.count == 1 else many
    if orders.value is not None:
        value = amount(orders.value, "eur", currency)
        said = Text(de="{orders} über {value}", en="{orders} worth {value}").fill(orders=said, value=value)
    plan = next((r.target.value for r in told.results if r.kpi == ORDERS and r.target), None)
    if orders.span.first_visit and plan is not None:
        goal = amount(plan, "eur", currency)
        said = Text(de="{orders}, Plan {plan}", en="{orders}, plan {plan}").fill(orders=said, plan=goal)
    return Sentence(text=Text(de="{said}.", en="{said}.").fill(said=said), kpi=ORDERS)


def _waiting(results: Sequence[KpiResult]) -> Sentence | None:
    """Offers without a call: how many of the open ones."""
    found = next(
        (r for r in results if r.kpi == WAITING and r.status == "ok" and r.numerator is not None), None
    )
    if found is None:
        return None
    return Sentence(
        text=Text(
            de="{a} von {b} offenen Angeboten warten seit 14 Tagen auf einen Anruf.",
            en="{a} of {b} open offers have been waiting for a call for 14 days.",
        ).fill(a=round(found.numerator or 0), b=round(found.denominator or 0)),
        kpi=WAITING,
    )


def _signals(changes: Sequence[Change], known: dt.datetime | None) -> Sentence | None:
    """Signals that began after what the person has seen; on a first visit all of them."""
    fresh = [
        change
        for change in changes
        if known is None or change.signal.at.end > known.date() + dt.timedelta(days=1)
    ]
    if not fresh:
        return Sentence(
            text=Text(de="Kein neues Signal.", en="No new signal.")
            if known
            else Text(de="Keine Kennzahl zeigt ein Signal.", en="No KPI shows a signal.")
        )
    strongest = list({change.result.kpi: change.result.name for change in fresh}.values())[:3]
    names = joined(strongest)
    bad = sum(tone(change.result) == "bad" for change in fresh)
    said = (
        Text(de="Ein Signal: {names}.", en="One signal: {names}.")
        if len(fresh) == 1
        else Text(
            de="{n} Signale, davon {bad} ungünstig; am stärksten: {names}.",
            en="{n} signals, {bad} of them bad; the strongest: {names}.",
        )
    )
    return Sentence(text=said.fill(n=len(fresh), bad=bad, names=names), kpi=fresh[0].result.kpi)


def _arrived(head: Manifest, before: Manifest | None, seen: Seen | None) -> Sentence | None:
    """What was imported since, and up to when the data reaches now."""
    end = data_end_of(head)
    known = {entry.id for entry in before.imports} if before else set()
    fresh = [entry for entry in head.imports if entry.id not in known]
    if seen is not None and before is not None and not fresh:
        return Sentence(
            text=Text(
                de="Seitdem kamen keine Daten hinzu; Datenstand {day}.",
                en="No data has arrived since; data as of {day}.",
            ).fill(day=end.date() if end else same("–"))
        )
    return Sentence(
        text=Text(
            de=(
                "{new} neue und {changed} geänderte Zeilen aus {files}, {rejected} abgewiesen; "
                "Datenstand {day}."
            ),
            en=("{new} new and {changed} changed rows from {files}, {rejected} rejected; data as of {day}."),
        ).fill(
            new=sum(entry.counts.new for entry in fresh),
            changed=sum(entry.counts.changed for entry in fresh),
            rejected=sum(entry.counts.rejected for entry in fresh),
            files=ONE_FILE if len(fresh) == 1 else FILES.fill(n=len(fresh)),
            day=end.date() if end else same("–"),
        )
    )


def _targets(results: Sequence[KpiResult], currency: str) -> Sentence:
    """Targets missed, with the one furthest off."""
    judged = [r for r in results if r.target is not None and r.target.met is not None and r.value is not None]
    if not judged:
        return Sentence(
            text=Text(
                de="Für diese Auswahl gibt es keine Ziele.", en="There are no targets for this selection."
            )
        )
    missed = [r for r in judged if r.target and not r.target.met]
    if not missed:
        return Sentence(
            text=Text(de="Alle {n} Ziele sind erreicht.", en="All {n} targets are met.").fill(n=len(judged))
        )

    def gap(result: KpiResult) -> float:
        goal = result.target.value if result.target else 0.0
        return abs((result.value or 0.0) - goal) / (abs(goal) or 1.0)

    worst = max(missed, key=gap)
    return Sentence(
        text=Text(
            de="{m} von {n} Zielen verfehlt, am weitesten: {kpi}, {value} statt {goal}.",
            en="{m} of {n} targets missed, furthest off: {kpi}, {value} instead of {goal}.",
        ).fill(
            m=len(missed),
            n=len(judged),
            kpi=worst.name,
            value=amount(worst.value, worst.unit, currency),
            goal=amount(worst.target.value if worst.target else None, worst.unit, currency),
        ),
        kpi=worst.kpi,
    )
