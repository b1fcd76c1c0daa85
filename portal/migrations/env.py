"""Runs migrations on the connection that `portal db` hands over, one site's database at a time."""

from typing import Any, Literal

from alembic import context

from portal.foundation.db import Json, Moment
from portal.models import metadata


def plain_types(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write our own column types as plain ones: a migration must not change when our code does."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=plain_types,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
