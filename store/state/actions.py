"""Actions and the history of each: every change is kept, and nobody overwrites anybody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.effect import Baseline
from actions.model import (
    Action,
    Changes,
    Draft,
    Event,
    Expected,
    Origin,
    Status,
    changed,
    check_order,
    checked,
    differences,
)
from core.errors import UsageFault
from core.text import Text, same
from store.state.audit import log
from store.state.database import ChangedMeanwhile, Database
from store.state.tables import ActionEventRow, ActionRow


@dataclass(frozen=True, kw_only=True)
class New:
    """A draft and its KPI's figure at the moment."""

    draft: Draft
    baseline: Baseline | None = None


class Actions:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: Sequence[New], *, person: str, at: dt.datetime, sample: bool = False) -> list[Action]:
        """Keeps the actions, all or none; a plan's action that is there already is returned as it is.

        UsageFault for what cannot be meant, such as a circle of actions that wait for each other.
        """
        try:
            with self._database.session() as session:
                rows = [_added(session, one, person=person, at=at, sample=sample) for one in new]
                for row, one in zip(rows, new, strict=True):
                    _resolve(session, row, one.draft)
                session.flush()
                _check(session, rows)
                return [_action(row) for row in rows]
        except IntegrityError as error:
            raise ChangedMeanwhile(
                Text(
                    de="Jemand anderes hat diese Schritte gerade übernommen. Bitte laden Sie die Seite neu.",
                    en="Someone else has just taken these steps over. Please reload the page.",
                )
            ) from error

    def change(
        self,
        action_id: int,
        version: int,
        changes: Changes,
        *,
        person: str,
        at: dt.datetime,
        baseline: Baseline | None = None,
    ) -> Action:
        """Changes what is named; `baseline` replaces the frozen figure where the KPI is among it.

        `version` is the one that the person saw: ChangedMeanwhile where it is no longer that, and nothing is
        changed. UsageFault for what cannot be meant.
        """
        with self._database.session() as session:
            row = _row(session, action_id)
            before = _action(row)
            if before.version != version:
                raise _other(session, before)
            after = changed(before, changes, at)
            found = differences(before, after)
            if not found:
                return before
            if after.kpi != before.kpi:
                after = replace(after, baseline=baseline)
            _write(row, after)
            row.changed_at = at
            for one in found:
                session.add(_event(row, at, person, field=one.field, before=one.before, after=one.after))
            fields = " ".join(one.field for one in found)
            log(session, person, "action_changed", f"{row.id} {fields}", at, sample=row.sample)
            session.flush()
            _check(session, [row])
            return _action(row)

    def get(self, action_id: int) -> Action:
        """UsageFault where there is none of that number."""
        with self._database.session() as session:
            return _action(_row(session, action_id))

    def all(self) -> list[Action]:
        """Every action, in the order they were written down."""
        with self._database.session() as session:
            return [_action(row) for row in session.scalars(select(ActionRow).order_by(ActionRow.id))]

    def history(self, action_id: int) -> list[Event]:
        """What happened to an action, the newest first. UsageFault where there is none of that number."""
        wanted = (
            select(ActionEventRow)
            .where(ActionEventRow.action_id == action_id)
            .order_by(ActionEventRow.at.desc(), ActionEventRow.id.desc())
        )
        with self._database.session() as session:
            _row(session, action_id)
            return [
                Event(at=row.at, who=row.who, field=row.field, before=row.before, after=row.after)
                for row in session.scalars(wanted)
            ]

    def remove_sample(self) -> int:
        """Takes the sample's actions out, history and all; how many there were."""
        of_sample = select(ActionRow.id).where(ActionRow.sample)
        with self._database.session() as session:
            count = len(session.scalars(of_sample).all())
            session.execute(delete(ActionEventRow).where(ActionEventRow.action_id.in_(of_sample)))
            session.execute(delete(ActionRow).where(ActionRow.sample))
            return count


