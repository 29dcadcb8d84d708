"""Projects and their frozen baselines."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from core.errors import UsageFault
from core.query import plain_name
from core.text import Text
from proof.evidence import Baseline, EvidenceTable
from proof.project import Project, ProjectKpi, Status
from proof.window import Window
from store.state.audit import log
from store.state.claim_tables import ClaimRow, ConsentRow, HandoutRow, PromiseRow, StoryRow
from store.state.database import Database, as_seen
from store.state.project_tables import BaselineRow, ProjectKpiRow, ProjectRow


class Projects:
    """What people entered about their projects. Every change leaves an audit row that names no customer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, project: Project, *, person: str, at: dt.datetime) -> Project:
        """UsageFault where another project has the same key."""
        row = ProjectRow(
            id=uuid.uuid4().hex, created_by=person, created_at=at, changed_at=at, sample=project.sample
        )  # fmt: skip
        try:
            with self._database.session() as session:
                _fill(row, project)
                session.add(row)
                session.flush()
                _put_kpis(session, row.id, project.kpis)
                log(session, person, "project_added", row.id, at, sample=row.sample)
                session.flush()
                return _project(session, row)
        except IntegrityError as error:
            raise _taken(project.key) from error

    def change(self, project: Project, *, person: str, at: dt.datetime) -> Project:
        """Stores the project as given. ChangedMeanwhile where it is no longer of the version given,
        UsageFault where another one has its key."""
        try:
            with self._database.session() as session:
                row = _row(session, project.id)
                as_seen(row.version, project.version, _CHANGED)
                _fill(row, project)
                row.changed_at = at
                flag_modified(row, "changed_at")  # KPIs alone must raise the version too
                session.execute(delete(ProjectKpiRow).where(ProjectKpiRow.project_id == row.id))
                _put_kpis(session, row.id, project.kpis)
                log(session, person, "project_changed", row.id, at, sample=row.sample)
                session.flush()
                return _project(session, row)
        except IntegrityError as error:
            raise _taken(project.key) from error

    def freeze(
        self, project: Project, baselines: Sequence[Baseline], *, status: Status, person: str, at: dt.datetime
    ) -> Project:
        """Keeps the baselines for good and sets the project's status, all or nothing.

        UsageFault where a baseline of the project is frozen already.
        """
        with self._database.session() as session:
            row = _row(session, project.id)
            as_seen(row.version, project.version, _CHANGED)
            if session.scalars(select(BaselineRow.id).where(BaselineRow.project_id == row.id)).first():
                raise UsageFault(
                    Text(
                        de="Der Basiszeitraum dieses Projekts ist schon eingefroren.",
                        en="This project's baseline is frozen already.",
                    )
                )
            session.add_all(_baseline_row(each) for each in baselines)
            row.status = status
            row.retrospective = any(each.retrospective for each in baselines)
            log(session, person, "project_started", row.id, at, sample=row.sample)
            session.flush()
            return _project(session, row)

    def close(self, project_id: str, version: int, *, person: str, at: dt.datetime) -> Project:
        with self._database.session() as session:
            row = _row(session, project_id)
            as_seen(row.version, version, _CHANGED)
            row.status, row.closed_on = "closed", at.date()
            log(session, person, "project_closed", row.id, at, sample=row.sample)
            session.flush()
            return _project(session, row)

    def get(self, project_id: str) -> Project:
        """UsageFault where there is none of that id."""
        with self._database.session() as session:
            return _project(session, _row(session, project_id))

    def all(self, *, sample: bool | None = None) -> list[Project]:
        """The latest go-live first."""
        wanted = select(ProjectRow).order_by(ProjectRow.go_live.desc(), ProjectRow.plain_key)
        if sample is not None:
            wanted = wanted.where(ProjectRow.sample == sample)
        with self._database.session() as session:
            return [_project(session, row) for row in session.scalars(wanted)]

    def baselines(self, project_id: str) -> dict[str, Baseline]:
        """The frozen baselines of a project by KPI; empty before it has started."""
        wanted = select(BaselineRow).where(BaselineRow.project_id == project_id).order_by(BaselineRow.id)
        with self._database.session() as session:
            return {row.kpi: _baseline(row) for row in session.scalars(wanted)}

    def digest(self, project_id: str, kpi: str) -> str | None:
        """The digest kept when the baseline was frozen; None where none is."""
        wanted = select(BaselineRow.digest).where(
            BaselineRow.project_id == project_id, BaselineRow.kpi == kpi
        )
        with self._database.session() as session:
            return session.scalars(wanted).one_or_none()

    def held_snapshots(self) -> set[str]:
        """The snapshots that a baseline rests on."""
        with self._database.session() as session:
            return set(session.scalars(select(BaselineRow.snapshot).distinct()))

    def remove_sample(self, *, person: str, at: dt.datetime) -> int:
        """Takes out the sample's projects with all that hangs on them; how many they were."""
        with self._database.session() as session:
            ids = list(session.scalars(select(ProjectRow.id).where(ProjectRow.sample)))
            claims = select(ClaimRow.id).where(ClaimRow.project_id.in_(ids))
            session.execute(delete(HandoutRow).where(HandoutRow.claim_id.in_(claims)))
            session.execute(delete(PromiseRow).where(PromiseRow.sample))
            told = update(PromiseRow).where(PromiseRow.project_id.in_(ids))
            session.execute(told.values(project_id=None))
            for table in (ClaimRow, ConsentRow, StoryRow, BaselineRow, ProjectKpiRow):
                session.execute(delete(table).where(table.project_id.in_(ids)))
            session.execute(delete(ProjectRow).where(ProjectRow.id.in_(ids)))
            if ids:
                log(session, person, "sample_projects_removed", str(len(ids)), at)
            return len(ids)


