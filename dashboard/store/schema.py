"""The tables; each comment states the grain. Days are integers since 1970-01-01: small and sortable everywhere."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# One row per coalition and key; coalition_id "" holds for the whole store (store_id, data_version, demonstration).
setting = Table(
    "setting",
    metadata,
    Column("coalition_id", String(64), primary_key=True, default=""),
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

# One row per coalition; its catchment is a place set.
coalition = Table(
    "coalition",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("catchment", String(64), nullable=False, default=""),
)

# One row per coalition and partner.
partner = Table(
    "partner",
    metadata,
    Column("coalition_id", String(64), primary_key=True, default=""),
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("catchment", String(64), nullable=False, default=""),
)

# One row per file of one source that was loaded. Never changed afterwards.
load = Table(
    "load",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", String(64), nullable=False, default=""),
    Column("source", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("loaded_at", DateTime, nullable=False),
    Column("rows_accepted", Integer, nullable=False),
    Column("rows_refused", Integer, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("demonstration", Boolean, nullable=False),
    UniqueConstraint("source", "sha256"),
)

# One row per load, measure, basis, partner, level, scope and span over which the load speaks.
coverage = Table(
    "coverage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("load_id", ForeignKey("load.id"), nullable=False, index=True),
    Column("measure", String(64), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("partner", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("start_day", Integer, nullable=False),
    Column("end_day", Integer, nullable=False),
    Column("absence", String(16), nullable=False),
)

# One row per place; geoid is stable, codes change.
place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("geoid", String(16), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("state", String(2), nullable=False),
    Column("county", String(16), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
)

# One row per place, code system and code, with the days on which the code holds.
place_code = Table(
    "place_code",
    metadata,
    Column("geoid", String(16), primary_key=True),
    Column("system", String(32), primary_key=True),
    Column("code", String(16), primary_key=True),
    Column("start", Date),
    Column("end", Date),
)

# One row per place and other name (village, ZIP code, spelling).
place_alias = Table(
    "place_alias",
    metadata,
    Column("geoid", String(16), primary_key=True),
    Column("alias", String(120), primary_key=True),
)

# One row per set of towns and version; the highest version holds now.
place_set = Table(
    "place_set",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("members", JSON, nullable=False),
)

# One row per state, level and vintage of shapes; body is what the browser fetches, sha names it.
boundary = Table(
    "boundary",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("state", String(2), nullable=False),
    Column("level", String(16), nullable=False),
    Column("vintage", String(32), nullable=False),
    Column("schematic", Boolean, nullable=False),
    Column("loaded_at", DateTime, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# One row per source, measure, level, basis, partner, stratum and length of period (months; 0 = irregular).
series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("measure", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("partner", String(64), nullable=False),
    Column("stratum", String(200), nullable=False),
    Column("months", Integer, nullable=False),
    UniqueConstraint("source", "measure", "level", "basis", "partner", "stratum", "months"),
)

# One row per load, series, place and start: one number, or the reason why there is none.
# status: 0 value, 1 suppressed, 2 not reported; plus 4 when provisional.
observation = Table(
    "observation",
    metadata,
    Column("load_id", ForeignKey("load.id"), primary_key=True),
    Column("series_id", ForeignKey("series.id"), primary_key=True),
    Column("place_id", ForeignKey("place.id"), primary_key=True),
    Column("start_day", Integer, primary_key=True),
    Column("end_day", Integer, nullable=False),
    Column("value", Float),
    Column("status", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)

# One row per source, measure and day on which its definition or its reporting changed.
definition_break = Table(
    "definition_break",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("measure", String(64), primary_key=True),
    Column("on_day", Integer, primary_key=True),
    Column("label", Text, nullable=False),
)

# One row per site of a source.
facility = Table(
    "facility",
    metadata,
    Column("source", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("coalition_id", String(64), nullable=False, default=""),
    Column("load_id", ForeignKey("load.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("services", JSON, nullable=False),
    Column("address", Text, nullable=False),
    Column("town", String(16), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("verified_on", Date),
    Column("hours", Text, nullable=False),
    Column("capacity", Float),
    Column("hours_a_week", Float),
    Column("accepting", Boolean),
    Column("mobile_days", Text, nullable=False, server_default=""),
    Column("state", String(2), nullable=False, server_default=""),
)

# One row per target of a coalition: its newest version.
target = Table(
    "target",
    metadata,
    Column("coalition_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("indicator", String(64), nullable=False),
    Column("baseline", Float, nullable=False),
    Column("baseline_period", String(32), nullable=False),
    Column("target", Float, nullable=False),
    Column("due", Date, nullable=False),
    Column("owner", Text, nullable=False),
    Column("place", String(64), nullable=False, default=""),
    Column("stratum", String(200), nullable=False, default=""),
    Column("partner", String(64), nullable=False, default=""),
    Column("strategy", Text, nullable=False, default=""),
    Column("contributors", JSON, nullable=False, server_default="[]"),
    Column("process", String(64), nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
)

# One row per target and version: everything as it was saved, by whom, when and why. Never changed afterwards.
target_version = Table(
    "target_version",
    metadata,
    Column("coalition_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("indicator", String(64), nullable=False),
    Column("baseline", Float, nullable=False),
    Column("baseline_period", String(32), nullable=False),
    Column("target", Float, nullable=False),
    Column("due", Date, nullable=False),
    Column("owner", Text, nullable=False),
    Column("place", String(64), nullable=False),
    Column("stratum", String(200), nullable=False),
    Column("partner", String(64), nullable=False),
    Column("strategy", Text, nullable=False),
    Column("contributors", JSON, nullable=False),
    Column("process", String(64), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("saved_at", DateTime, nullable=False),
)

# One row per coalition and strategy: what stands behind targets.
strategy = Table(
    "strategy",
    metadata,
    Column("coalition_id", String(64), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
)
