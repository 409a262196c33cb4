"""Alembic's revisions. They are run by `storage.migrate`; there is no alembic.ini."""