def _fill(row: ProjectRow, project: Project) -> None:
    row.key, row.plain_key = project.key.strip(), plain_name(project.key)
    row.name_de, row.name_en = project.name.de, project.name.en
    row.customer, row.shown = project.customer, project.shown
    row.industry, row.size = project.industry, project.size
    row.done_de, row.done_en = project.done.de, project.done.en
    row.phases = json.dumps(project.phases)
    row.go_live = project.go_live
    row.baseline_first, row.baseline_last = project.baseline.first, project.baseline.last
    row.after_first, row.after_last = project.after.first, project.after.last
    row.status, row.retrospective, row.closed_on = project.status, project.retrospective, project.closed_on


def _put_kpis(session: Session, project_id: str, kpis: Sequence[ProjectKpi]) -> None:
    session.add_all(
        ProjectKpiRow(
            project_id=project_id, place=place, key=kpi.key, name_de=kpi.name.de, name_en=kpi.name.en,
            unit=kpi.unit, better=kpi.better, kind=kpi.kind, target=kpi.target,
            origin=kpi.origin.model_dump_json(),
        )
        for place, kpi in enumerate(kpis)
    )  # fmt: skip


def _project(session: Session, row: ProjectRow) -> Project:
    found = select(ProjectKpiRow).where(ProjectKpiRow.project_id == row.id).order_by(ProjectKpiRow.place)
    return Project.model_validate({
        "id": row.id, "key": row.key, "name": {"de": row.name_de, "en": row.name_en},
        "customer": row.customer, "shown": row.shown, "industry": row.industry, "size": row.size,
        "done": {"de": row.done_de, "en": row.done_en}, "phases": json.loads(row.phases),
        "go_live": row.go_live, "baseline": {"first": row.baseline_first, "last": row.baseline_last},
        "after": {"first": row.after_first, "last": row.after_last},
        "kpis": [
            {
                "key": kpi.key, "name": {"de": kpi.name_de, "en": kpi.name_en}, "unit": kpi.unit,
                "better": kpi.better, "kind": kpi.kind, "target": kpi.target,
                "origin": json.loads(kpi.origin),
            }
            for kpi in session.scalars(found)
        ],
        "status": row.status, "retrospective": row.retrospective, "created_by": row.created_by,
        "created_at": row.created_at, "closed_on": row.closed_on, "sample": row.sample,
        "version": row.version,
    })  # fmt: skip


def _baseline_row(baseline: Baseline) -> BaselineRow:
    return BaselineRow(
        project_id=baseline.project, kpi=baseline.kpi.key, kpi_version=baseline.kpi_version,
        definition=baseline.kpi.model_dump_json(), window_first=baseline.window.first,
        window_last=baseline.window.last, snapshot=baseline.snapshot,
        evidence=baseline.evidence.model_dump_json(), before=baseline.before,
        before_control=baseline.before_control, frozen_at=baseline.frozen_at, frozen_by=baseline.frozen_by,
        retrospective=baseline.retrospective, digest=baseline.digest,
    )  # fmt: skip


def _baseline(row: BaselineRow) -> Baseline:
    return Baseline(
        project=row.project_id, kpi=ProjectKpi.model_validate_json(row.definition),
        kpi_version=row.kpi_version, window=Window(first=row.window_first, last=row.window_last),
        snapshot=row.snapshot, evidence=EvidenceTable.model_validate_json(row.evidence),
        before=row.before, before_control=row.before_control, frozen_at=row.frozen_at,
        frozen_by=row.frozen_by, retrospective=row.retrospective,
    )  # fmt: skip


def _row(session: Session, project_id: str) -> ProjectRow:
    found = session.get(ProjectRow, project_id)
    if found is None:
        raise UsageFault(Text(de="Dieses Projekt gibt es nicht.", en="There is no such project."))
    return found


def _taken(key: str) -> UsageFault:
    return UsageFault(
        Text(
            de="Ein anderes Projekt trägt schon das Kürzel „{key}“.",
            en="Another project already has the code “{key}”.",
        ).fill(key=key)
    )


_CHANGED = Text(
    de="Dieses Projekt wurde inzwischen geändert. Bitte laden Sie die Seite neu.",
    en="This project has been changed in the meantime. Please reload the page.",
)
