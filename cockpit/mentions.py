"""Where proofs help along the journey: those of a phase, those to show from consideration on, the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cockpit.workspace import Workspace
from journeys.model import JourneyModel
from proof.claim import Claim
from proof.consent import Permission, permission
from proof.effect import Grade
from proof.project import Project
from proof.uses import counted

PROVEN: tuple[Grade, ...] = ("A", "B")
HELPS_FROM = "consideration"
"""From here on customers weigh who can do it: proofs of what came after the sale help them decide."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A proof as another page mentions it; whether it is still true is for its own page to say."""

    claim: Claim
    project: Project
    permission: Permission
    uses: int  # recipients
    won: int

    @property
    def proven(self) -> bool:
        """Whether an improvement is established, by a comparison that deserves the word."""
        return self.claim.verdict == "improved" and self.claim.grade in PROVEN


@dataclass(frozen=True, kw_only=True)
class PhaseProofs:
    """`own`: proofs of projects that touch the phase. `helping`: proven ones from elsewhere that may go out,
    where the phase is one in which customers decide."""

    own: tuple[Mention, ...]
    helping: tuple[Mention, ...]


def mentions(ws: Workspace) -> list[Mention]:
    """All proofs on the shelf, the strongest and newest first."""
    claims = ws.state.claims.offered()
    if not claims:
        return []
    projects = {each.id: each for each in ws.state.projects.all()}
    consents, today = ws.state.consents.all(), ws.now().date()
    uses = ws.state.claims.handouts()
    counts = {claim.id: counted([each for each in uses if each.claim == claim.id]) for claim in claims}
    found = [
        Mention(
            claim=claim,
            project=projects[claim.project],
            permission=permission(consents.get(claim.project, ()), today),
            uses=counts[claim.id][0],
            won=counts[claim.id][1],
        )
        for claim in claims
    ]
    return sorted(found, key=lambda each: (not each.proven, each.claim.grade))


def of_phase(found: Sequence[Mention], model: JourneyModel, phase: str) -> PhaseProofs:
    """Which proofs belong to a phase, and which help there."""
    own = tuple(each for each in found if phase in each.project.phases)
    decides = HELPS_FROM in model.phase_ids and model.phase_ids.index(phase) >= model.phase_ids.index(
        HELPS_FROM
    )
    helping = tuple(
        each
        for each in found
        if decides and each not in own and each.proven and each.permission.allowed != "none"
    )
    return PhaseProofs(own=own, helping=helping)


def newest_proven(found: Sequence[Mention]) -> Mention | None:
    """The proof made last that establishes an improvement."""
    return max((each for each in found if each.proven), key=lambda each: each.claim.made_at, default=None)


def stamp(ws: Workspace) -> tuple[object, ...]:
    """Changes whenever what the shelf of proofs shows may change, the data aside."""
    state = ws.state
    return (
        ws.now().date(),
        tuple((each.id, each.version, each.status) for each in state.projects.all()),
        tuple((each.id, each.version) for each in state.claims.offered()),
        tuple((one.id, one.version) for listed in state.consents.all().values() for one in listed),
        tuple((each.id, each.version) for each in state.claims.handouts()),
    )
