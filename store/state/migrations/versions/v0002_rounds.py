"""Rounds of checklists, places in them, answers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("checklist", sa.String(100), nullable=False),
        sa.Column("catalog", sa.Text, nullable=False),
        sa.Column("team", sa.String(200), nullable=False),
        sa.Column("scope", sa.String(200), nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        sa.Column("minimum", sa.Integer, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("opened_by", sa.String(200), nullable=False),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("parent", sa.String(32), sa.ForeignKey("round.id")),
        sa.Column("asked", sa.Text),
        sa.Column("targets", sa.Text, nullable=False),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("round_by_time", "round", ["opened_at"])
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.String(32), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("role", sa.String(100), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("submitted_at", sa.DateTime),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("token_hash", name="seat_token"),
    )
    op.create_index("seat_by_round", "seat", ["round_id"])
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seat_id", sa.Integer, sa.ForeignKey("seat.id"), nullable=False),
        sa.Column("statement", sa.String(100), nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("mark", sa.String(20), nullable=False),
        sa.Column("confidence", sa.Integer),
        sa.Column("evidence_for", sa.Text, nullable=False),
        sa.Column("evidence_against", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("may_be_shown", sa.Boolean, nullable=False),
        sa.Column("saved_at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("seat_id", "statement", name="answer_once"),
    )


def downgrade() -> None:
    for table in ("answer", "seat", "round"):
        op.drop_table(table)