def _added(session: Session, new: New, *, person: str, at: dt.datetime, sample: bool) -> ActionRow:
    draft = checked(new.draft)
    if draft.origin == "plan":
        wanted = select(ActionRow).where(ActionRow.origin == "plan", ActionRow.origin_ref == draft.origin_ref)
        if kept := session.scalars(wanted).one_or_none():
            return kept
    title = draft.title if isinstance(draft.title, Text) else same(draft.title)
    row = ActionRow(
        title_de=title.de, title_en=title.en, note=draft.note,
        origin=draft.origin, origin_ref=draft.origin_ref,
        owner=draft.owner, due=draft.due, status=draft.status, effort_days=draft.effort_days, kpi=draft.kpi,
        expected=draft.expected, expected_amount=draft.expected_amount, phase=draft.phase,
        needs=json.dumps(draft.needs), baseline=_json(new.baseline), created_at=at, created_by=person,
        changed_at=at, closed_at=at if draft.status in ("done", "dropped") else None, sample=sample,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(_event(row, at, person, field="created", before="", after=title.de))
    log(session, person, "action_added", f"{row.id} {draft.origin}", at, sample=sample)
    return row


def _resolve(session: Session, row: ActionRow, draft: Draft) -> None:
    """Turns references to other steps of the plan into the numbers of their actions."""
    if not draft.needs_refs:
        return
    wanted = select(ActionRow.id).where(
        ActionRow.origin == draft.origin, ActionRow.origin_ref.in_(draft.needs_refs)
    )
    known: list[int] = json.loads(row.needs)
    needs = sorted({*known, *session.scalars(wanted)} - {row.id})
    if needs != known:
        row.needs = json.dumps(needs)


def _check(session: Session, rows: Sequence[ActionRow]) -> None:
    needs = {
        one: json.loads(others) for one, others in session.execute(select(ActionRow.id, ActionRow.needs))
    }
    for row in rows:
        check_order(needs, row.id)


def _write(row: ActionRow, action: Action) -> None:
    row.title_de, row.title_en, row.note = action.title.de, action.title.en, action.note
    row.owner, row.due, row.status, row.effort_days = (
        action.owner, action.due, action.status, action.effort_days,
    )  # fmt: skip
    row.kpi, row.expected, row.expected_amount = action.kpi, action.expected, action.expected_amount
    row.phase, row.needs, row.baseline = action.phase, json.dumps(action.needs), _json(action.baseline)
    row.closed_at = action.closed_at


def _row(session: Session, action_id: int) -> ActionRow:
    row = session.get(ActionRow, action_id)
    if row is None:
        raise UsageFault(
            Text(de="Die Maßnahme {id} gibt es nicht.", en="There is no action {id}.").fill(id=str(action_id))
        )
    return row


def _action(row: ActionRow) -> Action:
    return Action(
        id=row.id, title=Text(de=row.title_de, en=row.title_en), note=row.note,
        origin=cast(Origin, row.origin), origin_ref=row.origin_ref, owner=row.owner, due=row.due,
        status=cast(Status, row.status), effort_days=row.effort_days, kpi=row.kpi,
        expected=cast(Expected | None, row.expected), expected_amount=row.expected_amount, phase=row.phase,
        needs=tuple(json.loads(row.needs)),
        baseline=Baseline.model_validate_json(row.baseline) if row.baseline else None,
        created_at=row.created_at, created_by=row.created_by, changed_at=row.changed_at,
        closed_at=row.closed_at, sample=row.sample, version=row.version,
    )  # fmt: skip


def _event(
    row: ActionRow, at: dt.datetime, who: str, *, field: str, before: str, after: str
) -> ActionEventRow:
    return ActionEventRow(action_id=row.id, at=at, who=who, field=field, before=before, after=after)


def _json(baseline: Baseline | None) -> str | None:
    return baseline.model_dump_json() if baseline else None


def _other(session: Session, now: Action) -> ChangedMeanwhile:
    """Says who was faster and when, so that one knows whom to ask."""
    last = session.scalars(
        select(ActionEventRow).where(ActionEventRow.action_id == now.id).order_by(ActionEventRow.id.desc())
    ).first()
    return ChangedMeanwhile(
        Text(
            de="{who} hat diese Maßnahme inzwischen geändert ({at}). Ihre Änderung ist nicht gespeichert; "
            "sehen Sie sich den neuen Stand an und ändern Sie dann noch einmal.",
            en="{who} has changed this action in the meantime ({at}). Your change is not stored; look at how "
            "it stands now and change it again.",
        ).fill(
            who=(last.who if last and last.who else Text(de="Jemand anderes", en="Someone else")),
            at=now.changed_at,
        )
    )
