"""Actions and the history of each."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title_de", sa.Text, nullable=False),
        sa.Column("title_en", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("origin_ref", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("effort_days", sa.Float),
        sa.Column("kpi", sa.String(100)),
        sa.Column("expected", sa.String(10)),
        sa.Column("expected_amount", sa.Float),
        sa.Column("phase", sa.String(100)),
        sa.Column("needs", sa.Text, nullable=False),
        sa.Column("baseline", sa.Text),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("action_by_due", "action", ["due"])
    only_plans = sa.text("origin = 'plan'")
    op.create_index(
        "action_of_a_plan",
        "action",
        ["origin_ref"],
        unique=True,
        sqlite_where=only_plans,
        postgresql_where=only_plans,
    )
    op.create_table(
        "action_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("action_id", sa.Integer, sa.ForeignKey("action.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
    )
    op.create_index("action_event_by_action", "action_event", ["action_id"])


def downgrade() -> None:
    for table in ("action_event", "action"):
        op.drop_table(table)
