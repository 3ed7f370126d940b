"""Run by Alembic; the connection comes from `store.migrations.migrate`, with its transaction open."""

from alembic import context

from store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
