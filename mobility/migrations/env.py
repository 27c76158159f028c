"""Alembic's way in: the connection is given by mobility/db/schema.py, which alone decides whose rights are used."""

from alembic import context

from mobility.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
