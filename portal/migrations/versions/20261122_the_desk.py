"""the desk: who has a case in hand and what is due, who looked, what was thrown away; saved searches and exports."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261122h"
down_revision = "20261122g"
branch_labels = None
depends_on = None

OPEN: dict[str, Any] = {"sqlite_where": sa.text("closed_at IS NULL"), "postgresql_where": sa.text("closed_at IS NULL")}
CLOSED: dict[str, Any] = {
    "sqlite_where": sa.text("closed_at IS NOT NULL"),
    "postgresql_where": sa.text("closed_at IS NOT NULL"),
}
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Columns one by one: SQLite would make the table anew for a batch, and with it throw away what hangs on it.
    op.add_column("case", sa.Column("owner_id", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("moved_at", MOMENT, nullable=False, server_default="1970-01-01 00:00:00"))
    op.add_column("case", sa.Column("due_from", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("sort_on", sa.Date(), nullable=False, server_default="9999-12-31"))
    op.add_column("case", sa.Column("asks_since", MOMENT, nullable=True))
    op.add_column("case", sa.Column("held", sa.String(length=200), nullable=True))
    op.add_column("case_event", sa.Column("staff_id", sa.Integer(), nullable=True))
    op.add_column("case_message", sa.Column("staff_id", sa.Integer(), nullable=True))
    op.add_column("case_message", sa.Column("note", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("case_draft", sa.Column("staff_id", sa.Integer(), nullable=True))
    op.add_column("case_term", sa.Column("warned", sa.Integer(), nullable=False, server_default="0"))
    _fill_in()
    op.drop_index("ix_case_kind_state", table_name="case")
    of_due = ["sort_on", "received_at", "id", "team_slug", "kind", "state", "owner_id", "asks_since"]
    op.create_index("ix_case_open_due", "case", of_due, **OPEN)
    of_counts = ["team_slug", "kind", "state", "owner_id", "sort_on", "asks_since"]
    op.create_index("ix_case_open_counts", "case", of_counts, **OPEN)
    op.create_index("ix_message_state", "message", ["state", "channel"])
    op.create_index("ix_case_closed", "case", ["closed_at", "id", "team_slug", "kind"], **CLOSED)
    op.create_index("ix_case_moved", "case", ["kind", "state", "moved_at"])
    _looks_and_deletions()
    _desk()


def _fill_in() -> None:
    """What the new columns would have held, had they been there."""
    last = 'SELECT max(at) FROM case_event WHERE case_event.case_id = "case".id AND from_state <> to_state'
    op.execute(f'UPDATE "case" SET moved_at = coalesce(({last}), received_at)')
    mine = 'FROM case_term WHERE case_term.case_id = "case".id AND ended_on IS NULL'
    op.execute(f'UPDATE "case" SET due_on = (SELECT min(due_on) {mine})')
    op.execute(f'UPDATE "case" SET due_from = (SELECT min(started_on) {mine} AND case_term.due_on = "case".due_on)')
    op.execute('UPDATE "case" SET sort_on = due_on WHERE due_on IS NOT NULL')


def _looks_and_deletions() -> None:
    op.create_table(
        "case_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.CheckConstraint("why IN ('work', 'export')", name=op.f("ck_case_look_why")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_look_case_id_case"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_look")),
    )
    op.create_index(op.f("ix_case_look_case_id"), "case_look", ["case_id"])
    op.create_table(
        "deletion_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.CheckConstraint("why IN ('time', 'asked')", name=op.f("ck_deletion_record_why")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_record")),
    )


def _desk() -> None:
    op.create_table(
        "desk_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_desk_search_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_search")),
    )
    op.create_index(op.f("ix_desk_search_staff_id"), "desk_search", ["staff_id"])
    op.create_table(
        "desk_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("query", sa.String(length=300), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('export', 'find')", name=op.f("ck_desk_event_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_event")),
    )
    op.create_table(
        "desk_digest",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_desk_digest")),
    )


def downgrade() -> None:
    for table in ("desk_digest", "desk_event", "desk_search", "deletion_record", "case_look"):
        op.drop_table(table)
    op.drop_index("ix_message_state", table_name="message")
    for index in ("ix_case_moved", "ix_case_closed", "ix_case_open_counts", "ix_case_open_due"):
        op.drop_index(index, table_name="case")
    op.create_index("ix_case_kind_state", "case", ["kind", "state"])
    op.drop_column("case_term", "warned")
    op.drop_column("case_draft", "staff_id")
    op.drop_column("case_message", "note")
    op.drop_column("case_message", "staff_id")
    op.drop_column("case_event", "staff_id")
    for column in ("held", "asks_since", "sort_on", "due_on", "due_from", "moved_at", "owner_id"):
        op.drop_column("case", column)
