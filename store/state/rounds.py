"""Rounds of a checklist: who is asked, what each answered alone, what may be seen once a round is closed.

The rules of disclosure are enforced here: no method hands out another person's answer, and nothing but the
number of submissions before a round is closed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from checklists.disclosure import FEWEST, MOST, Disclosure, Given, disclosed
from checklists.model import Checklist
from checklists.scoring import Answer
from core.errors import InputFault, UsageFault
from core.text import Text
from store.state.database import ChangedMeanwhile, Database
from store.state.tables import AnswerRow, AuditRow, RoundRow, SeatRow

TOKEN_BYTES = 16
"""128 bits: a link cannot be guessed."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round as everybody may see it. `asked` are the statements of a partial round, None: all of them."""

    id: str
    checklist: Checklist
    team: str
    scope: str
    closes_on: dt.date
    minimum: int
    open: bool
    opened_at: dt.datetime
    opened_by: str
    closed_at: dt.datetime | None
    parent: str | None
    asked: tuple[str, ...] | None
    targets: Mapping[str, int]
    sample: bool
    invited: int
    submitted: int
    version: int

    def over(self, now: dt.datetime) -> bool:
        """Whether nobody can answer any more: closed by hand, or the closing date has passed."""
        return self.closed_at is not None or now.date() > self.closes_on


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A place in a round. `token` is told once, when it is made; only its hash is kept."""

    person: str
    role: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Own:
    """One's own answer. `version` goes back with a change; 0: not answered yet."""

    statement: str
    answer: Answer | None = None
    confidence: int | None = None
    evidence_for: str = ""
    evidence_against: str = ""
    link: str = ""
    may_be_shown: bool = False
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A respondent's own view of a round."""

    round: Round
    person: str
    role: str
    submitted_at: dt.datetime | None
    answers: Mapping[str, Own]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A free text without its author, who allowed it to be shown."""

    statement: str
    evidence_for: str
    evidence_against: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A closed round and what may be seen of it. `respondents` gave at least one answer."""

    round: Round
    respondents: int
    disclosure: Disclosure
    remarks: tuple[Remark, ...]


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
            _log(session, person, "round_opened", f"{row.id} {checklist.id} {checklist.version}", at)
            return _round(session, row)

    def all(self, *, sample: bool | None = None) -> list[Round]:
        """Newest first."""
        wanted = select(RoundRow).order_by(RoundRow.opened_at.desc(), RoundRow.id)
        if sample is not None:
            wanted = wanted.where(RoundRow.sample == sample)
        with self._database.session() as session:
            return [_round(session, row) for row in session.scalars(wanted)]

    def get(self, round_id: str) -> Round:
        with self._database.session() as session:
            return _round(session, _row(session, round_id))

    def invite(
        self, round_id: str, people: Sequence[tuple[str, str]], *, person: str, at: dt.datetime
    ) -> list[Invitation]:
        """A place for each (person, role). The tokens are told here and nowhere again."""
        made: list[Invitation] = []
        with self._database.session() as session:
            row = _answerable(_row(session, round_id), at)
            for who, role in people:
                seat, invitation = _place(row.id, who, role)
                session.add(seat)
                made.append(invitation)
            _log(session, person, "round_invited", f"{round_id} {len(made)}", at)
        return made

    def declare_open(self, round_id: str, *, person: str, at: dt.datetime) -> Round:
        """Lets single answers be seen, as rounds of one or two need it; only before the first answer."""
        with self._database.session() as session:
            row = _answerable(_row(session, round_id), at)
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
            _log(session, person, "round_declared_open", round_id, at)
            session.flush()
            return _round(session, row)

    def seat(self, token: str) -> Seat:
        """A respondent's own view. UsageFault for a link that is none."""
        with self._database.session() as session:
            return _seat(session, _seat_row(session, token))

    def save(self, token: str, own: Own, at: dt.datetime) -> Own:
        """Keeps one's own answer; what is returned is stored for good.

        `own.version` is the version that the person saw: ChangedMeanwhile where another tab was faster.
        InputFault where the round is over, UsageFault for an answer that the statement does not have.
        """
        try:
            with self._database.session() as session:
                seat = _seat_row(session, token)
                row = _answerable(_row(session, seat.round_id), at)
                value, mark = _checked(row, own)
                wanted = select(AnswerRow).where(
                    AnswerRow.seat_id == seat.id, AnswerRow.statement == own.statement
                )
                kept = session.scalars(wanted).one_or_none()
                if (kept.version if kept else 0) != own.version:
                    raise _other_tab()
                if kept is None:
                    kept = AnswerRow(seat_id=seat.id, statement=own.statement)
                    session.add(kept)
                kept.value, kept.mark, kept.confidence = value, mark, own.confidence
                kept.evidence_for, kept.evidence_against = own.evidence_for, own.evidence_against
                kept.link, kept.may_be_shown, kept.saved_at = own.link, own.may_be_shown, at
                # Who and when, never what: the trail must not tell what the round keeps.
                _log(session, seat.person, "answer_saved", f"{row.id} {own.statement}", at)
                session.flush()
                return _own(kept)
        except IntegrityError as error:
            raise _other_tab() from error

    def submit(self, token: str, at: dt.datetime) -> Seat:
        """Marks one's answers as complete; they can still be changed until the round is over."""
        with self._database.session() as session:
            seat = _seat_row(session, token)
            _answerable(_row(session, seat.round_id), at)
            seat.submitted_at = at
            _log(session, seat.person, "answers_submitted", seat.round_id, at)
            session.flush()
            return _seat(session, seat)

    def close(self, round_id: str, *, person: str, at: dt.datetime) -> Round:
        """Freezes the round. It is not opened again: a new round can start from its answers."""
        with self._database.session() as session:
            row = _row(session, round_id)
            if row.closed_at is None:
                row.closed_at = at
                _log(session, person, "round_closed", round_id, at)
                session.flush()
            return _round(session, row)

    def aim(
        self, round_id: str, targets: Mapping[str, int], *, version: int, person: str, at: dt.datetime
    ) -> Round:
        """Keeps the levels that a team aims at; scores know nothing of them."""
        with self._database.session() as session:
            row = _row(session, round_id)
            if row.version != version:
                raise ChangedMeanwhile(
                    Text(
                        de="Jemand anderes hat die Ziele geändert. Bitte laden Sie die Seite neu.",
                        en="Somebody else has changed the targets. Please reload the page.",
                    )
                )
            row.targets = json.dumps(dict(targets))
            _log(session, person, "round_aimed", round_id, at)
            session.flush()
            return _round(session, row)

    def results(self, round_id: str, now: dt.datetime) -> Closed:
        """What may be seen of a round that is over. UsageFault before that."""
        with self._database.session() as session:
            row = _row(session, round_id)
            shown = _round(session, row)
            if not shown.over(now):
                raise UsageFault(
                    Text(
                        de="Die Runde läuft noch. Bis sie geschlossen ist, ist nur die Zahl der Abgaben zu "
                        "sehen.",
                        en="The round is still running. Until it is closed, only the number of submissions "
                        "can be seen.",
                    )
                )
            kept = session.execute(
                select(AnswerRow, SeatRow.role).join(SeatRow).where(SeatRow.round_id == round_id)
            ).all()
            people = {answer.seat_id for answer, _ in kept if _answer(answer) is not None}
            given = [
                Given(statement=answer.statement, role=role, answer=said)
                for answer, role in kept
                if (said := _answer(answer)) is not None
            ]
            remarks = sorted(
                (
                    Remark(
                        statement=answer.statement, evidence_for=answer.evidence_for,
                        evidence_against=answer.evidence_against, link=answer.link,
                    )
                    for answer, _ in kept
                    if answer.may_be_shown and (answer.evidence_for or answer.evidence_against)
                ),
                key=lambda remark: (remark.statement, remark.evidence_for, remark.evidence_against),
            )  # fmt: skip
        return Closed(
            round=shown,
            respondents=len(people),
            disclosure=disclosed(given, 1 if shown.open else shown.minimum),
            remarks=tuple(remarks),
        )

    def begin_again(
        self,
        round_id: str,
        *,
        closes_on: dt.date,
        person: str,
        at: dt.datetime,
        asked: Sequence[str] | None = None,
    ) -> tuple[Round, list[Invitation]]:
        """A new round over the same frozen checklist that starts from everybody's old answers."""
        with self._database.session() as session:
            old = _row(session, round_id)
            if not _round(session, old).over(at):
                raise UsageFault(
                    Text(
                        de="Die Runde läuft noch; eine neue beginnt erst, wenn sie geschlossen ist.",
                        en="The round is still running; a new one begins only once it is closed.",
                    )
                )
            was = _round(session, old)
        made = self.begin(
            was.checklist, team=was.team, scope=was.scope, closes_on=closes_on, person=person, at=at,
            minimum=was.minimum, is_open=was.open, asked=asked, targets=was.targets, parent=round_id,
            sample=was.sample,
        )  # fmt: skip
        invitations: list[Invitation] = []
        with self._database.session() as session:
            for seat in session.scalars(
                select(SeatRow).where(SeatRow.round_id == round_id).order_by(SeatRow.id)
            ):
                place, invitation = _place(made.id, seat.person, seat.role)
                session.add(place)
                session.flush()
                for answer in session.scalars(select(AnswerRow).where(AnswerRow.seat_id == seat.id)):
                    session.add(
                        AnswerRow(
                            seat_id=place.id, statement=answer.statement,
                            value=answer.value, mark=answer.mark, confidence=answer.confidence,
                            evidence_for=answer.evidence_for, evidence_against=answer.evidence_against,
                            link=answer.link,
                            may_be_shown=answer.may_be_shown, saved_at=at,
                        )
                    )  # fmt: skip
                invitations.append(invitation)
            return _round(session, _row(session, made.id)), invitations


