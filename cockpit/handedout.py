"""What came of the deals that proofs were used in."""

from __future__ import annotations

from cockpit.workspace import Workspace
from proof.handouts import Deal, Handout


def settle(ws: Workspace, handout: Handout, deal: Deal, person: str) -> Handout:
    """Says whether the deal was won. ChangedMeanwhile where somebody else has said so."""
    return ws.state.claims.settle(handout.id, handout.version, deal, person=person, at=ws.now())
