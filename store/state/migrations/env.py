"""Alembic's entry: migrates on the connection that store/state/database.py hands over, in its transaction."""

from alembic import context

from store.state.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
