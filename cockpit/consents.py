"""What customers allow: record it, take it back, ask for it, and see who has something already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cockpit.workspace import Workspace
from core.errors import UsageFault
from core.text import Lang, Text
from exports.raster import redrawn
from proof.claim import Claim
from proof.consent import Consent, Kind, Permission, permission
from proof.handouts import Handout
from proof.project import Project
from proof.requesting import Sender, request_text
from store.state.audit import Deed

SOON_DAYS = 30
"""A consent that ends within so many days is told beforehand."""
SILENT_DAYS = 28
"""A request without an answer for longer is worth asking after."""
LONGEST_SIDE = 800  # pixels of a picture or logo as it is kept
_DEEDS = ("consent_recorded", "consent_changed", "people_forgotten", "customer_forgotten")
_ENDED = ("declined", "withdrawn")


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
    today: dt.date

    @property
    def unasked(self) -> bool:
        """Whether a project has been closed and nobody has asked its customer yet."""
        return self.project.status == "closed" and self.permission.reason == "never_asked"

    @property
    def silent(self) -> int | None:
        """Days without an answer to a request, where they are too many."""
        last = self.consents[-1] if self.consents else None
        if last is None or last.standing != "requested":
            return None
        days = (self.today - last.on).days
        return days if days > SILENT_DAYS else None

    @property
    def ends_in(self) -> int | None:
        """Days that what holds today still holds, where they are few; 0: today is the last one."""
        by = self.permission.by
        if self.permission.allowed == "none" or by is None or by.until is None:
            return None
        days = (by.until - self.today).days
        return days if days <= SOON_DAYS else None


def record(ws: Workspace, consent: Consent, person: str) -> Recorded:
    """Keeps a customer's answer. With an `id` it corrects that one or, where the customer was asked or
    answered anew, follows it: what was agreed to before stays to be read.

    Picture and logo are drawn anew, without place, camera or comments. Takes effect at once. InputFault for a
    picture that is none, ChangedMeanwhile where somebody else changed the consent.
    """
    kept, now = ws.state.consents, ws.now()
    before = next((one for one in kept.of(consent.project) if one.id == consent.id), None)
    if consent.standing == "withdrawn" and consent.withdrawn_on is None:
        consent = consent.model_copy(update={"withdrawn_on": now.date()})
    consent = _drawn(consent, before)
    if before is not None and _anew(before, consent, now.date()):
        following = _following(before, consent, now.date())
        seen = before.model_copy(update={"version": consent.version})
        stored = kept.record(following, person=person, at=now, after=seen)
    else:
        stored = (kept.change if consent.id else kept.record)(consent, person=person, at=now)
    found = permission(kept.of(stored.project), now.date())
    return Recorded(
        consent=stored,
        permission=found,
        handed_out=tuple(handed_out(ws, stored.project)) if found.allowed == "none" else (),
    )


def _anew(before: Consent, after: Consent, today: dt.date) -> bool:
    """Whether it is another answer, or another request, than the one recorded before."""
    if after.standing == "requested":
        return before.standing != "requested"
    if after.standing != "given":
        return False
    over = before.until is not None and before.until < today and after.on != before.on
    return before.standing in _ENDED or (before.standing == "given" and over)


def _following(before: Consent, after: Consent, today: dt.date) -> Consent:
    """A new answer: of today where its day was not typed anew. A request takes no end that is over along."""
    on = today if after.on == before.on else after.on
    until = after.until
    if until is not None and until < on:
        if after.standing != "requested":
            raise UsageFault(ENDS_FIRST)
        until = None
    return after.model_copy(update={"id": 0, "version": 0, "on": on, "until": until})


def _drawn(consent: Consent, before: Consent | None) -> Consent:
    """With picture and logo as pixels alone; those that are stored already are."""
    found: dict[str, bytes | None] = {}
    for name in ("picture", "logo"):
        now: bytes | None = getattr(consent, name)
        if now is not None and (before is None or now != getattr(before, name)):
            found[name] = redrawn(now, longest=LONGEST_SIDE)
    return consent.model_copy(update=found) if found else consent


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
            today=today,
        )
        for project in ws.state.projects.all()
    ]
    return sorted(found, key=lambda each: not each.unasked)


def handed_out(ws: Workspace, project: str) -> list[Handout]:
    """Everything about a project that has left the house, the latest first; retired claims included."""
    return ws.state.claims.handouts([claim.id for claim in ws.state.claims.of(project)])


def history(ws: Workspace, project: str) -> list[Deed]:
    """Who recorded or changed what about a project's consents, the latest first; by the names of the fields,
    never what they hold. Empty for the sample: nobody did that."""
    return ws.state.audit.about(_DEEDS, project)


def letter(one: Asked, claim: Claim, kind: Kind, lang: Lang, sender: Sender, *, person: str = "") -> str:
    """The request to send to the customer, as plain text; a quote already there is put up for approval."""
    project = one.project
    return request_text(
        kind, lang, project=project.name(lang), customer=project.customer, finding=claim.sentence(lang),
        sender=sender, person=person, quote=one.consents[-1].quote if one.consents else "",
    )  # fmt: skip


ENDS_FIRST = Text(
    de="Die Einwilligung endet, bevor sie beginnt. Bitte prüfen Sie „Vom“ und „Gilt bis“.",
    en="The consent ends before it begins. Please check “As of” and “Valid until”.",
)
