"""Alembic's entry: runs the revisions on the connection that `storage.migrate` hands over.

The connection is inside the store's one writing transaction, so either all revisions are applied
or none, two processes never migrate at once, and waiting for the store has its time limit.
"""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
)
context.run_migrations()
