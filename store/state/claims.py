"""Claims as they were frozen, and every use of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UsageFault
from core.text import Text
from proof.claim import Claim
from proof.consent import Consent, permission
from proof.handouts import Deal, Handout
from store.state.audit import log
from store.state.claim_tables import ClaimRow, HandoutRow
from store.state.consents import consents_in
from store.state.database import CHANGED, ChangedMeanwhile, Database, as_seen


class Claims:
    """What may be said, and where it was said. Every change leaves an audit row that names no customer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, claim: Claim, *, replacing: str | None = None) -> Claim:
        """Freezes a claim; the one it replaces is no longer offered, but stays to be verified."""
        with self._database.session() as session:
            row = ClaimRow(
                id=claim.id, project_id=claim.project, kpi=claim.kpi, made_at=claim.made_at,
                snapshot=claim.snapshot, frozen=claim.model_dump_json(exclude={"version"}),
                retired_at=None, sample=claim.sample,
            )  # fmt: skip
            session.add(row)
            if replacing is not None:
                _row(session, replacing).retired_at = claim.made_at
            log(session, claim.made_by, "claim_made", claim.id, claim.made_at, sample=claim.sample)
            session.flush()
            return _claim(row)

    def retire(self, claim_id: str, version: int, *, person: str, at: dt.datetime) -> None:
        """Takes a claim off the shelf. ChangedMeanwhile where it is no longer of the version given."""
        with self._database.session() as session:
            row = _row(session, claim_id)
            as_seen(row.version, version)
            row.retired_at = at
            log(session, person, "claim_retired", claim_id, at, sample=row.sample)

    def get(self, claim_id: str) -> Claim:
        """Retired ones too: what was handed out stays to be verified. UsageFault where there is none."""
        with self._database.session() as session:
            return _claim(_row(session, claim_id))

    def offered(self) -> list[Claim]:
        """The claims on the shelf, the newest first."""
        wanted = (
            select(ClaimRow)
            .where(ClaimRow.retired_at.is_(None))
            .order_by(ClaimRow.made_at.desc(), ClaimRow.id)
        )
        with self._database.session() as session:
            return [_claim(row) for row in session.scalars(wanted)]

    def of(self, project: str) -> list[Claim]:
        """All claims of a project, retired ones too, the newest first."""
        wanted = (
            select(ClaimRow)
            .where(ClaimRow.project_id == project)
            .order_by(ClaimRow.made_at.desc(), ClaimRow.id)
        )
        with self._database.session() as session:
            return [_claim(row) for row in session.scalars(wanted)]

    def held_snapshots(self) -> set[str]:
        """The snapshots that claims rest on, retired ones included."""
        with self._database.session() as session:
            return set(session.scalars(select(ClaimRow.snapshot).distinct()))

    def hand_out(self, uses: Sequence[tuple[Handout, Consent | None]]) -> list[Handout]:
        """Notes that claims leave the house, each with the consent that what leaves was made by; all or none.

        The last gate: in one transaction with the note it holds each against what is allowed at that moment.
        A withdrawal stored before it is heeded, one stored after it finds the note. UsageFault where nothing
        may leave or the claim is off the shelf, ChangedMeanwhile where the consent is another one by now.
        """
        with self._database.session() as session:
            rows = [_handed_out(session, handout, consent) for handout, consent in uses]
            session.flush()
            return [_handout(row) for row in rows]

    def handouts(self, claims: Collection[str] | None = None) -> list[Handout]:
        """All uses, or those of some claims; the latest first."""
        wanted = select(HandoutRow).order_by(HandoutRow.at.desc(), HandoutRow.id.desc())
        if claims is not None:
            wanted = wanted.where(HandoutRow.claim_id.in_(claims))
        with self._database.session() as session:
            return [_handout(row) for row in session.scalars(wanted)]

    def settle(self, handout_id: int, version: int, deal: Deal, *, person: str, at: dt.datetime) -> Handout:
        """Says what came of the deal that a claim was used in."""
        with self._database.session() as session:
            row = session.get(HandoutRow, handout_id)
            if row is None:
                raise UsageFault(Text(de="Diese Verwendung gibt es nicht.", en="There is no such use."))
            as_seen(row.version, version)
            row.deal = deal
            sample = _row(session, row.claim_id).sample
            log(session, person, "deal_settled", f"{row.claim_id} {deal}", at, sample=sample)
            session.flush()
            return _handout(row)


def _handed_out(session: Session, handout: Handout, consent: Consent | None) -> HandoutRow:
    claim = _row(session, handout.claim)
    if claim.retired_at is not None and claim.retired_at <= handout.at:
        raise UsageFault(
            Text(
                de="Der Nachweis {claim} wird nicht mehr angeboten; er lässt sich nur noch prüfen.",
                en="The proof {claim} is no longer offered; it can only be verified.",
            ).fill(claim=claim.id)
        )
    now = permission(consents_in(session, claim.project_id), handout.at.date())
    if now.allowed == "none":
        raise UsageFault(now.said)
    if now.by != consent:
        raise ChangedMeanwhile(CHANGED)
    row = HandoutRow(
        claim_id=handout.claim, at=handout.at, who=handout.who, format=handout.format, lang=handout.lang,
        recipient=handout.recipient, deal=handout.deal, allowed=now.allowed, digest=handout.digest,
    )  # fmt: skip
    session.add(row)
    detail = f"{handout.claim} {handout.format}"
    log(session, handout.who, "claim_handed_out", detail, handout.at, sample=claim.sample)
    return row


def _claim(row: ClaimRow) -> Claim:
    return Claim.model_validate_json(row.frozen).model_copy(update={"version": row.version})


def _handout(row: HandoutRow) -> Handout:
    return Handout.model_validate({
        "id": row.id, "claim": row.claim_id, "at": row.at, "who": row.who, "format": row.format,
        "lang": row.lang, "recipient": row.recipient, "deal": row.deal, "allowed": row.allowed,
        "digest": row.digest, "version": row.version,
    })  # fmt: skip


def _row(session: Session, claim_id: str) -> ClaimRow:
    found = session.get(ClaimRow, claim_id)
    if found is None:
        raise UsageFault(
            Text(de="Den Nachweis „{claim}“ gibt es nicht.", en="There is no claim “{claim}”.").fill(
                claim=claim_id
            )
        )
    return found
