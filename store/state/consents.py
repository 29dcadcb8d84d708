"""What customers allowed, and the text of case studies."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import UsageFault
from core.text import Lang, Text
from proof.consent import Consent
from proof.handouts import Story
from store.state.audit import log
from store.state.claim_tables import ConsentRow, StoryRow
from store.state.database import CHANGED, ChangedMeanwhile, Database, as_seen


class Consents:
    """Consents in the order they were recorded. The audit trail holds the standing, never name or quote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self, consent: Consent, *, person: str, at: dt.datetime, after: Consent | None = None
    ) -> Consent:
        """A further answer of the customer. `after`: the one that the person saw as the last;
        ChangedMeanwhile where it is not, or no longer of that version."""
        row = ConsentRow(project_id=consent.project, sample=consent.sample)
        with self._database.session() as session:
            if after is not None:
                last = consents_in(session, consent.project)[-1]
                as_seen(last.version if last.id == after.id else -1, after.version)
            _fill(row, consent)
            session.add(row)
            session.flush()
            log(session, person, "consent_recorded", _said(row), at, sample=row.sample)
            session.flush()
            return _consent(row)

    def change(self, consent: Consent, *, person: str, at: dt.datetime) -> Consent:
        """ChangedMeanwhile where it is no longer of the version given."""
        with self._database.session() as session:
            row = session.get(ConsentRow, consent.id)
            if row is None:
                raise UsageFault(Text(de="Diese Einwilligung gibt es nicht.", en="There is no such consent."))
            as_seen(row.version, consent.version)
            before = _consent(row)
            _fill(row, consent)
            detail = " ".join((_said(row), *_differ(before, consent)))
            log(session, person, "consent_changed", detail, at, sample=row.sample)
            session.flush()
            return _consent(row)

    def all(self) -> dict[str, tuple[Consent, ...]]:
        """By project, each in the order recorded."""
        found: dict[str, list[Consent]] = {}
        with self._database.session() as session:
            for row in session.scalars(select(ConsentRow).order_by(ConsentRow.id)):
                found.setdefault(row.project_id, []).append(_consent(row))
        return {project: tuple(listed) for project, listed in found.items()}

    def of(self, project: str) -> tuple[Consent, ...]:
        """A project's, in the order recorded."""
        with self._database.session() as session:
            return tuple(consents_in(session, project))


class Stories:
    """The text of case studies: one for each project and language."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, project: str, lang: Lang) -> Story | None:
        with self._database.session() as session:
            row = session.scalars(_wanted(project, lang)).one_or_none()
            return _story(row) if row else None

    def put(self, story: Story, *, person: str, at: dt.datetime) -> Story:
        """ChangedMeanwhile where somebody else wrote since the version given (0: nothing was there)."""
        try:
            with self._database.session() as session:
                row = session.scalars(_wanted(story.project, story.lang)).one_or_none()
                if row is None:
                    row = StoryRow(project_id=story.project, lang=story.lang)
                    session.add(row)
                as_seen(row.version or 0, story.version)
                row.title, row.situation = story.title, story.situation
                row.approach, row.result = story.approach, story.result
                row.edited_at, row.edited_by = at, person
                log(session, person, "story_written", f"{story.project} {story.lang}", at)
                session.flush()
                return _story(row)
        except IntegrityError as error:
            raise ChangedMeanwhile(CHANGED) from error


def consents_in(session: Session, project: str) -> list[Consent]:
    """A project's consents in the order recorded, as they are in this transaction."""
    wanted = select(ConsentRow).where(ConsentRow.project_id == project).order_by(ConsentRow.id)
    return [_consent(row) for row in session.scalars(wanted)]


def _wanted(project: str, lang: Lang) -> Select[StoryRow]:
    return select(StoryRow).where(StoryRow.project_id == project, StoryRow.lang == lang)


def _fill(row: ConsentRow, consent: Consent) -> None:
    row.standing, row.kind = consent.standing, consent.kind
    row.quote, row.person, row.role = consent.quote, consent.person, consent.role
    row.picture, row.logo = consent.picture, consent.logo
    row.text_version, row.document = consent.text_version, consent.document
    row.given_on, row.until, row.withdrawn_on = consent.on, consent.until, consent.withdrawn_on


def _consent(row: ConsentRow) -> Consent:
    return Consent.model_validate({
        "id": row.id, "project": row.project_id, "standing": row.standing, "kind": row.kind,
        "quote": row.quote, "person": row.person, "role": row.role, "picture": row.picture,
        "logo": row.logo, "text_version": row.text_version, "document": row.document,
        "on": row.given_on, "until": row.until, "withdrawn_on": row.withdrawn_on,
        "sample": row.sample, "version": row.version,
    })  # fmt: skip


def _story(row: StoryRow) -> Story:
    return Story.model_validate({
        "project": row.project_id, "lang": row.lang, "title": row.title, "situation": row.situation,
        "approach": row.approach, "result": row.result, "edited_at": row.edited_at,
        "edited_by": row.edited_by, "version": row.version,
    })  # fmt: skip


def _differ(before: Consent, after: Consent) -> list[str]:
    """Which fields differ, by their names alone."""
    return [name for name in _TOLD if getattr(before, name) != getattr(after, name)]


_TOLD = ("quote", "person", "role", "picture", "logo", "document", "on", "until", "withdrawn_on")
"""Fields of which the audit trail says that they were changed, never what they hold."""


def _said(row: ConsentRow) -> str:
    return f"{row.project_id} {row.standing} {row.kind}"
