"""The tables of what partners brought: how each load came, what was undone, mappings. Each comment states the grain."""

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Integer, String, Table, Text

from dashboard.store.schema import metadata

# One row per load that a partner brought: how (file, form, none), by whom, what it changed, and why where it surprised.
# Never changed afterwards. digest names partner, file and mapping: the same again changes nothing.
partner_load = Table(
    "partner_load",
    metadata,
    Column("load_id", ForeignKey("load.id"), primary_key=True),
    Column("coalition_id", String(64), nullable=False),
    Column("partner", String(64), nullable=False, index=True),
    Column("how", String(16), nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("who", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("changes", JSON, nullable=False),
)

# One row per load that was undone: from then on it does not count. The load itself stays for earlier days' screens.
undone_load = Table(
    "undone_load",
    metadata,
    Column("load_id", ForeignKey("load.id"), primary_key=True),
    Column("undone_at", DateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)

# One row per coalition, partner, layout of a sheet and version: what its columns were taken for. The newest holds.
sheet_mapping = Table(
    "sheet_mapping",
    metadata,
    Column("coalition_id", String(64), primary_key=True),
    Column("partner", String(64), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
    Column("who", Text, nullable=False),
    Column("saved_at", DateTime, nullable=False),
)
