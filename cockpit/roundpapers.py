"""Documents of a round that is over: the sheet for a workshop, the quick check for a prospect."""

from __future__ import annotations

from cockpit.roundhistory import ended_on
from cockpit.roundresults import RoundView, round_view
from cockpit.workspace import Workspace
from core.errors import InputFault
from core.text import Lang, Text
from exports.quickcheck import QuickCheck, quickcheck_pdf
from exports.workshop import Workshop, workshop_pdf

_NOTHING = Text(
    de="In dieser Runde ist keine Antwort zu sehen; ein Schnellcheck hätte nichts zu sagen.",
    en="No answer can be seen in this round; a quick check would have nothing to say.",
)


def workshop_sheet(ws: Workspace, round_id: str, lang: Lang) -> bytes:
    """The agenda on one A4 page, as PDF. UsageFault while the round is running."""
    return workshop_pdf(_workshop(round_view(ws, round_id)), lang)


def quick_check(ws: Workspace, round_id: str, lang: Lang) -> bytes:
    """Where a prospect stands and three recommendations, as PDF.

    UsageFault while the round is running; InputFault where its checklist knows no levels or no efforts, or
    nobody answered.
    """
    shown = round_view(ws, round_id)
    if shown.plan is None or shown.score.overall is None or not shown.disclosure.shown:
        raise InputFault(shown.no_plan or _NOTHING)
    check = QuickCheck(
        team=shown.round.team,
        checklist=shown.round.checklist,
        day=ended_on(shown.round),
        respondents=shown.respondents,
        score=shown.score,
        plan=shown.plan,
        kpis={kpi.id: kpi.name for kpi in ws.kpis.entries.values()},
    )
    return quickcheck_pdf(check, lang)


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
