"""Claims, consents, what was handed out and told, the text of case studies."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project_id", sa.String(32), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("standing", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("picture", sa.LargeBinary),
        sa.Column("text_version", sa.String(40), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("consent_by_project", "consent", ["project_id"])
    op.create_table(
        "claim",
        sa.Column("id", sa.String(20), primary_key=True),
        sa.Column("project_id", sa.String(32), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("kpi", sa.String(60), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("snapshot", sa.String(40), nullable=False),
        sa.Column("frozen", sa.Text, nullable=False),
        sa.Column("retired_at", sa.DateTime),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("claim_by_project", "claim", ["project_id"])
    op.create_table(
        "handout",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("claim_id", sa.String(20), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("deal", sa.String(10), nullable=False),
        sa.Column("allowed", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("handout_by_claim", "handout", ["claim_id"])
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("prospect", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("project_id", sa.String(32), sa.ForeignKey("project.id")),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project_id", sa.String(32), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("situation", sa.Text, nullable=False),
        sa.Column("approach", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("edited_at", sa.DateTime, nullable=False),
        sa.Column("edited_by", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("project_id", "lang", name="story_once"),
    )


def downgrade() -> None:
    for table in ("story", "promise", "handout", "claim", "consent"):
        op.drop_table(table)
