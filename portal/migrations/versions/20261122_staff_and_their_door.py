"""Staff: accounts, roles with dates, sessions, recovery codes, and what happened at the door."""

import sqlalchemy as sa
from alembic import op

revision = "20261122e"
down_revision = "20261122d"
branch_labels = None
depends_on = None

KINDS = (
    "'invited', 'granted', 'grant_ended', 'password_set', 'second_factor_set', 'codes_made', 'signed_in', "
    "'refused', 'locked', 'code_refused', 'recovery_code_used', 'signed_out', 'left'"
)
ROLES = (
    "'team_worker', 'team_coordinator', 'complaint_handler', 'complaint_coordinator', "
    "'second_opinion_coordinator', 'independent_professional', 'map_editor', 'content_editor', "
    "'translator', 'publisher', 'privacy_officer', 'council_viewer', 'administrator'"
)
#: Rows about the door are added, and some day taken away; nobody writes over them.
KEPT_AS_IT_IS = {
    "sqlite": (
        "CREATE TRIGGER staff_event_is_kept BEFORE UPDATE ON staff_event "
        "BEGIN SELECT RAISE(ABORT, 'staff_event is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION staff_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'staff_event is append-only'; END $$",
        "CREATE TRIGGER staff_event_is_kept BEFORE UPDATE ON staff_event "
        "FOR EACH ROW EXECUTE FUNCTION staff_event_is_kept()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_seed", sa.String(length=64), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'left') = (left_at IS NOT NULL)", name=op.f("ck_staff_left_at")),
        sa.CheckConstraint("state IN ('active', 'left')", name=op.f("ck_staff_state")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_staff_email_folded")),
        sa.CheckConstraint("failed_tries >= 0", name=op.f("ck_staff_failed_tries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "staff_tally",
        sa.Column("lane", sa.String(length=120), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("failed_tries >= 0", name=op.f("ck_staff_tally_failed_tries")),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_staff_tally")),
    )
    op.create_table(
        "staff_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("network", sa.String(length=50), nullable=False),
        sa.CheckConstraint(
            f"kind IN ({KINDS})",
            name=op.f("ck_staff_event_kind"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_event_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_event")),
    )
    op.create_index("ix_staff_event_staff_id_kind_at", "staff_event", ["staff_id", "kind", "at"], unique=False)
    op.create_table(
        "staff_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("team_slug", sa.String(length=60), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('team_coordinator', 'team_worker')) = (team_slug IS NOT NULL)", name=op.f("ck_staff_grant_team")
        ),
        sa.CheckConstraint(
            f"role IN ({ROLES})",
            name=op.f("ck_staff_grant_role"),
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_staff_grant_dates")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_grant_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_grant")),
    )
    op.create_index(op.f("ix_staff_grant_staff_id"), "staff_grant", ["staff_id"], unique=False)
    op.create_table(
        "staff_link",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_link_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_link")),
    )
    op.create_index(op.f("ix_staff_link_staff_id"), "staff_link", ["staff_id"], unique=False)
    op.create_table(
        "staff_recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_recovery_code_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_recovery_code")),
        sa.UniqueConstraint("staff_id", "hash", name=op.f("uq_staff_recovery_code_staff_id_hash")),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("totp_offer", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    for statement in KEPT_AS_IT_IS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_staff_session_staff_id"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_table("staff_recovery_code")
    op.drop_index(op.f("ix_staff_link_staff_id"), table_name="staff_link")
    op.drop_table("staff_link")
    op.drop_index(op.f("ix_staff_grant_staff_id"), table_name="staff_grant")
    op.drop_table("staff_grant")
    op.drop_index("ix_staff_event_staff_id_kind_at", table_name="staff_event")
    op.drop_table("staff_event")
    op.drop_table("staff_tally")
    op.drop_table("staff")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION staff_event_is_kept()")
