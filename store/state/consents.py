"""What customers allowed, and the text of case studies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import UsageFault
from core.text import Lang, Text
from proof.consent import Consent
from proof.handouts import Story
from store.state.audit import log
from store.state.claim_tables import ConsentRow, StoryRow
from store.state.database import ChangedMeanwhile, Database


class Consents:
    """Consents in the order they were recorded. The audit trail holds the standing, never name or quote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, consent: Consent, *, person: str, at: dt.datetime) -> Consent:
        row = ConsentRow(project_id=consent.project, sample=consent.sample)
        with self._database.session() as session:
            _fill(row, consent)
            session.add(row)
            session.flush()
            _log(session, person, "consent_recorded", row, at)
            session.flush()
            return _consent(row)

    def change(self, consent: Consent, *, person: str, at: dt.datetime) -> Consent:
        """ChangedMeanwhile where it is no longer of the version given."""
        with self._database.session() as session:
            row = session.get(ConsentRow, consent.id)
            if row is None:
                raise UsageFault(Text(de="Diese Einwilligung gibt es nicht.", en="There is no such consent."))
            _as_seen(row.version, consent.version)
            _fill(row, consent)
            _log(session, person, "consent_changed", row, at)
            session.flush()
            return _consent(row)

    def all(self) -> dict[str, tuple[Consent, ...]]:
        """By project, each in the order recorded."""
        found: dict[str, list[Consent]] = {}
        with self._database.session() as session:
            for row in session.scalars(select(ConsentRow).order_by(ConsentRow.id)):
                found.setdefault(row.project_id, []).append(_consent(row))
        return {project: tuple(listed) for project, listed in found.items()}

    def of(self, project: str) -> Sequence[Consent]:
        return self.all().get(project, ())


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
                _as_seen(row.version or 0, story.version)
                row.title, row.situation = story.title, story.situation
                row.approach, row.result = story.approach, story.result
                row.edited_at, row.edited_by = at, person
                log(session, person, "story_written", f"{story.project} {story.lang}", at)
                session.flush()
                return _story(row)
        except IntegrityError as error:
            raise _changed() from error


def _wanted(project: str, lang: Lang) -> Select[StoryRow]:
    return select(StoryRow).where(StoryRow.project_id == project, StoryRow.lang == lang)


def _fill(row: ConsentRow, consent: Consent) -> None:
    row.standing, row.kind = consent.standing, consent.kind
    row.quote, row.person, row.role = consent.quote, consent.person, consent.role
    row.picture, row.text_version, row.document = consent.picture, consent.text_version, consent.document
    row.given_on, row.until, row.withdrawn_on = consent.on, consent.until, consent.withdrawn_on


def _consent(row: ConsentRow) -> Consent:
    return Consent.model_validate({
        "id": row.id, "project": row.project_id, "standing": row.standing, "kind": row.kind,
        "quote": row.quote, "person": row.person, "role": row.role, "picture": row.picture,
        "text_version": row.text_version, "document": row.document, "on": row.given_on, "until": row.until,
        "withdrawn_on": row.withdrawn_on, "sample": row.sample, "version": row.version,
    })  # fmt: skip


def _story(row: StoryRow) -> Story:
    return Story.model_validate({
        "project": row.project_id, "lang": row.lang, "title": row.title, "situation": row.situation,
        "approach": row.approach, "result": row.result, "edited_at": row.edited_at,
        "edited_by": row.edited_by, "version": row.version,
    })  # fmt: skip


def _as_seen(version: int, seen: int) -> None:
    if version != seen:
        raise _changed()


def _changed() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        Text(
            de="Das wurde inzwischen geändert. Bitte laden Sie die Seite neu.",
            en="This has been changed in the meantime. Please reload the page.",
        )
    )


def _log(session: Session, who: str, what: str, row: ConsentRow, at: dt.datetime) -> None:
    log(session, who, what, f"{row.project_id} {row.standing} {row.kind}", at, sample=row.sample)
