"""Answers and the code of conduct that may become public, and the language of their words"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
TABLES = ("community_request", "code_of_conduct")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("language", sa.String(length=8), nullable=False, server_default="en"))
        op.add_column(table, sa.Column("public", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "public")
        op.drop_column(table, "language")
