"""Claims as they were frozen, every use of them, and what prospects were told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UsageFault
from core.text import Text
from proof.claim import Claim
from proof.handouts import Deal, Handout, Promise
from store.state.audit import log
from store.state.claim_tables import ClaimRow, HandoutRow, PromiseRow
from store.state.database import ChangedMeanwhile, Database


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
            _as_seen(row.version, version)
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

    def hand_out(self, handout: Handout) -> Handout:
        """Notes that a claim leaves the house."""
        row = HandoutRow(
            claim_id=handout.claim, at=handout.at, who=handout.who, format=handout.format, lang=handout.lang,
            recipient=handout.recipient, deal=handout.deal, allowed=handout.allowed, digest=handout.digest,
        )  # fmt: skip
        with self._database.session() as session:
            session.add(row)
            detail, sample = f"{handout.claim} {handout.format}", _row(session, handout.claim).sample
            log(session, handout.who, "claim_handed_out", detail, handout.at, sample=sample)
            session.flush()
            return _handout(row)

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
            _as_seen(row.version, version)
            row.deal = deal
            sample = _row(session, row.claim_id).sample
            log(session, person, "deal_settled", f"{row.claim_id} {deal}", at, sample=sample)
            session.flush()
            return _handout(row)

    def tell(self, promise: Promise) -> Promise:
        """Keeps what a prospect was told."""
        row = PromiseRow(
            at=promise.at, prospect=promise.prospect, project_id=promise.project or None,
            told=promise.model_dump_json(exclude={"id", "at", "prospect", "project", "version"}),
        )  # fmt: skip
        with self._database.session() as session:
            session.add(row)
            log(session, promise.who, "prospect_told", promise.kpi, promise.at)
            session.flush()
            return _promise(row)

    def told(self) -> list[Promise]:
        """The latest first."""
        wanted = select(PromiseRow).order_by(PromiseRow.at.desc(), PromiseRow.id.desc())
        with self._database.session() as session:
            return [_promise(row) for row in session.scalars(wanted)]

    def bind(self, promise_id: int, version: int, project: str, *, person: str, at: dt.datetime) -> Promise:
        """Says which project the promise became."""
        with self._database.session() as session:
            row = session.get(PromiseRow, promise_id)
            if row is None:
                raise UsageFault(Text(de="Diese Zusage gibt es nicht.", en="There is no such promise."))
            _as_seen(row.version, version)
            row.project_id = project
            log(session, person, "promise_bound", project, at)
            session.flush()
            return _promise(row)


def _claim(row: ClaimRow) -> Claim:
    return Claim.model_validate_json(row.frozen).model_copy(update={"version": row.version})


def _handout(row: HandoutRow) -> Handout:
    return Handout.model_validate({
        "id": row.id, "claim": row.claim_id, "at": row.at, "who": row.who, "format": row.format,
        "lang": row.lang, "recipient": row.recipient, "deal": row.deal, "allowed": row.allowed,
        "digest": row.digest, "version": row.version,
    })  # fmt: skip


def _promise(row: PromiseRow) -> Promise:
    return Promise.model_validate({
        **json.loads(row.told),
        "id": row.id, "at": row.at, "prospect": row.prospect, "project": row.project_id or "",
        "version": row.version,
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


def _as_seen(version: int, seen: int) -> None:
    if version != seen:
        raise ChangedMeanwhile(
            Text(
                de="Das wurde inzwischen geändert. Bitte laden Sie die Seite neu.",
                en="This has been changed in the meantime. Please reload the page.",
            )
        )
