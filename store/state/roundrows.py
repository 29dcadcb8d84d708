"""Rows of rounds, places and answers: finding them, and what they mean."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, defer

from checklists.model import Checklist
from checklists.scoring import Answer
from core.errors import InputFault, UsageFault
from core.text import Text
from store.state import audit
from store.state.round import Own, Round
from store.state.tables import AnswerRow, RoundRow, SeatRow


def round_row(session: Session, round_id: str) -> RoundRow:
    """UsageFault where there is none of that id."""
    found = session.get(RoundRow, round_id)
    if found is None:
        raise UsageFault(Text(de="Diese Runde gibt es nicht.", en="There is no such round."))
    return found


def seat_row(session: Session, token: str) -> SeatRow:
    """UsageFault for a token that is none."""
    found = session.scalars(select(SeatRow).where(SeatRow.token_hash == hashed(token))).one_or_none()
    if found is None:
        raise _no_link()
    return found


def _no_link() -> UsageFault:
    return UsageFault(
        Text(
            de="Dieser Link ist ungültig. Bitte lassen Sie sich einen neuen geben.",
            en="This link is not valid. Please ask for a new one.",
        )
    )


# Put together once: for a statement as short as this, putting it together takes longer than carrying it out.
_PLACE = (
    select(SeatRow, RoundRow)
    .join(RoundRow, RoundRow.id == SeatRow.round_id)
    .where(SeatRow.token_hash == bindparam("hash"))
    .options(defer(RoundRow.catalog))
)


def seat_and_round(session: Session, token: str) -> tuple[SeatRow, RoundRow]:
    """A place with its round, whose checklist stays where it is until somebody asks for it: it is long."""
    found = session.execute(_PLACE, {"hash": hashed(token)}).one_or_none()
    if found is None:
        raise _no_link()
    return found[0], found[1]


def is_over(row: RoundRow, now: dt.datetime) -> bool:
    return row.closed_at is not None or now.date() > row.closes_on


def answerable(row: RoundRow, now: dt.datetime) -> RoundRow:
    """The same row; InputFault where its round is over."""
    if is_over(row, now):
        raise InputFault(
            Text(
                de="Die Runde ist geschlossen; Antworten sind nicht mehr möglich.",
                en="The round is closed; answers are no longer possible.",
            )
        )
    return row


def seen_by_all(session: Session, row: RoundRow) -> Round:
    """The round as everybody may see it."""
    seats = select(func.count(), func.count(SeatRow.submitted_at)).where(SeatRow.round_id == row.id)
    invited, submitted = session.execute(seats).one()
    return Round(
        id=row.id,
        checklist=checklist_of(row),
        team=row.team,
        scope=row.scope,
        closes_on=row.closes_on,
        minimum=row.minimum,
        open=row.is_open,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        closed_at=row.closed_at,
        parent=row.parent,
        asked=asked_of(row),
        targets=json.loads(row.targets),
        sample=row.sample,
        invited=invited,
        submitted=submitted,
        version=row.version,
    )


def checklist_of(row: RoundRow) -> Checklist:
    """The checklist as it was when the round began: it never changes, so that it is read once."""
    known = _READ.get(row.id)
    if known is None:
        known = _READ[row.id] = Checklist.model_validate_json(row.catalog)
        for old in list(_READ)[:-_READ_AT_MOST]:
            _READ.pop(old, None)
    return known


_READ: dict[str, Checklist] = {}
_READ_AT_MOST = 64


def asked_of(row: RoundRow) -> tuple[str, ...] | None:
    return tuple(json.loads(row.asked)) if row.asked is not None else None


def answer_of(row: AnswerRow) -> Answer | None:
    """What was answered; None where a row holds a remark alone."""
    match row.mark:
        case "dont_know":
            return "dont_know"
        case "not_applicable":
            return "not_applicable"
        case _:
            return row.value


def own_of(row: AnswerRow) -> Own:
    return Own(
        statement=row.statement, answer=answer_of(row), confidence=row.confidence,
        evidence_for=row.evidence_for, evidence_against=row.evidence_against, link=row.link,
        may_be_shown=row.may_be_shown, version=row.version, saved_at=row.saved_at,
    )  # fmt: skip


def log(session: Session, row: RoundRow, who: str, what: str, at: dt.datetime, *, more: str = "") -> None:
    """A row of the audit trail about a round."""
    audit.log(session, who, what, f"{row.id} {more}".strip(), at, sample=row.sample)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
