"""The tables of people and of the audit log. Each comment states the grain; times are UTC and naive."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from dashboard.store.schema import metadata

# One row per account. Removed accounts stay, so that the audit log still names somebody; they hold no rights.
account = Table(
    "account",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("name", Text, nullable=False),
    Column("law_enforcement", Boolean, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("removed_at", DateTime),
)

# One row per account, role, coalition ("" is every one) and partner ("" unless the role is steward).
role_grant = Table(
    "role_grant",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("coalition_id", String(64), primary_key=True, default=""),
    Column("partner", String(64), primary_key=True, default=""),
    Column("given_at", DateTime, nullable=False),
)

# One row per link that was made; only its sha256 is kept. A link that was used has the time of that.
one_time_link = Table(
    "one_time_link",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("expires_at", DateTime, nullable=False),
    Column("used_at", DateTime),
)

# One row per time somebody signed in and has not signed out; only the sha256 of the cookie is kept.
signed_in = Table(
    "signed_in",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("expires_at", DateTime, nullable=False),
)

# One row per thing that was changed or refused, in the order of number; chain is the sha256 over it and over the
# chain of the row before. Never changed afterwards.
audit_record = Table(
    "audit_record",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(26), nullable=False),
    Column("account", String(120), nullable=False),
    Column("action", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("chain", String(64), nullable=False),
)

Index("ix_signed_in_account_id", signed_in.c.account_id)
