"""What people enter, by topic, over one database."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import URL, select

from store.state.actions import Actions
from store.state.audit import Audit, log
from store.state.claim_tables import ClaimRow, ConsentRow, HandoutRow, PromiseRow, StoryRow
from store.state.claims import Claims
from store.state.consents import Consents, Stories
from store.state.database import STATE_URL, Database
from store.state.dump import dump, fill, holds_own
from store.state.forgetting import ERASED, forget_customer, forget_people, texts_without
from store.state.mappings import Mappings
from store.state.notes import Notes
from store.state.project_tables import BaselineRow, ProjectKpiRow, ProjectRow
from store.state.projects import Projects
from store.state.promises import Promises
from store.state.rounds import Rounds
from store.state.settings import Values
from store.state.tables import (
    ActionEventRow,
    ActionRow,
    AnswerRow,
    AuditRow,
    Base,
    MappingRow,
    NoteRow,
    SettingRow,
)
from store.state.visits import Visits

_FREE_TEXT: tuple[tuple[type[Base], str], ...] = (
    (MappingRow, "toml"),
    (NoteRow, "text"),
    (SettingRow, "value"),
    (AuditRow, "detail"),
    (AnswerRow, "evidence_for"),
    (AnswerRow, "evidence_against"),
    (AnswerRow, "link"),
    (ActionRow, "title_de"),
    (ActionRow, "title_en"),
    (ActionRow, "note"),
    (ActionRow, "owner"),
    (ActionEventRow, "before"),
    (ActionEventRow, "after"),
    (ProjectRow, "key"),
    (ProjectRow, "plain_key"),
    (ProjectRow, "name_de"),
    (ProjectRow, "name_en"),
    (ProjectRow, "customer"),
    (ProjectRow, "done_de"),
    (ProjectRow, "done_en"),
    (ProjectKpiRow, "name_de"),
    (ProjectKpiRow, "name_en"),
    (ConsentRow, "quote"),
    (ConsentRow, "person"),
    (ConsentRow, "role"),
    (ConsentRow, "document"),
    (HandoutRow, "recipient"),
    (PromiseRow, "prospect"),
    (StoryRow, "title"),
    (StoryRow, "situation"),
    (StoryRow, "approach"),
    (StoryRow, "result"),
)
_JSON: tuple[tuple[type[Base], str], ...] = (
    (ProjectKpiRow, "origin"),
    (BaselineRow, "definition"),
)
"""JSON in which only words can name a customer: numbers and dates of it stay as they are."""

_AROUND_WORDS = ".,;:!?()[]{}<>\"'„“”‚‘’«»…"


class State:
    """The state of a workspace: SQLite in its folder, or the database that WEGMARKE_STATE_URL names."""

    def __init__(self, root: Path) -> None:
        file = URL.create("sqlite", database=str(root / "state.sqlite"))
        self._url = os.environ.get(STATE_URL) or file

    @cached_property
    def _database(self) -> Database:
        return Database(self._url)

    @property
    def mappings(self) -> Mappings:
        return Mappings(self._database)

    @property
    def visits(self) -> Visits:
        return Visits(self._database)

    @property
    def notes(self) -> Notes:
        return Notes(self._database)

    @property
    def rounds(self) -> Rounds:
        return Rounds(self._database)

    @property
    def actions(self) -> Actions:
        return Actions(self._database)

    @property
    def projects(self) -> Projects:
        return Projects(self._database)

    @property
    def claims(self) -> Claims:
        return Claims(self._database)

    @property
    def promises(self) -> Promises:
        return Promises(self._database)

    @property
    def consents(self) -> Consents:
        return Consents(self._database)

    @property
    def stories(self) -> Stories:
        return Stories(self._database)

    @property
    def values(self) -> Values:
        return Values(self._database)

    @property
    def audit(self) -> Audit:
        return Audit(self._database)

    def dump(self, target: Path) -> int:
        """Writes all of it to a file that any database of a state can take in; returns the number of rows."""
        return dump(self._database, target)

    def fill(self, source: Path, before: Path) -> None:
        """Puts what a dump holds in the place of all that is here, which is dumped to `before`."""
        fill(self._database, source, before)

    def holds_own(self) -> bool:
        """Whether people have entered anything here besides their name."""
        return holds_own(self._database)

    def words(self) -> set[str]:
        """All that could be a customer's id in the free texts: words without the signs around them."""
        found: set[str] = set()
        with self._database.session() as session:
            for table, column in (*_FREE_TEXT, *_JSON, (ClaimRow, "frozen")):
                for written in session.scalars(select(getattr(table, column))):
                    found.update(word.strip(_AROUND_WORDS) for word in (written or "").split())
        return found - {""}

    def remove_sample(self, *, person: str, at: dt.datetime) -> None:
        """Takes out what came with the sample: rounds, actions, projects. What people entered stays."""
        self.actions.remove_sample()
        self.rounds.remove_sample()
        self.projects.remove_sample(person=person, at=at)

    def forget(
        self,
        project_id: str,
        people: Collection[str],
        customer: Collection[str] | None,
        *,
        person: str,
        at: dt.datetime,
    ) -> None:
        """Takes out who a project's people are and, where words of its `customer` are given, who that is,
        bytes and all (see store/state/forgetting.py). The audit trail gets the project's id alone."""
        with self._database.session() as session:
            forget_people(session, project_id, people, at)
            if customer is not None:
                forget_customer(session, project_id, customer, person, at)
            what = "people_forgotten" if customer is None else "customer_forgotten"
            log(session, person, what, project_id, at)
        self._database.compact()

    def erase(self, customer_ids: Collection[str]) -> int:
        """Takes the customers' ids out of every free text, bytes and all; how many texts held one."""
        ids = "|".join(re.escape(one) for one in sorted(customer_ids, key=len, reverse=True))
        named = re.compile(rf"(?<!\w)(?:{ids})(?!\w)")
        touched = 0
        with self._database.session() as session:
            for table, column in _FREE_TEXT:
                for row in session.scalars(select(table)):
                    text, count = named.subn(ERASED, getattr(row, column))
                    if count:
                        setattr(row, column, text)
                        touched += 1
            for table, column in _JSON:
                for row in session.scalars(select(table)):
                    before = json.loads(getattr(row, column))
                    after = _without(named, before)
                    if after != before:
                        setattr(row, column, json.dumps(after, ensure_ascii=False))
                        touched += 1
            for claim in session.scalars(select(ClaimRow)):
                frozen = json.loads(claim.frozen)
                said = texts_without(named, frozen)
                if said != frozen:
                    claim.frozen = json.dumps(said, ensure_ascii=False)
                    touched += 1
        self._database.compact()
        return touched


def _without(named: re.Pattern[str], value: Any) -> Any:
    """The JSON value with what the pattern names taken out of its words."""
    match value:
        case str() if not _DATE.fullmatch(value):
            return named.sub(ERASED, value)
        case list():
            return [_without(named, item) for item in value]
        case dict():
            return {key: _without(named, item) for key, item in value.items()}
    return value


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*")