def _place(round_id: str, person: str, role: str) -> tuple[SeatRow, Invitation]:
    """A place in a round and the only thing that ever tells its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    seat = SeatRow(round_id=round_id, person=person, role=role, token_hash=_hash(token))
    return seat, Invitation(person=person, role=role, token=token)


def _checked(row: RoundRow, own: Own) -> tuple[float | None, str]:
    """The answer as it is stored: value, or a mark for what is no value."""
    checklist = _checklist(row)
    try:
        statement = checklist.statement(own.statement)
    except KeyError:
        raise UsageFault(
            Text(de="Diese Aussage gehört nicht zur Runde.", en="This statement is not part of the round.")
        ) from None
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


def _answer(row: AnswerRow) -> Answer | None:
    match row.mark:
        case "dont_know":
            return "dont_know"
        case "not_applicable":
            return "not_applicable"
        case _:
            return row.value


def _own(row: AnswerRow) -> Own:
    return Own(
        statement=row.statement, answer=_answer(row), confidence=row.confidence,
        evidence_for=row.evidence_for, evidence_against=row.evidence_against, link=row.link,
        may_be_shown=row.may_be_shown, version=row.version,
    )  # fmt: skip


def _seat(session: Session, row: SeatRow) -> Seat:
    answers = session.scalars(select(AnswerRow).where(AnswerRow.seat_id == row.id))
    return Seat(
        round=_round(session, _row(session, row.round_id)),
        person=row.person,
        role=row.role,
        submitted_at=row.submitted_at,
        answers={answer.statement: _own(answer) for answer in answers},
    )


def _seat_row(session: Session, token: str) -> SeatRow:
    found = session.scalars(select(SeatRow).where(SeatRow.token_hash == _hash(token))).one_or_none()
    if found is None:
        raise UsageFault(
            Text(
                de="Dieser Link ist ungültig. Bitte lassen Sie sich einen neuen geben.",
                en="This link is not valid. Please ask for a new one.",
            )
        )
    return found


def _row(session: Session, round_id: str) -> RoundRow:
    found = session.get(RoundRow, round_id)
    if found is None:
        raise UsageFault(Text(de="Diese Runde gibt es nicht.", en="There is no such round."))
    return found


def _answerable(row: RoundRow, now: dt.datetime) -> RoundRow:
    if row.closed_at is not None or now.date() > row.closes_on:
        raise InputFault(
            Text(
                de="Die Runde ist geschlossen; Antworten sind nicht mehr möglich.",
                en="The round is closed; answers are no longer possible.",
            )
        )
    return row


def _round(session: Session, row: RoundRow) -> Round:
    seats = select(func.count(), func.count(SeatRow.submitted_at)).where(SeatRow.round_id == row.id)
    invited, submitted = session.execute(seats).one()
    return Round(
        id=row.id,
        checklist=_checklist(row),
        team=row.team,
        scope=row.scope,
        closes_on=row.closes_on,
        minimum=row.minimum,
        open=row.is_open,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        closed_at=row.closed_at,
        parent=row.parent,
        asked=tuple(json.loads(row.asked)) if row.asked is not None else None,
        targets=json.loads(row.targets),
        sample=row.sample,
        invited=invited,
        submitted=submitted,
        version=row.version,
    )


def _checklist(row: RoundRow) -> Checklist:
    return Checklist.model_validate_json(row.catalog)


def _log(session: Session, who: str, what: str, detail: str, at: dt.datetime) -> None:
    session.add(AuditRow(who=who, at=at, what=what, detail=detail))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _other_tab() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        Text(
            de="Diese Antwort wurde in einem anderen Fenster geändert. Bitte laden Sie die Seite neu.",
            en="This answer was changed in another window. Please reload the page.",
        )
    )
