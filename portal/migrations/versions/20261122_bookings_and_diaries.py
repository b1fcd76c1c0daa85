"""bookings: who can be met when, what is held and booked; a quarter of an hour of somebody is one row at most."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122i"
down_revision = "20261122h"
branch_labels = None
depends_on = None

_LIVE = sa.text("state IN ('held', 'booked')")
LIVE: dict[str, Any] = {"sqlite_where": _LIVE, "postgresql_where": _LIVE}
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "booking_worker",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_slug", sa.String(length=60), nullable=False),
        sa.Column("most_a_day", sa.Integer(), nullable=False),
        sa.Column("skills", JSON, nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("most_a_day > 0", name=op.f("ck_booking_worker_most_a_day")),
        sa.ForeignKeyConstraint(
            ["team_slug"], ["team.slug"], name=op.f("fk_booking_worker_team_slug_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_booking_worker")),
    )
    op.create_index(op.f("ix_booking_worker_team_slug"), "booking_worker", ["team_slug"])
    _hours()
    _absence()
    _bookings()


def _of_worker(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_staff_id_booking_worker")
    return sa.ForeignKeyConstraint(["staff_id"], ["booking_worker.staff_id"], name=name, ondelete="CASCADE")


def _hours() -> None:
    op.create_table(
        "booking_pattern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.String(length=5), nullable=False),
        sa.Column("end", sa.String(length=5), nullable=False),
        sa.Column("places", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_booking_pattern_weekday")),
        sa.CheckConstraint(
            '\'00:00\' <= "start" AND "start" < "end" AND "end" <= \'24:00\'', name=op.f("ck_booking_pattern_hours")
        ),
        sa.CheckConstraint("every > 0", name=op.f("ck_booking_pattern_every")),
        sa.CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name=op.f("ck_booking_pattern_dates")),
        _of_worker("booking_pattern"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_pattern")),
    )
    op.create_index(op.f("ix_booking_pattern_staff_id"), "booking_pattern", ["staff_id"])
    op.create_table(
        "booking_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.String(length=5), nullable=False),
        sa.Column("end", sa.String(length=5), nullable=False),
        sa.Column("places", JSON, nullable=False),
        sa.CheckConstraint(
            '\'00:00\' <= "start" AND "start" <= "end" AND "end" <= \'24:00\'', name=op.f("ck_booking_day_hours")
        ),
        _of_worker("booking_day"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_day")),
    )
    op.create_index("ix_booking_day_staff_id_day", "booking_day", ["staff_id", "day"])


def _absence() -> None:
    op.create_table(
        "booking_leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint('"first" <= "last"', name=op.f("ck_booking_leave_dates")),
        _of_worker("booking_leave"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_leave")),
    )
    op.create_index("ix_booking_leave_staff_id_last", "booking_leave", ["staff_id", "last"])
    op.create_table(
        "booking_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_slug", sa.String(length=60), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint('"first" <= "last"', name=op.f("ck_booking_closure_dates")),
        sa.ForeignKeyConstraint(
            ["team_slug"], ["team.slug"], name=op.f("fk_booking_closure_team_slug_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_closure")),
    )


def _bookings() -> None:
    states = "state IN ('held', 'booked', 'moved', 'cancelled', 'lapsed', 'done', 'no_show')"
    order = "busy_from <= starts_at AND starts_at < ends_at AND ends_at <= busy_until"
    held = "state <> 'held' OR (hold_until IS NOT NULL AND hold_key IS NOT NULL)"
    op.create_table(
        "booking",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=True),
        sa.Column("hold_key", sa.String(length=64), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("team_slug", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("busy_from", MOMENT, nullable=False),
        sa.Column("busy_until", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("hold_until", MOMENT, nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint(states, name=op.f("ck_booking_state")),
        sa.CheckConstraint("place IN ('home', 'team', 'phone', 'video', 'elsewhere')", name=op.f("ck_booking_place")),
        sa.CheckConstraint(order, name=op.f("ck_booking_order")),
        sa.CheckConstraint(held, name=op.f("ck_booking_held")),
        sa.CheckConstraint("state <> 'booked' OR case_id IS NOT NULL", name=op.f("ck_booking_booked")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_booking_case_id_case"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
    )
    op.create_index("uq_booking_live_hold", "booking", ["hold_key"], unique=True, **LIVE)
    op.create_index("uq_booking_live_case", "booking", ["case_id"], unique=True, **LIVE)
    op.create_index("ix_booking_live", "booking", ["staff_id", "busy_until"], **LIVE)
    op.create_index("ix_booking_case_id", "booking", ["case_id"])
    op.create_index("ix_booking_hold_until", "booking", ["state", "hold_until"])
    op.create_table(
        "booking_cell",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("booking_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booking_cell_booking_id_booking"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", "cell", name=op.f("pk_booking_cell")),
    )
    op.create_index(op.f("ix_booking_cell_booking_id"), "booking_cell", ["booking_id"])


def downgrade() -> None:
    for table in (
        "booking_cell", "booking", "booking_closure", "booking_leave", "booking_day", "booking_pattern",
        "booking_worker",
    ):  # fmt: skip
        op.drop_table(table)
