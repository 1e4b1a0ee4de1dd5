"""Run migrations on the connection that `dashboard.store.engine.migrate` hands over."""

from alembic import context

# Every module of tables, so that none is missed:
from dashboard.store import (  # noqa: F401
    schema_agreements,
    schema_comments,
    schema_meetings,
    schema_partner_files,
    schema_people,
    schema_pulls,
    schema_results,
)
from dashboard.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
