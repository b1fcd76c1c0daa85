"""second opinions: experts, who was asked, what they may see and saw, the opinion; and who judges takes steps."""

import sqlalchemy as sa
from alembic import op

revision = "20261122m"
down_revision = "20261122l"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BEFORE = "author IN ('resident', 'representative', 'provider', 'staff', 'system')"
AFTER = "author IN ('resident', 'representative', 'provider', 'staff', 'system', 'expert')"


def upgrade() -> None:
    _opinion_expert()
    _second_opinion()
    _opinion_invitation()
    _opinion_release()
    _opinion_look()
    _opinion_key()
    _opinion()
    _opinion_reaction()
    _who_takes_steps(AFTER)


def downgrade() -> None:
    op.drop_table("opinion_reaction")
    op.drop_table("opinion")
    op.drop_table("opinion_key")
    op.drop_table("opinion_look")
    op.drop_table("opinion_release")
    op.drop_table("opinion_invitation")
    op.drop_table("second_opinion")
    op.drop_table("opinion_expert")
    _who_takes_steps(BEFORE)


def _who_takes_steps(condition: str) -> None:
    """Another condition on the author of an event. Nothing refers to events, so SQLite may make the table anew."""
    with op.batch_alter_table("case_event") as table:
        table.drop_constraint(op.f("ck_case_event_author"), type_="check")
        table.create_check_constraint(op.f("ck_case_event_author"), condition)
    if op.get_bind().dialect.name == "sqlite":  # made anew it has lost what keeps its rows as they are
        op.execute(
            "CREATE TRIGGER case_event_stays BEFORE UPDATE ON case_event "
            "BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
        )


def _opinion_expert() -> None:
    op.create_table(
        "opinion_expert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("profession", sa.String(length=120), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("free_hours", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("free_hours >= 0", name=op.f("ck_opinion_expert_free_hours")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_expert")),
        sa.UniqueConstraint("email", name=op.f("uq_opinion_expert_email")),
    )


def _second_opinion() -> None:
    op.create_table(
        "second_opinion",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("plan_case_id", sa.String(length=24), nullable=True),
        sa.Column("plan_number", sa.Integer(), nullable=True),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("team_slug", sa.String(length=60), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("author_employer", sa.String(length=120), nullable=False),
        sa.Column("providers", sa.String(), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.CheckConstraint("(checked_by IS NULL) = (checked_at IS NULL)", name=op.f("ck_second_opinion_checked")),
        sa.CheckConstraint(
            "checked_by IS NULL OR length(author_employer) > 0", name=op.f("ck_second_opinion_employer")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_second_opinion_case_id_case"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_case_id"], ["case.id"], name=op.f("fk_second_opinion_plan_case_id_case"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_second_opinion")),
    )
    with op.batch_alter_table("second_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_opinion_plan_case_id"), ["plan_case_id"], unique=False)


def _opinion_invitation() -> None:
    op.create_table(
        "opinion_invitation",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("declaration", sa.String(), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.CheckConstraint("state <> 'ended' OR length(why) > 0", name=op.f("ck_opinion_invitation_ended")),
        sa.CheckConstraint(
            "state IN ('invited', 'declined', 'proposed', 'refused', 'accepted', 'ended')",
            name=op.f("ck_opinion_invitation_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('proposed', 'refused', 'accepted') OR (signed_at IS NOT NULL AND length(declaration) > 0)",
            name=op.f("ck_opinion_invitation_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_opinion_invitation_case_id_case"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["opinion_expert.id"], name=op.f("fk_opinion_invitation_expert_id_opinion_expert")
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_opinion_invitation")),
    )
    with op.batch_alter_table("opinion_invitation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_opinion_invitation_live",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('invited', 'proposed', 'accepted')"),
            postgresql_where=sa.text("state IN ('invited', 'proposed', 'accepted')"),
        )


def _opinion_release() -> None:
    op.create_table(
        "opinion_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_opinion_release_case_id_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_release")),
    )
    with op.batch_alter_table("opinion_release", schema=None) as batch_op:
        batch_op.create_index(
            "uq_opinion_release_given",
            ["case_id", "item"],
            unique=True,
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )


def _opinion_look() -> None:
    op.create_table(
        "opinion_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "number"],
            ["opinion_invitation.case_id", "opinion_invitation.number"],
            name=op.f("fk_opinion_look_case_id_opinion_invitation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_look")),
    )
    with op.batch_alter_table("opinion_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_look_case_id"), ["case_id"], unique=False)


def _opinion_key() -> None:
    op.create_table(
        "opinion_key",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint("purpose IN ('link', 'code', 'visit')", name=op.f("ck_opinion_key_purpose")),
        sa.ForeignKeyConstraint(
            ["case_id", "number"],
            ["opinion_invitation.case_id", "opinion_invitation.number"],
            name=op.f("fk_opinion_key_case_id_opinion_invitation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_opinion_key")),
    )
    with op.batch_alter_table("opinion_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_key_case_id"), ["case_id"], unique=False)


def _opinion() -> None:
    op.create_table(
        "opinion",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("right_plan", sa.String(length=8), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.CheckConstraint("right_plan = 'yes' OR length(change) > 0", name=op.f("ck_opinion_change")),
        sa.CheckConstraint("right_plan IN ('yes', 'partly', 'no')", name=op.f("ck_opinion_right_plan")),
        sa.CheckConstraint("length(why) > 0", name=op.f("ck_opinion_why")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_opinion_case_id_case"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["expert_id"], ["opinion_expert.id"], name=op.f("fk_opinion_expert_id_opinion_expert")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_opinion")),
    )


def _opinion_reaction() -> None:
    op.create_table(
        "opinion_reaction",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint('length("text") > 0', name=op.f("ck_opinion_reaction_text")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["opinion.case_id"], name=op.f("fk_opinion_reaction_case_id_opinion"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_opinion_reaction")),
    )
