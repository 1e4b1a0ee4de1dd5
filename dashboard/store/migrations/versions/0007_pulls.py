"""Pulls: every attempt to fetch a public source by network, with what became of it"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pull",
        sa.Column("feed", sa.String(length=64), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("bytes_taken", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "tried_at", name=op.f("pk_pull")),
    )


def downgrade() -> None:
    op.drop_table("pull")
