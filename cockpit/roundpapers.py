"""Documents of a round that is over: the sheet for a workshop, the quick check for a prospect."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from checklists.plan import Step
from cockpit.claims import Entry, shelf
from cockpit.exporting import Use, note_handed_out
from cockpit.prospects import suggestions
from cockpit.roundhistory import ended_on
from cockpit.roundresults import RoundView, round_view
from cockpit.sheets import sheet
from cockpit.workspace import Workspace
from core.errors import InputFault, UsageFault
from core.text import Lang, Text
from exports.quickcheck import QuickCheck, quickcheck_pdf
from exports.sheet import Sheet
from exports.workshop import Workshop, workshop_pdf
from proof.fitting import Prospect
from store.signing import signing_key

MOST_PROOFS = 2

_NOTHING = Text(
    de="In dieser Runde ist keine Antwort zu sehen; ein Schnellcheck hätte nichts zu sagen.",
    en="No answer can be seen in this round; a quick check would have nothing to say.",
)


def workshop_sheet(ws: Workspace, round_id: str, lang: Lang) -> bytes:
    """The agenda on one A4 page, as PDF. UsageFault while the round is running."""
    return workshop_pdf(_workshop(round_view(ws, round_id)), lang)


def quick_check(ws: Workspace, round_id: str, lang: Lang, person: str) -> bytes:
    """Where a prospect stands, three recommendations and fitting proofs, as PDF; each proof in it is noted as
    handed out by `person` to the team.

    UsageFault while the round is running; InputFault where its checklist knows no levels or no efforts, or
    nobody answered.
    """
    shown = round_view(ws, round_id)
    if shown.plan is None or shown.score.overall is None or not shown.disclosure.shown:
        raise InputFault(shown.no_plan or _NOTHING)
    proofs = _proofs(ws, shown.plan.first, lang)
    check = QuickCheck(
        team=shown.round.team,
        checklist=shown.round.checklist,
        day=ended_on(shown.round),
        respondents=shown.respondents,
        score=shown.score,
        plan=shown.plan,
        kpis={kpi.id: kpi.name for kpi in ws.kpis.entries.values()},
        proofs=tuple(sheet for _, sheet in proofs),
        invented=any(entry.claim.sample for entry, _ in proofs),
    )
    made = quickcheck_pdf(check, lang, signing_key(ws.root))
    use = Use(person=person, lang=lang, recipient=shown.round.team)
    note_handed_out(ws, [entry for entry, _ in proofs], "pdf", use, made)
    return made


def _proofs(ws: Workspace, steps: Sequence[Step], lang: Lang) -> list[tuple[Entry, Sheet]]:
    """Fresh claims of a gain that may leave the house: about a KPI of the steps first, then the strongest."""
    wanted = {step.kpi for step in steps}
    shown = [found.entry for found in suggestions(shelf(ws), Prospect()) if found.entry.candidate.shows_gain]
    sheets: list[tuple[Entry, Sheet]] = []
    for entry in sorted(shown, key=lambda entry: entry.kpi.key not in wanted):
        if len(sheets) == MOST_PROOFS:
            break
        if entry.fresh and entry.permission.allowed in {"named", "anonymous"}:
            # The gate refuses in more cases than the permission tells; a proof that it stops is left out.
            with suppress(UsageFault):
                sheets.append((entry, sheet(entry, lang, ws.now().date())))
    return sheets


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
