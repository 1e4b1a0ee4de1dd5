"""Partner files: remembered sheet mappings, words for surprising numbers, undone loads"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partner_load",
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.String(length=64), nullable=False),
        sa.Column("partner", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_partner_load_load_id")),
        sa.PrimaryKeyConstraint("load_id", name=op.f("pk_partner_load")),
    )
    op.create_index(op.f("ix_partner_load_partner"), "partner_load", ["partner"])
    op.create_index(op.f("ix_partner_load_digest"), "partner_load", ["digest"])
    op.create_table(
        "undone_load",
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name=op.f("fk_undone_load_load_id")),
        sa.PrimaryKeyConstraint("load_id", name=op.f("pk_undone_load")),
    )
    op.create_table(
        "sheet_mapping",
        sa.Column("coalition_id", sa.String(length=64), nullable=False),
        sa.Column("partner", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("coalition_id", "partner", "fingerprint", "version", name=op.f("pk_sheet_mapping")),
    )


def downgrade() -> None:
    op.drop_table("sheet_mapping")
    op.drop_table("undone_load")
    op.drop_index(op.f("ix_partner_load_digest"), table_name="partner_load")
    op.drop_index(op.f("ix_partner_load_partner"), table_name="partner_load")
    op.drop_table("partner_load")
