"""Answering: a respondent's own place, reached by a token, and what is saved there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from checklists.model import Checklist
from core.errors import UsageFault
from core.text import Text
from store.state.database import ChangedMeanwhile
from store.state.round import LONGEST_TEXT, Own, Seat
from store.state.roundrows import (
    answerable,
    asked_of,
    checklist_of,
    is_over,
    log,
    own_of,
    round_row,
    seat_and_round,
    seat_row,
    seen_by_all,
)
from store.state.tables import AnswerRow, SeatRow

_THERE = select(AnswerRow).where(
    AnswerRow.seat_id == bindparam("seat"),
    AnswerRow.statement.in_(bindparam("statements", expanding=True)),
)


def own_seat(session: Session, row: SeatRow, at: dt.datetime | None) -> Seat:
    """A respondent's view. Once the round is over a link shows no answer any more, whoever still has it."""
    found = round_row(session, row.round_id)
    over = found.closed_at is not None or (at is not None and is_over(found, at))
    answers = session.scalars(select(AnswerRow).where(AnswerRow.seat_id == row.id))
    return Seat(
        round=seen_by_all(session, found),
        person=row.person,
        role=row.role,
        submitted_at=row.submitted_at,
        answers={} if over else {answer.statement: own_of(answer) for answer in answers},
    )


def save_answers(session: Session, token: str, given: Sequence[Own], at: dt.datetime) -> list[Own]:
    """Keeps answers of one respondent; see Rounds.save for what is refused."""
    seat, row = seat_and_round(session, token)
    answerable(row, at)
    checklist, asked = checklist_of(row), asked_of(row)
    wanted = {"seat": seat.id, "statements": [own.statement for own in given]}
    there = {kept.statement: kept for kept in session.scalars(_THERE, wanted)}
    rows: list[AnswerRow] = []
    for own in given:
        value, mark = _checked(checklist, asked, own)
        kept = there.get(own.statement)
        if (kept.version if kept else 0) != own.version:
            raise other_tab()
        if kept is None:
            kept = AnswerRow(seat_id=seat.id, statement=own.statement)
            session.add(kept)
        kept.value, kept.mark, kept.confidence = value, mark, own.confidence
        kept.evidence_for, kept.evidence_against = own.evidence_for, own.evidence_against
        kept.link, kept.may_be_shown, kept.saved_at = own.link, own.may_be_shown, at
        rows.append(kept)
        # Who and when, never what, nor on which statement: a remark that appears would have its author.
        log(session, row, seat.person, "answer_saved", at)
    session.flush()
    return [own_of(kept) for kept in rows]


def submit_answers(session: Session, token: str, at: dt.datetime) -> Seat:
    seat = seat_row(session, token)
    row = answerable(round_row(session, seat.round_id), at)
    seat.submitted_at = at
    log(session, row, seat.person, "answers_submitted", at)
    session.flush()
    return own_seat(session, seat, at)


def other_tab() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        Text(
            de="Diese Antwort wurde in einem anderen Fenster geändert. Bitte laden Sie die Seite neu.",
            en="This answer was changed in another window. Please reload the page.",
        )
    )


def _checked(checklist: Checklist, asked: tuple[str, ...] | None, own: Own) -> tuple[float | None, str]:
    """The answer as it is stored: value, or a mark for what is no value."""
    try:
        statement = checklist.statement(own.statement)
    except KeyError:
        raise _not_asked() from None
    if asked is not None and own.statement not in asked:
        raise _not_asked()
    if max(len(text) for text in (own.evidence_for, own.evidence_against, own.link)) > LONGEST_TEXT:
        raise UsageFault(
            Text(
                de="Ein Beleg hat höchstens {most} Zeichen.", en="Evidence has at most {most} characters."
            ).fill(most=LONGEST_TEXT)
        )
    if own.confidence is not None and not 1 <= own.confidence <= 3:
        raise UsageFault(Text(de="Die Sicherheit ist 1 bis 3.", en="Confidence is 1 to 3."))
    match own.answer:
        case None:
            return None, ""
        case "dont_know" | "not_applicable" as mark:
            return None, mark
        case value if value in {choice.value for choice in checklist.choices(statement)}:
            return value, ""
        case _:
            raise UsageFault(Text(de="Diese Antwort gibt es hier nicht.", en="There is no such answer here."))


def _not_asked() -> UsageFault:
    return UsageFault(
        Text(de="Diese Aussage gehört nicht zur Runde.", en="This statement is not part of the round.")
    )
