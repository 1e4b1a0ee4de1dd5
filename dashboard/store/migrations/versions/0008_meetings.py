"""Meetings: agendas, decisions, actions, notes, stories, requests and the code of conduct, every version of each"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("meeting", "decision", "action", "note", "story", "community_request", "code_of_conduct")


def upgrade() -> None:
    _make("meeting", _text("title"), _day("held_on"), sa.Column("as_of", sa.Date(), nullable=True),
          sa.Column("agenda", sa.JSON(), nullable=False))  # fmt: skip
    _make("decision", _text("text"), _day("on"), _text("meeting"))
    _make("action", _text("text"), _text("owner"), _day("due"), _day("on"), _text("meeting"),
          sa.Column("status", sa.String(length=16), nullable=False), _text("outcome"))  # fmt: skip
    _make("note", _text("text"), _text("role"), _day("on"), _text("meeting"))
    _make("story", _text("text"), _text("role"), _day("on"), sa.Column("consent_on", sa.Date(), nullable=True),
          _text("consent_by"), sa.Column("exported", sa.Boolean(), nullable=False),
          sa.Column("withdrawn_on", sa.Date(), nullable=True))  # fmt: skip
    _make("community_request", _text("text"), _text("role"), _day("on"), _text("answer"),
          sa.Column("answered_on", sa.Date(), nullable=True),
          sa.Column("outcome", sa.String(length=16), nullable=False))  # fmt: skip
    _make("code_of_conduct", _text("text"))


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)


def _make(name: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("coalition_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        *columns,
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("coalition_id", "id", "version", name=op.f(f"pk_{name}")),
    )


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _day(name: str) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=False)
