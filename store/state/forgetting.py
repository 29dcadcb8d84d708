"""Taking out of the state who a project's people are, or who its customer is (Art. 17 GDPR).

What was handed out to whom, the evidence and the figures of claims stay: they name nobody then.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UsageFault
from core.query import plain_name
from core.text import Text
from store.state.audit import log
from store.state.claim_tables import ClaimRow, ConsentRow, StoryRow
from store.state.project_tables import BaselineRow, ProjectKpiRow, ProjectRow

ERASED = "[gelöscht]"

_STORY = ("title", "situation", "approach", "result")
_PROJECT = ("name_de", "name_en", "done_de", "done_en")


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words or phrases, whatever their case; None where there are none."""
    listed = sorted({word.strip() for word in words} - {""}, key=len, reverse=True)
    if not listed:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.IGNORECASE)


def forget_people(session: Session, project_id: str, names: Iterable[str], at: dt.datetime) -> None:
    """Name, role, quote, picture, logo and document of everybody who consented or vouched for the project.

    Nobody can show any more who consented, so that a consent that held, or was asked for, is withdrawn.
    `names`: words that are taken out of the story too.
    """
    for consent in session.scalars(select(ConsentRow).where(ConsentRow.project_id == project_id)):
        consent.person = consent.role = consent.quote = consent.document = ""
        consent.picture = consent.logo = None
        if consent.standing in ("requested", "given"):
            consent.standing, consent.withdrawn_on = "withdrawn", at.date()
    for kpi in session.scalars(select(ProjectKpiRow).where(ProjectKpiRow.project_id == project_id)):
        origin = json.loads(kpi.origin)
        if origin["by"] == "customer":
            kpi.origin = json.dumps({**origin, "person": ERASED, "role": "", "document": ""})
    named = any_of(names)
    if named is not None:
        for story in session.scalars(select(StoryRow).where(StoryRow.project_id == project_id)):
            _replace(story, _STORY, named)


def forget_customer(
    session: Session, project_id: str, names: Iterable[str], person: str, at: dt.datetime
) -> None:
    """The customer's name wherever the project's words hold it; its story; its proofs leave the shelf.

    A code of the project that names the customer gives way to one that does not: files of measurements no
    longer find the project then.
    """
    project = session.get(ProjectRow, project_id)
    if project is None:
        raise UsageFault(Text(de="Dieses Projekt gibt es nicht.", en="There is no such project."))
    named = any_of(names)
    project.customer, project.changed_at = ERASED, at
    for story in session.scalars(select(StoryRow).where(StoryRow.project_id == project_id)):
        session.delete(story)
    claims = list(session.scalars(select(ClaimRow).where(ClaimRow.project_id == project_id)))
    for claim in claims:
        if claim.retired_at is None:
            claim.retired_at = at
            log(session, person, "claim_retired", claim.id, at, sample=claim.sample)
    if named is None:
        return
    _replace(project, _PROJECT, named)
    if named.search(project.key):
        project.key = f"X-{project_id[:8]}"
        project.plain_key = plain_name(project.key)
    for claim in claims:
        claim.frozen = json.dumps(texts_without(named, json.loads(claim.frozen)), ensure_ascii=False)
    for kpi in session.scalars(select(ProjectKpiRow).where(ProjectKpiRow.project_id == project_id)):
        _replace(kpi, ("name_de", "name_en"), named)
    for baseline in session.scalars(select(BaselineRow).where(BaselineRow.project_id == project_id)):
        baseline.definition = json.dumps(
            texts_without(named, json.loads(baseline.definition)), ensure_ascii=False
        )


def _replace(row: Any, columns: Iterable[str], named: re.Pattern[str]) -> None:
    for column in columns:
        before = getattr(row, column)
        after = named.sub(ERASED, before)
        if after != before:
            setattr(row, column, after)


def texts_without(named: re.Pattern[str], value: Any) -> Any:
    """JSON with the names taken out of what people read: texts in two languages, lists of names. All else
    (ids, grades, dates) stays, whatever somebody is called."""
    match value:
        case {"de": str(de), "en": str(en)}:
            return {"de": named.sub(ERASED, de), "en": named.sub(ERASED, en)}
        case {"outliers": [*outliers], **rest}:
            return {**texts_without(named, rest), "outliers": [named.sub(ERASED, one) for one in outliers]}
        case dict():
            return {key: texts_without(named, item) for key, item in value.items()}
        case list():
            return [texts_without(named, item) for item in value]
    return value
