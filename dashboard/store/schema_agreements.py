"""The table of agreements. Its comment states the grain."""

from sqlalchemy import JSON, Column, DateTime, Integer, String, Table, Text

from dashboard.store.schema import metadata

# One row per agreement of a coalition and version: all its terms as they were saved, by whom, when and why.
# The highest version holds; none is ever changed or removed. terms is what an agreement's file says.
agreement = Table(
    "agreement",
    metadata,
    Column("coalition_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("partner", String(64), nullable=False, default=""),
    Column("source", String(64), nullable=False, default=""),
    Column("terms", JSON, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("saved_at", DateTime, nullable=False),
)
