"""Documents of a round that is over: the sheet for a workshop, the quick check for a prospect."""

from __future__ import annotations

from cockpit.roundhistory import ended_on
from cockpit.roundresults import RoundView, round_view
from cockpit.workspace import Workspace
from core.text import Lang
from exports.workshop import Workshop, workshop_pdf


def workshop_sheet(ws: Workspace, round_id: str, lang: Lang) -> bytes:
    """The agenda on one A4 page, as PDF. UsageFault while the round is running."""
    return workshop_pdf(_workshop(round_view(ws, round_id)), lang)


def _workshop(shown: RoundView) -> Workshop:
    return Workshop(
        team=shown.round.team,
        checklist=shown.round.checklist,
        day=ended_on(shown.round),
        respondents=shown.respondents,
        minimum=None if shown.round.open else shown.round.minimum,
        agenda=shown.agenda,
        contradictions=tuple((one, shown.measured[one.check.kpi]) for one in shown.contradictions),
        currency=shown.currency,
    )
