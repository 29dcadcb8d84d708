"""Tables of claims, consents, what was handed out and told. A change here needs a migration."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from store.state.tables import Base


class ConsentRow(Base):
    """A customer's answer for a project, with their words (proof.consent)."""

    __tablename__ = "consent"
    __table_args__ = (Index("consent_by_project", "project_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    standing: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    quote: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(200))
    picture: Mapped[bytes | None] = mapped_column(LargeBinary)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    text_version: Mapped[str] = mapped_column(String(40))
    document: Mapped[str] = mapped_column(Text)
    given_on: Mapped[dt.date] = mapped_column(Date)
    until: Mapped[dt.date | None] = mapped_column(Date)
    withdrawn_on: Mapped[dt.date | None] = mapped_column(Date)
    sample: Mapped[bool] = mapped_column()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class ClaimRow(Base):
    """A frozen claim: `frozen` is proof.claim.Claim as JSON, written once; `retired_at`: off the shelf."""

    __tablename__ = "claim"
    __table_args__ = (Index("claim_by_project", "project_id"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    kpi: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[dt.datetime] = mapped_column(DateTime)
    snapshot: Mapped[str] = mapped_column(String(40))
    frozen: Mapped[str] = mapped_column(Text)
    retired_at: Mapped[dt.datetime | None] = mapped_column(DateTime)
    sample: Mapped[bool] = mapped_column()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class HandoutRow(Base):
    """One use of a claim: what left the house, for whom, and what came of that deal."""

    __tablename__ = "handout"
    __table_args__ = (Index("handout_by_claim", "claim_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"))
    at: Mapped[dt.datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(10))
    lang: Mapped[str] = mapped_column(String(2))
    recipient: Mapped[str] = mapped_column(Text)
    deal: Mapped[str] = mapped_column(String(10))
    allowed: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class PromiseRow(Base):
    """What a calculator told a prospect; `told` is proof.handouts.Promise as JSON."""

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(DateTime)
    prospect: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"))
    sample: Mapped[bool] = mapped_column()
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class StoryRow(Base):
    """The text of a case study in one language, as people wrote it."""

    __tablename__ = "story"
    __table_args__ = (UniqueConstraint("project_id", "lang", name="story_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    lang: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(Text)
    situation: Mapped[str] = mapped_column(Text)
    approach: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    edited_at: Mapped[dt.datetime] = mapped_column(DateTime)
    edited_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
