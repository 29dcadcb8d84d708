"""Projects, their KPIs and frozen baselines."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("plain_key", sa.String(100), nullable=False),
        sa.Column("name_de", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("shown", sa.String(20), nullable=False),
        sa.Column("industry", sa.String(100), nullable=False),
        sa.Column("size", sa.String(100), nullable=False),
        sa.Column("done_de", sa.Text, nullable=False),
        sa.Column("done_en", sa.Text, nullable=False),
        sa.Column("phases", sa.Text, nullable=False),
        sa.Column("go_live", sa.Date, nullable=False),
        sa.Column("baseline_first", sa.Date, nullable=False),
        sa.Column("baseline_last", sa.Date, nullable=False),
        sa.Column("after_first", sa.Date, nullable=False),
        sa.Column("after_last", sa.Date, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("retrospective", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("plain_key", name="project_key"),
    )
    op.create_index("project_by_live", "project", ["go_live"])
    op.create_table(
        "project_kpi",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project_id", sa.String(32), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("name_de", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("better", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("target", sa.Float),
        sa.Column("origin", sa.Text, nullable=False),
        sa.UniqueConstraint("project_id", "key", name="project_kpi_key"),
    )
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project_id", sa.String(32), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("kpi", sa.String(60), nullable=False),
        sa.Column("kpi_version", sa.String(40), nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("window_first", sa.Date, nullable=False),
        sa.Column("window_last", sa.Date, nullable=False),
        sa.Column("snapshot", sa.String(40), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("before", sa.Float),
        sa.Column("before_control", sa.Float),
        sa.Column("frozen_at", sa.DateTime, nullable=False),
        sa.Column("frozen_by", sa.String(200), nullable=False),
        sa.Column("retrospective", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.UniqueConstraint("project_id", "kpi", name="baseline_once"),
    )


def downgrade() -> None:
    for table in ("baseline", "project_kpi", "project"):
        op.drop_table(table)
