"""What may be seen of a round that is over; the only place where answers of different people are read.

A round that starts from old answers could be compared with the one before it: what few people changed would
be theirs for everybody to read off. So a statement counts only what was said or confirmed (submitted) in the
round itself, by as many people as the round's minimum, and only where as many answered anything at all; else
it stands as it was shown before.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklists.disclosure import Disclosure, Given, disclosed
from core.errors import UsageFault
from core.text import Text
from store.state.round import Closed, Remark
from store.state.roundrows import answer_of, asked_of, is_over, round_row, seen_by_all
from store.state.tables import AnswerRow, RoundRow, SeatRow


@dataclass(frozen=True)
class _Seen:
    """What may be seen: the answers, and the remarks on statements that are shown."""

    disclosure: Disclosure
    remarks: tuple[Remark, ...]


def closed(session: Session, round_id: str, now: dt.datetime) -> Closed:
    """UsageFault while the round is running."""
    row = round_row(session, round_id)
    if not is_over(row, now):
        raise UsageFault(
            Text(
                de="Die Runde läuft noch. Bis sie geschlossen ist, ist nur die Zahl der Abgaben zu sehen.",
                en="The round is still running. Until it is closed, only the number of submissions can be "
                "seen.",
            )
        )
    if row.closed_at is None:
        # Seen is frozen: not even a clock that is put back lets anybody answer after the results were read.
        row.closed_at = dt.datetime.combine(row.closes_on, dt.time.max)
        session.flush()
    found = _seen(session, row)
    answers = select(AnswerRow).join(SeatRow).where(SeatRow.round_id == round_id)
    people = {answer.seat_id for answer in session.scalars(answers) if answer_of(answer) is not None}
    return Closed(
        round=seen_by_all(session, row),
        respondents=len(people),
        disclosure=found.disclosure,
        remarks=found.remarks,
    )


def _seen(session: Session, row: RoundRow) -> _Seen:
    minimum = 1 if row.is_open else row.minimum
    kept = session.execute(select(AnswerRow, SeatRow).join(SeatRow).where(SeatRow.round_id == row.id)).all()
    carried: dict[str, int] = defaultdict(int)
    fresh: list[tuple[AnswerRow, SeatRow]] = []
    savers: set[int] = set()
    for answer, seat in kept:
        if answer.saved_at < row.opened_at:
            carried[answer.statement] += 1
            if seat.submitted_at is None:
                continue
        else:
            savers.add(seat.id)
        fresh.append((answer, seat))
    given = [
        Given(statement=answer.statement, role=seat.role, answer=said)
        for answer, seat in fresh
        if (said := answer_of(answer)) is not None
    ]
    now = disclosed(given, minimum)
    if not carried or row.parent is None:
        return _Seen(now, _remarks((answer for answer, _ in fresh), now))
    asked = asked_of(row)
    as_before = {
        statement
        for statement in carried
        if len(savers) < minimum
        or (asked is not None and statement not in asked)
        or statement not in now.shown.keys() | now.left
    }
    before = _seen(session, round_row(session, row.parent))
    old, new = _only(before.disclosure, as_before), _without(now, as_before)
    return _Seen(
        Disclosure(
            shown={**new.shown, **old.shown},
            by_role={**new.by_role, **old.by_role},
            hidden=new.hidden | old.hidden,
            left=new.left | old.left,
        ),
        _in_order(
            [
                *_remarks((answer for answer, _ in fresh if answer.statement not in as_before), new),
                *(remark for remark in before.remarks if remark.statement in as_before),
            ]
        ),
    )


def _only(disclosure: Disclosure, statements: set[str]) -> Disclosure:
    return Disclosure(
        shown={name: seen for name, seen in disclosure.shown.items() if name in statements},
        by_role={name: seen for name, seen in disclosure.by_role.items() if name in statements},
        hidden=disclosure.hidden & statements,
        left=disclosure.left & statements,
    )


def _without(disclosure: Disclosure, statements: set[str]) -> Disclosure:
    known = disclosure.shown.keys() | disclosure.hidden | disclosure.left
    return _only(disclosure, known - statements)


def _remarks(answers: Iterable[AnswerRow], disclosure: Disclosure) -> tuple[Remark, ...]:
    """What their authors allowed to be shown, without a name, in no order that says whose they are.

    On a statement that too few answered nothing is shown, since whoever took part could tell the author.
    """
    return _in_order(
        [
            Remark(
                statement=answer.statement, evidence_for=answer.evidence_for,
                evidence_against=answer.evidence_against, link=answer.link,
            )
            for answer in answers
            if answer.may_be_shown
            and (answer.evidence_for or answer.evidence_against or answer.link)
            and (answer.statement in disclosure.shown or answer.statement in disclosure.left)
        ]
    )  # fmt: skip


def _in_order(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    return tuple(
        sorted(
            remarks,
            key=lambda one: (one.statement, one.evidence_for, one.evidence_against, one.link),
        )
    )
