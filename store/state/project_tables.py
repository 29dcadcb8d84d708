"""Tables of projects and their frozen baselines. A change here needs a migration in migrations/versions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, DateTime, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.state.tables import Base


class ProjectRow(Base):
    """A project (proof.project). `phases` is a JSON list; the windows hold their first and last days."""

    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("plain_key", name="project_key"), Index("project_by_live", "go_live"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    plain_key: Mapped[str] = mapped_column(String(100))
    name_de: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    customer: Mapped[str] = mapped_column(Text)
    shown: Mapped[str] = mapped_column(String(20))
    industry: Mapped[str] = mapped_column(String(100))
    size: Mapped[str] = mapped_column(String(100))
    done_de: Mapped[str] = mapped_column(Text)
    done_en: Mapped[str] = mapped_column(Text)
    phases: Mapped[str] = mapped_column(Text)
    go_live: Mapped[dt.date] = mapped_column(Date)
    baseline_first: Mapped[dt.date] = mapped_column(Date)
    baseline_last: Mapped[dt.date] = mapped_column(Date)
    after_first: Mapped[dt.date] = mapped_column(Date)
    after_last: Mapped[dt.date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    retrospective: Mapped[bool] = mapped_column()
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[dt.datetime] = mapped_column(DateTime)
    changed_at: Mapped[dt.datetime] = mapped_column(DateTime)
    closed_on: Mapped[dt.date | None] = mapped_column(Date)
    sample: Mapped[bool] = mapped_column()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class ProjectKpiRow(Base):
    """A KPI of a project in its `place` (0: the one it is judged by); `origin` is JSON."""

    __tablename__ = "project_kpi"
    __table_args__ = (UniqueConstraint("project_id", "key", name="project_kpi_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    place: Mapped[int] = mapped_column()
    key: Mapped[str] = mapped_column(String(60))
    name_de: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String(20))
    better: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    target: Mapped[float | None] = mapped_column(Float)
    origin: Mapped[str] = mapped_column(Text)


class BaselineRow(Base):
    """A frozen baseline of a project's KPI; written once, never changed.

    `definition` (the KPI with its filter) and `evidence` (values by period and group, no ids) are JSON;
    `digest` is the SHA-256 over what was frozen.
    """

    __tablename__ = "baseline"
    __table_args__ = (UniqueConstraint("project_id", "kpi", name="baseline_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    kpi: Mapped[str] = mapped_column(String(60))
    kpi_version: Mapped[str] = mapped_column(String(40))
    definition: Mapped[str] = mapped_column(Text)
    window_first: Mapped[dt.date] = mapped_column(Date)
    window_last: Mapped[dt.date] = mapped_column(Date)
    snapshot: Mapped[str] = mapped_column(String(40))
    evidence: Mapped[str] = mapped_column(Text)
    before: Mapped[float | None] = mapped_column(Float)
    before_control: Mapped[float | None] = mapped_column(Float)
    frozen_at: Mapped[dt.datetime] = mapped_column(DateTime)
    frozen_by: Mapped[str] = mapped_column(String(200))
    retrospective: Mapped[bool] = mapped_column()
    digest: Mapped[str] = mapped_column(String(64))
