"""What prospects were told, and the projects whose Soll it became."""

from __future__ import annotations

import datetime as dt
import json

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from core.errors import UsageFault
from core.text import Text
from proof.handouts import Promise
from proof.project import Project
from store.state.audit import log
from store.state.claim_tables import PromiseRow
from store.state.database import Database, as_seen
from store.state.project_tables import ProjectKpiRow, ProjectRow

_COLUMNS = {"id", "at", "prospect", "project", "sample", "version"}


class Promises:
    """Every change leaves an audit row that names no prospect."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tell(self, promise: Promise) -> Promise:
        """Keeps what a prospect was told."""
        row = PromiseRow(
            at=promise.at, prospect=promise.prospect, project_id=promise.project or None,
            told=promise.model_dump_json(exclude=_COLUMNS), sample=promise.sample,
        )  # fmt: skip
        with self._database.session() as session:
            session.add(row)
            log(session, promise.who, "prospect_told", promise.kpi, promise.at, sample=promise.sample)
            session.flush()
            return _promise(row)

    def told(self) -> list[Promise]:
        """The latest first."""
        wanted = select(PromiseRow).order_by(PromiseRow.at.desc(), PromiseRow.id.desc())
        with self._database.session() as session:
            return [_promise(row) for row in session.scalars(wanted)]

    def bind(
        self, promise: Promise, project: Project, kpi: str, target: float, *, person: str, at: dt.datetime
    ) -> Promise:
        """Makes a promise the Soll of a project's KPI (`target` in its unit): both are stored or neither.

        UsageFault where it is another project's Soll already, ChangedMeanwhile where promise or project is no
        longer of the version given.
        """
        with self._database.session() as session:
            row = _row(session, promise.id)
            as_seen(row.version, promise.version)
            if row.project_id not in (None, project.id):
                raise UsageFault(
                    Text(
                        de="Diese Zusage ist schon das Soll eines anderen Projekts.",
                        en="This promise is the target of another project already.",
                    )
                )
            aimed = session.get_one(ProjectRow, project.id)
            as_seen(aimed.version, project.version)
            wanted = select(ProjectKpiRow).where(
                ProjectKpiRow.project_id == project.id, ProjectKpiRow.key == kpi
            )
            session.scalars(wanted).one().target = target
            aimed.changed_at = at
            flag_modified(aimed, "changed_at")  # the KPI alone must raise the version too
            row.project_id, row.told = project.id, _with_aim(row, kpi)
            log(session, person, "promise_bound", project.id, at, sample=row.sample)
            session.flush()
            return _promise(row)

    def release(self, promise: Promise, *, person: str, at: dt.datetime) -> Promise:
        """Takes the promise off its project; the Soll stays as it is, now as typed by hand."""
        with self._database.session() as session:
            row = _row(session, promise.id)
            as_seen(row.version, promise.version)
            log(session, person, "promise_released", row.project_id or "", at, sample=row.sample)
            row.project_id, row.told = None, _with_aim(row, "")
            session.flush()
            return _promise(row)


def _row(session: Session, promise_id: int) -> PromiseRow:
    row = session.get(PromiseRow, promise_id)
    if row is None:
        raise UsageFault(Text(de="Diese Zusage gibt es nicht.", en="There is no such promise."))
    return row


def _with_aim(row: PromiseRow, kpi: str) -> str:
    return json.dumps({**json.loads(row.told), "aim": kpi}, ensure_ascii=False)


def _promise(row: PromiseRow) -> Promise:
    return Promise.model_validate({
        **json.loads(row.told),
        "id": row.id, "at": row.at, "prospect": row.prospect, "project": row.project_id or "",
        "sample": row.sample, "version": row.version,
    })  # fmt: skip
