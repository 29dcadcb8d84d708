"""The phase ledger in a view: how many visits each phase had and how they ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cockpit.kept import kept_rows
from cockpit.scope import data_end_of, period_of
from cockpit.workspace import Workspace
from core.errors import UsageFault, did_you_mean
from core.period import Period
from core.text import Text
from core.view import View
from journeys.ends import Ends, Selection, ledger_query, patience_query
from journeys.ledger import ENDINGS, FIRST_CONTACT
from journeys.model import JourneyModel, Phase
from store.warehouse.manifest import Manifest

__all__ = [
    "ENDINGS",
    "Ledger",
    "LedgerRow",
    "check_known",
    "ledger",
    "model_of",
    "patience_proposals",
    "phase_of",
    "selection_of",
]


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One phase (of one group). `visits` is the sum of the six ends that follow it.

    `conversion` is in percent, (advanced + skipped + completed) / (visits - open); None where all are open.
    `group` is "" for visits without a value, None where nothing is broken down.
    """

    phase: str
    name: Text
    group: str | None
    visits: int
    advanced: int
    skipped: int
    back: int
    completed: int
    lost: int
    open: int
    conversion: float | None


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Visits whose first contact lies in the period and passes the filters, by phase and group.

    `unassigned` counts the snapshot's contacts without a phase by touchpoint: they begin no visit.
    """

    model: str
    period: Period
    data_end: dt.datetime
    snapshot: str
    rows: tuple[LedgerRow, ...]
    unassigned: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class PatienceProposal:
    """The patience that would have kept 90 % of the won journeys alive in a phase, beside the model's."""

    phase: str
    name: Text
    days: int
    proposed: int
    journeys: int


def ledger(ws: Workspace, view: View) -> Ledger | None:
    """The ledger; None while there are no contacts. UsageFault for an unknown model, dimension or period."""
    head = ws.warehouse.head()
    selection = selection_of(ws, view, head)
    if head is None or selection is None or selection.period is None:
        return None
    model = model_of(ws, view.model)
    with ws.open(model.id) as snapshot:
        query = ledger_query(selection, view.by)
        counted = kept_rows(ws, snapshot, query, unfiltered=not (view.where or view.by))
    groups = list(dict.fromkeys(group for _, group, *_ in counted)) or ([None] if view.by is None else [])
    found = {(phase, group): _ends(ends) for phase, group, *ends in counted}
    return Ledger(
        model=model.id,
        period=selection.period,
        data_end=selection.data_end,
        snapshot=head.id,
        rows=tuple(
            LedgerRow(
                phase=phase.id,
                name=phase.name,
                group=group,
                visits=ends.visits,
                **{end: getattr(ends, end) for end in ENDINGS},
                conversion=ends.conversion,
            )
            for phase in model.phases
            for group in groups
            for ends in [found.get((phase.id, group), Ends())]
        ),
        unassigned=head.unassigned,
    )


def patience_proposals(ws: Workspace, model_id: str) -> tuple[PatienceProposal, ...]:
    """A proposal for each phase with patience that won journeys went through; none while there is no data."""
    model = model_of(ws, model_id)
    if ws.warehouse.head() is None:
        return ()
    with ws.open(model.id) as snapshot:
        found = {phase: (journeys, days) for phase, journeys, days in snapshot.rows(patience_query())}
    return tuple(
        PatienceProposal(
            phase=phase.id,
            name=phase.name,
            days=phase.patience_days,
            proposed=int(found[phase.id][1]),
            journeys=int(found[phase.id][0]),
        )
        for phase in model.phases
        if phase.patience_days is not None and phase.id in found
    )


def _ends(counts: Iterable[int]) -> Ends:
    return Ends(**dict(zip(ENDINGS, counts, strict=True)))


def selection_of(ws: Workspace, view: View, head: Manifest | None) -> Selection | None:
    """The view against the head snapshot's data end; None while there are no contacts.

    Raises UsageFault for an unknown model, dimension or period.
    """
    model_of(ws, view.model)
    data_end = data_end_of(head) if head else None
    if head is None or data_end is None:
        return None
    for dimension in (*view.where, *([view.by] if view.by else [])):
        check_known(dimension, (*FIRST_CONTACT, *head.dimensions), Text(de="Das Merkmal", en="The dimension"))
    return Selection(data_end=data_end, period=period_of(ws, view, head), where=view.where)


def model_of(ws: Workspace, wanted: str) -> JourneyModel:
    """The journey model of this name. Raises UsageFault where there is none."""
    check_known(wanted, tuple(ws.models.entries), Text(de="Das Journey-Modell", en="The journey model"))
    return ws.models[wanted]


def phase_of(model: JourneyModel, wanted: str) -> Phase:
    """The model's phase of this name. Raises UsageFault where there is none."""
    check_known(wanted, model.phase_ids, Text(de="Die Phase", en="The phase"))
    return model.phase(wanted)


def check_known(wanted: str, known: tuple[str, ...], what: Text) -> None:
    """Raises a UsageFault with the closest known word for a word that is not known."""
    if wanted in known:
        return
    close = did_you_mean(wanted, list(known))
    hint = (
        Text(de="Meinten Sie „{close}“? ", en="Did you mean “{close}”? ").fill(close=close) if close else ""
    )
    raise UsageFault(
        Text(
            de="{what} „{wanted}“ ist nicht bekannt. {hint}Möglich sind: {known}.",
            en="{what} “{wanted}” is not known. {hint}Possible are: {known}.",
        ).fill(what=what, wanted=wanted, hint=hint, known=", ".join(known))
    )
