"""The leak of every phase in money, in a view."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from cockpit.kept import kept
from cockpit.ledger import model_of, selection_of
from cockpit.workspace import Workspace
from core.period import Period
from core.query import Query
from core.text import Text
from core.view import View
from journeys.ends import Selection
from journeys.leakfactors import (
    FEWEST,
    Basis,
    Losses,
    Mean,
    Share,
    earnings_of,
    earnings_query,
    losses_query,
    onward_query,
    share_of,
    spending_of,
    spending_query,
)
from journeys.leaks import Leak, costliest, leak_of
from journeys.model import JourneyModel, Phase
from metrics.wording import amount
from store.warehouse.snapshot import Snapshot

__all__ = ["Leak", "LeaksView", "leak_sentence", "leaks", "money_words"]

A_QUIET_START = dt.timedelta(days=7)
"""The data may begin so many days after a month does, and the month still counts as whole."""

_FOUND = TypeAdapter(tuple[bool, tuple[Leak, ...]])

OF_BASIS: dict[Basis, Text] = {
    "margin": Text(de="Deckungsbeitrag", en="margin"),
    "revenue": Text(de="Umsatz", en="revenue"),
    "value": Text(de="Auftragswert", en="order value"),
}


@dataclass(frozen=True, kw_only=True)
class LeaksView:
    """The leaks of the phases with visits, in phase order; never added up.

    `per_year`: the money is that of a year, because the period has twelve whole months or more; else it is
    the period's. `window_days`: how long those who went on had time to buy.
    """

    model: str
    leaks: tuple[Leak, ...]
    costliest: Leak | None
    period: Period
    per_year: bool
    window_days: int
    currency: str
    data_end: dt.datetime
    snapshot: str


def leaks(ws: Workspace, view: View) -> LeaksView | None:
    """The leaks; None while there are no contacts. `view.period` None: the last twelve whole months.

    Raises UsageFault for an unknown model, dimension or period.
    """
    head = ws.warehouse.head()
    model = model_of(ws, view.model)
    selection = selection_of(ws, replace(view, period=view.period or "r12", by=None), head)
    if head is None or selection is None or selection.period is None:
        return None
    window_days = ws.settings.window_days
    with ws.open(model.id) as snapshot:

        def counted() -> tuple[bool, tuple[Leak, ...]]:
            return _found(snapshot, selection, model, window_days)

        if view.where:
            per_year, found = counted()
        else:  # the overview asks for these on every visit
            about = (str(selection.period), window_days, model.model_dump_json())
            per_year, found = _FOUND.validate_python(
                kept(ws, snapshot, "leaks", about, lambda: _FOUND.dump_python(counted(), mode="json"))
            )
    return LeaksView(
        model=model.id,
        leaks=found,
        costliest=costliest(found),
        period=selection.period,
        per_year=per_year,
        window_days=window_days,
        currency=ws.settings.currency,
        data_end=selection.data_end,
        snapshot=head.id,
    )


def leak_sentence(leak: Leak, found: LeaksView) -> Text:
    """What leaks in the phase, up to how much, from where to where; without a figure, why there is none."""
    lost = Text(
        de="{phase}: {rate} der entschiedenen Besuche gehen verloren",
        en="{phase}: {rate} of the decided visits are lost",
    ).fill(phase=leak.name, rate=amount(_whole(leak.lost_rate), "percent"))
    if leak.money is None or leak.lower is None or leak.upper is None or leak.basis is None:
        return Text(de="{lost} ({note}).", en="{lost} ({note}).").fill(
            lost=lost, note=leak.note or Text(de="kein Betrag", en="no amount")
        )
    return Text(
        de="{lost}, bis zu {money} {basis} {span} (95-%-Intervall {lower} bis {upper}), "
        "wenn die Verlorenen gekauft hätten wie die anderen.",
        en="{lost}, up to {money} of {basis} {span} (95% interval {lower} to {upper}), "
        "had the lost bought as the others do.",
    ).fill(
        lost=lost,
        money=money_words(leak.money, found.currency),
        basis=OF_BASIS[leak.basis],
        span=_span(found),
        lower=money_words(leak.lower, found.currency),
        upper=money_words(leak.upper, found.currency),
    )


def _found(
    snapshot: Snapshot, selection: Selection, model: JourneyModel, window_days: int
) -> tuple[bool, tuple[Leak, ...]]:
    """Whether the money is that of a year, and the leaks."""
    years = _whole_years(snapshot, selection)
    served = [place for place, phase in enumerate(model.phases, 1) if phase.after_purchase]
    lost = {
        place: Losses(decided=decided, visits=visits, journeys=journeys, customers=customers)
        for place, decided, visits, journeys, customers in snapshot.rows(losses_query(selection, served))
    }
    per_order = earnings_of(snapshot.rows(earnings_query(selection))[0])

    def share(phase: Phase, place: int) -> Share | None:
        if phase.after_purchase or lost[place].journeys < FEWEST:
            return None
        return share_of(snapshot.rows(onward_query(selection, phase, place, window_days)), window_days)

    def mean(phase: Phase, place: int) -> Mean | None:
        if not phase.after_purchase:
            return per_order
        if lost[place].customers < FEWEST:
            return None
        return spending_of(snapshot.rows(spending_query(selection, place))[0])

    return years is not None, tuple(
        leak_of(phase, lost[place], share=share(phase, place), mean=mean(phase, place), years=years or 1.0)
        for place, phase in enumerate(model.phases, 1)
        if place in lost
    )


def _whole_years(snapshot: Snapshot, selection: Selection) -> float | None:
    """The years of a period that has twelve whole months of data or more; None for one that has not."""
    period = selection.period
    if period is None or len(period.months) < 12 or not period.whole(selection.data_end):
        return None
    ((first,),) = snapshot.rows(Query(sql="SELECT MIN(first_at) FROM journeys"))
    begun = first is not None and first.date() < period.start + A_QUIET_START
    return len(period.months) / 12 if begun else None


def _span(found: LeaksView) -> Text:
    if found.per_year:
        return Text(de="im Jahr", en="a year")
    return Text(de="im Zeitraum {period}", en="in the period {period}").fill(
        period=Text(de=found.period.label("de"), en=found.period.label("en"))
    )


def _whole(percent: float | None) -> float | None:
    return None if percent is None else float(round(percent))


def money_words(value: float, currency: str) -> Text:
    """Three digits count: more would pretend to know what the interval says is unknown."""
    return amount(float(f"{value:.3g}"), "eur", currency)
