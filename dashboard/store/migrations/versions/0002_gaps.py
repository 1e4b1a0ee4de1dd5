"""Where the gaps are: results of analyses, saved scenarios, and what is known of a site's opening"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "analysis",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("within", sa.String(length=64), nullable=False),
        sa.Column("stratum", sa.String(length=200), nullable=False),
        sa.Column("partner", sa.String(length=64), nullable=False),
        sa.Column("variant", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("data_version", sa.String(length=120), nullable=False),
        sa.Column("computed_at", sa.DateTime(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint(
            "kind", "indicator", "period", "basis", "within", "stratum", "partner", "variant", "as_of",
            name=op.f("pk_analysis"),
        ),
    )  # fmt: skip
    op.create_table(
        "scenario",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("coalition_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
    )
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.add_column(sa.Column("capacity", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("hours_a_week", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("accepting", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("mobile_days", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("state", sa.String(length=2), nullable=False, server_default=""))


def downgrade() -> None:

    with op.batch_alter_table("facility", schema=None) as batch_op:
        for column in ("state", "mobile_days", "accepting", "hours_a_week", "capacity"):
            batch_op.drop_column(column)
    op.drop_table("scenario")
    op.drop_table("analysis")
