"""A prospect: which proofs to show, what projects like these brought, and what that would mean for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cockpit.claims import Entry
from cockpit.workspace import Workspace
from proof.fitting import Fit, Prospect, fitting
from proof.handouts import Promise
from proof.project import ProjectKpi
from proof.promises import Found, Inputs, Outcome, Range, project_onto, reference_range


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A claim for the prospect, with the reasons for its place."""

    entry: Entry
    fit: Fit


def suggestions(entries: Sequence[Entry], prospect: Prospect) -> list[Suggestion]:
    """The claims to show, the one to show first at the top."""
    by_id = {entry.claim.id: entry for entry in entries}
    fits = fitting((entry.candidate for entry in entries), prospect)
    return [Suggestion(entry=by_id[fit.candidate.claim], fit=fit) for fit in fits]


def comparable(entries: Sequence[Entry], kpi: str, industry: str | None = None) -> Range:
    """How the effect on a KPI was distributed over all projects that have it, failures included.

    KeyError where no claim is about that KPI.
    """
    same = [
        entry
        for entry in entries
        if entry.kpi.key == kpi and (industry is None or entry.project.industry == industry)
    ]
    if not same:
        raise KeyError(kpi)
    found = [
        Found(
            claim=entry.claim.id,
            relative=entry.claim.effect.relative,
            grade="X" if entry.claim.verdict == "too_few" else entry.claim.grade,
        )
        for entry in same
    ]
    return reference_range(found, same[0].kpi.better)


def outlook(range_: Range, inputs: Inputs, *, percent: bool) -> tuple[Outcome, ...]:
    """What the range would mean for a prospect's own figures. UsageFault under five projects."""
    return project_onto(range_, inputs, percent=percent)


def tell(
    ws: Workspace,
    *,
    prospect: str,
    kpi: ProjectKpi,
    inputs: Inputs,
    outcomes: Sequence[Outcome],
    range_: Range,
    person: str,
) -> Promise:
    """Keeps what a prospect was told: it becomes the Soll of the project that follows."""
    promise = Promise(
        at=ws.now(), who=person, prospect=prospect.strip(), kpi=kpi.key, name=kpi.name, unit=kpi.unit,
        better=kpi.better, inputs=inputs, outcomes=tuple(outcomes),
        claims=tuple(found.claim for found in range_.values),
    )  # fmt: skip
    return ws.state.promises.tell(promise)


def promised(ws: Workspace) -> list[Promise]:
    """What prospects were told, the latest first."""
    return ws.state.promises.told()
