"""Tables of what people enter. A change here needs a migration in migrations/versions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, DateTime, Float, ForeignKey, Index, String, Text, UniqueConstraint, text
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


class RoundRow(Base):
    """A round of a checklist; `catalog` is the checklist as it was when the round began (JSON).

    `asked` (JSON list) are the statements of a partial round, NULL: all; `targets` (JSON) levels by
    dimension.
    """

    __tablename__ = "round"
    __table_args__ = (Index("round_by_time", "opened_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    checklist: Mapped[str] = mapped_column(String(100))
    catalog: Mapped[str] = mapped_column(Text)
    team: Mapped[str] = mapped_column(String(200))
    scope: Mapped[str] = mapped_column(String(200))
    closes_on: Mapped[dt.date] = mapped_column(Date)
    minimum: Mapped[int] = mapped_column()
    is_open: Mapped[bool] = mapped_column()
    opened_at: Mapped[dt.datetime] = mapped_column(DateTime)
    opened_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[dt.datetime | None] = mapped_column(DateTime)
    parent: Mapped[str | None] = mapped_column(ForeignKey("round.id"))
    asked: Mapped[str | None] = mapped_column(Text)
    targets: Mapped[str] = mapped_column(Text)
    sample: Mapped[bool] = mapped_column()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SeatRow(Base):
    """A respondent's place in a round. The link's token is kept as a SHA-256 only."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("token_hash", name="seat_token"),
        Index("seat_by_round", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    person: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(100))
    token_hash: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[dt.datetime | None] = mapped_column(DateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AnswerRow(Base):
    """One answer of one respondent: `value`, or `mark` (not_applicable, dont_know), or neither yet."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("seat_id", "statement", name="answer_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    statement: Mapped[str] = mapped_column(String(100))
    value: Mapped[float | None] = mapped_column(Float)
    mark: Mapped[str] = mapped_column(String(20))
    confidence: Mapped[int | None] = mapped_column()
    evidence_for: Mapped[str] = mapped_column(Text)
    evidence_against: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text)
    may_be_shown: Mapped[bool] = mapped_column()
    saved_at: Mapped[dt.datetime] = mapped_column(DateTime)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ActionRow(Base):
    """An action. `needs` (JSON list) are ids of others; `baseline` (JSON) its KPI's figure, frozen.

    One statement of one round is carried over once, whoever clicks how often.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("action_by_due", "due"),
        Index(
            "action_of_a_plan", "origin_ref", unique=True,
            sqlite_where=text("origin = 'plan'"), postgresql_where=text("origin = 'plan'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    title_de: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(20))
    origin_ref: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(200))
    due: Mapped[dt.date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    effort_days: Mapped[float | None] = mapped_column(Float)
    kpi: Mapped[str | None] = mapped_column(String(100))
    expected: Mapped[str | None] = mapped_column(String(10))
    expected_amount: Mapped[float | None] = mapped_column(Float)
    phase: Mapped[str | None] = mapped_column(String(100))
    needs: Mapped[str] = mapped_column(Text)
    baseline: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[dt.datetime] = mapped_column(DateTime)
    created_by: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[dt.datetime] = mapped_column(DateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(DateTime)
    sample: Mapped[bool] = mapped_column()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ActionEventRow(Base):
    """One change of one field of an action: who, when, from what to what."""

    __tablename__ = "action_event"
    __table_args__ = (Index("action_event_by_action", "action_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    at: Mapped[dt.datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
