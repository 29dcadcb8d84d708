"""Rounds of a checklist: who is asked, what each answered alone, what may be seen once a round is closed.

The rules of disclosure are enforced here and below (answering.py, closing.py): no method hands out another
person's answer, and nothing but the number of submissions before a round is closed.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from checklists.disclosure import FEWEST, MOST
from checklists.model import Checklist
from core.errors import UsageFault
from core.text import Text
from store.state.answering import other_tab, own_seat, save_answers, submit_answers
from store.state.closing import closed
from store.state.database import Database, as_seen
from store.state.round import Closed, Invitation, Own, Remark, Round, Seat
from store.state.roundrows import answerable, hashed, is_over, log, round_row, seat_row, seen_by_all
from store.state.tables import AnswerRow, RoundRow, SeatRow

__all__ = ["TOKEN_BYTES", "Closed", "Invitation", "Own", "Remark", "Round", "Rounds", "Seat"]

TOKEN_BYTES = 16
"""128 bits: a link cannot be guessed."""


class Rounds:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        checklist: Checklist,
        *,
        team: str,
        scope: str,
        closes_on: dt.date,
        person: str,
        at: dt.datetime,
        minimum: int = FEWEST,
        is_open: bool = False,
        asked: Sequence[str] | None = None,
        targets: Mapping[str, int] | None = None,
        parent: str | None = None,
        sample: bool = False,
    ) -> Round:
        """Opens a round over the checklist as it is now: later changes of the catalog do not reach it."""
        if not FEWEST <= minimum <= MOST:
            raise UsageFault(
                Text(
                    de="Die Mindestzahl liegt zwischen {least} und {most}.",
                    en="The minimum lies between {least} and {most}.",
                ).fill(least=FEWEST, most=MOST)
            )
        row = RoundRow(
            id=uuid.uuid4().hex,
            checklist=checklist.id,
            catalog=checklist.model_dump_json(),
            team=team,
            scope=scope,
            closes_on=closes_on,
            minimum=minimum,
            is_open=is_open,
            opened_at=at,
            opened_by=person,
            closed_at=None,
            parent=parent,
            asked=json.dumps(list(asked)) if asked is not None else None,
            targets=json.dumps(dict(targets or {})),
            sample=sample,
        )
        with self._database.session() as session:
            session.add(row)
            session.flush()
            log(session, row, person, "round_opened", at, more=f"{checklist.id} {checklist.version}")
            return seen_by_all(session, row)

    def all(self, *, sample: bool | None = None) -> list[Round]:
        """Newest first."""
        wanted = select(RoundRow).order_by(RoundRow.opened_at.desc(), RoundRow.id)
        if sample is not None:
            wanted = wanted.where(RoundRow.sample == sample)
        with self._database.session() as session:
            return [seen_by_all(session, row) for row in session.scalars(wanted)]

    def get(self, round_id: str) -> Round:
        with self._database.session() as session:
            return seen_by_all(session, round_row(session, round_id))

    def invite(
        self, round_id: str, people: Sequence[tuple[str, str]], *, person: str, at: dt.datetime
    ) -> list[Invitation]:
        """A place for each (person, role). The tokens are told here and nowhere again."""
        with self._database.session() as session:
            row = answerable(round_row(session, round_id), at)
            made = [_place(session, row.id, who, role)[1] for who, role in people]
            log(session, row, person, "round_invited", at, more=str(len(made)))
        return made

    def declare_open(self, round_id: str, *, person: str, at: dt.datetime) -> Round:
        """Lets single answers be seen, as rounds of one or two need it; only before the first answer."""
        with self._database.session() as session:
            row = answerable(round_row(session, round_id), at)
            answers = (
                select(func.count()).select_from(AnswerRow).join(SeatRow).where(SeatRow.round_id == row.id)
            )
            if session.scalar(answers):
                raise UsageFault(
                    Text(
                        de="Es gibt schon Antworten. Offen wird eine Runde vor der ersten Antwort.",
                        en="There are answers already. A round is declared open before the first answer.",
                    )
                )
            row.is_open = True
            log(session, row, person, "round_declared_open", at)
            session.flush()
            return seen_by_all(session, row)

    def seat(self, token: str, at: dt.datetime | None = None) -> Seat:
        """A respondent's own view; without answers once the round is over. UsageFault for a wrong link.

        `at` is the present moment; without it a round whose closing date has passed still counts as running.
        """
        with self._database.session() as session:
            return own_seat(session, seat_row(session, token), at)

    def save(self, token: str, own: Own, at: dt.datetime) -> Own:
        """Keeps one's own answer; what is returned is stored for good.

        `own.version` is the version that the person saw: ChangedMeanwhile where another tab was faster.
        InputFault where the round is over, UsageFault for an answer that the statement does not have and for
        a statement that the round does not ask.
        """
        return self.save_all(token, [own], at)[0]

    def save_all(self, token: str, given: Sequence[Own], at: dt.datetime) -> list[Own]:
        """Keeps several answers of one person, all of them or none; as `save` does with one."""
        try:
            with self._database.session() as session:
                return save_answers(session, token, given, at)
        except IntegrityError as error:
            raise other_tab() from error

    def submit(self, token: str, at: dt.datetime) -> Seat:
        """Marks one's answers as complete; they can still be changed until the round is over."""
        with self._database.session() as session:
            return submit_answers(session, token, at)

    def close(self, round_id: str, *, person: str, at: dt.datetime) -> Round:
        """Freezes the round. It is not opened again: a new round can start from its answers."""
        with self._database.session() as session:
            row = round_row(session, round_id)
            if row.closed_at is None:
                row.closed_at = at
                log(session, row, person, "round_closed", at)
                session.flush()
            return seen_by_all(session, row)

    def aim(
        self, round_id: str, targets: Mapping[str, int], *, version: int, person: str, at: dt.datetime
    ) -> Round:
        """Keeps the levels that a team aims at; scores know nothing of them."""
        with self._database.session() as session:
            row = round_row(session, round_id)
            as_seen(row.version, version, _TARGETS_CHANGED)
            row.targets = json.dumps(dict(targets))
            log(session, row, person, "round_aimed", at)
            session.flush()
            return seen_by_all(session, row)

    def results(self, round_id: str, now: dt.datetime) -> Closed:
        """What may be seen of a round that is over. UsageFault before that."""
        with self._database.session() as session:
            return closed(session, round_id, now)

    def begin_again(
        self,
        round_id: str,
        *,
        closes_on: dt.date,
        person: str,
        at: dt.datetime,
        asked: Sequence[str] | None = None,
    ) -> tuple[Round, list[Invitation]]:
        """A new round over the same frozen checklist that starts from everybody's old answers.

        It is there with all of them at once: never empty, when it could still be declared open.
        """
        with self._database.session() as session:
            old = round_row(session, round_id)
            if not is_over(old, at):
                raise UsageFault(
                    Text(
                        de="Die Runde läuft noch; eine neue beginnt erst, wenn sie geschlossen ist.",
                        en="The round is still running; a new one begins only once it is closed.",
                    )
                )
            row = RoundRow(
                id=uuid.uuid4().hex, checklist=old.checklist, catalog=old.catalog, team=old.team,
                scope=old.scope, closes_on=closes_on, minimum=old.minimum, is_open=old.is_open, opened_at=at,
                opened_by=person, closed_at=None, parent=old.id,
                asked=json.dumps(list(asked)) if asked is not None else None, targets=old.targets,
                sample=old.sample,
            )  # fmt: skip
            session.add(row)
            session.flush()
            log(session, row, person, "round_opened", at, more=f"{row.checklist} after {old.id}")
            seats = session.scalars(select(SeatRow).where(SeatRow.round_id == old.id).order_by(SeatRow.id))
            invited = [_moved(session, seat, row) for seat in seats.all()]
            return seen_by_all(session, row), invited

    def remove_sample(self) -> None:
        """Takes out the rounds that came with the sample, with all that was answered in them."""
        with self._database.session() as session:
            theirs = select(RoundRow.id).where(RoundRow.sample)
            seats = select(SeatRow.id).where(SeatRow.round_id.in_(theirs))
            session.execute(delete(AnswerRow).where(AnswerRow.seat_id.in_(seats)))
            session.execute(delete(SeatRow).where(SeatRow.round_id.in_(theirs)))
            # The latest first: a round points to the one that it started from.
            latest = select(RoundRow).where(RoundRow.sample).order_by(RoundRow.opened_at.desc(), RoundRow.id)
            for row in session.scalars(latest).all():
                session.delete(row)
                session.flush()


def _place(session: Session, round_id: str, person: str, role: str) -> tuple[SeatRow, Invitation]:
    """A place in a round and the only thing that ever tells its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    seat = SeatRow(round_id=round_id, person=person, role=role, token_hash=hashed(token))
    session.add(seat)
    session.flush()
    return seat, Invitation(person=person, role=role, token=token)


def _moved(session: Session, old: SeatRow, row: RoundRow) -> Invitation:
    """The same person's place in a new round, with the old answers as they were and when they were given."""
    seat, invitation = _place(session, row.id, old.person, old.role)
    for answer in session.scalars(select(AnswerRow).where(AnswerRow.seat_id == old.id)).all():
        session.add(
            AnswerRow(
                seat_id=seat.id, statement=answer.statement,
                value=answer.value, mark=answer.mark, confidence=answer.confidence,
                evidence_for=answer.evidence_for, evidence_against=answer.evidence_against, link=answer.link,
                may_be_shown=answer.may_be_shown, saved_at=answer.saved_at,
            )
        )  # fmt: skip
    return invitation


_TARGETS_CHANGED = Text(
    de="Jemand anderes hat die Ziele geändert. Bitte laden Sie die Seite neu.",
    en="Somebody else has changed the targets. Please reload the page.",
)
