"""Agreements: what may be used of a partner's or a source's numbers, by whom and until when"""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
