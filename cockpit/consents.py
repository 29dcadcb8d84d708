"""What customers allow: record it, take it back, ask for it, and see who has something already."""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.text import Lang
from proof.claim import Claim
from proof.consent import Consent, Kind, Permission, permission
from proof.handouts import Handout
from proof.project import Project
from proof.requesting import request_text


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A consent as stored, what is allowed since, and what was handed out while more was allowed."""

    consent: Consent
    permission: Permission
    handed_out: tuple[Handout, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A project with its consents in the order recorded and what they allow today."""

    project: Project
    consents: tuple[Consent, ...]
    permission: Permission

    @property
    def unasked(self) -> bool:
        """Whether a project has been closed and nobody has asked its customer yet."""
        return self.project.status == "closed" and self.permission.reason == "never_asked"


def record(ws: Workspace, consent: Consent, person: str) -> Recorded:
    """Keeps a customer's answer, or a change of one (`consent.id` says which).

    Takes effect at once. ChangedMeanwhile where somebody else changed it.
    """
    kept = ws.state.consents
    if consent.standing == "withdrawn" and consent.withdrawn_on is None:
        consent = consent.model_copy(update={"withdrawn_on": ws.now().date()})
    put = kept.change if consent.id else kept.record
    stored = put(consent, person=person, at=ws.now())
    found = permission(kept.of(stored.project), ws.now().date())
    return Recorded(
        consent=stored,
        permission=found,
        handed_out=tuple(handed_out(ws, stored.project)) if found.allowed == "none" else (),
    )


def permission_of(ws: Workspace, project: str) -> Permission:
    """What may leave the house for a project today."""
    return permission(ws.state.consents.of(project), ws.now().date())


def asked(ws: Workspace) -> list[Asked]:
    """All projects with what their customers allow; those nobody has asked, though closed, first."""
    consents, today = ws.state.consents.all(), ws.now().date()
    found = [
        Asked(
            project=project,
            consents=consents.get(project.id, ()),
            permission=permission(consents.get(project.id, ()), today),
        )
        for project in ws.state.projects.all()
    ]
    return sorted(found, key=lambda each: not each.unasked)


def handed_out(ws: Workspace, project: str) -> list[Handout]:
    """Everything about a project that has left the house, the latest first; retired claims included."""
    return ws.state.claims.handouts([claim.id for claim in ws.state.claims.of(project)])


def letter(project: Project, claim: Claim, kind: Kind, lang: Lang, *, person: str, sender: str) -> str:
    """The request to send to the customer, as plain text."""
    return request_text(
        kind, lang, project=project.name(lang), person=person, finding=claim.sentence(lang), sender=sender
    )
