"""The logo that a customer lets us show; which promises came with the sample."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consent", sa.Column("logo", sa.LargeBinary))
    op.add_column("promise", sa.Column("sample", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("promise") as promise:
        promise.drop_column("sample")
    with op.batch_alter_table("consent") as consent:
        consent.drop_column("logo")
