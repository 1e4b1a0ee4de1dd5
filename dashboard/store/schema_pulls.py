"""The table of what was fetched by network. The comment states the grain."""

from sqlalchemy import BigInteger, Column, DateTime, String, Table, Text

from dashboard.store.schema import metadata

# One row per feed and attempt to fetch it. Never changed afterwards.
pull = Table(
    "pull",
    metadata,
    Column("feed", String(64), primary_key=True),
    Column("tried_at", DateTime, primary_key=True),
    Column("outcome", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("bytes_taken", BigInteger, nullable=False),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
)
