"""The tables of what partners say of their own numbers. Each comment states the grain; times are UTC and naive."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from dashboard.store.schema import metadata

# One row per comment of a partner on a number, a month or a load of its own: indicator and period "" are any, load_id 0
# is none. Never changed afterwards; what became of it are rows of comment_answer.
comment = Table(
    "comment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", String(64), nullable=False),
    Column("partner", String(64), nullable=False),
    Column("indicator", String(64), nullable=False, default=""),
    Column("period", String(40), nullable=False, default=""),
    Column("load_id", Integer, nullable=False, default=0),
    Column("hold", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
)

# One row per answer, in the order of number: what was said, and where the comment stands since. Never changed.
comment_answer = Table(
    "comment_answer",
    metadata,
    Column("comment_id", ForeignKey("comment.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("coalition_id", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
)

Index("ix_comment_partner", comment.c.partner)
