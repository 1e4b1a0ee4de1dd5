"""The tables of what was worked out or tried: results of analyses, and scenarios. Each comment states the grain."""

from sqlalchemy import JSON, Column, DateTime, Integer, String, Table, Text

from dashboard.store.schema import metadata

# One row per kind of analysis, subject, period, basis, place, group, partner, variant and as-of day: the newest run.
# indicator is a service's id where kind is "desert"; variant is "" for the default parameters; as_of is "" for now.
analysis = Table(
    "analysis",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("period", String(32), primary_key=True),
    Column("basis", String(16), primary_key=True),
    Column("within", String(64), primary_key=True),
    Column("stratum", String(200), primary_key=True, default=""),
    Column("partner", String(64), primary_key=True, default=""),
    Column("variant", String(64), primary_key=True, default=""),
    Column("as_of", String(10), primary_key=True, default=""),
    Column("parameters", JSON, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("data_version", String(120), nullable=False),
    Column("computed_at", DateTime, nullable=False),
    Column("result", JSON, nullable=False),
)

# One row per saved scenario of a coalition: sites that somebody placed, and what was asked of them.
scenario = Table(
    "scenario",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("coalition_id", String(64), nullable=False, default=""),
    Column("title", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("body", JSON, nullable=False),
)
