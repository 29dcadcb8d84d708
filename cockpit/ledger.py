"""The phase ledger in a view: how many visits each phase had and how they ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.scope import data_end_of, period_of, where_sql
from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.period import Period
from core.query import Query, identifier
from core.text import Text
from core.view import View
from journeys.ledger import ENDING, ENDINGS, FIRST_CONTACT
from journeys.model import JourneyModel, Phase


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One phase (of one group). `visits` is the sum of the six ends that follow it.

    `conversion` is in percent, (advanced + skipped + completed) / (visits - open); None where all are open.
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


def ledger(ws: Workspace, view: View) -> Ledger | None:
    """The ledger; None while there are no contacts. UsageFault for an unknown model, dimension or period."""
    head = ws.warehouse.head()
    data_end = data_end_of(head) if head else None
    if head is None or data_end is None:
        return None
    model = _model(ws, view.model)
    period = period_of(ws, view, head)
    known = sorted({*FIRST_CONTACT, *head.dimensions})
    for dimension in (*view.where, *([view.by] if view.by else [])):
        _check(dimension, known)
    with ws.warehouse.open(model=model.id) as snapshot:
        counted = snapshot.rows(_counts(view, period, data_end))
    groups = list(dict.fromkeys(group for _, group, *_ in counted)) or ([None] if view.by is None else [])
    found = {(phase, group): tuple(ends) for phase, group, *ends in counted}
    return Ledger(
        model=model.id,
        period=period,
        data_end=data_end,
        snapshot=head.id,
        rows=tuple(
            _row(phase, group, found.get((phase.id, group), (0,) * len(ENDINGS)))
            for phase in model.phases
            for group in groups
        ),
        unassigned=head.unassigned,
    )


def _row(phase: Phase, group: str | None, ends: tuple[int, ...]) -> LedgerRow:
    by_end = dict(zip(ENDINGS, ends, strict=True))
    decided = sum(ends) - by_end["open"]
    onward = by_end["advanced"] + by_end["skipped"] + by_end["completed"]
    return LedgerRow(
        phase=phase.id,
        name=phase.name,
        group=group,
        visits=sum(ends),
        **by_end,
        conversion=100 * onward / decided if decided else None,
    )


def _counts(view: View, period: Period, data_end: dt.datetime) -> Query:
    """Phase, group, and the visits of each end; groups from frequent to rare, a missing value as ''."""
    where, values = where_sql(view)
    group = f"coalesce(CAST({identifier(view.by)} AS VARCHAR), '')" if view.by else "CAST(NULL AS VARCHAR)"
    ends = ", ".join(f"count(*) FILTER (WHERE ending = '{end}') AS {identifier(end)}" for end in ENDINGS)
    return Query(
        sql=f"""
WITH chosen AS (
    SELECT phase, {group} AS in_group, {ENDING} AS ending
    FROM visits WHERE first_at >= $period_start AND first_at < $period_end AND {where}
)
SELECT phase, in_group, {ends}
FROM chosen GROUP BY phase, in_group
ORDER BY sum(count(*)) OVER (PARTITION BY in_group) DESC, in_group, phase""",
        values={
            **values,
            "data_end": data_end,
            "period_start": dt.datetime.combine(period.start, dt.time()),
            "period_end": dt.datetime.combine(period.end, dt.time()),
        },
    )


def _model(ws: Workspace, wanted: str) -> JourneyModel:
    if wanted not in ws.models.entries:
        raise UsageFault(
            Text(
                de="Das Reisemodell „{wanted}“ gibt es nicht. Bekannt sind: {known}.",
                en="There is no journey model “{wanted}”. Known are: {known}.",
            ).fill(wanted=wanted, known=", ".join(ws.models.entries))
        )
    return ws.models[wanted]


def _check(dimension: str, known: list[str]) -> None:
    if dimension in known:
        return
    raise UsageFault(
        Text(
            de="Nach „{name}“ lässt sich das Phasenbuch nicht auswählen. Bekannt sind: {known}.",
            en="The ledger cannot be selected by “{name}”. Known are: {known}.",
        ).fill(name=dimension, known=", ".join(known))
    )
