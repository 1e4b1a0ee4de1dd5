"""Targets have a history: every version with who saved it, when and why; strategies; partners who contribute"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = "coalition_id, id, indicator, baseline, baseline_period, target, due, owner, place, stratum, partner, strategy"


def upgrade() -> None:

    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contributors", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("process", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "target_version",
        sa.Column("coalition_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=False),
        sa.Column("baseline_period", sa.String(length=32), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("stratum", sa.String(length=200), nullable=False),
        sa.Column("partner", sa.String(length=64), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("contributors", sa.JSON(), nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("coalition_id", "id", "version", name=op.f("pk_target_version")),
    )
    op.create_table(
        "strategy",
        sa.Column("coalition_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("coalition_id", "id", name=op.f("pk_strategy")),
    )
    first = "(SELECT MIN(loaded_at) FROM load)"
    op.execute(
        f"INSERT INTO target_version (version, contributors, process, who, why, saved_at, {KEPT}) "
        f"SELECT 1, '[]', '', 'loaded', 'As it was first loaded', {first}, {KEPT} FROM target"
    )


def downgrade() -> None:

    op.drop_table("strategy")
    op.drop_table("target_version")
    with op.batch_alter_table("target", schema=None) as batch_op:
        for column in ("version", "process", "contributors"):
            batch_op.drop_column(column)
