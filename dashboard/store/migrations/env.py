"""Run migrations on the connection that `dashboard.store.engine.migrate` hands over."""

from alembic import context

from dashboard.store.schema_results import metadata  # the module that knows every table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
