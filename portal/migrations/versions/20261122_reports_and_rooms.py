"""conversations: report, reply and waiting list; rooms and cars, private calendars, how long one waits; walls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122j"
down_revision = "20261122i"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _report()
    _waiting()
    _things()
    _diaries()
    _walls()
    op.add_column("page", sa.Column("with_exit", sa.Boolean(), nullable=False, server_default=sa.false()))


def _case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id_case"), ondelete="CASCADE")


def _team(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_team_slug_team")
    return sa.ForeignKeyConstraint(["team_slug"], ["team.slug"], name=name, ondelete="CASCADE")


def _report() -> None:
    op.create_table(
        "conversation_report",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("costs", sa.String(), nullable=False),
        sa.Column("budget_discussed", sa.Boolean(), nullable=False),
        sa.Column("choices_shown", sa.Boolean(), nullable=False),
        sa.Column("evaluate_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.CheckConstraint("length(found) > 0 AND length(plan) > 0", name=op.f("ck_conversation_report_filled")),
        sa.CheckConstraint("budget_discussed AND choices_shown", name=op.f("ck_conversation_report_discussed")),
        _case("conversation_report"),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_conversation_report")),
    )
    op.create_table(
        "conversation_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("view", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "view IN ('remark', 'agree', 'disagree', 'nothing')", name=op.f("ck_conversation_reply_view")
        ),
        sa.CheckConstraint("view <> 'remark' OR length(text) > 0", name=op.f("ck_conversation_reply_remark")),
        _case("conversation_reply"),
        sa.ForeignKeyConstraint(
            ["case_id", "number"],
            ["conversation_report.case_id", "conversation_report.number"],
            name=op.f("fk_conversation_reply_case_id_conversation_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_reply")),
    )
    op.create_index("ix_conversation_reply_case_id", "conversation_reply", ["case_id"])


def _waiting() -> None:
    op.create_table(
        "conversation_waiting",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("hold_key", sa.String(length=64), nullable=True),
        sa.Column("quiet_until", MOMENT, nullable=True),
        _case("conversation_waiting"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_conversation_waiting")),
    )


def _things() -> None:
    op.create_table(
        "booking_thing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_slug", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("features", JSON, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('room', 'car')", name=op.f("ck_booking_thing_kind")),
        _team("booking_thing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_thing")),
    )
    op.create_index(op.f("ix_booking_thing_team_slug"), "booking_thing", ["team_slug"])
    op.create_table(
        "booking_thing_cell",
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("booking_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('room', 'car')", name=op.f("ck_booking_thing_cell_kind")),
        sa.ForeignKeyConstraint(
            ["thing_id"], ["booking_thing.id"], name=op.f("fk_booking_thing_cell_thing_id_booking_thing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booking_thing_cell_booking_id_booking"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thing_id", "cell", name=op.f("pk_booking_thing_cell")),
    )  # fmt: skip
    op.create_index(
        "uq_booking_thing_cell_of_booking", "booking_thing_cell", ["booking_id", "kind", "cell"], unique=True
    )
    op.create_table(
        "booking_thing_missing",
        sa.Column("booking_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('room', 'car')", name=op.f("ck_booking_thing_missing_kind")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booking_thing_missing_booking_id_booking"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("booking_id", "kind", name=op.f("pk_booking_thing_missing")),
    )  # fmt: skip


def _diaries() -> None:
    op.create_index("ix_booking_week", "booking", ["staff_id", "starts_at"])
    op.create_table(
        "booking_feed",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_booking_feed")),
        sa.UniqueConstraint("hash", name=op.f("uq_booking_feed_hash")),
    )
    op.create_table(
        "booking_first_free",
        sa.Column("team_slug", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("free_on", sa.Date(), nullable=True),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "place IN ('home', 'team', 'phone', 'video', 'elsewhere')", name=op.f("ck_booking_first_free_place")
        ),
        _team("booking_first_free"),
        sa.PrimaryKeyConstraint("team_slug", "place", "looked_on", name=op.f("pk_booking_first_free")),
    )


def _walls() -> None:
    op.create_table(
        "case_wall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("team_slug", sa.String(length=60), nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.CheckConstraint("(staff_id IS NULL) <> (team_slug IS NULL)", name=op.f("ck_case_wall_whom")),
        _case("case_wall"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_wall")),
    )
    op.create_index("ix_case_wall_case_id", "case_wall", ["case_id"])


def downgrade() -> None:
    with op.batch_alter_table("page") as page:
        page.drop_column("with_exit")
    op.drop_index("ix_booking_week", table_name="booking")
    for table in (
        "case_wall", "booking_first_free", "booking_feed", "booking_thing_missing", "booking_thing_cell",
        "booking_thing",
        "conversation_waiting", "conversation_reply", "conversation_report",
    ):  # fmt: skip
        op.drop_table(table)
