"""The table of registers. Its comment states the grain."""

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, String, Table, Text

from dashboard.store.schema import metadata

# One row per coalition, register (strategies, funding, seats, ...), entry and version: all its values as they were
# saved, by whom, when and why. The highest version holds; one that says removed ends the entry. None is ever changed.
register_entry = Table(
    "register_entry",
    metadata,
    Column("coalition_id", String(64), primary_key=True),
    Column("register", String(32), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("told", JSON, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("saved_at", DateTime, nullable=False),
)
