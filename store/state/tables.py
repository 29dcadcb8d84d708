"""Tables of what people enter. A change here needs a migration in migrations/versions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DateTime, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Times are naive, in the time zone of the machine that the workspace runs on."""


class MappingRow(Base):
    """A mapping that was used for files of one shape; `fingerprint` recognises the shape."""

    __tablename__ = "mapping"
    __table_args__ = (UniqueConstraint("fingerprint", name="mapping_fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(200))
    toml: Mapped[str] = mapped_column(Text)
    used_at: Mapped[dt.datetime] = mapped_column(DateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class VisitRow(Base):
    """A person's stay in the product: from when to when, and the last snapshot seen."""

    __tablename__ = "visit"
    __table_args__ = (Index("visit_by_person", "person", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime)
    until: Mapped[dt.datetime] = mapped_column(DateTime)
    snapshot: Mapped[str] = mapped_column(String(40))


class NoteRow(Base):
    """A note on a month of a KPI. Kind `rebase`: the XmR chart's baseline begins anew there."""

    __tablename__ = "note"
    __table_args__ = (Index("note_by_kpi", "kpi", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kpi: Mapped[str] = mapped_column(String(100))
    month: Mapped[str] = mapped_column(String(7))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SettingRow(Base):
    """A value typed once, such as the name of whoever uses this workspace."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AuditRow(Base):
    """Who did what when. Customers are never named here."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_by_time", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(DateTime)
    what: Mapped[str] = mapped_column(String(100))
    detail: Mapped[str] = mapped_column(Text)
