"""Run migrations on the connection that `dashboard.store.engine.migrate` hands over."""

from alembic import context

from dashboard.store import schema_pulls, schema_results  # noqa: F401 (every module of tables, so that none is missed)
from dashboard.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
